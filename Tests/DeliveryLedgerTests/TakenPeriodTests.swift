import CSN
import DeliveryLedger
import Testing

/// What a file takes away from CSN: what CSN has in one study period with what the file holds, and nothing else. One
/// student with two courses, `first` in the spring and `second` in the autumn.
@Suite struct TakenPeriodTests {
    /// A file of a history: of each course its last day, or `gone` where the file lets it go.
    struct Made {
        var outcome: Outcome
        var first: String?
        var second: String?
        var made: String?
    }

    static let gone = "gone"
    let student = StudentKey(number: 1)

    func standing(_ made: [Made]) throws -> (first: CourseStanding, second: CourseStanding) {
        let keys = (first: try course("ENGENG05", from: "2026-01-12"), second: try course(from: "2026-08-17"))
        var deliveries = SchoolDeliveries(skolkod: try school())
        for (index, made) in made.enumerated() {
            let id = DeliveredFile.ID(number: Int64(index + 1))
            let reading = try day("2026-11-23") + index
            deliveries.files[id] = DeliveredFile(
                id: id, facts: try facts(of: school(), readingDay: reading, made: made.made.map { try moment($0) }),
                outcome: made.outcome)
            for (key, end) in [(keys.first, made.first), (keys.second, made.second)] {
                guard let end else { continue }
                let record = end == Self.gone ? nil : DeliveredRecord(try content(key, to: end), system: "alpha")
                deliveries.versions[student, default: [:]][key, default: []].append(
                    DeliveredVersion(file: id, record: record, waitingSince: reading))
            }
        }
        let standings = deliveries.standing(of: student)
        return (try #require(standings[keys.first]), try #require(standings[keys.second]))
    }

    /// The last days that CSN may have, with nil for nothing.
    func possible(_ standing: CourseStanding) -> Set<String?> {
        Set(standing.possible.map { $0?.slutdatum.description })
    }

    /// The last day of one period, the first of which it would join with the next.
    static let apart = "2026-06-12"
    static let joined = "2026-09-30"

    @Test(arguments: [Outcome.planned, .replaced, .sent, .accepted])
    func `a period of its own is not taken away by a file about another`(_ outcome: Outcome) throws {
        let standing = try standing([
            Made(outcome: .accepted, first: Self.apart), Made(outcome: outcome, first: Self.gone, second: "2027-01-15"),
        ])
        #expect(possible(standing.first) == [Self.apart])
        #expect(standing.first.read?.slutdatum.description == Self.apart)
        #expect(standing.first.waitingSince == nil)
    }

    @Test func `one period of CSN's that became two is right when both files are read`() throws {
        // CSN has both in one; the first file ends the first course before the other begins.
        let parts = [
            Made(outcome: .accepted, first: Self.joined, second: "2027-01-15"),
            Made(outcome: .accepted, first: Self.apart, second: Self.gone),
            Made(outcome: .accepted, first: Self.gone, second: "2027-01-16"),
        ]
        let both = try standing(parts)
        #expect(possible(both.first) == [Self.apart])
        #expect(possible(both.second) == ["2027-01-16"])
        // Nobody has said that the second was uploaded: the first is with CSN all the same.
        var unsaid = parts
        unsaid[2].outcome = .replaced
        #expect(possible(try standing(unsaid).first) == [Self.apart])
        #expect(possible(try standing(unsaid).second) == [nil, "2027-01-16"])
        // Nobody has said that the first was: if it was not, the second took away what CSN had of its course.
        var other = parts
        other[1].outcome = .replaced
        #expect(possible(try standing(other).first) == [nil, Self.apart])
        #expect(try standing(other).first.read == nil)
        #expect(possible(try standing(other).second) == ["2027-01-16"])
    }

    @Test(arguments: [(apart, [String?.some(apart)]), (joined, [nil])])
    func `what is in one period with the file is taken, until its last day`(_ end: String, _ left: [String?]) throws {
        let standing = try standing([
            Made(outcome: .accepted, first: end), Made(outcome: .accepted, first: Self.gone, second: "2027-01-15"),
        ])
        #expect(possible(standing.first) == Set(left))
    }

    @Test(arguments: [("2026-08-16", [String?.some("2026-08-16")]), ("2026-08-17", [nil])])
    func `a period ends the day before another begins`(_ end: String, _ left: [String?]) throws {
        let standing = try standing([
            Made(outcome: .accepted, first: end), Made(outcome: .accepted, first: Self.gone, second: "2027-01-15"),
        ])
        #expect(possible(standing.first) == Set(left))
    }

    @Test func `a file that lets go and holds nothing takes what it lets go`() throws {
        let standing = try standing([
            Made(outcome: .accepted, first: Self.apart, second: "2027-01-15"),
            Made(outcome: .accepted, first: Self.gone, second: Self.gone),
        ])
        #expect(possible(standing.first) == [nil])
        #expect(possible(standing.second) == [nil])
    }

    @Test func `of two files of one run the one that has the course says what was reported`() throws {
        let made = [
            Made(outcome: .planned, first: Self.apart, second: Self.gone, made: "2026-11-22T06:00"),
            Made(outcome: .planned, first: Self.gone, second: "2027-01-15", made: "2026-11-22T06:00"),
        ]
        #expect(try standing(made).first.reported?.content.slutdatum.description == Self.apart)
        #expect(try standing(made).second.reported?.content.slutdatum.description == "2027-01-15")
        // A later run that lets it go means it.
        var later = made
        later[1].made = "2026-11-23T06:00"
        #expect(try standing(later).first.reported == nil)
    }
}
