import CSN
import DeliveryLedger
import Testing

/// What rules are told of what CSN may have.
@Suite struct LedgerViewTests {
    /// A student with one course that stood in three files: one that CSN has read, one that was made anew, of which
    /// nobody has said whether it was uploaded, and one that waits.
    private func view(_ outcomes: [Outcome], lettingGo: Int? = nil) throws -> LedgerView {
        let student = StudentKey(number: 1)
        let key = try course()
        var deliveries = SchoolDeliveries(
            skolkod: try school(), students: [student: LedgerStudent(key: student, personnummer: try personnummer(1))])
        for (index, outcome) in outcomes.enumerated() {
            let id = DeliveredFile.ID(number: Int64(index + 1))
            let reading = try day("2026-11-23") + index
            deliveries.files[id] = DeliveredFile(
                id: id, facts: try facts(of: school(), readingDay: reading), outcome: outcome)
            let record = DeliveredRecord(try content(key, to: "2027-01-1\(index)"), system: "alpha")
            deliveries.versions[student, default: [:]][key, default: []].append(
                DeliveredVersion(file: id, record: index == lettingGo ? nil : record, waitingSince: reading))
        }
        return LedgerView(
            deliveries, completeSystems: ["alpha"], unread: nil, course: { _ in CourseIndex(number: 7) },
            number: { _ in 0 })
    }

    private func lastDays(_ view: LedgerView, of number: Int = 1, at code: Int = 1234) throws -> [String] {
        let identity = StudentIdentity(personnummer: try personnummer(number))
        return view.possibleRecords(of: identity, at: try school(code)).compactMap { $0.slutdatum?.description }
            .sorted()
    }

    @Test func `all that CSN may have is told, and what was last reported once`() throws {
        let view = try view([.accepted, .replaced, .planned])
        #expect(try lastDays(view) == ["2027-01-10", "2027-01-11", "2027-01-12"])
        let reported = view.records(of: StudentIdentity(personnummer: try personnummer(1)), at: try school())
        #expect(reported.map { $0.reported.slutdatum?.description } == ["2027-01-12"])
        #expect(reported.map { $0.reported.course } == [CourseIndex(number: 7)])
    }

    @Test func `what a certain file has replaced is not with CSN`() throws {
        #expect(try lastDays(view([.accepted, .replaced, .accepted])) == ["2027-01-12"])
        #expect(try lastDays(view([.accepted, .rejected])) == ["2027-01-10"])
    }

    @Test func `a course that was let go may be with CSN until that is certain`() throws {
        let maybe = try view([.accepted, .planned], lettingGo: 1)
        #expect(try lastDays(maybe) == ["2027-01-10"])
        #expect(maybe.records(of: StudentIdentity(personnummer: try personnummer(1)), at: try school()).isEmpty)
        #expect(try lastDays(view([.accepted, .accepted], lettingGo: 1)) == [])
    }

    @Test func `nothing is told of others`() throws {
        let view = try view([.accepted])
        #expect(try lastDays(view, of: 2) == [])
        #expect(try lastDays(view, at: 1235) == [])
    }
}
