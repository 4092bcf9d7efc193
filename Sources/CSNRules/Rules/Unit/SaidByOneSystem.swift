import CSN
import Findings

/// `said-by-one-system`: what one school system says of a course, and the export of another has no column for, counts.
///
/// Its turn comes before rows become records: what one system cannot say is no difference between two rows.
enum SaidByOneSystem: RowsRule {
    static let name: RuleName = "said-by-one-system"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.registrering, .fardighetstraning, .omfattning, .uppdragsutbildning, .traineejobb)
    static let turn = Turn(.repair, 5)
    static let inputs: FieldSet = []

    static func apply(to student: inout StudentRows, _ context: inout RuleContext) {
        let rows = student.rows
        guard rows.contains(where: { $0.origin.input != rows[0].origin.input }) else { return }
        for index in rows.indices where isTold(rows[index]) {
            for other in rows where isTold(other) && isOfAnotherSystem(other, than: rows[index], context) {
                if takesStart(rows[index], from: other, in: rows) {
                    takeStart(&student.rows[index], from: other, &context)
                }
                for field in flags { take(field, &student.rows[index], from: other, &context) }
            }
        }
    }

    /// Whether it is known which course of whom the row is about, and that it was read: an examination says nothing of
    /// studies, nor they of it.
    private static func isTold(_ row: Candidate) -> Bool {
        !row.marks.contains(.examination)
            && row.failed.isDisjoint(with: FieldSet(.personnummer, .skolkod, .kurskod, .kursdel, .startdatum))
    }

    private static func isOfAnotherSystem(_ other: Candidate, than row: Candidate, _ context: RuleContext) -> Bool {
        context.settings.areOfTwoSystems(row.origin, other.origin) && row.isSameCourse(as: other)
    }

    private static func hasColumn(for field: Field, _ row: Candidate, _ context: RuleContext) -> Bool {
        context.settings.column(row.origin.input, field) != nil
    }

    // MARK: - The start

    /// Whether the row lacks a J that the other has, and no row of the course says that it was not started.
    private static func takesStart(_ row: Candidate, from other: Candidate, in rows: [Candidate]) -> Bool {
        guard !row.registrering, other.registrering, !row.failed.contains(.registrering),
            !other.failed.contains(.registrering)
        else { return false }
        return rows.allSatisfy { !$0.isSameCourse(as: row) || $0.event?.saysNotStarted(from: row.startdatum) != true }
    }

    /// A blank in a column says "not yet". Beside a pass it cannot be right: who has passed a course has started it.
    private static func takeStart(_ row: inout Candidate, from other: Candidate, _ context: inout RuleContext) {
        guard !row.registrering else { return }
        var parameters = Parameter.line(of: other.origin, seenFrom: row.origin) + [Parameter(Parameter.became, "J")]
        var message = 0
        if hasColumn(for: .registrering, row, context) {
            guard let passed = [row, other].first(where: { $0.betyg?.isPass(on: $0.betygsdatum) == true }) else {
                return
            }
            parameters.append(Parameter("betyg", passed.betyg?.code ?? ""))
            message = 1
        }
        if context.report(message, on: &row, at: .registrering, value: "N", parameters) == .repair {
            row.registrering = true
        }
    }

    // MARK: - What has one letter or none

    private static let flags: [Field] = [.fardighetstraning, .omfattning, .uppdragsutbildning, .traineejobb]

    /// What stands in one of the ``flags``; nil for a blank.
    private static func code(of field: Field, in row: Candidate) -> String? {
        switch field {
        case .fardighetstraning: row.fardighetstraning ? "J" : nil
        case .omfattning: row.omfattning?.code
        case .uppdragsutbildning: row.uppdragsutbildning ? "U" : nil
        case .traineejobb: row.traineejobb ? "J" : nil
        default: nil
        }
    }

    private static func take(
        _ field: Field, _ row: inout Candidate, from other: Candidate, _ context: inout RuleContext
    ) {
        guard code(of: field, in: row) == nil, let said = code(of: field, in: other), !row.failed.contains(field),
            !other.failed.contains(field), !hasColumn(for: field, row, context)
        else { return }
        let parameters = Parameter.line(of: other.origin, seenFrom: row.origin) + [Parameter(Parameter.became, said)]
        guard context.report(2, on: &row, at: field, parameters) == .repair else { return }
        switch field {
        case .fardighetstraning: row.fardighetstraning = true
        case .omfattning: row.omfattning = other.omfattning
        case .uppdragsutbildning: row.uppdragsutbildning = true
        case .traineejobb: row.traineejobb = true
        default: break
        }
    }

    // MARK: - Words

    static let title = Text(
        sv: "Bara det ena av två system säger något om kursen, och det gäller.",
        en: "Only one of two systems says something of the course, and that counts.")
    static let explanation = Text(
        sv: """
            När en kurs kommer ur två skolsystem och det enas export saknar en kolumn säger det ingenting emot det \
            andra: påbörjad, färdighetsträning, omfattning, uppdragsutbildning och traineejobb tas då från det system \
            som har uppgiften. Har båda en kolumn för påbörjad och bara det ena ett J, gäller J när kursen är godkänd, \
            för den som är godkänd har börjat; annars säger raderna emot varandra och hålls tillbaka. Säger någon av \
            raderna uttryckligen att kursen inte påbörjades tas inget J över.
            """,
        en: """
            Where a course comes from two school systems and the export of one has no column for something, it says \
            nothing against the other: started, färdighetsträning, omfattning, uppdragsutbildning and traineejobb are \
            then taken from the system that has them. Where both have a column for the start and only one has a J, the \
            J counts when the course is passed, because who has passed has started; otherwise the rows contradict each \
            other and are held. Where one of the rows says outright that the course was not started, no J is taken.
            """)
    static let remedy = Text(
        sv: """
            Har exporten ingen sådan kolumn behöver ingenting göras. Annars registrera uppgiften i det system som \
            saknar den.
            """,
        en: """
            Where the export has no such column nothing needs doing. Otherwise register it in the system that lacks it.
            """)
    static let messages = [
        Message.repair(
            sv: "påbörjad J tas från rad {line}: den här exporten har ingen kolumn som intygar starten",
            en: "started J is taken from line {line}: this export has no column that certifies the start"),
        Message.repair(
            .warning,
            sv: "påbörjad {value} här men J på rad {line}, och betyg {betyg} är godkänt: J skrivs",
            en: "started {value} here but J on line {line}, and betyg {betyg} is a pass: J is written"),
        Message.repair(
            sv: "{field} {became} tas från rad {line}: den här exporten har ingen kolumn för det",
            en: "{field} {became} is taken from line {line}: this export has no column for it"),
    ]
    static let source = Source.own(
        Text(
            sv: "Ett system som inte kan säga något säger inte heller nej, och ett intyg av skolan blir inte ogjort.",
            en: "A system that cannot say a thing does not deny it, and a certificate of the school is not undone."))
    private static let row = ["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-20"]
    static let broken = Example(row, otherSystem: [row.merging(["registrering": "N"]) { $1 }])
    static let satisfied = Example(row, otherSystem: [["kurskod": "ENGENG05", "registrering": "N"]])
    static let companions: [RuleName] = ["duplicate-record"]
}
