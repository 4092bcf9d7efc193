import CSN
import CSNRules
import Findings

/// What a person reads of a run: the findings, grouped by rule, and a closing summary that says what to do next.
public struct TextReport: Sendable {
    let report: RunReport
    let language: Language
    let options: Options
    private let sorted: SortedFindings?

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

    /// The text of a run in a language; `sorted` are the findings of the same report, made when not given.
    public init(
        _ report: RunReport, in language: Language, _ options: Options = Options(), sorted: SortedFindings? = nil
    ) {
        self.report = report
        self.language = language
        self.options = options
        self.sorted = sorted
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
        var first: Finding
        var count = 0
        /// Of those that are shown, the places among the sorted findings.
        var shown: [Int] = []
    }

    /// All findings: errors first, then warnings, then information, each rule's together.
    func findings() -> String {
        let sorted = sorted ?? SortedFindings(report)
        var lines = FindingText(sorted, in: language, options)
        for group in groups(sorted) where !(options.isQuiet && group.first.level == .info) && !isInPlan(group) {
            if !lines.bytes.isEmpty { lines.append("\n") }
            lines.append(head(of: group))
            for position in group.shown { lines.append(position) }
            lines.append(tail(of: group))
        }
        return String(decoding: lines.bytes, as: UTF8.self)
    }

    /// That a school's records span more than a file is what a migration's plan is about.
    private func isInPlan(_ group: Group) -> Bool {
        report.migration != nil && group.first.level == .info
            && Catalogue.shared.rule(group.first.rule)?.name == "file-span"
    }

    private func groups(_ sorted: SortedFindings) -> [Group] {
        var places: [UInt32: Int] = [:]
        var groups: [Group] = []
        for position in 0..<sorted.count {
            let finding = sorted.finding(position)
            let key = UInt32(finding.level.rawValue) << 16 | UInt32(finding.rule)
            let place = places[key] ?? groups.count
            if place == groups.count {
                places[key] = place
                groups.append(Group(first: finding))
            }
            groups[place].count += 1
            if groups[place].count <= options.shownPerRule { groups[place].shown.append(position) }
        }
        return groups.sorted {
            ($0.first.level.rawValue, verdictPlace(of: $0), $0.first.rule)
                < ($1.first.level.rawValue, verdictPlace(of: $1), $1.first.rule)
        }
    }

    /// In a check what CSN would refuse stands before what csnfil would not send.
    private func verdictPlace(of group: Group) -> Int {
        guard report.purpose == .check else { return 0 }
        return CheckVerdict.allCases.firstIndex(of: CheckVerdict(group.first)) ?? 0
    }

    private func head(of group: Group) -> String {
        guard let rule = Catalogue.shared.rule(group.first.rule) else { return "" }
        let count = plain.number(group.count)
        let verdict = report.purpose == .check ? " – \(CheckVerdict(group.first).words[language])" : ""
        return emphasis(.bold, rule.title[language]) + emphasis(.faint, " [\(rule.name)] \(count)") + verdict + "\n"
    }

    /// The remedy once for the group where it is the same for all, and how many findings are not shown.
    private func tail(of group: Group) -> String {
        var text = ""
        let rest = group.count - options.shownPerRule
        if rest > 0 {
            let more = Text(sv: "och {n} till", en: "and {n} more").filled(in: language, ["n": plain.number(rest)])
            let place = report.reportPath.map {
                Text(sv: "; alla står i {path}", en: "; all of them are in {path}")
                    .filled(in: language, ["path": "\($0)/diagnostics.jsonl"])
            }
            text += "  … \(more)\(place ?? "")\n"
        }
        if let remedy = Catalogue.shared.rule(group.first.rule)?.remedy, !RuleSentences.namesParameters(remedy) {
            text += "  \(emphasis(.bold, plain.help)): \(remedy[language])\n"
        }
        return text
    }
}
