import CSN
import CSNRules
import Findings

/// The lines of findings as people read them.
struct FindingText {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []
    private let sorted: SortedFindings
    private let words: FindingWords
    private let wording: Wording
    private let plain: PlainWords
    private let emphasis: Emphasis
    /// By the number of the level.
    private let levels: [String]
    /// By the number of the input.
    private let paths: [String]

    private let characterColumn: @Sendable (Finding) -> Int?

    private var language: Language { plain.language }

    init(_ sorted: SortedFindings, in language: Language, _ options: TextReport.Options) {
        self.sorted = sorted
        words = FindingWords(sorted.words, in: language, showsPersonnummer: options.showsPersonnummer)
        wording = Wording(words)
        let plain = PlainWords(language: language)
        let emphasis = Emphasis(isColoured: options.isColoured)
        self.plain = plain
        self.emphasis = emphasis
        levels = Level.allCases.map { emphasis.level($0, plain.level($0)) }
        paths = words.report.inputs.map(\.path.forTerminal)
        characterColumn = words.report.characterColumn
    }

    /// Writes a text as it is.
    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Writes the finding at a place of the order: `file:line:column: error: [rule] sentence`, then what it is about,
    /// then help that differs from finding to finding.
    mutating func append(_ position: Int) {
        let finding = sorted.finding(position)
        let student = sorted.student(position)
        let sentences = words.sentences(of: finding)
        wording.take(finding, isProtected: student?.isProtected ?? false)
        appendPlace(of: finding)
        append(levels[Int(finding.level.rawValue)])
        append(": [")
        append(sentences?.name ?? "")
        append("] ")
        appendHarmless { $0.wording.message(to: &$0.bytes) }
        append("\n")
        appendAbout(finding, student)
        appendSuggestions(of: finding, sentences)
        if let sentences, sentences.remedyNamesParameters {
            append("    \(emphasis(.bold, plain.help)): ")
            appendHarmless { $0.wording.help(to: &$0.bytes) }
            append("\n")
        }
    }

    private mutating func appendHarmless(_ write: (inout FindingText) -> Void) {
        let start = bytes.count
        write(&self)
        bytes.makeHarmlessForTerminals(from: start)
    }

    private mutating func appendPlace(of finding: Finding) {
        let input = Int(finding.place.input)
        guard paths.indices.contains(input), !paths[input].isEmpty else { return }
        append(paths[input])
        if finding.place.line > 0 {
            append(":\(finding.place.line)")
            if let column = characterColumn(finding) { append(":\(column)") }
        }
        append(": ")
    }

    /// The export's column and the field it was to become, the student, the school and the course.
    private mutating func appendAbout(_ finding: Finding, _ student: SortedFindings.Student?) {
        let start = bytes.count
        append("    " + emphasis.begin(.faint))
        let first = bytes.count
        func next(_ text: inout FindingText) { if text.bytes.count > first { text.append(", ") } }
        let field = Field(of: finding)?.words.swedish
        appendHarmless { text in
            if let column = text.words.column(of: finding) {
                text.append(text.say("kolumnen ”", "column “"))
                text.append(column)
                text.append("”")
                if let field { text.append(text.say(" (fältet \(field))", " (field \(field))")) }
            } else if let field {
                text.append(text.say("fältet \(field)", "field \(field)"))
            }
            if let student {
                next(&text)
                text.append(text.say("studerande ", "student "))
                text.append(
                    text.words.personnummer(of: student).map { "\($0) (\(student.name))" } ?? student.name)
            }
            if finding.school != 0 {
                next(&text)
                text.append(text.say("skola ", "school ") + "\(finding.school)")
            }
            if let code = text.words.kurskod(of: finding) {
                next(&text)
                text.append(text.say("kurs ", "course "))
                text.append(code)
            }
        }
        guard bytes.count > first else { return bytes.removeLast(bytes.count - start) }
        append(emphasis.end + "\n")
    }

    private func say(_ sv: String, _ en: String) -> String { language == .sv ? sv : en }

    private mutating func appendSuggestions(of finding: Finding, _ sentences: RuleSentences?) {
        let suggestions = wording.suggestions
        guard !suggestions.isEmpty else { return }
        let variant = Int(finding.variant)
        let isSaid = sentences.map { $0.saysSuggestions.indices.contains(variant) && $0.saysSuggestions[variant] }
        if isSaid != true { append("    " + didYouMean(suggestions).forTerminal + "\n") }
    }

    private func didYouMean(_ names: [String]) -> String {
        switch language {
        case .sv: "Menades \(names.map { "”\($0)”" }.joined(separator: " eller "))?"
        case .en: "Did you mean \(names.map { "“\($0)”" }.joined(separator: " or "))?"
        }
    }
}
