import CSN
import CSNRules
import Findings

/// Makes a finding's sentences in one language, every value masked as its privacy says.
///
/// Whatever people or machines read of a finding passes here; nothing else may look at a parameter's value.
struct FindingWords {
    let report: RunReport
    let language: Language
    /// `--show-personnummer`; only for text on a terminal.
    let showsPersonnummer: Bool
    private let shared: SharedValues

    init(_ report: RunReport, in language: Language, showsPersonnummer: Bool = false) {
        self.report = report
        self.language = language
        self.showsPersonnummer = showsPersonnummer
        shared = SharedValues(report.findings)
    }

    /// A finding's texts and values as they may be shown.
    struct Words {
        var rule: String
        var message: String
        var help: String
        /// The cell's text; nil where the finding names none.
        var value: String?
        /// What a repair made of it.
        var became: String?
        var suggestions: [String]
    }

    /// The words of a finding of the report.
    func words(for finding: Finding) -> Words {
        let parameters = report.findings.parameters(of: finding)
        let isProtected = report.isProtected(finding.student)
        var shown: [String: String] = [:]
        var mayBeNames: Set<String> = []
        for parameter in parameters {
            let isShared = parameter.privacy == .nameLike && shared.contains(parameter.value)
            if parameter.privacy == .nameLike && !isShared { mayBeNames.insert(parameter.name) }
            shown[parameter.name] = Masking.shown(
                parameter, isProtected: isProtected, isShared: isShared, inClear: showsPersonnummer && !isProtected)
        }
        func filled(_ text: Text) -> String {
            text.filled(in: language) { name in
                // Only in the sentence: what a program reads is the value alone.
                if mayBeNames.contains(name) {
                    return Text(sv: "**** (visas inte, kan vara ett namn)", en: "**** (not shown, may be a name)")[
                        language]
                }
                if name == Parameter.line, let line = shown[name], let input = shown[Parameter.lineInput] {
                    return words(forLine: line, of: input)
                }
                // A parameter that is a phrase itself is given in both languages.
                return (language == .en ? shown[name + "English"] : nil) ?? shown[name] ?? standing(name, of: finding)
            }
        }
        let rule = Catalogue.shared.rule(finding.rule)
        let messages = rule?.messages ?? []
        let variant = Int(finding.variant)
        return Words(
            rule: rule?.name.text ?? "",
            message: messages.indices.contains(variant) ? filled(messages[variant].text) : "",
            help: rule.map { filled($0.remedy) } ?? "", value: shown[Parameter.value],
            // Where a repair was turned into a hold, or the name stands for something else, nothing became of the value.
            became: finding.action == .repair ? shown[Parameter.became] : nil, suggestions: suggestions(in: shown))
    }

    /// A line of another input than the finding's own, after "rad" or "line".
    private func words(forLine line: String, of input: String) -> String {
        let path = UInt16(input).map { report.path(of: Place(input: $0)) } ?? ""
        guard !path.isEmpty else { return line }
        let file = Masking.withoutNumbers(path)
        return Text(sv: "\(line) i \(file)", en: "\(line) of \(file)")[language]
    }

    /// The names that every sentence may use without a rule giving them.
    private func standing(_ name: String, of finding: Finding) -> String? {
        switch name {
        case "column":
            report.columnName(of: finding.place).map { Masking.withoutNumbers($0) }
                ?? Text(sv: "(ingen kolumn)", en: "(no column)")[language]
        case "field": Field(rawValue: finding.field)?.swedish ?? Text(sv: "raden", en: "the row")[language]
        case Parameter.value, Parameter.became: ""
        default: nil
        }
    }

    /// Rules hand over what could have been meant as one parameter, separated by commas.
    private func suggestions(in shown: [String: String]) -> [String] {
        guard let list = shown["suggestions"], list != Masking.hidden else { return [] }
        return list.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    /// A student's number as it may be shown; nil when no number is known of the student.
    func personnummer(of student: UInt64) -> String? {
        guard student != 0 else { return nil }
        if report.isProtected(student) { return Masking.protected }
        guard let number = Personnummer(digits: report.canonicalKey(of: student)) else { return nil }
        return showsPersonnummer ? number.inClear : number.masked
    }

    /// The code of a finding's course; nil without one.
    func kurskod(of finding: Finding) -> String? {
        guard finding.course != .max else { return nil }
        let course = CourseIndex(number: finding.course)
        let code = report.courses[course].code
        // What no register knows is the cell as it stood.
        guard report.courses.facts(course).isInRegister || !Masking.mayBeName(code) || shared.contains(code) else {
            return nil
        }
        return Masking.withoutNumbers(code)
    }
}
