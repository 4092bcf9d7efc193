import CSN
import Testing
import Uploads

/// Values are written and read as whole words, and from tables: the edges of both.
@Suite struct WordEdgeTests {
    private let line = FieldReadingTests.line()

    private func read(_ bytes: [UInt8]) throws -> ReadFile {
        try ReadFile(bytes, Shipped.layout("komvux-fixed"), CourseTable([]))
    }

    private func record(_ change: (inout Candidate) -> Void) throws -> Record {
        var fields = Candidate(origin: RowOrigin(input: 0, line: 1, offset: 0))
        fields.skolkod = Skolkod(1234)
        fields.personnummer = Personnummer(digits: 199_001_019_802)
        fields.course = CourseIndex(number: 0)
        fields.kursdel = .whole
        fields.poang = 100
        fields.niva = .gr
        fields.startdatum = Day(iso: "2026-08-17")
        fields.slutdatum = Day(iso: "2026-12-20")
        change(&fields)
        return Record(fields)
    }

    static let days = [
        "0001-01-01", "1969-12-31", "1989-12-31", "1990-01-01", "2000-02-29", "2049-12-31", "2050-01-01", "9998-12-31",
    ]

    @Test(arguments: days) func aDayOfAnyYearIsWritten(_ text: String) throws {
        let record = try record { $0.startdatum = Day(iso: text) }
        let courses = CourseTable([Course(code: "A")])
        let fixed = try written([record], Shipped.layout("komvux-fixed"), courses)
        #expect(String(decoding: fixed[35..<43], as: UTF8.self) == text.replacing("-", with: ""))
        let xml = try written([record], Shipped.layout("komvux"), courses)
        #expect(String(decoding: xml, as: UTF8.self).contains("<startdatum>\(text)</startdatum>"))
        #expect(try read(fixed).records.first?.record.startdatum == Day(iso: text))
    }

