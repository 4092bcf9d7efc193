import Foundation
import Testing

/// Rows that cannot be read as they stand: that row's student is held and the rest goes, exit status 1.
@Suite struct DamagedRowTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Two whole rows of two students, and the damage on a third student's row.
    private static let whole = [
        Export.row(["Personnummer": Export.people[1]]), Export.row(["Personnummer": Export.people[2]]),
    ]

    struct Case: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var rule: String
        /// The line the message names.
        var line: Int
        var testDescription: String { name }
    }

    private static func export(_ damaged: [UInt8], lineEnd: String = "\r\n", opening: [UInt8] = []) -> [UInt8] {
        opening + Array(Export.text(whole).utf8) + damaged + Array(lineEnd.utf8)
    }

    private static func replacing(_ text: String, with bytes: [UInt8]) -> [UInt8] {
        let parts = Export.row().components(separatedBy: text)
        return Array(parts[0].utf8) + bytes + Array(parts[1].utf8)
    }

    static let cases = [
        Case(
            name: "cut short by missing cells", bytes: export(Array(Export.row().utf8.prefix(60)), lineEnd: ""),
            rule: "row-cut-short", line: 4),
        Case(
            name: "cut short inside quotes",
            bytes: export(Array("1234;19980908-9809;Linnéa;Sjögren;NV1;MATMAT01a;\"Matematik".utf8), lineEnd: ""),
            rule: "row-cut-short", line: 4),
        Case(
            name: "too few cells", bytes: export(Array("1234;19980908-9809;Linnéa;Sjögren;NV1;MATMAT01a".utf8)),
            rule: "row-cell-count", line: 4),
        Case(
            name: "too many cells", bytes: export(Array((Export.row() + ";x").utf8)), rule: "row-cell-count", line: 4),
        Case(
            name: "one empty cell too many, on this row only", bytes: export(Array((Export.row() + ";").utf8)),
            rule: "row-cell-count", line: 4),
        Case(
            name: "unknown school", bytes: export(Array(Export.row(["Skola": "Komvux Norr"]).utf8)),
            rule: "unknown-school", line: 4),
        Case(
            name: "bytes that UTF-8 does not know in a field that is used",
            bytes: export(replacing("MATMAT01a", with: [0x4D, 0x41, 0xFF, 0xFE, 0x31]), opening: [0xEF, 0xBB, 0xBF]),
            rule: "invalid-bytes", line: 4),
        Case(
            name: "zero bytes in a field that is used",
            bytes: export(replacing("MATMAT01a", with: [0x4D, 0x41, 0x00, 0x54])), rule: "unknown-course-code", line: 4),
    ]

    @Test(arguments: cases) func holdsThatStudentAlone(_ input: Case) throws {
        try scratch.write("in.csv", input.bytes)
        let outcome = try Program.convert(["in.csv"], in: scratch)
        #expect(outcome.status == 1, "\(outcome.error)")
        #expect(outcome.error == "")
        let finding = outcome.output.split(separator: "\n").first { $0.contains(": error: [\(input.rule)]") }
        #expect(finding?.hasPrefix("in.csv:\(input.line)") == true, "\(outcome.output)")
        #expect(!outcome.output.contains("\0"))
        let files = try scratch.uploadFiles()
        #expect(files.keys.sorted() == ["1234/1234_2026-11-23.xml"])
        let text = String(decoding: try #require(files.values.first), as: UTF8.self)
        #expect(text.contains("197201209983") && text.contains("198404309943"))
        #expect(!text.contains("199809089809"))
        let swedish = try Program.convert(["in.csv", "--language", "sv"], in: scratch, out: "svenska")
        #expect(swedish.output.contains("in.csv:\(input.line)") && swedish.output.contains(": fel: [\(input.rule)]"))
    }

    /// Where no field that is used is damaged, the row is whole.
    @Test func damageInAColumnThatIsNotReadDoesNoHarm() throws {
        for (number, damage) in [[0xFF, 0xFE], [0x00, 0x00]].enumerated() as EnumeratedSequence<[[UInt8]]> {
            try scratch.write(
                "in.csv", Self.export(Self.replacing("Sjögren", with: damage), opening: [0xEF, 0xBB, 0xBF]))
            let outcome = try Program.convert(["in.csv"], in: scratch, out: "out\(number)")
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(try scratch.uploadFiles("out\(number)").count == 1)
        }
    }

    /// Without a mark, one byte that UTF-8 does not know means that the file is in a single-byte encoding.
    @Test func invalidBytesWithoutAMarkNeverPassSilently() throws {
        try scratch.write("in.csv", Self.export(Self.replacing("MATMAT01a", with: [0x4D, 0x41, 0xFF, 0xFE, 0x31])))
        let outcome = try Program.convert(["in.csv"], in: scratch)
        #expect(outcome.status == 1 || outcome.status == 2)
        for contents in try scratch.uploadFiles().values {
            #expect(!String(decoding: contents, as: UTF8.self).contains("199809089809"))
        }
    }

    /// A delimiter behind the last cell of every row, of the header too or not, is the system's way of writing.
    @Test(arguments: [true, false]) func aDelimiterBehindEveryRow(_ isInHeader: Bool) throws {
        let rows = [Export.row()] + Self.whole
        let plain = Export.text(rows)
        try scratch.write("plain.csv", plain)
        try scratch.write(
            "trailing.csv", Export.text(rows.map { $0 + ";" }, header: Export.header + (isInHeader ? ";" : "")))
        #expect(try Program.convert(["plain.csv"], in: scratch, out: "plain").status == 0)
        let outcome = try Program.convert(["trailing.csv"], in: scratch, out: "trailing")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try scratch.result("plain") == scratch.result("trailing"))
        #expect(try scratch.uploadFiles("plain").count == 1)
    }
}
