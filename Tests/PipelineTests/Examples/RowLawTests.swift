import Foundation
import Testing

/// What holds for every export, whatever stands in it: tried on faulty samples of both systems.
@Suite("Laws of rows and files")
struct RowLawTests {
    struct Trial: Sendable, CustomTestStringConvertible {
        var seed: UInt64
        var system: String
        var testDescription: String { "\(system) \(seed)" }
        var export: String { system == "schoolsoft" ? "StudieplanerKurser.txt" : "csn-lista.csv" }
    }

    static let trials = (1...5).flatMap { seed in
        ["schoolsoft-list", "schoolsoft"].map { Trial(seed: UInt64(seed), system: $0) }
    }

    private let place: Workplace

    init() throws { place = try Workplace() }

    private func sample(_ trial: Trial) throws -> (header: String, rows: [String]) {
        let path = try place.sample(trial.system, trial.export, records: 400, seed: trial.seed, faults: 20)
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        try #require(lines.count == 401)
        return (lines[0], Array(lines.dropFirst()))
    }

    private func converted(_ exports: [[String]], _ trial: Trial, _ out: String) throws -> [String: [UInt8]] {
        var paths: [String] = []
        for (number, lines) in exports.enumerated() {
            let path = "\(out)-\(number)/\(trial.export)"
            try place.write(path, lines.map { $0 + "\r\n" }.joined())
            paths.append(path)
        }
        let ending = try place.convert(paths, out: out) {
            $0.system = trial.system
            if trial.system == "schoolsoft" { $0.school = "1003" }
        }
        try #require(ending.status == 1, "\(ending.said)")
        return try place.uploads(out)
    }

    @Test("Every row has one fate", arguments: trials)
    func fates(_ trial: Trial) throws {
        let (header, rows) = try sample(trial)
        _ = try converted([[header] + rows], trial, "out")
        let counts = try place.rows()
        #expect(counts["read"] == rows.count)
        #expect(["sent", "held", "dropped", "ignored"].reduce(0) { $0 + (counts[$1] ?? 0) } == rows.count)
        #expect((counts["held"] ?? 0) > 0 && (counts["sent"] ?? 0) > 0)
    }

    @Test("Neither the order of the rows nor the file they stand in changes an upload file", arguments: trials)
    func orderAndFiles(_ trial: Trial) throws {
        let (header, rows) = try sample(trial)
        let expected = try converted([[header] + rows], trial, "one")
        #expect(!expected.isEmpty)
        var random = SplitMix(state: trial.seed)
        let shuffled = rows.shuffled(using: &random)
        #expect(try converted([[header] + shuffled], trial, "shuffled") == expected)
        let cut = Int.random(in: 1..<rows.count, using: &random)
        #expect(try converted([[header] + rows[..<cut], [header] + rows[cut...]], trial, "two") == expected)
    }
}

/// Numbers that look random and are the same every time (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