    @Test(arguments: ["komvux", "komvux-fixed"]) func aDayBehindAllYearsIsRefused(_ name: String) throws {
        let record = try record { $0.startdatum = Day(number: 3_000_000) }
        #expect(throws: WriteProblem.tooLong(.startdatum, record: 1)) {
            try written([record], Shipped.layout(name), CourseTable([Course(code: "A")]))
        }
    }

    @Test(arguments: [0, 7, 99, 100, 999]) func pointsHaveThreeDigits(_ points: Int) throws {
        let bytes = try written(
            [record { $0.poang = points }], Shipped.layout("komvux-fixed"), CourseTable([Course(code: "A")]))
        #expect(String(decoding: bytes[30..<33], as: UTF8.self) == String("00\(points)".suffix(3)))
        #expect(bytes.count == 75)
    }

    @Test func pointsOfFourDigitsAreTooLong() throws {
        let record = try record { $0.poang = 1_000 }
        #expect(throws: WriteProblem.tooLong(.poang, record: 1)) {
            try written([record], Shipped.layout("komvux-fixed"), CourseTable([Course(code: "A")]))
        }
    }

    /// In bytes of UTF-8, and escaped, on both sides of eight and of sixteen.
    @Test(arguments: ["A", "ABCDEFG", "ABCDEFGH", "ABCDEFGHI", "ABCDEFGHIJ", "ÅÅÅÅÅÅÅÅ", "ÅÅÅÅÅÅÅÅX", "&&&&&&&&&&"])
    func aCodeOfAnyLengthIsWrittenAndRead(_ code: String) throws {
        for name in ["komvux", "komvux-fixed"] {
            let courses = CourseTable([Course(code: code)])
            let bytes = try written([record { _ in }], Shipped.layout(name), courses)
            let file = try ReadFile(bytes, Shipped.layout(name), courses)
            #expect(file.reading.problems == [])
            #expect(file.records.map { $0.record.course } == [CourseIndex(number: 0)])
            guard name == "komvux-fixed" else { continue }
            let field = code.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            #expect(Array(bytes[16..<26]) == field + [UInt8](repeating: 0x20, count: 10 - field.count))
        }
    }

    /// More codes than the table of those met begins with, some of which differ in their last byte only.
    @Test func eachCodeIsAskedForOnce() throws {
        let folder = try Folder()
        let codes = (0..<2_000).map { "C\($0 * 7)" } + (0..<20).map { "ABCDEFGHI\(Unicode.Scalar(UInt8(65 + $0)))" }
        let text = (codes + codes).map { FieldReadingTests.line(.kurskod, $0) + "\r\n" }.joined()
        let path = try folder.write("file", text)
        var asked: [String] = []
        let reader = try UploadReader(layout: Shipped.layout("komvux-fixed")) { code in
            asked.append(code)
            return FoundCourse(index: CourseIndex(number: UInt32(asked.count)), problem: nil)
        }
        var met: [UInt32?] = []
        _ = try reader.read(path: path) { met.append($0.record.course?.number) }
        #expect(asked == codes)
        let numbers = (1...codes.count).map { UInt32($0) as UInt32? }
        #expect(met == numbers + numbers)
    }

    /// At every place of the line, and the first of two is said.
    @Test(arguments: [0x00, 0x09, 0x1F, 0x7F, 0x80, 0x9F] as [UInt8])
    func aControlCharacterIsFoundAnywhere(_ byte: UInt8) throws {
        for place in 0..<73 {
            var bytes = Array("\(line)\r\n".utf8)
            bytes[place] = byte
            if place < 70 { bytes[place + 3] = 0x01 }
            let problems = try read(bytes).reading.problems
            #expect(problems.map(\.kind) == [.controlCharacter])
            #expect(problems.map(\.column) == [place + 1])
        }
    }

    @Test(arguments: [0x20, 0x21, 0x3F, 0x40, 0x5F, 0x60, 0x7E, 0xA0, 0xBF, 0xC5, 0xFF] as [UInt8])
    func otherCharactersAreNoControls(_ byte: UInt8) throws {
        for place in 0..<73 {
            var bytes = Array("\(line)\r\n".utf8)
            bytes[place] = byte
            #expect(try read(bytes).reading.problems == [])
        }
    }

    /// What stands in the line before must not show in the next, whatever changes between the two.
    @Test(arguments: FieldReadingTests.both) func aLineIsReadAsIfItStoodAlone(_ broken: BrokenField) throws {
        let other = FieldReadingTests.line(broken.field, broken.value)
        let alone = [try read(Array("\(line)\r\n".utf8)), try read(Array("\(other)\r\n".utf8))]
        // Lines that differ in their event only would be one record: a line of another start stands between.
        let between = FieldReadingTests.line(.startdatum, "20260818")
        let file = try read(Array([line, between, other, between, line].map { $0 + "\r\n" }.joined().utf8))
        func said(_ file: ReadFile, _ index: Int) -> String {
            let read = file.records[index]
            let notes = read.notes.map(\.note).map { "\($0.field) \($0.outcome) \($0.value) \($0.column ?? -1)" }
            return ([described(read.record, file.courses)] + notes).joined(separator: "\n")
        }
        try #require(file.records.count == 5)
        #expect(said(file, 0) == said(alone[0], 0))
        #expect(said(file, 2) == said(alone[1], 0))
        #expect(said(file, 4) == said(alone[0], 0))
    }

    /// Slots of more than sixteen characters: numbers with zeros before them, everything else with blanks behind it.
    @Test func wideSlotsAreFilled() throws {
        let folder = try Folder()
        var position = 1
        let slots = Field.allCases.map { field in
            let name = "\(field)"
            let isDate = name.hasSuffix("datum")
            let isNumber = ["skolkod", "personnummer", "kursdel", "poang"].contains(name)
            let form = isDate ? "date" : isNumber ? "digits" : name == "kurskod" ? "text" : "code"
            // The reader takes no zeros before a personnummer or a kursdel.
            let length = isDate ? 8 : name == "personnummer" ? 12 : name == "kursdel" ? 2 : 20
            defer { position += length }
            return "  - {field: \(name), position: \(position), length: \(length), form: \(form)}\n"
        }
        let path = try folder.write(
            "wide.yaml",
            """
            title: {sv: Bred, en: Wide}
            container: fixed
            encoding: iso-8859-1
            lineEnd: lf
            extension: txt
            recordLength: \(position - 1)
            fields:

            """ + slots.joined())
        let layout = try Layout.read(path: path)
        var generator = RecordGenerator(seed: 3)
        let records = generator.records(200)
        let bytes = try written(records, layout, generator.courses)
        #expect(String(decoding: bytes[0..<20], as: UTF8.self) == "00000000000000001234")
        #expect(bytes.filter { $0 == 0x0A }.count * position == bytes.count)
        let file = try ReadFile(bytes, layout, generator.courses)
        #expect(file.reading.problems == [])
        try #require(file.records.count == records.count)
        for (read, meant) in zip(file.records, records) {
            #expect(described(read.record, file.courses) == described(meant, file.courses))
        }
    }
}
