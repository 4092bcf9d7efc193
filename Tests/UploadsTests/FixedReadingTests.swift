import CSN
import Testing
import Uploads

@Suite struct FixedReadingTests {
    private func read(_ bytes: [UInt8]) throws -> ReadFile {
        try ReadFile(bytes, Shipped.layout("komvux-fixed"), CourseTable([]))
    }

    private func read(_ text: String) throws -> ReadFile { try read(Array(text.utf8)) }

    private let line = FieldReadingTests.line()

    @Test func linesThatDifferInTheEventAreOneRecord() throws {
        let second = FieldReadingTests.line(.handelsedatum, "20261105")
        let other = FieldReadingTests.line(.startdatum, "20260818")
        let file = try read("\(line)\r\n\(second)\r\n\(other)\r\n")
        #expect(file.records.map { $0.record.events.count } == [2, 1])
        #expect(file.records.map { $0.record.fields.origin.line } == [1, 3])
        #expect(file.records.map { $0.record.fields.origin.offset } == [0, 150])
        #expect(file.records.first?.record.mergedRows.map(\.line) == [2])
        #expect(file.reading.rows == 3)
        #expect(file.reading.records == 2)
    }

    @Test func aLineWithoutAnEventIsNoEventOfAnother() throws {
        let bare = FieldReadingTests.line(.meddelandeorsak).replacing("20261001", with: "        ")
        let file = try read("\(bare)\r\n\(bare)\r\n")
        #expect(file.records.map { $0.record.events.count } == [0, 0])
    }

    @Test func aNoteHasItsLineAndPosition() throws {
        let file = try read("\(line)\r\n" + FieldReadingTests.line(.niva, "XX") + "\r\n")
        let note = try #require(file.records.last?.notes.first)
        #expect(note.line == 2)
        #expect(note.note.column == 33)
        #expect(try Shipped.layout("komvux-fixed").place(of: .niva) == .positions(34...35))
    }

    @Test func whatIsWrongInAnEventOfALaterLineIsNoted() throws {
        let file = try read("\(line)\r\n" + FieldReadingTests.line(.handelsedatum, "20261131") + "\r\n")
        let record = try #require(file.records.first)
        #expect(file.records.count == 1)
        #expect(record.notes.map(\.line) == [2])
        #expect(record.record.events.map(\.failed) == [[], FieldSet(.handelsedatum)])
    }

    @Test func problemsOfTheForm() throws {
        let cases: [(String, [LayoutProblem.Kind], Int)] = [
            ("\(line)\n", [.lineEnd], 1), (line, [.lineEnd], 1), ("\(line)\r\n\(line)x\r\n", [.recordLength], 2),
            ("\(line.dropLast())\r\n", [.recordLength], 1), ("\r\n", [.recordLength], 1),
            ("\(line)\r\n\r\n", [.recordLength], 2), ("", [.empty], 0),
            (FieldReadingTests.line(.kurskod, "A\tB") + "\r\n", [.controlCharacter], 1),
            (FieldReadingTests.line(.kurskod, "A\u{0}B") + "\r\n", [.controlCharacter], 1),
            ("\(line)\r\n" + FieldReadingTests.line(.skolkod, "1235") + "\r\n", [.severalSchools], 2),
            ("\(line)\r\(line)\r\n", [.controlCharacter, .recordLength], 1),
        ]
        for (text, kinds, number) in cases {
            let file = try read(text)
            #expect(file.reading.problems.map(\.kind) == kinds, "\(text.debugDescription)")
            #expect(file.reading.problems.last?.line == number)
        }
    }

    @Test func aControlCharacterHasItsPosition() throws {
        let file = try read(FieldReadingTests.line(.kurskod, "AB\tC") + "\r\n")
        #expect(file.reading.problems.map(\.column) == [19])
    }

    @Test func utf8InALatin1FileIsSaidToBeUTF8() throws {
        let file = try read(FieldReadingTests.line(.kurskod, "SVÅ") + "\r\n")
        #expect(file.reading.problems.map(\.kind) == [.encoding])
    }

    @Test func c1ControlsAreNoLetters() throws {
        var bytes = Array("\(line)\r\n".utf8)
        bytes[16] = 0x85
        #expect(try read(bytes).reading.problems.map(\.kind) == [.controlCharacter])
    }

    @Test func anEndlessLineIsMeasuredAndNotKept() throws {
        let bytes = [UInt8](repeating: 0x41, count: 3_000_000) + Array("\r\n\(line)\r\n".utf8)
        let file = try read(bytes)
        #expect(file.reading.problems.map(\.kind) == [.recordLength])
        #expect(file.reading.problems.first?.text.en.contains("3000000") == true)
        #expect(file.records.count == 1)
        #expect(file.records.first?.record.fields.origin.offset == 3_000_002)
    }

    /// Blocks are 256 KB: lines lie across their ends.
    @Test func manyLines() throws {
        let count = 20_000
        let text = (0..<count).map { FieldReadingTests.line(.poang, "\($0 % 900 + 100)") + "\r\n" }.joined()
        let file = try read(text)
        #expect(file.reading.problems == [])
        #expect(file.records.map { $0.record.poang } == (0..<count).map { $0 % 900 + 100 })
        #expect(file.reading.bytes == count * 75)
    }
}
