import Documents
import Exports
import Profiles
import Testing

/// Rows before the header, no header, headings between rows, cells that hold the delimiter.
@Suite struct DelimitedQuirkTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let head = "profile: 1\nsystem: x\ntitle: x\nbasis: {}\ncontainer: {kind: csv, delimiter: comma"
    private static let columns = """
        columns:
          personnummer: Personnummer
          kurskod: Kurskod
          startdatum: Start
          slutdatum: Slut
        """
    private static let positions = """
        columns:
          personnummer: {position: 1}
          kurskod: {position: 3}
          startdatum: {position: 4}
          slutdatum: {position: 5}
        """
    private static let header = "Personnummer,Namn,Kurskod,Start,Slut"
    private static let row = "19980908-9809,Eva,MATMAT01a,2026-08-17,2026-12-18"

    private func profile(_ container: String, _ columns: String = columns, named name: String = "p") throws -> Profile {
        let text = "\(Self.head)\(container)}\n\(columns)"
        return try Profile.read(YAMLNode.read(path: "p", bytes: Array(text.utf8)), name: name)
    }

    private func detect(_ lines: [String], _ profiles: [Profile]) throws -> ProfileDetection {
        let source = try folder.source(Array(lines.map { $0 + "\n" }.joined().utf8))
        return try ProfileDetection.detect(source, InputSurvey(of: source), among: profiles)
    }

    private func match(_ lines: [String], _ profile: Profile) throws -> ProfileMatch? {
        guard case .found(let match, _) = try detect(lines, [profile]) else { return nil }
        return match
    }

    /// The rows behind the header: the line, and the cells of all columns or why there are none.
    private func rows(
        _ lines: [String], _ profile: Profile, encoding: TextEncoding = .utf8
    ) throws -> (rows: [String], groups: Int, repeated: Int) {
        var bytes: [UInt8] = []
        for scalar in lines.map({ $0 + "\n" }).joined().unicodeScalars {
            if encoding == .utf8 {
                bytes += Array(String(scalar).utf8)
            } else {
                bytes.append(try #require(UInt8(exactly: scalar.value)))
            }
        }
        let source = try folder.source(bytes)
        let survey = try InputSurvey(of: source)
        guard case .found(let match, _) = try ProfileDetection.detect(source, survey, among: [profile]),
            case .delimited(let dialect) = match.container
        else {
            return ([], -1, -1)
        }
        let input = try DelimitedInput(source, survey, dialect: dialect, encoding: match.encoding)
        var cursor = SliceCursor(input, from: match.firstRow)
        var reader = RowReader(input, binding: SlotBinding(match.binding), form: match.rowForm)
        var rows: [String] = []
        while let slice = try cursor.next() {
            try reader.open(slice)
            while let outcome = try reader.next() {
                var cells: [String] = []
                for column in match.headers.indices {
                    if let cell = reader.cell(column: column) {
                        #expect(cell.column == column)
                        cells.append(reader.text(cell))
                    }
                }
                rows.append("\(reader.line) " + (outcome == .whole ? cells.joined(separator: "|") : "\(outcome)"))
            }
        }
        return (rows, reader.groupRows, reader.repeatedHeadings)
    }

    // MARK: - Preamble

    @Test func theHeaderIsTheRowThatFitsBestAmongThoseOfThePreamble() throws {
        let lines = ["Lista över kurser", "", "Skola,Norra", Self.header, Self.row]
        let match = try #require(try match(lines, profile(", preamble: 2")))
        #expect(match.headerLine == 4 && match.firstRow.line == 5 && match.headers.count == 5)
        #expect(try self.match(lines, profile(", preamble: 1")) == nil)
        #expect(try self.match(lines, profile("")) == nil)
        #expect(try self.match([Self.header, Self.row], profile(", preamble: 2"))?.headerLine == 1)
    }

    /// A title that holds a header's word is not the header.
    @Test func aRowThatFitsLessIsNotTheHeader() throws {
        let lines = ["Start,2026-08-17", Self.header, Self.row, Self.header]
        let match = try #require(try match(lines, profile(", preamble: 5")))
        #expect(match.headerLine == 2)
    }

    // MARK: - Without a header

    @Test func columnsGoByPosition() throws {
        let profile = try profile(", header: none, cells: 5", Self.positions)
        let match = try #require(try match([Self.row, Self.row], profile))
        #expect(match.columns == [.personnummer: 0, .kurskod: 2, .startdatum: 3, .slutdatum: 4])
        #expect(match.headers == ["1: personnummer", "2", "3: kurskod", "4: startdatum", "5: slutdatum"])
        #expect(match.firstRow.line == 1 && match.headerLine == 1 && !match.hasHeader && match.unused == [])
        #expect(try self.match([Self.row + ","], profile)?.hasTrailingDelimiter == true)
        // Too many cells, too few, and words where numbers should stand.
        for line in [Self.row + ",x", "19980908-9809,MATMAT01a,2026-08-17,2026-12-18", Self.header] {
            #expect(try self.match([line, line], profile) == nil, "\(line)")
        }
    }

    @Test func preambleOfAFixedOrderIsSkippedExactly() throws {
        let profile = try profile(", header: none, cells: 5, preamble: 1", Self.positions)
        let cells = Self.row.replacing(",", with: "|")
        let found = try rows(["Personnummer,Kurskod", "", Self.row, Self.row], profile)
        #expect(found.rows == ["3 \(cells)", "4 \(cells)"])
        let other = Self.row.replacing("MATMAT01a", with: "ENGENG05")
        #expect(try rows([other, Self.row], profile).rows == ["2 \(cells)"])
        #expect(try match([Self.row], profile) == nil)
    }

    /// A header that has another number of names than the rows have values holds every row; by position the same file
    /// is read.
    @Test func aHeaderThatDiffersInCount() throws {
        let lines = ["Personnummer,Kurskod,Start,Slut", Self.row, Self.row]
        #expect(try rows(lines, profile("")).rows == ["2 wrongCellCount", "3 wrongCellCount"])
        let fixed = try profile(", header: none, cells: 5, preamble: 1", Self.positions)
        #expect(try rows(lines, fixed).rows.count == 2)
        #expect(try rows(lines, fixed).rows.allSatisfy { $0.contains("|MATMAT01a|") })
    }

    /// Two systems write the same columns beside the names, and the names otherwise.
    @Test func aColumnThatIsNotReadTellsSystemsApart() throws {
        let one = try profile("", "knownBy: [Efternamn, Förnamn]\n\(Self.columns)", named: "a")
        let other = try profile("", "knownBy: Namn\n\(Self.columns)", named: "b")
        func found(_ header: String) throws -> [String] {
            guard case .found(let match, let others) = try detect([header, Self.row], [one, other]) else { return [] }
            return [match.profile.name] + others
        }
        #expect(try found(Self.header) == ["b", "a"])
        #expect(try found("Personnummer,Efternamn,Kurskod,Start,Slut") == ["a", "b"])
        #expect(try found("Personnummer,Elev,Kurskod,Start,Slut") == ["a", "b"])
    }

    @Test func aProfileThatKnowsTheHeadersGoesBeforeOneByPosition() throws {
        let headed = try profile("", named: "z")
        let fixed = try profile(", header: none, cells: 5, preamble: 1", Self.positions, named: "a")
        guard case .found(let match, let others) = try detect([Self.header, Self.row], [fixed, headed]) else {
            Issue.record("not found")
            return
        }
        #expect(match.profile.name == "z" && others == [])
        guard case .found(let only, _) = try detect(["A,B,C,D,E", Self.row], [fixed, headed]) else {
            Issue.record("not found")
            return
        }
        #expect(only.profile.name == "a")
    }

    // MARK: - Headings

    @Test func headingsBetweenRowsAreNoRows() throws {
        let profile = try profile(", groups: [\"Klass: *\"]")
        let cells = Self.row.replacing(",", with: "|")
        let lines = [
            Self.header, "Klass: Vux 1", Self.row, "KLASS: Vux 2,,,,", ",,Klass: 3,,", Self.header, "", Self.row,
            "Klass: 4,x,,,", "Klass 5,,,,", "Klass:", "Klass: ",
        ]
        let found = try rows(lines, profile)
        #expect(found.groups == 3 && found.repeated == 1)
        #expect(
            found.rows == [
                "3 \(cells)", "8 \(cells)", "9 Klass: 4|x|||", "10 Klass 5||||", "11 wrongCellCount",
                "12 wrongCellCount",
            ])
    }

    @Test func aHeaderThatStandsAgainIsNoRowInAnyEncoding() throws {
        let columns = Self.columns + "\n  betyg: Ändring"
        for encoding in [TextEncoding.utf8, .latin1] {
            let again = try profile("", columns)
            let header = Self.header + ",Ändring"
            let lines = [header, header + ",", Self.row + ",A", header + " ", header.replacing("Slut", with: "Sluta")]
            let found = try rows(lines, again, encoding: encoding)
            #expect(found.repeated == 2, "\(encoding)")
            #expect(found.rows.count == 2 && found.rows.last?.contains("Sluta") == true)
        }
    }

    @Test func theRowsSkippedBeforeAFixedOrderMayStandAgain() throws {
        let profile = try profile(", header: none, cells: 5, preamble: 1", Self.positions)
        let found = try rows(["Nr,Kurs", Self.row, "Nr,Kurs", Self.row], profile)
        #expect(found.repeated == 1 && found.rows.count == 2)
    }

    // MARK: - Joined cells

    private static let named = "19980908-9809,Ek, Eva,MATMAT01a,2026-08-17,2026-12-18"

    @Test func surplusCellsBelongToTheJoinedColumn() throws {
        let profile = try profile(", joins: [Elev, Namn]")
        let lines = [
            Self.header, Self.named, Self.row, "19980908-9809,\"Ek, Eva\",MATMAT01a,2026-08-17,2026-12-18",
            "19980908-9809,Ek, Eva, Maria,\"MATMAT01a\",2026-08-17,2026-12-18",
            "19980908-9809,Eva,MATMAT01a,2026-08-17",
        ]
        let tail = "|MATMAT01a|2026-08-17|2026-12-18"
        #expect(
            try rows(lines, profile).rows == [
                "2 19980908-9809|Ek, Eva\(tail)", "3 19980908-9809|Eva\(tail)", "4 19980908-9809|Ek, Eva\(tail)",
                "5 19980908-9809|Ek, Eva, Maria\(tail)", "6 wrongCellCount",
            ])
        #expect(try rows(lines, self.profile("")).rows[0] == "2 wrongCellCount")
    }

    @Test func joinedByPosition() throws {
        let profile = try profile(", header: none, cells: 5, joins: 2", Self.positions)
        #expect(try rows([Self.named], profile).rows == ["1 19980908-9809|Ek, Eva|MATMAT01a|2026-08-17|2026-12-18"])
    }

    /// Every row may have a comma in the name and nothing in its last column: no trailing delimiter is read off that.
    @Test func anEmptyLastColumnBehindAJoinedOne() throws {
        let columns = Self.columns + "\n  skyddad: Skyddad"
        let profile = try profile(", joins: Namn", columns)
        let lines = [Self.header + ",Skyddad", Self.named + ",", Self.named + ","]
        #expect(try match(lines, profile)?.hasTrailingDelimiter == false)
        #expect(try rows(lines, profile).rows[0] == "2 19980908-9809|Ek, Eva|MATMAT01a|2026-08-17|2026-12-18|")
        // The header says that one is written.
        let trailing = [Self.header + ",", Self.named + ",", Self.row + ","]
        #expect(try match(trailing, profile)?.hasTrailingDelimiter == true)
        #expect(
            try rows(trailing, profile).rows == [
                "2 19980908-9809|Ek, Eva|MATMAT01a|2026-08-17|2026-12-18",
                "3 19980908-9809|Eva|MATMAT01a|2026-08-17|2026-12-18",
            ])
    }

    @Test func placesOfCellsInAJoinedRow() throws {
        let lines = [Self.header, Self.named, Self.row]
        let source = try folder.source(Array(lines.map { $0 + "\n" }.joined().utf8))
        let survey = try InputSurvey(of: source)
        guard
            case .found(let match, _) = try ProfileDetection.detect(source, survey, among: [profile(", joins: Namn")]),
            case .delimited(let dialect) = match.container
        else {
            Issue.record("not found")
            return
        }
        let input = try DelimitedInput(source, survey, dialect: dialect, encoding: match.encoding)
        let second = InputSurvey.LineStart(offset: Self.header.utf8.count + 1, line: 2)
        let third = InputSurvey.LineStart(offset: second.offset + Self.named.utf8.count + 1, line: 3)
        for (row, text) in [(second, Self.named), (third, Self.row)] {
            for (column, word) in [(0, "1998"), (1, "E"), (2, "MATMAT"), (3, "2026-08"), (4, "2026-12")] {
                let found = try #require(text.firstRange(of: word))
                let place = input.place(ofColumn: column, inRowAt: row, of: match.rowForm)
                #expect(place?.column == text.distance(from: text.startIndex, to: found.lowerBound) + 1, "\(word)")
            }
            #expect(input.place(ofColumn: 5, inRowAt: row, of: match.rowForm) == nil)
        }
        var reader = RowReader(input, binding: SlotBinding(match.binding), form: match.rowForm)
        var cursor = SliceCursor(input, from: match.firstRow)
        try reader.open(#require(try cursor.next()))
        _ = try reader.next()
        #expect(reader.place(column: 2)?.column == 23 && reader.place(column: 1)?.column == 15)
    }

    /// A row is read again in four kilobytes, and one that does not end there in 64.
    @Test(arguments: [3_000, 4_040, 4_096, 8_192, 60_000])
    func placesBehindALongCell(length: Int) throws {
        let long = Self.row.replacing("Eva", with: String(repeating: "E", count: length))
        let lines = [Self.header, Self.row, long, Self.row]
        let source = try folder.source(Array(lines.map { $0 + "\n" }.joined().utf8))
        let survey = try InputSurvey(of: source)
        guard
            case .found(let match, _) = try ProfileDetection.detect(source, survey, among: [profile(", joins: Namn")]),
            case .delimited(let dialect) = match.container
        else {
            Issue.record("not found")
            return
        }
        let input = try DelimitedInput(source, survey, dialect: dialect, encoding: match.encoding)
        let row = InputSurvey.LineStart(offset: Self.header.utf8.count + Self.row.utf8.count + 2, line: 3)
        let found = try #require(long.firstRange(of: "MATMAT"))
        let place = input.place(ofColumn: 2, inRowAt: row, of: match.rowForm)
        let expected = long.distance(from: long.startIndex, to: found.lowerBound) + 1
        #expect(place?.column == expected)
    }

    // MARK: - What stands in cells

    @Test func blanksPercentAndCommasAreKeptInsideCells() throws {
        let profile = try Profile.read(
            YAMLNode.read(
                path: "p",
                bytes: Array("\(Self.head.replacing("comma", with: "semicolon"))}\n\(Self.columns)".utf8)), name: "p")
        let lines = [
            Self.header.replacing(",", with: ";"),
            "\u{A0}19980908-9809 ;Eva\tEk;\t MATMAT01a\u{A0};12,5\u{A0}%;1\u{A0}000,00",
        ]
        for encoding in [TextEncoding.utf8, .latin1] {
            #expect(
                try rows(lines, profile, encoding: encoding).rows == [
                    "2 19980908-9809|Eva\tEk|MATMAT01a|12,5\u{A0}%|1\u{A0}000,00"
                ])
        }
    }
}
