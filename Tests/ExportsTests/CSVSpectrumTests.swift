import Documents
import Exports
import Testing

/// The cases of csv-spectrum (github.com/max-mapper/csv-spectrum), an acid test for readers of comma-separated text,
/// with words of our own: from a file on disk to cells, as an export is read.
@Suite struct CSVSpectrumTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var rows: [[String]]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(
            name: "comma_in_quotes", text: "förnamn,efternamn,gata,ort,nr\nEva,Ek,Storgatan 3,\"Umeå, AC\",08123",
            rows: [["förnamn", "efternamn", "gata", "ort", "nr"], ["Eva", "Ek", "Storgatan 3", "Umeå, AC", "08123"]]),
        Case(
            name: "empty", text: "a,b,c\n7,\"\",\"\"\n8,3,4",
            rows: [["a", "b", "c"], ["7", "", ""], ["8", "3", "4"]]),
        Case(
            name: "empty_crlf", text: "a,b,c\r\n7,\"\",\"\"\r\n8,3,4",
            rows: [["a", "b", "c"], ["7", "", ""], ["8", "3", "4"]]),
        Case(
            name: "escaped_quotes", text: "a,b\n7,\"kurs \"\"sju\"\" b\"\n8,4\n",
            rows: [["a", "b"], ["7", "kurs \"sju\" b"], ["8", "4"]]),
        Case(
            name: "json", text: "nyckel,värde\n7,\"{\"\"typ\"\": \"\"Punkt\"\", \"\"läge\"\": [59.3, 18.1]}\"\n",
            rows: [["nyckel", "värde"], ["7", "{\"typ\": \"Punkt\", \"läge\": [59.3, 18.1]}"]]),
        Case(
            name: "location_coordinates",
            text: "Telefon,Läge,Ort,Län\n0701740605,59\u{FFFD}19'46.4\"N 18\u{FFFD}4'7.1\"E,Stockholm,AB",
            rows: [
                ["Telefon", "Läge", "Ort", "Län"],
                ["0701740605", "59\u{FFFD}19'46.4\"N 18\u{FFFD}4'7.1\"E", "Stockholm", "AB"],
            ]),
        Case(
            name: "newlines", text: "a,b,c\n7,8,9\n\"Det var \nen gång\",5,6\n4,5,6\n",
            rows: [["a", "b", "c"], ["7", "8", "9"], ["Det var \nen gång", "5", "6"], ["4", "5", "6"]]),
        Case(
            name: "newlines_crlf", text: "a,b,c\r\n7,8,9\r\n\"Det var \r\nen gång\",5,6\r\n4,5,6\r\n",
            rows: [["a", "b", "c"], ["7", "8", "9"], ["Det var \r\nen gång", "5", "6"], ["4", "5", "6"]]),
        Case(
            name: "quotes_and_newlines", text: "a,b\n7,\"kurs \n\"\"sju\"\" \nb\"\n8,4\n",
            rows: [["a", "b"], ["7", "kurs \n\"sju\" \nb"], ["8", "4"]]),
        Case(name: "simple", text: "a,b,c\n7,8,9\n", rows: [["a", "b", "c"], ["7", "8", "9"]]),
        Case(name: "simple_crlf", text: "a,b,c\r\n7,8,9\r\n", rows: [["a", "b", "c"], ["7", "8", "9"]]),
        Case(
            name: "utf8", text: "a,b,c\n7,8,9\n4,5,ʤ", rows: [["a", "b", "c"], ["7", "8", "9"], ["4", "5", "ʤ"]]),
    ])
    func isReadAsItShould(one: Case) throws {
        let source = try folder.source(Array(one.text.utf8))
        let survey = try InputSurvey(of: source)
        #expect(survey.encoding.encoding == .utf8)
        let input = try DelimitedInput(source, survey, dialect: .comma, encoding: .utf8)
        let width = try #require(one.rows.first).count
        // Slices of a few bytes cut between all rows.
        for target in [1, 1 << 20] {
            var cursor = SliceCursor(input, target: target)
            var reader = RowReader(input, binding: SlotBinding([]), form: RowForm(cells: width))
            var rows: [[String]] = []
            while let slice = try cursor.next() {
                try reader.open(slice)
                while let outcome = try reader.next() {
                    #expect(outcome == .whole)
                    var cells: [String] = []
                    for column in 0..<width { cells.append(reader.cell(column: column).map { reader.text($0) } ?? "?") }
                    rows.append(cells)
                }
            }
            #expect(rows == one.rows)
        }
    }
}
