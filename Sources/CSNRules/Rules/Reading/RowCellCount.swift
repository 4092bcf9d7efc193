import CSN
import Findings

/// `row-cell-count`: a row with more or fewer cells than the header. Who reads leaves one such note a row, with the
/// number of cells as its value and the number of columns as `became`, both in digits, and never a cell's text.
enum RowCellCount: NoteRule {
    static let name: RuleName = "row-cell-count"
    static let standing = Standing.repairOrHold
    static let heading = Heading.reading
    static let fields: FieldSet = []

    static func claims(_ field: Field, _ outcome: FieldNote.Outcome) -> Bool {
        outcome == .failed(.cellCount)
    }

    static func parameters(for note: FieldNote, _ context: RuleContext) -> [Parameter] {
        guard let cells = Int(note.value), let columns = Int(note.became) else { return [] }
        return [Parameter("cells", String(cells)), Parameter("columns", String(columns))]
    }

    static func message(for note: FieldNote, _ parameters: [Parameter]) -> Int {
        guard let cells = Int(note.value), let columns = Int(note.became) else { return 2 }
        return cells > columns ? 0 : 1
    }

    static let title = Text(
        sv: "Raden har fler eller färre celler än rubrikraden.",
        en: "The row has more or fewer cells than the header row.")
    static let explanation = Text(
        sv: """
            Stämmer inte antalet kan varje värde stå i fel kolumn. Inget av dem används eller visas, och den \
            studerandes perioder hålls tillbaka; går det inte att se vems raden är hålls bara raden.
            """,
        en: """
            Where the number differs, every value may stand in the wrong column. None of them is used or shown, and \
            the student's periods are held; where nobody can tell whose row it is, only the row is.
            """)
    static let remedy = Text(
        sv: """
            Se efter i skolans system om en text på raden innehåller listans skiljetecken eller en radbrytning, ta \
            bort det och gör om exporten. Har alla rader fel antal är det rubrikraden som inte stämmer: gör en egen \
            exportprofil med ”header: none” och ”preamble: 1”, som läser kolumnerna efter plats.
            """,
        en: """
            Look in the school's system whether a text of the row holds the list's delimiter or a line break, remove \
            it and export again. Where every row has the wrong number it is the header row that is wrong: make an \
            export profile of your own with “header: none” and “preamble: 1”, which reads columns by position.
            """)
    static let messages = [
        Message.hold(
            sv: "raden har {cells} celler men rubrikraden {columns}; troligen innehåller en text listans skiljetecken",
            en: "the row has {cells} cells but the header row {columns}; probably a text holds the list's delimiter"),
        Message.hold(
            sv: "raden har bara {cells} celler men rubrikraden {columns}; troligen innehåller en text en radbrytning",
            en: "the row has only {cells} cells but the header row {columns}; probably a text holds a line break"),
        Message.hold(
            sv: """
                raden har inte lika många celler som rubrikraden; sök efter skiljetecken och radbrytningar i dess \
                texter
                """,
            en: """
                the row does not have as many cells as the header row; look for delimiters and line breaks in its \
                texts
                """),
    ]
    static let source = Source.own(
        Text(
            sv: "I en förskjuten rad kan ett namn stå där ett datum ska stå.",
            en: "In a shifted row a name may stand where a date should."))
    static let broken = Example()
    static let satisfied = Example()
}
