import CSN
import CSNRules
import Findings

/// What a person reads of a run: the findings, grouped by rule, and a closing summary that says what to do next.
public struct TextReport: Sendable {
    let report: RunReport
    let language: Language
    let options: Options

    /// How the text is to look.
    public struct Options: Sendable {
        /// Only on a terminal, and never against NO_COLOR or `--no-color`.
        public var isColoured: Bool
        /// `--show-personnummer`; protected identities stay masked all the same.
        public var showsPersonnummer: Bool
        /// `--quiet`: neither information nor notices.
        public var isQuiet: Bool
        /// How many findings of one rule are shown; the rest is counted.
        public var shownPerRule: Int

        /// Plain text with a hundred findings a rule.
        public init(
            isColoured: Bool = false, showsPersonnummer: Bool = false, isQuiet: Bool = false, shownPerRule: Int = 100
        ) {
            self.isColoured = isColoured
            self.showsPersonnummer = showsPersonnummer
            self.isQuiet = isQuiet
            self.shownPerRule = shownPerRule
        }
    }

    /// The text of a run in a language.
    public init(_ report: RunReport, in language: Language, _ options: Options = Options()) {
        self.report = report
        self.language = language
        self.options = options
    }

    /// The findings and the summary.
    public func text() -> String {
        var text = findings()
        if !text.isEmpty { text += "\n" }
        return text + SummaryText(self).text()
    }

    var emphasis: Emphasis { Emphasis(isColoured: options.isColoured) }
    var plain: PlainWords { PlainWords(language: language) }

    // MARK: - Findings

    /// The findings of one rule at one level, in the order of their places.
    private struct Group {
        var level: Level
        var rule: UInt16
        var findings: [Finding]
    }

    /// All findings: errors first, then warnings, then information, each rule's together.
    func findings() -> String {
        let sorted = SortedFindings(report)
        let words = FindingWords(report, in: language, showsPersonnummer: options.showsPersonnummer)
        var text = ""
        for group in groups(sorted.findings) where !(options.isQuiet && group.level == .info) && !isInPlan(group) {
            if !text.isEmpty { text += "\n" }
            text += head(of: group)
            for finding in group.findings.prefix(options.shownPerRule) {
                text += lines(for: finding, words, sorted)
            }
            text += tail(of: group)
        }
        return text
    }

    /// That a school's records span more than a file is what a migration's plan is about.
    private func isInPlan(_ group: Group) -> Bool {
        report.migration != nil && group.level == .info && Catalogue.shared.rule(group.rule)?.name == "file-span"
    }

    private func groups(_ findings: [Finding]) -> [Group] {
        var places: [UInt32: Int] = [:]
        var groups: [Group] = []
        for finding in findings {
            let key = UInt32(finding.level.rawValue) << 16 | UInt32(finding.rule)
            if let place = places[key] {
                groups[place].findings.append(finding)
            } else {
                places[key] = groups.count
                groups.append(Group(level: finding.level, rule: finding.rule, findings: [finding]))
            }
        }
        return groups.sorted {
            ($0.level.rawValue, verdictPlace(of: $0), $0.rule) < ($1.level.rawValue, verdictPlace(of: $1), $1.rule)
        }
    }

    /// In a check what CSN would refuse stands before what csnfil would not send.
    private func verdictPlace(of group: Group) -> Int {
        guard report.purpose == .check, let first = group.findings.first else { return 0 }
        return CheckVerdict.allCases.firstIndex(of: CheckVerdict(first)) ?? 0
    }

    private func head(of group: Group) -> String {
        guard let rule = Catalogue.shared.rule(group.rule) else { return "" }
        let count = plain.number(group.findings.count)
        let verdict =
            report.purpose == .check ? group.findings.first.map { " – \(CheckVerdict($0).words[language])" } : nil
        return emphasis(.bold, rule.title[language]) + emphasis(.faint, " [\(rule.name)] \(count)")
            + (verdict ?? "") + "\n"
    }

