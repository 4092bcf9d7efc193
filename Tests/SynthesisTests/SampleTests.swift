import CSN
import Foundation
import Testing

@testable import Synthesis

struct SampleTests {
    @Test("The same request gives the same bytes, another seed other ones", arguments: SampleSystem.allCases)
    func deterministic(system: SampleSystem) throws {
        let first = try MadeSample(.made(system, faults: 5))
        let second = try MadeSample(.made(system, faults: 5))
        let other = try MadeSample(.made(system, seed: 2, faults: 5))
        #expect(first.export == second.export)
        #expect(first.truthBytes == second.truthBytes)
        #expect(first.counts == second.counts)
        #expect(first.export != other.export)
    }

    @Test("SplitMix64 gives the numbers of its published test vector")
    func splitMix() {
        // Source: the vector for seed 1234567 at rosettacode.org, "Pseudo-random numbers/Splitmix64".
        var random = SeededRandom(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect((0..<5).map { _ in random.next() } == expected)
    }

    static let rowCounts: [(records: Int, faults: Double)] = [
        (0, 0), (0, 60), (1, 0), (1, 60), (2, 3), (7, 60), (999, 0), (999, 3), (999, 60),
    ]

    @Test(
        "As many rows as asked for, each with its truth",
        arguments: SampleSystem.allCases, rowCounts)
    func rowCount(system: SampleSystem, asked: (records: Int, faults: Double)) throws {
        let (records, faults) = asked
        let request = try SampleRequest.made(system, records, faults: faults)
        let made = try MadeSample(request)
        let truth = try made.truth()
        let closing = try made.closing()
        #expect(made.export.count { $0 == 10 } == records + 1)
        #expect(truth.map(\.line) == Array(2..<records + 2))
        #expect(closing.rows == records)
        #expect(closing.sent == truth.count { $0.fate == "sent" })
        #expect(closing.held == truth.count { $0.fate == "held" })
        #expect(closing.dropped == truth.count { $0.fate == "dropped" })
        #expect(closing.ignored == 0)
        #expect(closing.faults.values.reduce(0, +) == truth.count { $0.fault != nil })
        #expect(closing.faults == made.counts.faults)
    }

    @Test("The share of faulty rows is met within a few rows", arguments: [0.5, 2, 5, 10])
    func faultShare(percent: Double) throws {
        let made = try MadeSample(.made(.schoolsoftList, 5000, faults: percent))
        let faults = made.counts.faults.values.reduce(0, +)
        #expect(abs(faults - Int(50 * percent)) <= 5)
    }

    @Test("Without faults everything is sent", arguments: SampleSystem.allCases)
    func allSent(system: SampleSystem) throws {
        let made = try MadeSample(.made(system, 3000))
        #expect(made.counts.sent == 3000)
        #expect(made.counts.faults.isEmpty)
    }

    @Test("The headers stand as the vendor writes them, lines end as asked for")
    func headers() throws {
        let list = String(decoding: try MadeSample(.made(.schoolsoftList, 1, schools: 1)).export, as: UTF8.self)
        #expect(
            list.hasPrefix(
                """
                Skola;Personnummer;Förnamn;Efternamn;Grupp;Kurskod;Kursnamn;Del;Poäng;Nivå;Startdatum;Slutdatum;\
                Påbörjad;Avbrott;Avbrottsdatum;Betyg;Betygsdatum;Omfattning;Färdighetsträning;Uppdragsutbildning;\
                Sekretess\r\n1000;
                """))
        var request = try SampleRequest.made(.schoolsoft, 1)
        let text = String(decoding: try MadeSample(request).export, as: UTF8.self)
        #expect(text.hasPrefix("studentid\tclass\t"))
        #expect(
            text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).count } == [
                30, 30,
            ])
        #expect(!text.utf8.contains(13))
        request.usesCRLF = true
        #expect(try MadeSample(request).export.count { $0 == 13 } == 2)
    }

    @Test("The text file comes with a configuration that names its school and what certifies a start")
    func configuration() throws {
        let text = try #require(try SampleExport(.made(.schoolsoft)).configuration)
        #expect(text.contains("- skolkod: 1000\n"))
        #expect(text.contains("started:\n      grade: true\n"))
        #expect(try SampleExport(.made(.schoolsoftList)).configuration == nil)
    }

    @Test("Requests that cannot be met are refused")
    func problems() throws {
        var none = try SampleRequest.made()
        none.schools = [try #require(Skolkod(1280))]
        #expect(throws: SampleProblem.noSchools) { try SampleExport(none) }
        var empty = try SampleRequest.made()
        empty.courses = [SampleCourse(code: "SFIKUC92", points: nil, niva: nil)]
        let spring = try #require(Day(iso: "2026-01-07"))
        #expect(throws: SampleProblem.noCourses(halfYearFrom: spring)) { try SampleExport(empty) }
        #expect(throws: SampleProblem.negativeRecords(-1)) { try SampleExport(.made(.schoolsoft, -1)) }
        #expect(throws: SampleProblem.faultPercentOutOfRange(101)) { try SampleExport(.made(faults: 101)) }
        #expect(throws: SampleProblem.tooManyRecords(asked: 1_095_001, possible: 1_095_000)) {
            try SampleExport(.made(.schoolsoft, 1_095_001))
        }
        _ = try SampleExport(.made(.schoolsoft, 1_095_000))
    }

    @Test("Schools are never kommunkoder")
    func schools() {
        let schools = SampleRequest.schools(3, avoiding: [1000, 1002])
        #expect(schools.map(\.number) == [1001, 1003, 1004])
        #expect(SampleRequest.schools(2000, avoiding: []).count == 1000)
    }
}
