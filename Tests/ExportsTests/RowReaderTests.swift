import Documents
import Exports
import Profiles
import Testing

@Suite struct RowReaderTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private struct Row: Equatable {
        var cells: [String]
        var line: Int
        var offset: Int
        var outcome: RowOutcome
    }

    private func input(
        _ bytes: [UInt8], _ encoding: TextEncoding? = nil, limits: DelimitedLimits = DelimitedLimits()
    ) throws -> DelimitedInput {
        let source = try folder.source(bytes)
        let survey = try InputSurvey(of: source)
        let found = try #require(encoding ?? survey.encoding.encoding)
        return try DelimitedInput(source, survey, dialect: .semicolon, encoding: found, limits: limits)
    }

    /// All rows, through slices of about `target` bytes.
    private func rows(
        _ input: DelimitedInput, columns: Int, target: Int = 1 << 20, allowsEmptyLastCell: Bool = false
    ) throws -> [Row] {
        var cursor = SliceCursor(input, target: target)
        var reader = RowReader(
            input, binding: SlotBinding(Array(0..<columns)),
            form: RowForm(cells: columns, allowsEmptyLastCell: allowsEmptyLastCell))
        var rows: [Row] = []
        var filled = RowCells()
        let slots = zip(Slot.allCases, 0..<columns).map { SlotColumn($0, column: $1) }
        var end = input.start.offset
        var number = 0
        while let slice = try cursor.next() {
            #expect(slice.offset == end)
            #expect(slice.number == number)
            end += slice.length
            number += 1
            try reader.open(slice)
            while let outcome = try reader.next() {
                var cells: [String] = []
                for slot in 0..<columns {
                    if let cell = reader.cell(slot) { cells.append(reader.text(cell)) }
                }
                reader.fill(&filled, slots)
                for slot in slots {
                    let bytes = reader.cell(column: slot.column).map { Array($0.bytes) } ?? []
                    #expect(Array(filled[slot.slot]) == bytes && filled.has(slot.slot) == !bytes.isEmpty)
                }
                rows.append(Row(cells: cells, line: reader.line, offset: reader.offset, outcome: outcome))
            }
        }
        #expect(end == input.source.size)
        return rows
    }

    /// The last cell of a slice may end where the buffer does.
    @Test(arguments: ["a;b;", "a;b;c", "a;b; ", ";;", "a;b;\u{A0}", "\t;b; c \u{A0}", " ; ;å"])
    func cellsAtTheEndOfTheInput(text: String) throws {
        let whole = try rows(try input(Array((text + "\n").utf8)), columns: 3)
        let cut = try rows(try input(Array(text.utf8)), columns: 3)
        #expect(cut.map(\.cells) == whole.map(\.cells))
        // The buffer is the longer first slice's.
        let long = try input(Array("x;y;z and more than the next slice has\n\(text)".utf8))
        let longer = try rows(long, columns: 3, target: 1)
        #expect(longer.dropFirst().map(\.cells) == whole.map(\.cells))
    }

    @Test func cellsOfSlots() throws {
        let input = try input(Array("Pnr;\"Kurs\";Del\n 1 ;\"a\"\"b\"\u{A0};\"c;d\"\n".utf8))
        let head = try #require(try input.firstRows(1).first)
        #expect(head.names == ["Pnr", "Kurs", "Del"])
        #expect(head.places.map(\.column) == [1, 5, 12])
        var cursor = SliceCursor(input, from: head.next)
        var reader = RowReader(input, binding: SlotBinding([2, nil, 0, 1]), form: RowForm(cells: 3))
        let slice = try #require(try cursor.next())
        try reader.open(slice)
        let outcome = try reader.next()
        #expect(outcome == .whole)
        var texts: [[UInt8]?] = []
        for slot in 0..<4 { texts.append(reader.cell(slot).map { Array($0.bytes) }) }
        #expect(texts == [Array("c;d".utf8), nil, Array("1".utf8), Array("a\"b".utf8)])
        let (first, fourth) = (reader.cell(0), reader.cell(column: 3))
        #expect(first?.column == 2)
        #expect(first?.flags == .isQuoted)
        #expect(fourth?.column == nil)
        let (line, place) = (reader.line, reader.place(column: 2))
        #expect(line == 2)
        #expect(place == CellPlace(line: 2, column: 13, offset: 28))
        let end = try reader.next()
        #expect(end == nil)
    }

    @Test func outcomes() throws {
        let text = "a;b;c\n1;2;3\r\n\n;;\n1;2\n1;2;3;\n1;2;3; \n1;2;3;4\n1;2;3;;\n1;2"
        let trailing = try rows(input(Array(text.utf8)), columns: 3, allowsEmptyLastCell: true)
        #expect(
            trailing.map(\.outcome) == [
                .whole, .whole, .wrongCellCount, .whole, .whole, .wrongCellCount, .wrongCellCount, .cutShort,
            ])
        #expect(trailing.map(\.line) == [1, 2, 5, 6, 7, 8, 9, 10])
        let strict = try rows(input(Array(text.utf8)), columns: 3)
        #expect(
            strict.map(\.outcome) == [
                .whole, .whole, .wrongCellCount, .wrongCellCount, .wrongCellCount, .wrongCellCount, .wrongCellCount,
                .cutShort,
            ])
    }

    @Test func aWholeRowWithoutLineEndIsWhole() throws {
        #expect(try rows(input(Array("a;b\n1;2".utf8)), columns: 2).map(\.outcome) == [.whole, .whole])
        #expect(try rows(input(Array("a;b\n1;\"2\n".utf8)), columns: 2).map(\.outcome) == [.whole, .cutShort])
    }

    @Test func blankRowsAreCounted() throws {
        let input = try input(Array("a;b\n\n  \n;\n1;2\n;;\n".utf8))
        var cursor = SliceCursor(input)
        var reader = RowReader(input, binding: SlotBinding([0]), form: RowForm(cells: 2))
        let slice = try #require(try cursor.next())
        try reader.open(slice)
        while try reader.next() != nil {}
        let (blankRows, count) = (reader.blankRows, reader.rows)
        #expect(blankRows == 4)
        #expect(count == 2)
    }

    @Test func headNamesWithoutTheTrailingDelimiter() throws {
        let rows = try input(Array("\u{FEFF}Rapport\r\n\r\nå;b;\r\n1;2;\r\n".utf8)).firstRows(3)
        #expect(rows.map(\.names) == [["Rapport"], [""], ["å", "b"]])
        #expect(rows.map(\.isBlank) == [false, true, false])
        #expect(rows.map(\.start.offset) == [3, 12, 14])
        #expect(rows.map(\.next.line) == [2, 3, 4])
        #expect(rows[2].places.map(\.offset) == [14, 17, 19])
        #expect(rows[2].places.map(\.column) == [1, 3, 5])
    }

    @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian])
    func utf16LeadsBackToTheBytes(_ encoding: TextEncoding) throws {
        let text = "\u{FEFF}å;b\r\n😀ä;\"x\r\nÖ\"\r\nq;z\r\n"
        let bytes = text.utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
            return encoding == .utf16BigEndian ? pair : pair.reversed()
        }
        for target in [1, 5, 12, 1 << 20] {
            let rows = try rows(input(bytes), columns: 2, target: target)
            #expect(rows.map(\.cells) == [["å", "b"], ["😀ä", "x\r\nÖ"], ["q", "z"]])
            #expect(rows.map(\.line) == [1, 2, 4])
            #expect(rows.map(\.offset) == [2, 12, 36])
        }
        let places = try input(bytes).firstRows(2).last?.places
        #expect(places?.map(\.offset) == [12, 20])
    }

    /// However the input is cut, the rows are the same; with and without quotes, all line ends, two encodings.
    @Test(arguments: [[";", "\n", "a", "ö"], [";", "\r\n", "a", "\""], ["\r", "\n", "\"", ";", "bc"]])
    func slicesChangeNothing(_ pieces: [String]) throws {
        var random = SplitMix(state: 99)
        for round in 0..<40 {
            let text = (0..<(20 + round)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
            let input = try input(Array(text.utf8), .utf8)
            let whole = try rows(input, columns: 3)
            for target in [1, 2, 3, 7, 20] {
                #expect(try rows(input, columns: 3, target: target) == whole, "\(text.debugDescription)")
            }
        }
    }

    /// Inputs of several megabytes take the borders that the survey found.
    @Test(arguments: ["\n", "\r\n", "\r"]) func manyRowsAcrossSlices(_ lineEnd: String) throws {
        var text = "nr;värde" + lineEnd
        for number in 1...30_000 {
            text += "\(number);" + String(repeating: "ö", count: number % 97) + lineEnd
            if number % 1_000 == 0 { text += lineEnd }
        }
        let input = try input(Array(text.utf8))
        let head = try #require(try input.firstRows(1).first)
        var cursor = SliceCursor(input, from: head.next)
        var reader = RowReader(input, binding: SlotBinding([0]), form: RowForm(cells: 2))
        var expected = 1
        var slices = 0
        while let slice = try cursor.next() {
            slices += 1
            try reader.open(slice)
            while let outcome = try reader.next() {
                guard let cell = reader.cell(0) else { break }
                let line = 1 + expected + (expected - 1) / 1_000
                if outcome != .whole || reader.text(cell) != "\(expected)" || reader.line != line {
                    Issue.record("row \(expected)")
                    return
                }
                expected += 1
            }
        }
        #expect(expected == 30_001)
        let blankRows = reader.blankRows
        #expect(blankRows == 30)
        #expect(slices > 1)
    }

    @Test(arguments: [true, false]) func aRowWithoutEndIsNamed(_ isQuoted: Bool) throws {
        let endless = String(repeating: "x", count: 3 << 20)
        let text = "a;b\n1;2\n3;" + (isQuoted ? "\"" : "") + endless
        let input = try input(Array(text.utf8), limits: DelimitedLimits(rowLength: 1 << 20))
        let problem = try #require(throws: ExportProblem.self) { try rows(input, columns: 2) }
        #expect(problem == .rowTooLong(path: input.source.path, line: 3, offset: 8, limit: 1 << 20))
        #expect(problem.text.en.hasPrefix("\(input.source.path):3: the row that begins here (byte 8)"))
    }

    @Test func columnsWithoutEndAreCounted() throws {
        let text = String(repeating: "a;", count: 200_000) + "\n1;2\n"
        let input = try input(Array(text.utf8))
        let head = try #require(try input.firstRows(1).first)
        #expect(head.cells.count == 65_535)
        let rows = try rows(input, columns: 2)
        #expect(rows.map(\.outcome) == [.wrongCellCount, .whole])
    }

    @Test func textsInOtherEncodings() throws {
        let bytes: [UInt8] = [0x41, 0x3B, 0xCA, 0x8C, 0xCA, 0x0D]
        #expect(try rows(input(bytes, .macRoman), columns: 2).map(\.cells) == [["A", "å"]])
    }

    @Test func anEmptyInputHasNoRows() throws {
        #expect(try rows(input([]), columns: 1).isEmpty)
        #expect(try rows(input([0xEF, 0xBB, 0xBF]), columns: 1).isEmpty)
        #expect(try input([]).firstRows(5).isEmpty)
    }
}
