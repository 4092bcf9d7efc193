import CSN
import Profiles
import Testing

@testable import Normalizing

/// Status words that tell an event, and terms as dates.
@Suite struct StatusEventTests {
    private static let slots: [Slot] = [.status, .meddelandeorsak, .handelsedatum, .betyg, .betygsdatum]
    private static let words = [
        Slot.status: "words: {\"99\": break, \"81\": [ej börjat], death: deceased, \"\": active}"
    ]

    @Test(arguments: [
        ("break", "", Meddelandeorsak?.some(.dropOut)), ("Ej börjat", "", .notStarted), ("active", "", nil),
        ("deceased", "", nil), ("okänt", "", nil), ("", "", nil), ("break", "81", .notStarted), ("break", "Nej", nil),
        ("ej börjat", "99", .dropOut), ("active", "99", .dropOut),
    ])
    func countsWhereTheEventsOwnColumnIsBlank(status: String, event: String, expected: Meddelandeorsak?) throws {
        let row = try RowBench(Self.slots, profile: Self.words).read([
            .status: status, .meddelandeorsak: event, .handelsedatum: "2026-10-09",
        ])
        #expect(row.candidate.meddelandeorsak == expected && row.outcome(.meddelandeorsak) == nil)
        #expect(row.candidate.handelsedatum?.description == "2026-10-09")
        #expect(row.candidate.marks.contains(.deceased) == (status == "deceased"))
    }

    @Test func withoutADateNoneIsMadeUp() throws {
        let row = try RowBench(Self.slots, profile: Self.words).read([.status: "break"])
        #expect(row.candidate.meddelandeorsak == .dropOut && row.candidate.handelsedatum == nil)
    }

    @Test func aDropOutInTheGradeColumnMustAgree() throws {
        let bench = try RowBench(Self.slots, profile: Self.words)
        let same = bench.read([.status: "break", .betyg: "Avbrott", .betygsdatum: "2026-10-01"])
        #expect(same.candidate.meddelandeorsak == .dropOut && same.candidate.handelsedatum != nil)
        let other = bench.read([.status: "ej börjat", .betyg: "Avbrott", .betygsdatum: "2026-10-01"])
        #expect(other.outcome(.betyg) == .failed(.notAllowed))
    }

    // MARK: - Terms

    @Test(arguments: [
        ("174", "2017-08-18", "2017-12-20"), ("172", "2017-01-10", "2017-06-12"), ("264", "2026-08-18", "2026-12-20"),
        ("002", "2000-01-10", "2000-06-12"), ("754", "2075-08-18", "2075-12-20"), ("764", "1976-08-18", "1976-12-20"),
    ])
    func aTermIsItsFirstAndItsLastDay(text: String, first: String, last: String) throws {
        let dates = [Slot.startdatum: "dates: [iso, term]", .slutdatum: "dates: term"]
        let row = try RowBench([.startdatum, .slutdatum], profile: dates)
            .read([.startdatum: text, .slutdatum: text])
        #expect(row.candidate.startdatum?.description == first && row.candidate.slutdatum?.description == last)
    }

    @Test(arguments: ["171", "173", "170", "17", "1740", "ht17", "2017-4"])
    func whatIsNoTerm(text: String) throws {
        let row = try RowBench([.startdatum], profile: [.startdatum: "dates: [iso, term]"]).read([.startdatum: text])
        #expect(row.outcome(.startdatum) == .failed(.format))
    }

    @Test func aTermCountsOnlyWhereTheProfileSaysSo() throws {
        let row = try RowBench([.startdatum, .slutdatum], profile: [.startdatum: "dates: [iso, term]"])
            .read([.startdatum: "2026-08-20", .slutdatum: "264"])
        #expect(row.candidate.startdatum?.description == "2026-08-20" && row.outcome(.slutdatum) == .failed(.format))
    }
}
