import CSN
import Documents
import Findings
import Reports

/// What is done with the exports of a sample case.
public enum SampleCommand: Sendable {
    /// `csnfil convert`.
    case convert
    /// `csnfil migrate`, with an empty ledger and outbox of the case's own.
    case migrate(Choice)

    /// What a migration is about.
    public struct Choice: Sendable {
        /// The days that choose study periods.
        public let days: ClosedRange<Day>
        /// By what they choose.
        public let basis: MigrationPlan.Basis
        /// No file goes before this day; nil: from the coming reading on.
        public let firstDay: Day?
    }

    /// The command's name, as it is typed and as `case.yaml` has it.
    private enum Name: String, CaseIterable {
        case convert, migrate
    }

    /// What `case.yaml` says of a migration, and of nothing else.
    private enum Key: String, CaseIterable {
        case from, to, by, firstDay
    }

    /// Reads the command; a case without one is converted.
    ///
    /// - Throws: an unknown command, a migration without its days or with the last before the first, or what only a
    ///   migration has in a case that is converted.
    init(_ keys: YAMLMapping) throws(DocumentProblem) {
        let node = keys.optional("command")
        switch try node.map({ node throws(DocumentProblem) in try SampleCommand.word(node, Name.self) }) ?? .convert {
        case .convert:
            if let key = Key.allCases.lazy.compactMap({ keys.optional($0.rawValue) }).first {
                throw key.problem(
                    Text(
                        sv: "Det här hör till en migrering: skriv command: migrate, eller ta bort det.",
                        en: "This belongs to a migration: write command: migrate, or remove it."))
            }
            self = .convert
        case .migrate: self = .migrate(try SampleCommand.choice(keys))
        }
    }

    private static func choice(_ keys: YAMLMapping) throws(DocumentProblem) -> Choice {
        let first = try day(keys.required(Key.from.rawValue))
        let node = try keys.required(Key.to.rawValue)
        let last = try day(node)
        guard first <= last else {
            throw node.expected(Text(sv: "en dag från och med \(first)", en: "a day from \(first) on"))
        }
        return Choice(
            days: first...last,
            basis: try keys.optional(Key.by.rawValue).map { node throws(DocumentProblem) in
                try word(node, MigrationPlan.Basis.self)
            } ?? .grade,
            firstDay: try keys.optional(Key.firstDay.rawValue).map(day))
    }

    private static func day(_ node: YAMLNode) throws(DocumentProblem) -> Day {
        guard let day = Day(iso: try node.string()) else {
            throw node.expected(Text(sv: "en dag som 2026-01-15", en: "a day such as 2026-01-15"))
        }
        return day
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode, _ type: Word.Type
    ) throws(DocumentProblem) -> Word {
        let words = type.allCases.map(\.rawValue)
        let text = try node.word(among: words)
        guard let word = Word(rawValue: text) else {
            throw node.expected(Text(sv: words.joined(separator: ", "), en: words.joined(separator: ", ")))
        }
        return word
    }
}
