import CSN
import CSNRules
import Findings

/// A reconciliation as a page that a school's head signs: one part a school, each on sheets of its own. It needs
/// neither script nor network, and holds nothing that is a person's.
struct ReconciliationPage {
    private let report: RunReport
    private let reconciliation: Reconciliation
    private let language: Language
    private let words: ReconciliationWords

    init(_ report: RunReport, _ reconciliation: Reconciliation, in language: Language) {
        self.report = report
        self.reconciliation = reconciliation
        self.language = language
        words = ReconciliationWords(language)
    }

    func html() -> String {
        let title = HTML.text(words.title(reconciliation.stage, reconciliation.schools))
        let parts = reconciliation.schools.isEmpty ? [empty] : reconciliation.schools.map(part)
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>\(title)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            \(parts.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private func say(_ sv: String, _ en: String) -> String { words.say(sv, en) }

    // MARK: - A school

    private var empty: String {
        "<section>\n<h1>\(HTML.text(words.title(.empty, [])))</h1>\n\(facts(nil))\n</section>"
    }

    private func part(_ school: Reconciliation.School) -> String {
        let name = words.school(school.skolkod)
        return """
            <section>
            <h1>\(HTML.text(name))</h1>
            <h2 class="stage">\(HTML.text(words.title(school.stage, [school])))</h2>
            \(facts(school))
            <p class="sum">\(HTML.text(words.sum(school.total)))</p>
            \(table(school))
            \(held(school))
            \(meanings)
            \(signature(school.stage))
            </section>
            """
    }

    /// What the numbers are about.
    private func facts(_ school: Reconciliation.School?) -> String {
        var facts: [(String, String)] = []
        if let migration = report.migration {
            let (first, last) = (migration.days.lowerBound, migration.days.upperBound)
            let days = say("\(first) till \(last)", "\(first) to \(last)")
            let basis =
                switch migration.basis {
                case .grade: say("studieperioder med betyg satta", "study periods with grades of")
                case .period: say("studieperioder som pågår", "study periods that go on on days of")
                }
            facts.append((say("Avser", "About"), "\(basis) \(days)"))
        }
        facts.append((say("Gjord", "Made"), made))
        facts.append((say("Läge", "Standing"), words.standing(school?.stage ?? .empty)))
        facts.append((say("Hela körningen", "The whole run"), words.whole(reconciliation)))
        let rows = facts.map { "<tr><th scope=\"row\">\(HTML.text($0.0))</th><td>\(HTML.text($0.1))</td></tr>" }
        return "<table class=\"facts\">\n\(rows.joined(separator: "\n"))\n\(exports)\n</table>"
    }

    /// `2026-11-23 12:00, csnfil 1.0`, and the day that the run took for today where that is another.
    private var made: String {
        let finished = report.run.finished
        let day = String(finished.prefix(10))
        let today = report.run.today.description
        let note = today == day ? "" : say(" (för dagen \(today))", " (for the day \(today))")
        return "\(day) \(finished.dropFirst(11).prefix(5))\(note), \(report.program.name) \(report.program.version)"
    }

    /// The exports: which bytes it was, whatever they are called later.
    private var exports: String {
        report.inputs.map { input in
            let name = Masking.withoutNumbers(String(input.path.split(separator: "/").last ?? ""))
            let rows = words.plain.rows(input.rows)
            let text = "\(name): \(input.system), \(rows), sha256 \(input.sha256.prefix(12))"
            return "<tr><th scope=\"row\">\(say("Export", "Export"))</th><td>\(HTML.text(text))</td></tr>"
        }.joined(separator: "\n")
    }

    // MARK: - The table

    private func table(_ school: Reconciliation.School) -> String {
        let heads = [Field.kurskod, .betyg].map { "<th scope=\"col\">\(words.name(of: $0))</th>" }
        let numbers = ReconciliationWords.columns.map { column in
            "<th scope=\"col\" class=\"\(column.isPart ? "part" : "number")\">\(HTML.text(column.name[language]))</th>"
        }
        var last: Reconciliation.Course?
        let lines = school.lines.map { line -> String in
            defer { last = line.course }
            let isNew = line.course != last
            return row(
                course(line.course, isNew: isNew), HTML.text(words.grade(line.grade)), line.counts,
                isNew ? "first" : "next")
        }
        return """
            <table class="counts">
            <thead>
            <tr>\((heads + numbers).joined())</tr>
            </thead>
            <tbody>
            \(lines.joined(separator: "\n"))
            \(row(say("Summa", "Sum"), "", school.total, "sum"))
            </tbody>
            </table>
            """
    }

    /// The code in every row, since a sheet may begin anywhere; the name where the course begins.
    private func course(_ course: Reconciliation.Course, isNew: Bool) -> String {
        let code = HTML.text(words.kurskod(course))
        return course.name.isEmpty || !isNew ? code : "\(code) <span class=\"name\">\(HTML.text(course.name))</span>"
    }

    private func row(_ course: String, _ grade: String, _ counts: Reconciliation.Counts, _ kind: String) -> String {
        let numbers = ReconciliationWords.columns.map { column in
            let number = words.plain.number(column.number(counts))
            return "<td class=\"\(column.isPart ? "part" : "number")\">\(HTML.text(number))</td>"
        }
        let name = kind == "sum" ? "th scope=\"row\"" : "td"
        let end = kind == "sum" ? "th" : "td"
        return "<tr class=\"\(kind)\"><\(name)>\(course)</\(end)><td>\(grade)</td>\(numbers.joined())</tr>"
    }

    // MARK: - Beside the table

    /// Why rows are held.
    private func held(_ school: Reconciliation.School) -> String {
        guard school.total.held > 0 else { return "" }
        var reasons = school.reasons.compactMap { reason in
            Catalogue.shared.rule(reason.rule).map { ("\($0.title[language]) [\($0.name)]", reason.rows) }
        }
        if school.heldWithOthers > 0 {
            reasons.append(
                (
                    say(
                        "Inget fel i raden själv: den hör ihop med andra rader som hålls tillbaka.",
                        "Nothing is wrong in the row itself: it belongs with other rows that are held."),
                    school.heldWithOthers
                ))
        }
        if school.heldByOccupied > 0 {
            reasons.append(
                (
                    say(
                        "En annan fil ligger där skolans fil ska ligga.",
                        "Another file lies where the school's file is to lie."), school.heldByOccupied
                ))
        }
        let rows = reasons.map { reason, rows in
            "<tr><td class=\"number\">\(HTML.text(words.plain.number(rows)))</td><td>\(HTML.text(reason))</td></tr>"
        }
        let title = say(
            "Varför rader hålls tillbaka (en rad kan ha flera skäl)",
            "Why rows are held (a row may have several reasons)")
        return """
            <h2>\(HTML.text(title))</h2>
            <table class="reasons">
            \(rows.joined(separator: "\n"))
            </table>
            """
    }

    /// What the columns count.
    private var meanings: String {
        let items = ReconciliationWords.columns.map { column in
            "<dt>\(HTML.text(column.name[language]))</dt><dd>\(HTML.text(column.meaning[language]))</dd>"
        }
        return "<h2>\(say("Kolumnerna", "The columns"))</h2>\n<dl>\n\(items.joined(separator: "\n"))\n</dl>"
    }

    private func signature(_ stage: Reconciliation.Stage) -> String {
        let fields = [say("Ort och datum", "Place and date"), say("Namn", "Name"), say("Underskrift", "Signature")]
        let cells = fields.map { "<td><span>\($0)</span></td>" }
        return """
            <div class="signature">
            <h2>\(say("Avstämd av", "Reconciled by"))</h2>
            <p>\(HTML.text(words.standing(stage)))</p>
            <table><tr>\(cells.joined())</tr></table>
            </div>
            """
    }

    // MARK: - How it looks

    /// A4 upright; heads are repeated on every sheet, and no row is cut in two.
    private static let style = """
        @page { size: A4; margin: 14mm 12mm 16mm; }
        * { box-sizing: border-box; }
        body { font: 10pt/1.35 "Liberation Sans", "DejaVu Sans", Arial, Helvetica, sans-serif; color: #000;
          background: #fff; margin: 0 auto; padding: 6mm; max-width: 200mm; }
        section + section { break-before: page; margin-top: 12mm; }
        h1 { font-size: 16pt; margin: 0; }
        h2 { font-size: 11pt; margin: 5mm 0 1.5mm; break-after: avoid; }
        h2.stage { font-size: 12pt; margin-top: 1mm; }
        table { border-collapse: collapse; width: 100%; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        th, td { text-align: left; vertical-align: top; padding: 0.7mm 1.5mm; }
        .facts th { width: 30mm; font-weight: normal; color: #444; }
        .facts td, .facts th { padding-left: 0; overflow-wrap: anywhere; }
        .sum { font-weight: bold; }
        .counts { font-size: 8.5pt; font-variant-numeric: tabular-nums; }
        .counts thead th { border-bottom: 0.4mm solid #000; vertical-align: bottom; }
        .counts tbody td { border-bottom: 0.1mm solid #bbb; }
        .counts td { white-space: nowrap; }
        .counts td:first-child { white-space: normal; width: 40%; }
        .counts .number, .counts .part { text-align: right; }
        .counts th, .counts td { padding-left: 0.8mm; padding-right: 0.8mm; }
        .counts .part { color: #444; font-style: italic; }
        .counts .next td:first-child { color: #888; }
        .counts .name { color: #444; }
        .counts tr.sum > * { border-top: 0.4mm solid #000; border-bottom: 0; font-weight: bold; }
        .reasons td.number { width: 18mm; text-align: right; }
        dl { font-size: 8.5pt; margin: 0; display: grid; grid-template-columns: 28mm 1fr; gap: 0.5mm 3mm; }
        dt { font-weight: bold; } dd { margin: 0; }
        .signature { break-inside: avoid; margin-top: 6mm; }
        .signature p { margin: 0 0 12mm; }
        .signature td { width: 33%; padding: 0 4mm 0 0; }
        .signature span { display: block; border-top: 0.3mm solid #000; padding-top: 1mm; font-size: 8.5pt; }
        @media print { body { padding: 0; max-width: none; } section + section { margin-top: 0; } }
        """
}

/// Text in a page.
enum HTML {
    /// The text with everything escaped that HTML takes for its own, and without what steers terminals and writing.
    static func text(_ text: String) -> String {
        var escaped = ""
        for scalar in text.forTerminal.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
