import Documents
import Testing

/// A row as tests compare it.
struct ScannedRow: Equatable {
    var cells: [String]
    var line: Int
    var end: RowEnd
}

func scannedRows(
    _ bytes: [UInt8], _ dialect: DelimitedDialect, traits: DelimitedTraits = DelimitedTraits(),
    limits: DelimitedLimits = DelimitedLimits()
) -> [ScannedRow] {
    var scanner = RowScanner(dialect, traits: traits, limits: limits)
    return bytes.withUnsafeBytes { bytes in
        var rows: [ScannedRow] = []
        scanner.scan(bytes)
        while let end = scanner.next() {
            let cells = (0..<min(scanner.cellCount, limits.cells)).map { index in
                let content = scanner.bytes(of: index)
                guard scanner[index].flags.contains(.needsUnquoting) else {
                    return String(decoding: content, as: UTF8.self)
                }
                return String(decoding: Cell.unquoted(content, quote: dialect.quote ?? 0), as: UTF8.self)
            }
            rows.append(ScannedRow(cells: cells, line: scanner.line, end: end))
        }
        return rows
    }
}

/// The situations of the csv-spectrum collection, and those that exports add.
@Suite struct RowScannerTests {
    private func cells(_ text: String, _ dialect: DelimitedDialect = .comma) -> [[String]] {
        scannedRows(Array(text.utf8), dialect).map(\.cells)
    }

