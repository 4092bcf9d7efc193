import CSN
import CSNRules
import Findings

/// The end of what a person reads: what became of the rows, which file is to be uploaded when, who is held and why,
/// what was not checked, and what to do next.
struct SummaryText {
    private let report: RunReport
    private let language: Language
    private let plain: PlainWords
    private let emphasis: Emphasis
    private let isQuiet: Bool

    init(_ text: TextReport) {
        report = text.report
        language = text.language
        plain = text.plain
        emphasis = text.emphasis
        isQuiet = text.options.isQuiet
    }

    func text() -> String {
        var parts = [(migration?.rehearsal ?? "") + headline]
        if !isQuiet { parts.append(contentsOf: [inputs, notices]) }
        switch report.purpose {
        case .convert:
            // A migration's plan has the files already, and what CSN will see in old ones nobody asks.
            let files = migration.map { [$0.text(), reconciliation] } ?? [files, isQuiet ? "" : forecast]
            parts.append(contentsOf: files + [rows, held])
        case .check: parts.append(verdicts)
        }
        parts.append(contentsOf: [notChecked, next])
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    private func title(_ sv: String, _ en: String) -> String { emphasis(.bold, say(sv, en)) + "\n" }

    // MARK: - What came of it

    private var headline: String {
        if report.internalFaults > 0 {
            let faults = plain.number(report.internalFaults)
            return emphasis(
                .red,
                say(
                    "csnfil har själv gjort \(faults) fel. Det som felen rör skickas inte.",
                    "csnfil itself made \(faults) mistakes. What they touch is not sent.")) + "\n"
        }
        switch report.purpose {
        case .convert: return convertHeadline
        case .check: return checkHeadline
        }
    }

    private var convertHeadline: String {
        if report.rows.held > 0 || report.held.records > 0 {
            let students = plain.students(report.held.students)
            return emphasis(.yellow, say("Klart, men \(students) hålls tillbaka.", "Done; held back: \(students)."))
                + "\n"
        }
        if report.exitStatus != .success {
            return emphasis(.yellow, say("Klart, men med fel.", "Done, but with errors.")) + "\n"
        }
        if let headline = migration?.headline ?? deliveryHeadline { return headline }
        return report.files.isEmpty
            ? title("Klart. Det finns inget att rapportera.", "Done. There is nothing to report.")
            : title("Klart. Allt som ska rapporteras står i en fil.", "Done. All that is to be reported is in a file.")
    }

    /// Of a run that knows what CSN has, when it has found nothing new; nil otherwise.
    private var deliveryHeadline: String? {
        guard let delivery = report.delivery, !report.inputs.isEmpty, delivery.newFiles == 0 else { return nil }
        switch report.files.count {
        case 0:
            return title(
                "Klart. Ingenting har ändrats sedan det som CSN redan har.",
                "Done. Nothing has changed since what CSN has already.")
        case 1:
            return title(
                "Klart. Inget nytt; filen som väntar är densamma.",
                "Done. Nothing new; the file that waits is the same.")
        default:
            return title(
                "Klart. Inget nytt; filerna som väntar är desamma.",
                "Done. Nothing new; the files that wait are the same.")
        }
    }

    private var checkHeadline: String {
        let counts = report.counts
        let records = plain.records(report.shownRows.read)
        guard counts.error > 0 else {
            return title(
                "Inga fel i \(records). Det csnfil prövar skulle CSN inte neka.",
                "No errors in \(records). CSN would not refuse what csnfil checks.")
        }
        let refusals = report.findings.findings.contains { CheckVerdict($0) == .refused }
        let errors = plain.count(counts.error, Text(sv: "fel", en: "error"), Text(sv: "fel", en: "errors"))
        return emphasis(
            .red,
            refusals
                ? say(
                    "CSN skulle neka filen: \(errors) i \(records).",
                    "CSN would refuse the file: \(errors) in \(records).")
                : say(
                    "csnfil skulle inte skicka filen: \(errors) i \(records).",
                    "csnfil would not send the file: \(errors) in \(records).")) + "\n"
    }

    /// Of a finished file: how many findings are CSN's, csnfil's own, and advice.
    private var verdicts: String {
        let all = report.findings.findings.map { CheckVerdict($0) }
        let counts = CheckVerdict.allCases.map { verdict in (verdict, all.count { $0 == verdict }) }
            .filter { $0.1 > 0 && !(isQuiet && $0.0 == .advice) }
        guard !counts.isEmpty else { return "" }
        return title("Iakttagelserna", "The findings")
            + counts.map { "  \(plain.number($0.1)) × \($0.0.words[language])\n" }.joined()
    }

    // MARK: - What was read

    private var inputs: String {
        guard !report.inputs.isEmpty else { return "" }
        var text = title("Läst", "Read")
        for input in report.inputs {
            let kind = [input.system, input.profile].filter { !$0.isEmpty }.joined(separator: ", ")
            let size = report.purpose == .check ? plain.records(input.rows) : plain.rows(input.rows)
            text += "  \(input.path.forTerminal): \(size), \(kind), \(input.encoding)\n"
            if let evidence = input.encodingEvidence { text += "    \(evidence[language].forTerminal)\n" }
            if !input.taken.isEmpty {
                let taken = input.taken.map { "”\($0.header)” → \($0.slot)" }.joined(separator: ", ")
                text += "    \(say("kolumner", "columns")): \(Masking.withoutNumbers(taken).forTerminal)\n"
            }
            if !input.otherProfiles.isEmpty {
                let names = input.otherProfiles.joined(separator: ", ")
                text += "    " + say("läses likadant av profilerna: ", "read alike by the profiles: ")
                text += names.forTerminal + "\n"
            }
            if input.isOwnReading {
                text +=
                    "    "
                    + say(
                        "profilen är åtminstone till en del csnfils egen tolkning av exporten: se ”ours” överst i den",
                        "the profile is at least in part csnfil's own reading of the export: see “ours” at its top")
                    + "\n"
            }
        }
        return text
    }

    private var notices: String {
        report.notices.map { "\(say("Obs", "Note")): \($0[language].forTerminal)\n" }.joined()
    }

    // MARK: - Files and rows

    private var migration: MigrationText? { MigrationText(report, plain: plain, emphasis: emphasis) }

    private var reconciliation: String {
        report.reconciliation.map {
            ReconciliationText($0, in: language, emphasis, folder: report.reportPath).text()
        } ?? ""
    }

    private var files: String {
        guard !report.files.isEmpty else { return "" }
        var text = title("Att ladda upp i CSN:s Mina tjänster", "To be uploaded in CSN's Mina tjänster")
        for file in report.filesToUpload {
            text += "  \(emphasis(.bold, path(of: file)))\n"
            text += "    " + say("skola \(file.skolkod)", "school \(file.skolkod)")
            text += ", \(plain.records(file.records)), \(plain.students(file.students))"
            if let first = file.firstDate, let last = file.lastDate {
                text += say(", \(first) till \(last)", ", \(first) to \(last)")
            }
            text += "\n    " + say("ladda upp från ", "upload from ") + plain.moment(file.window.from)
            text += "\n    " + say("och före       ", "and before  ") + plain.moment(file.window.before) + "\n"
        }
        if let title = report.layoutTitle {
            text += "  " + say("filens form: ", "form of the file: ") + title[language] + "\n"
        }
        return text
    }

    private func path(of file: RunReport.OutputFile) -> String {
        let out = report.outPath
        return (out.isEmpty || out == "." ? file.path : "\(out)/\(file.path)").forTerminal
    }

    private var forecast: String {
        ForecastText(forecasts: report.forecasts, plain: plain, emphasis: emphasis).text()
    }

    private var rows: String {
        let rows = report.rows
        let outside = report.migration?.rowsOutside ?? 0
        func row(_ number: Int, _ sv: String, _ en: String) -> String {
            let digits = plain.number(number)
            let blanks = String(repeating: " ", count: max(0, plain.number(rows.read).count - digits.count))
            return "  \(blanks)\(digits) \(say(sv, en))\n"
        }
        return title("Raderna", "The rows")
            + row(rows.read, "lästa, varav", "read, of which")
            + (report.migration == nil
                ? row(rows.sent, "skickas", "are sent")
                : row(rows.sent, "skickas eller är redan uppladdade", "are sent, or uploaded already"))
            + row(rows.held, "hålls tillbaka", "are held back")
            + row(rows.dropped, "utelämnas, ska inte rapporteras", "are left out, not to be reported")
            + row(
                rows.ignored - outside, "hör inte till rapporteringen", "do not belong to the report")
            + (outside == 0 ? "" : row(outside, "hör inte till det som valts", "do not belong to what was chosen"))
    }

    // MARK: - Who is held and why

    private var held: String {
        guard report.held.records > 0 || report.rows.held > 0 else { return "" }
        let amount = [
            plain.students(report.held.students), plain.units(report.held.units), plain.records(report.held.records),
        ].joined(separator: ", ")
        var text = title("Hålls tillbaka: \(amount)", "Held back: \(amount)")
        let reasons = report.counts.heldByRule.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        for (number, count) in reasons.prefix(10) {
            guard let rule = Catalogue.shared.rule(number) else { continue }
            text += "  \(plain.number(count)) × \(rule.title[language]) [\(rule.name)]\n"
            if !rule.remedy.sv.contains("{") { text += "      \(rule.remedy[language])\n" }
        }
        if reasons.count > 10 {
            let rest = plain.number(reasons.count - 10)
            text += say("  och \(rest) skäl till\n", "  and \(rest) reasons more\n")
        }
        return text
    }

    private var notChecked: String {
        let skipped = report.notChecked.totals.enumerated().filter { $0.element > 0 }
            .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
        guard !skipped.isEmpty else { return "" }
        var text = title(
            "Inte prövat, eftersom ett fält som behövs redan var fel",
            "Not checked, because a field that is needed had failed already")
        for (number, count) in skipped.prefix(10) {
            guard let rule = Catalogue.shared.rule(UInt16(number)) else { continue }
            text += "  \(plain.number(count)) × \(rule.title[language]) [\(rule.name)]\n"
            text += "      \(reasons(number))\n"
        }
        if skipped.count > 10 {
            let rest = plain.number(skipped.count - 10)
            text += say("  och \(rest) regler till\n", "  and \(rest) rules more\n")
        }
        return text
    }

    /// `startdatum 10, slutdatum 2`: which fields had failed, and how often.
    private func reasons(_ rule: Int) -> String {
        report.notChecked.reasons(of: rule).map { reason, count in
            switch reason {
            case .field(let field): "\(field.swedish) \(plain.number(count))"
            case .anotherRecord: say("en annan post ", "another record ") + plain.number(count)
            }
        }.joined(separator: ", ")
    }

    // MARK: - What to do next

    private var next: String {
        var steps: [String] = []
        if report.internalFaults > 0 {
            steps.append(
                say(
                    "Rapportera felet till dem som utvecklar csnfil (regeln internal-fault).",
                    "Report the fault to the developers of csnfil (rule internal-fault)."))
        }
        switch report.purpose {
        case .convert: steps.append(contentsOf: migration?.steps ?? convertSteps)
        case .check:
            if report.counts.error > 0 {
                steps.append(
                    say(
                        "Rätta i skolans system och gör filen på nytt; ändra inte i filen för hand.",
                        "Mend the school's system and make the file anew; do not change the file by hand."))
            }
        }
        if let reports = report.reportPath, !report.findings.isEmpty {
            steps.append(
                say(
                    "Alla iakttagelser finns i \(reports)/diagnostics.jsonl.",
                    "All findings are in \(reports)/diagnostics.jsonl."
                ).forTerminal)
        }
        guard !steps.isEmpty else { return "" }
        let numbered = steps.enumerated().map { "  \($0.offset + 1). \($0.element)\n" }.joined()
        return title("Gör så här", "What to do next") + numbered
    }

    private var convertSteps: [String] {
        var steps: [String] = []
        if report.held.records > 0 || report.rows.held > 0 {
            let first = report.filesToUpload.first?.window.before
            let deadline = first.map { say(" före \(plain.moment($0))", " before \(plain.moment($0))") } ?? ""
            steps.append(
                say(
                    "Rätta det som hålls tillbaka i skolans system, exportera igen och kör csnfil igen\(deadline).",
                    "Mend what is held in the school's system, export again and run csnfil again\(deadline)."))
        }
        steps += uploads
        if report.delivery != nil, let first = report.filesToUpload.first {
            steps.append(
                say(
                    "Säg till när den är uppladdad: csnfil outbox sent \(first.path.forTerminal)",
                    "Say when it is uploaded: csnfil outbox sent \(first.path.forTerminal)"))
        }
        if Set(report.files.map(\.skolkod)).count < report.files.count {
            steps.append(
                say(
                    "Ladda aldrig upp två filer för samma skola samma dag: CSN läser bara den sista.",
                    "Never upload two files of one school on one day: CSN reads only the last."))
        }
        return steps
    }

    /// One step a file; where they would fill the screen once more, one for all of them.
    private var uploads: [String] {
        guard report.files.count <= 10 else {
            return [
                say(
                    "Ladda upp filerna ovan, var och en på sin skola och inom sin tid.",
                    "Upload the files above, each for its school and within its time.")
            ]
        }
        return report.filesToUpload.map { file in
            let path = path(of: file)
            let before = plain.moment(file.window.before)
            return say("Ladda upp \(path) före \(before).", "Upload \(path) before \(before).")
        }
    }
}