    /// The remedy once for the group where it is the same for all, and how many findings are not shown.
    private func tail(of group: Group) -> String {
        var text = ""
        let rest = group.findings.count - options.shownPerRule
        if rest > 0 {
            let more = Text(sv: "och {n} till", en: "and {n} more").filled(in: language, ["n": plain.number(rest)])
            let place = report.reportPath.map {
                Text(sv: "; alla står i {path}", en: "; all of them are in {path}")
                    .filled(in: language, ["path": "\($0)/diagnostics.jsonl"])
            }
            text += "  … \(more)\(place ?? "")\n"
        }
        if let remedy = Catalogue.shared.rule(group.rule)?.remedy, !TextReport.namesParameters(remedy) {
            text += "  \(helpWord): \(remedy[language])\n"
        }
        return text
    }

    private static func namesParameters(_ text: Text) -> Bool { text.sv.contains("{") || text.en.contains("{") }

    private var helpWord: String { emphasis(.bold, Text(sv: "åtgärd", en: "help")[language]) }

    /// `file:line:column: error: [rule] sentence`, then what it is about, then help that differs from finding to
    /// finding.
    private func lines(for finding: Finding, _ words: FindingWords, _ sorted: SortedFindings) -> String {
        let shown = words.words(for: finding)
        var text = place(of: finding)
        text += emphasis.level(finding.level, levelWord(finding.level)) + ": "
        text += "[\(shown.rule)] \(shown.message.forTerminal)\n"
        let about = about(finding, words, sorted)
        if !about.isEmpty { text += "    " + emphasis(.faint, about.forTerminal) + "\n" }
        if !shown.suggestions.isEmpty, !saysSuggestions(finding) {
            text += "    " + didYouMean(shown.suggestions).forTerminal + "\n"
        }
        if let remedy = Catalogue.shared.rule(finding.rule)?.remedy, TextReport.namesParameters(remedy) {
            text += "    \(helpWord): \(shown.help.forTerminal)\n"
        }
        return text
    }

    private func place(of finding: Finding) -> String {
        let path = report.path(of: finding.place).forTerminal
        guard !path.isEmpty else { return "" }
        guard finding.place.line > 0 else { return "\(path): " }
        let column = report.characterColumn(finding).map { ":\($0)" } ?? ""
        return "\(path):\(finding.place.line)\(column): "
    }

    /// The export's column and the field it was to become, the student, the school and the course.
    private func about(_ finding: Finding, _ words: FindingWords, _ sorted: SortedFindings) -> String {
        var parts: [String] = []
        let field = Field(rawValue: finding.field)?.swedish
        if let column = report.columnName(of: finding.place).map({ Masking.withoutNumbers($0) }) {
            let becomes = field.map { Text(sv: " (fältet \($0))", en: " (field \($0))")[language] } ?? ""
            parts.append(Text(sv: "kolumnen ”\(column)”", en: "column “\(column)”")[language] + becomes)
        } else if let field {
            parts.append(Text(sv: "fältet \(field)", en: "field \(field)")[language])
        }
        if let name = sorted.name(of: finding.student) {
            let number = words.personnummer(of: finding.student).map { "\($0) (\(name))" } ?? name
            parts.append(Text(sv: "studerande \(number)", en: "student \(number)")[language])
        }
        if finding.school != 0 {
            parts.append(Text(sv: "skola \(finding.school)", en: "school \(finding.school)")[language])
        }
        if let code = words.kurskod(of: finding) {
            parts.append(Text(sv: "kurs \(code)", en: "course \(code)")[language])
        }
        return parts.joined(separator: ", ")
    }

    /// Whether the finding's own sentence names what could have been meant.
    private func saysSuggestions(_ finding: Finding) -> Bool {
        let messages = Catalogue.shared.rule(finding.rule)?.messages ?? []
        let variant = Int(finding.variant)
        return messages.indices.contains(variant) && messages[variant].text.sv.contains("{suggestions}")
    }

    private func didYouMean(_ names: [String]) -> String {
        switch language {
        case .sv: "Menades \(names.map { "”\($0)”" }.joined(separator: " eller "))?"
        case .en: "Did you mean \(names.map { "“\($0)”" }.joined(separator: " or "))?"
        }
    }

    func levelWord(_ level: Level) -> String {
        switch level {
        case .error: Text(sv: "fel", en: "error")[language]
        case .warning: Text(sv: "varning", en: "warning")[language]
        case .info: "info"
        }
    }
}
