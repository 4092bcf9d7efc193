import CSN
import Findings
import Testing

@testable import CSNRules

/// What the pass leaves out by the records' traits must have had nothing to say.
@Suite("Traits of records")
struct RecordTraitsTests {
    /// Cells of the model row that something is about: what a rule may find in them, and their neighbours.
    private static let choices: [(slot: String, values: [String])] = [
        ("kurskod", ["ENGENG05", "GRNMAT2", "GRNMATA", "GRNORI21A", "GYARNA", "MATE1A00X", "LOKAL1", "INGET99"]),
        ("kursdel", ["12", "22", "13", "", "21"]), ("poang", ["50", "0", "", "99"]), ("niva", ["GR", "GY", "PU"]),
        ("startdatum", ["2026-08-17", "2026-02-02", "2027-01-11", "2026-11-23", "2011-08-15", ""]),
        ("slutdatum", ["2026-12-18", "2027-08-16", "2026-08-01", "2026-11-10", "2012-01-13", "9999-12-31"]),
        ("registrering", ["N", "J", "?"]),
        ("meddelandeorsak", ["81", "99", "31", "32", "9"]),
        ("handelsedatum", ["2026-08-17", "2026-10-01", "2026-11-20", "2027-02-01", "2026-02-31"]),
        ("handelseorsak", ["ledighet", "sjukdom heltid", "sjukdom", "avliden"]),
        ("betyg", ["E", "F", "A", "X", "-", "G", "Z", "Q"]),
        ("betygsdatum", ["2026-11-10", "2026-12-18", "2012-01-13", "2015-06-01", "2026-08-01", "2026-13-01"]),
        ("omfattning", ["H", "D"]), ("fardighetstraning", ["J"]), ("uppdragsutbildning", ["U"]),
        ("provning", ["J"]), ("skyddad", ["J"]), ("status", ["avliden"]), ("program", ["introduktionsprogram"]),
        ("personnummer", ["20080101-9808", "19900101-T123", "19900101-9803"]), ("studentid", ["7"]),
        ("exportdag", ["2026-08-01"]),
    ]

    /// Rows with one to four other cells each, some of them the same course twice.
    private static func rows(_ random: inout some RandomNumberGenerator) -> [[String: String]] {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in
            var row: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                guard let choice = choices.randomElement(using: &random) else { continue }
                row[choice.slot] = choice.values.randomElement(using: &random)
            }
            // An event has a date nearly always, and a grade its day.
            if row["meddelandeorsak"] != nil, row["handelsedatum"] == nil, Int.random(in: 0...9, using: &random) > 0 {
                row["handelsedatum"] = "2026-10-01"
            }
            if row["betyg"] != nil, row["betygsdatum"] == nil, Int.random(in: 0...9, using: &random) > 0 {
                row["betygsdatum"] = "2026-11-10"
            }
            return row
        }
    }

    @Test("what the traits leave out would have found nothing", arguments: 0..<40)
    func leaveOutNothing(seed: Int) throws {
        var random = Seeded(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        var spoken: Set<RuleName> = []
        for _ in 0..<60 {
            let rows = RecordTraitsTests.rows(&random)
            let others = Int.random(in: 0...3, using: &random) == 0 ? RecordTraitsTests.rows(&random) : []
            var example = Example(otherSystem: others)
            example.rows = rows
            for purpose in RuleSettings.Purpose.allCases {
                let judged = try Judgement(example, purpose: purpose)
                let all = try Judgement(example, purpose: purpose, ignoresTraits: true)
                #expect(judged.found == all.found, "\(rows) \(others) \(purpose)")
                #expect(judged.sent == all.sent, "\(rows) \(others) \(purpose)")
                #expect(judged.reasons == all.reasons, "\(rows) \(others) \(purpose)")
                spoken.formUnion(all.rules)
            }
        }
        // So many different rules have spoken in each of the seeds that were looked at; with few the test says little.
        #expect(spoken.count > 25)
    }

    @Test("a plain record has no traits, a failed one has all")
    func traits() throws {
        func traits(_ row: [String: String]) throws -> RecordTraits {
            let engine = RuleEngine(
                RuleSettings(purpose: .convert, today: try day("2026-11-23"), courses: CourseTable(ModelRow.courses)))
            return try #require(recordsOf([row]).first).traits(engine.makeContext())
        }
        #expect(try traits([:]) == [])
        #expect(try traits(["betyg": "E"]) == .grade)
        #expect(try traits(["betygsdatum": "2026-11-10"]) == .grade)
        #expect(try traits(["meddelandeorsak": "99", "handelsedatum": "2026-10-01"]) == .event)
        #expect(try traits(["kursdel": "12"]) == .part)
        #expect(try traits(["provning": "J"]) == .mark)
        #expect(try traits(["slutdatum": "2026-02-31"]) == .all)
        #expect(try traits(["meddelandeorsak": "9"]) == .all)
    }
}

/// Numbers that are the same each time (xorshift).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
