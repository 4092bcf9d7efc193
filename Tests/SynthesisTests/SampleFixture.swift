import CSN
import Foundation
import Profiles
import Testing

@testable import Synthesis

/// Two shipped profiles: one whose columns can show everything, and one that lacks most of it.
enum SampleSystem: String, CaseIterable {
    case schoolsoft
    case schoolsoftList = "schoolsoft-list"

    var profile: Profile {
        get throws { try Profile.shipped(rawValue) }
    }
}

extension Profile {
    /// A profile of the repository.
    static func shipped(_ name: String) throws -> Profile {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Profile.read(path: root.appending(path: "Mappings/systems/\(name).yaml").path)
    }
}

/// A sample made in memory, read back by plain means.
struct MadeSample {
    var export: [UInt8] = []
    var truthBytes: [UInt8] = []
    var counts: SampleCounts
    var configuration: String?

    init(_ request: SampleRequest) throws {
        let sample = try SampleExport(request)
        var export: [UInt8] = []
        var truth: [UInt8] = []
        counts = try sample.write(to: { export += $0 }, truth: { truth += $0 })
        configuration = sample.configuration
        self.export = export
        truthBytes = truth
    }

    /// The rows by column name, header apart; the sample has to be in UTF-8.
    func rows(_ request: SampleRequest) throws -> [[String: String]] {
        let delimiter: Character = request.profile.name == "schoolsoft" ? "\t" : ";"
        var lines = String(decoding: export, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
            line.split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        lines.removeFirst()
        return lines.map { Dictionary(zip(header, $0)) { first, _ in first } }
    }

    /// The truth's lines, the closing one apart.
    func truth() throws -> [TruthLine] {
        try truthBytes.split(separator: 10).dropLast().map {
            try JSONDecoder().decode(TruthLine.self, from: Data($0))
        }
    }

    func closing() throws -> Closing {
        let last = try #require(truthBytes.split(separator: 10).last)
        return try JSONDecoder().decode(Closing.self, from: Data(last))
    }
}

struct TruthLine: Decodable {
    var line: Int
    var fate: String
    var fault: String?
    var record: [String: String]

    func day(_ field: String) throws -> Day {
        let text = try #require(record[field])
        return try #require(Day(iso: text))
    }
    var student: String { "\(record["skolkod"] ?? "") \(record["personnummer"] ?? "")" }
}

struct Closing: Decodable {
    var rows: Int
    var sent: Int
    var held: Int
    var dropped: Int
    var ignored: Int
    var faults: [String: Int]
}

/// Courses as the national register has them: both levels, delkurser, one that is not graded, old and new codes.
enum Courses {
    static let all: [SampleCourse] =
        ["MATMAT01a", "ENGENG05", "SVESVE01", "HISHIS01b", "SVASVA02", "KEMKEM01", "BIOBIO01", "AFFAFÄ00S"].map {
            SampleCourse(
                code: $0, name: "Kurs – \($0); \"1\"", points: 100, niva: .gy,
                validTo: Day(year: 2030, month: 6, day: 30))
        }
        + ["MATE1A00X", "SVEN1000X", "FYSK2000X"].map {
            SampleCourse(code: $0, points: 100, niva: .gy, validFrom: $0 == "FYSK2000X" ? nil : gy25Begins)
        }
        + ["GRNMAT2", "GRNSVE2", "GRNENG2", "GRNBIO2"].map { SampleCourse(code: $0, points: 600, niva: .gr) }
        + ["GRNMATA", "GRNENGD"].map { SampleCourse(code: $0, points: 200, niva: .gr, validFrom: grnBegins) }
        + [
            SampleCourse(
                code: "GRNORI21B", name: "Studietekniska färdigheter", points: nil, niva: .gr, isGradable: false),
            SampleCourse(code: "SFIKUC92", points: nil, niva: nil),
            SampleCourse(code: "VGRMAT1", points: nil, niva: .gr),
            SampleCourse(code: "OLDOLD01", points: 100, niva: .gy, validTo: Day(year: 2026, month: 8, day: 31)),
            SampleCourse(code: "MODE1000XDEU", points: 100, niva: .gy),
        ]
    static let gy25Begins = Day(year: 2025, month: 7, day: 1)
    static let grnBegins = Day(year: 2017, month: 1, day: 1)
}

extension SampleRequest {
    static let kommunkoder = [1001, 1280, 1480, 180]

    /// A request on 23 November 2026, in the middle of a term.
    static func made(
        _ system: SampleSystem = .schoolsoftList, _ records: Int = 1500, seed: UInt64 = 1, faults: Double = 0,
        today: String = "2026-11-23", encoding: SampleEncoding? = nil, schools: Int = 3
    ) throws -> SampleRequest {
        SampleRequest(
            profile: try system.profile, records: records, seed: seed, faultPercent: faults,
            today: try #require(Day(iso: today)),
            courses: Courses.all, schools: SampleRequest.schools(schools, avoiding: kommunkoder),
            kommunkoder: kommunkoder, encoding: encoding)
    }

}