    @Test(arguments: [
        ("simple", "a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
        ("simple, CRLF", "a,b,c\r\n1,2,3\r\n", [["a", "b", "c"], ["1", "2", "3"]]),
        ("simple, CR", "a,b,c\r1,2,3\r", [["a", "b", "c"], ["1", "2", "3"]]),
        ("no line end at the end", "a,b\n1,2", [["a", "b"], ["1", "2"]]),
        (
            "comma in quotes", "gata,ort\n\"Storgatan 3, 2 tr\",Umeå\n",
            [["gata", "ort"], ["Storgatan 3, 2 tr", "Umeå"]]
        ),
        ("empty", "a,b,c\n1,\"\",\"\"\n2,3,4\n", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
        ("empty without quotes, CRLF", "a,b,c\r\n1,,\r\n", [["a", "b", "c"], ["1", "", ""]]),
        ("escaped quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", [["a", "b"], ["1", "ha \"ha\" ha"], ["3", "4"]]),
        (
            "JSON", "key,val\n1,\"{\"\"typ\"\": \"\"Punkt\"\", \"\"xy\"\": [102.0, 0.5]}\"\n",
            [["key", "val"], ["1", "{\"typ\": \"Punkt\", \"xy\": [102.0, 0.5]}"]]
        ),
        ("line feed in quotes", "a,b\n1,\"rad\n två\"\n", [["a", "b"], ["1", "rad\n två"]]),
        ("CRLF in quotes", "a,b\r\n1,\"rad\r\n två\"\r\n", [["a", "b"], ["1", "rad\r\n två"]]),
        ("quotes and line ends", "a,b\n1,\"ha\n\"\"ha\"\"\nha\"\n", [["a", "b"], ["1", "ha\n\"ha\"\nha"]]),
        ("letters", "a,b\n1,2\n4,ʤåäö漢\n", [["a", "b"], ["1", "2"], ["4", "ʤåäö漢"]]),
        ("only quotes", "\"\"\"\"\n", [["\""]]), ("one quoted cell", "\"\"", [[""]]),
        ("stray quote", "5\" rör,b\n", [["5\" rör", "b"]]),
        ("blank before a quote", "x, \"a\",b\n", [["x", " \"a\"", "b"]]),
        ("text after a quote", "\"a\"b,c\n", [["ab", "c"]]),
        ("quotes after a quote", "\"a\"b\"c\",d\r\n", [["ab\"c\"", "d"]]),
        ("blank lines", "a\n\n\r\nb\n", [["a"], [""], [""], ["b"]]),
        ("trailing delimiter", "a,b,\n", [["a", "b", ""]]),
        ("only a delimiter", ",", [["", ""]]), ("zero bytes", "a\0,b\n", [["a\0", "b"]]), ("nothing", "", []),
    ])
    func situations(_ name: String, _ text: String, _ rows: [[String]]) { #expect(cells(text) == rows) }

    @Test func withoutQuotesAQuoteIsALetter() throws {
        let dialect = try #require(DelimitedDialect(delimiter: 0x3B, quote: nil))
        #expect(cells("\"a;b\"\n;\"\n", dialect) == [["\"a", "b\""], ["", "\""]])
    }

    @Test func noSuchDialect() {
        #expect(DelimitedDialect(delimiter: 0x22, quote: 0x22) == nil)
        #expect(DelimitedDialect(delimiter: 0x0A, quote: nil) == nil)
        #expect(DelimitedDialect(delimiter: 0x3B, quote: 0x0D) == nil)
    }

    @Test func howRowsEnd() {
        let ends = { (text: String) in scannedRows(Array(text.utf8), .comma).map(\.end) }
        #expect(ends("a\nb\r\nc\rd") == [.complete, .complete, .complete, .endOfInput])
        #expect(ends("a,\"b\nc") == [.cutShort])
        #expect(ends("a,\"b\"") == [.endOfInput])
        #expect(ends("a,\"b\"\"") == [.cutShort])
        #expect(ends("a,\"") == [.cutShort])
        #expect(cells("a,\"b\nc") == [["a", "b\nc"]])
    }

    @Test func linesCountThoseInsideQuotes() {
        let rows = scannedRows(Array("a\n\"b\r\nb\rb\nb\"\r\nc\rd\n".utf8), .comma)
        #expect(rows.map(\.line) == [1, 2, 6, 7])
    }

    @Test func placesCountCharactersAndBytes() {
        let text = "åä,\"ö\nÖ\",x\nÅ,\"Ä\"\"\",z"
        var scanner = RowScanner(.comma)
        var places: [[Int]] = []
        Array(text.utf8).withUnsafeBytes { bytes in
            scanner.scan(bytes, firstLine: 10)
            while scanner.next() != nil {
                for index in 0..<scanner.cellCount {
                    let place = scanner.place(of: index, .utf8)
                    places.append([place.line, place.column, place.offset])
                }
                #expect(scanner.places(.utf8) == (0..<scanner.cellCount).map { scanner.place(of: $0, .utf8) })
            }
        }
        #expect(places == [[10, 1, 0], [10, 4, 5], [11, 4, 13], [12, 1, 15], [12, 3, 18], [12, 9, 25]])
    }

    @Test func columnsOfSingleByteText() throws {
        let bytes: [UInt8] = [0xE5, 0xE4, 0x3B, 0xF6, 0x0D, 0x0A]
        let decoder = try CellDecoder(.latin1)
        var scanner = RowScanner(.semicolon)
        bytes.withUnsafeBytes { bytes in
            scanner.scan(bytes)
            #expect(scanner.next() == .complete)
            #expect(scanner.place(of: 1, decoder).column == 4)
        }
    }

    @Test(arguments: [99, 100, 101, 500]) func longRowsEndAtTheLimit(_ length: Int) {
        for row in [
            String(repeating: "a", count: length) + "\n", String(repeating: "a", count: length) + "\r\nb",
            String(repeating: "a", count: length), "\"" + String(repeating: "a", count: length - 1),
            String(repeating: ",", count: length) + "\r",
        ] {
            let rows = scannedRows(Array(row.utf8), .comma, limits: DelimitedLimits(rowLength: 100, cells: 1_000))
            #expect((rows.first?.end == .tooLong) == (length > 100), "\(row.debugDescription)")
        }
    }

    @Test func cellsBeyondTheLimitAreCountedOnly() {
        var scanner = RowScanner(.comma, limits: DelimitedLimits(cells: 3))
        Array("a,b,c,d,e\nf,g,h\n".utf8).withUnsafeBytes { bytes in
            scanner.scan(bytes)
            #expect(scanner.next() == .complete)
            #expect(scanner.cellCount == 5)
            #expect(scanner.places(.utf8).count == 3)
            #expect(scanner.next() == .complete)
            #expect(scanner.cellCount == 3)
        }
    }

    /// Random bytes of few kinds against the plain state machine below; lengths around the 64 bytes of a mask.
    @Test func agreesWithANaiveScanner() {
        var random = SplitMix(state: 20_261_121)
        let letters = Array("\"\"\";;\n\r\räab".utf8)
        for _ in 0..<20_000 {
            let length = Int(random.next() % 150)
            let bytes = (0..<length).map { _ in letters[Int(random.next() % UInt64(letters.count))] }
            let rows = scannedRows(bytes, .semicolon)
            if rows != NaiveScanner(bytes).rows() { Issue.record("\(bytes)") }
        }
    }

    /// The scanner that looks for delimiters and line feeds only reads what the whole one reads.
    @Test func lookingForLessFindsTheSame() {
        var random = SplitMix(state: 7)
        let pieces = [";", ";", "\n", "\r\n", "abc", "å", "1000", ""]
        for _ in 0..<5_000 {
            let count = random.next() % 60
            let text = (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
            let plain = DelimitedTraits(hasQuotes: false, hasLoneReturns: false)
            let bytes = Array(text.utf8)
            if scannedRows(bytes, .semicolon, traits: plain) != scannedRows(bytes, .semicolon) {
                Issue.record("\(text.debugDescription)")
            }
        }
    }
}

/// Numbers that are the same in every run (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Delimited text as a state machine over single bytes, semicolon and double quote.
struct NaiveScanner {
    private enum State { case cellStart, plain, quoted, afterQuote }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func rows() -> [ScannedRow] {
        var rows: [ScannedRow] = []
        var cells: [[UInt8]] = [[]]
        var state = State.cellStart
        var line = 1
        var rowLine = 1
        var index = 0
        var hasRow = false
        func finish(_ end: RowEnd) {
            let texts = cells.map { String(decoding: $0, as: UTF8.self) }
            rows.append(ScannedRow(cells: texts, line: rowLine, end: end))
            cells = [[]]
            state = .cellStart
            hasRow = false
        }
        while index < bytes.count {
            let byte = bytes[index]
            hasRow = true
            let isPair = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            let isLineEnd = byte == 0x0A || byte == 0x0D
            if state == .quoted {
                if byte == 0x22 { state = .afterQuote } else { cells[cells.count - 1].append(byte) }
                if isLineEnd, !isPair { line += 1 }
            } else if state == .afterQuote, byte == 0x22 {
                cells[cells.count - 1].append(byte)
                state = .quoted
            } else if isLineEnd {
                if isPair { index += 1 }
                line += 1
                finish(.complete)
                rowLine = line
            } else if byte == 0x3B {
                cells.append([])
                state = .cellStart
            } else if state == .cellStart, byte == 0x22 {
                state = .quoted
            } else {
                cells[cells.count - 1].append(byte)
                state = .plain
            }
            index += 1
        }
        if hasRow { finish(state == .quoted ? .cutShort : .endOfInput) }
        return rows
    }
}

/// Text without quotes and lone returns is scanned by a way of its own.
@Suite struct PlainTextTests {
    private func expectSame(_ text: [UInt8], _ limits: DelimitedLimits = DelimitedLimits()) {
        let plain = DelimitedTraits(hasQuotes: false, hasLoneReturns: false)
        let rows = scannedRows(text, .semicolon, traits: plain, limits: limits)
        #expect(rows == scannedRows(text, .semicolon, limits: limits), "\(String(decoding: text, as: UTF8.self))")
    }

    /// Line ends and delimiters at each place of the sixteen and the sixty-four bytes that are looked at together.
    @Test func eachPlace() {
        for place in 0..<130 {
            for ending in ["\n", "\r\n", ";", ";\n", ";\r\n", "\n\n", "\r\n\r\n"] {
                let text = Array((String(repeating: "x", count: place) + ending).utf8)
                expectSame(text + Array(String(repeating: "y;", count: place % 3 * 35).utf8))
            }
        }
    }

    @Test func anyText() {
        var state: UInt64 = 7
        func next(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        for _ in 0..<500 {
            let pieces = ["a", "bc", ";", ";;", "\n", "\r\n", "å", "0123456789", " "]
            let text = (0..<next(120)).map { _ in pieces[next(9)] }.joined()
            expectSame(Array(text.utf8))
            expectSame(Array(text.utf8), DelimitedLimits(rowLength: 20, cells: 3))
            expectSame(Array(text.utf8), DelimitedLimits(rowLength: 200, cells: 2))
        }
    }
}
