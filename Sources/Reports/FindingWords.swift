import CSN
import CSNRules
import Findings

/// What all findings of a report have in common when they are put into words of one language: what may be shown of
/// columns, courses and students. ``Wording`` makes the sentences.
///
/// A class, for a report is much to hand from function to function hundred thousands of times.
final class FindingWords: Sendable {
    let report: RunReport
    let language: Language
    /// `--show-personnummer`; only for text on a terminal.
    let showsPersonnummer: Bool
    let shared: SharedValues
    /// By the rule's number.
    private let sentences: [RuleSentences]
    /// By input, as they were given.
    private let paths: [String]
    /// By input, whether it is XML.
    private let haveElements: [Bool]
    /// By input and column, as they may be shown.
    private let columns: [[String]]
    /// By index of the course, as they may be shown; nil for a course that no finding names, or whose code is not
    /// shown.
    private let kurskoder: [String?]

    init(_ report: RunReport, in language: Language, showsPersonnummer: Bool = false) {
        let shared = SharedValues(report.findings)
        self.report = report
        self.language = language
        self.showsPersonnummer = showsPersonnummer
        self.shared = shared
        sentences = RuleSentences.all(in: language)
        paths = report.inputs.map(\.path)
        haveElements = report.inputs.map { !$0.rowElement.isEmpty || !$0.elements.isEmpty }
        columns = report.inputs.map { $0.columns.map { Masking.withoutNumbers($0) } }
        kurskoder = FindingWords.kurskoder(report, shared)
    }

    /// The words of the same report in a language.
    init(_ words: FindingWords, in language: Language, showsPersonnummer: Bool = false) {
        report = words.report
        self.language = language
        self.showsPersonnummer = showsPersonnummer
        shared = words.shared
        sentences = RuleSentences.all(in: language)
        paths = words.paths
        haveElements = words.haveElements
        columns = words.columns
        kurskoder = words.kurskoder
    }

    /// What the rule of a finding can say; nil for a number that is no rule's.
    func sentences(of finding: Finding) -> RuleSentences? {
        sentences.indices.contains(Int(finding.rule)) ? sentences[Int(finding.rule)] : nil
    }

    /// The path of a finding's input; nil when it lies in none.
    func path(of finding: Finding) -> String? {
        let input = Int(finding.place.input)
        return paths.indices.contains(input) && !paths[input].isEmpty ? paths[input] : nil
    }

    /// The XPath of a finding's element, for XML.
    func element(of finding: Finding) -> String? {
        let input = Int(finding.place.input)
        guard haveElements.indices.contains(input), haveElements[input] else { return nil }
        return report.element(of: finding.place)
    }

    /// The name of a finding's column, as it may be shown; nil for a whole row.
    func column(of finding: Finding) -> String? {
        let (input, column) = (Int(finding.place.input), Int(finding.place.column))
        guard columns.indices.contains(input), columns[input].indices.contains(column) else { return nil }
        return columns[input][column]
    }

    /// A student's number as it may be shown; nil when no number is known of the student.
    func personnummer(of student: SortedFindings.Student) -> String? {
        showsPersonnummer && !student.isProtected ? student.number?.inClear : student.masked
    }

    /// The code of a finding's course; nil without one.
    func kurskod(of finding: Finding) -> String? {
        let course = Int(finding.course)
        return kurskoder.indices.contains(course) ? kurskoder[course] : nil
    }

    private static func kurskoder(_ report: RunReport, _ shared: SharedValues) -> [String?] {
        let named = report.findings.findings.lazy.map(\.course).filter { $0 != .max }
        guard let last = named.max() else { return [] }
        var isNamed = [Bool](repeating: false, count: Int(last) + 1)
        for course in named { isNamed[Int(course)] = true }
        return isNamed.enumerated().map { number, isNamed in
            guard isNamed else { return nil }
            let course = CourseIndex(number: UInt32(number))
            let code = report.courses[course].code
            // What no register knows is the cell as it stood.
            guard report.courses.facts(course).isInRegister || !Masking.mayBeName(code) || shared.contains(code) else {
                return nil
            }
            return Masking.withoutNumbers(code)
        }
    }
}

extension Field {
    /// The field that a finding is about; nil for none.
    init?(of finding: Finding) { self.init(rawValue: finding.field) }

    /// ``name`` and ``swedish``, which take a look at the type's description each time they are asked for.
    var words: (name: String, swedish: String) { Field.allWords[Int(rawValue)] }

    private static let allWords = Field.allCases.map { (name: $0.name, swedish: $0.swedish) }
}
