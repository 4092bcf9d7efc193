import Foundation
import Testing

/// The same records give the same upload files, however the export says them.
@Suite struct SameFilesTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func files(_ inputs: [String], _ arguments: [String] = [], out: String) throws -> [String: [UInt8]] {
        let outcome = try Program.convert(inputs + arguments, in: scratch, out: out)
        try #require(outcome.status <= 1, "\(outcome.error)")
        let files = try scratch.result(out)
        try #require(files.count > 1)
        return files
    }

    enum Form: String, CaseIterable {
        case mark, latin1, windows1252, utf16LittleEndian, utf16BigEndian, macRoman, cp850

        /// The text's bytes. Mac Roman and CP850 by the tables of unicode.org, for the letters that occur.
        func bytes(_ text: String) throws -> [UInt8] {
            switch self {
            case .mark: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case .latin1, .windows1252: return try text.unicodeScalars.map { try #require(UInt8(exactly: $0.value)) }
            case .utf16LittleEndian:
                return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            case .utf16BigEndian:
                return [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            case .macRoman:
                return try single(text, "åäöÅÄÖéÉüÜ", [0x8C, 0x8A, 0x9A, 0x81, 0x80, 0x85, 0x8E, 0x83, 0x9F, 0x86])
            case .cp850:
                return try single(text, "åäöÅÄÖéÉüÜ", [0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x90, 0x81, 0x9A])
            }
        }

        private func single(_ text: String, _ letters: String, _ bytes: [UInt8]) throws -> [UInt8] {
            let table = Dictionary(uniqueKeysWithValues: zip(letters.unicodeScalars, bytes))
            return try text.unicodeScalars.map { scalar in
                try #require(scalar.isASCII ? UInt8(scalar.value) : table[scalar], "\(scalar)")
            }
        }
    }

    /// A sample as lines; some course codes in it have letters beyond ASCII.
    private func sample(_ records: Int, faults: Int = 5) throws -> [String] {
        let lines = Scratch.lines(try scratch.sample(records: records, seed: 21, faults: faults))
        try #require(lines.contains { $0.split(separator: ";")[5].contains("Ö") })
        return lines
    }

    private func joined(_ lines: [String], _ end: String = "\r\n") -> String { lines.map { $0 + end }.joined() }

    @Test func inEveryEncoding() throws {
        let text = joined(try sample(600))
        try scratch.write("utf8.csv", text)
        let expected = try files(["utf8.csv"], out: "utf8")
        for form in Form.allCases {
            try scratch.write("\(form).csv", try form.bytes(text))
            #expect(try files(["\(form).csv"], out: "\(form)") == expected, "\(form)")
        }
    }

    /// The header of this export has no letter beyond ASCII, and neither have its first 2 MB.
    @Test func inEveryEncodingWhenTheFirstLettersComeLate() throws {
        let header = Export.header.replacing("Förnamn", with: "Namn1").replacing("Poäng", with: "Poang")
            .replacing("Nivå", with: "Niva").replacing("Påbörjad", with: "Paborjad")
            .replacing("Färdighetsträning", with: "Fardighetstraning")
        let rows = try sample(600).dropFirst()
        // A column that nobody reads makes the rows long; the names of the course stay in ASCII.
        let plain = (0..<100).map { number in
            Export.row([
                "Skola": "1234", "Personnummer": Export.people[number % 3], "Förnamn": "Eva", "Efternamn": "Berg",
                "Kursnamn": String(repeating: "x", count: 22_000), "Kurskod": number < 50 ? "MATMAT01a" : "ENGENG05",
            ])
        }
        let text = joined([header] + plain + rows)
        try #require(text.utf8.prefix(2 << 20).allSatisfy { $0 < 0x80 })
        try scratch.write("utf8.csv", text)
        let expected = try files(["utf8.csv"], out: "utf8")
        for form in Form.allCases {
            try scratch.write("\(form).csv", try form.bytes(text))
            #expect(try files(["\(form).csv"], out: "\(form)") == expected, "\(form)")
            try scratch.remove("\(form).csv")
        }
    }

    /// Every header that the profile knows gets another name, in a copy of the profile and in the export alike.
    @Test func underOtherHeaders() throws {
        var lines = try sample(600)
        try scratch.write("in.csv", joined(lines))
        let expected = try files(["in.csv"], out: "out")
        var profile = try String(contentsOfFile: Shipped.mappings + "/systems/schoolsoft-list.yaml", encoding: .utf8)
        // How a sample is written says the headers once more.
        profile = profile.components(separatedBy: "sample:\n")[0]
        let parts = profile.components(separatedBy: "columns:\n")
        try #require(parts.count == 2)
        var columns = parts[1]
        let known = Set(Export.headers).subtracting(["Förnamn", "Efternamn", "Grupp", "Kursnamn"])
        // The longer ones first: Avbrott is the beginning of Avbrottsdatum.
        for header in known.sorted(by: { $0.count > $1.count }) {
            try #require(columns.contains(header), "\(header)")
            columns.replace(header, with: "Kolumn\(try #require(Export.headers.firstIndex(of: header)))")
        }
        profile = parts[0] + "columns:\n" + columns
        lines[0] = Export.headers.enumerated().map { known.contains($0.element) ? "Kolumn\($0.offset)" : $0.element }
            .joined(separator: ";")
        try scratch.write("own/own.yaml", profile)
        try scratch.write("renamed.csv", joined(lines))
        #expect(try files(["renamed.csv"], ["--system", "own/own.yaml"], out: "renamed") == expected)
        #expect(try Program.convert(["renamed.csv"], in: scratch, out: "unknown").status == 2)
    }

    @Test func inAnyOrderOfRowsAndColumns() throws {
        let lines = try sample(600)
        try scratch.write("in.csv", joined(lines))
        let expected = try files(["in.csv"], out: "out")
        var random = SplitMix(state: 22)
        for round in 0..<4 {
            try scratch.write("rows.csv", joined([lines[0]] + lines.dropFirst().shuffled(using: &random)))
            #expect(try files(["rows.csv"], out: "rows\(round)") == expected)
        }
        // Rows with a cell too many or too few keep them at their ends, so that they stay what they are.
        let order = Array(Export.headers.indices).shuffled(using: &random)
        let whole = lines.filter { $0.split(separator: ";", omittingEmptySubsequences: false).count == 21 }
        let moved = whole.map { line in
            let cells = line.split(separator: ";", omittingEmptySubsequences: false)
            return order.map { String(cells[$0]) }.joined(separator: ";")
        }
        try scratch.write("whole.csv", joined(whole))
        try scratch.write("columns.csv", joined(moved))
        #expect(try files(["columns.csv"], out: "columns") == files(["whole.csv"], out: "whole"))
    }

    /// Big enough for several slices of a megabyte.
    @Test func withAnyNumberOfJobs() throws {
        try scratch.write("in.csv", joined(try sample(18_000)))
        try #require(try scratch.read("in.csv").count > 2 << 20)
        let expected = try files(["in.csv"], ["--jobs", "1"], out: "one")
        for jobs in ["2", "5"] {
            #expect(try files(["in.csv"], ["--jobs", jobs], out: jobs) == expected)
            let (one, many) = ("one/report/diagnostics.jsonl", "\(jobs)/report/diagnostics.jsonl")
            #expect(try scratch.read(one) == scratch.read(many))
        }
    }

    /// Short runs in which all workers begin to read back at the same moment: libxml2's own tables are then made for
    /// the first time, and only one thread may do that.
    @Test func whenAllWorkersBeginAtOnce() throws {
        let rows = (0..<8).map { number in
            Export.row(["Skola": "19\(number)9", "Personnummer": Export.people[number % 3]])
        }
        try scratch.write("in.csv", Export.text(rows))
        for round in 0..<40 {
            let outcome = try Program.convert(["in.csv", "--jobs", "8"], in: scratch)
            #expect(outcome.status == 0, "round \(round): \(outcome.said)")
        }
        #expect(try scratch.uploadFiles().count == 8)
    }

    @Test func splitInTwo() throws {
        let lines = try sample(600)
        try scratch.write("in.csv", joined(lines))
        let expected = try files(["in.csv"], out: "out")
        for (round, place) in [1, 2, 300, lines.count - 1, lines.count].enumerated() {
            try scratch.write("parts\(round)/a.csv", joined(Array(lines[..<place])))
            try scratch.write("parts\(round)/b.csv", joined([lines[0]] + lines[place...]))
            #expect(try files(["parts\(round)"], out: "folder\(round)") == expected)
            let inputs = ["parts\(round)/b.csv", "parts\(round)/a.csv"]
            #expect(try files(inputs, out: "named\(round)") == expected)
        }
    }

    @Test func withAnyLineEnds() throws {
        let lines = try sample(600)
        try scratch.write("in.csv", joined(lines))
        let expected = try files(["in.csv"], out: "out")
        for (name, end) in [("lf", "\n"), ("cr", "\r")] {
            try scratch.write("\(name).csv", joined(lines, end))
            #expect(try files(["\(name).csv"], out: name) == expected)
        }
        try scratch.write("blank.csv", joined(lines, "\r\n\r\n"))
        #expect(try files(["blank.csv"], out: "blank") == expected)
        try scratch.write("open.csv", String(joined(lines).dropLast()))
        #expect(try files(["open.csv"], out: "open") == expected)
    }
}
