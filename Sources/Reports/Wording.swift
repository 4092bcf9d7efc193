import CSN
import CSNRules
import Findings

/// Puts one finding after the other into words, as bytes of UTF-8, every value masked as its privacy says. One for each
/// thread.
///
/// Whatever people or machines read of a finding passes here; nothing else may look at a parameter's value.
///
/// A class, so that nobody copies it to ask it for a sentence.
final class Wording {
    let words: FindingWords
    private let list: FindingList
    /// The list's bytes.
    private let stored: [UInt8]
    private var finding: Finding?
    /// The finding's parameters.
    private var parameters: [Shown] = []
    /// What may be shown of their values.
    private var values: [UInt8] = []

    private struct Shown {
        /// Where the name lies in the list's bytes.
        var name: Range<Int>
        /// Where the value lies in ``Wording/values``.
        var value: Range<Int>
        /// It is hidden because it may be a name, which the sentence says.
        var mayBeName: Bool
    }

    init(_ words: FindingWords) {
        self.words = words
        list = words.report.findings
        stored = list.bytes
    }

    // MARK: - Taking a finding

    /// Turns to a finding of the report.
    func take(_ finding: Finding, isProtected: Bool) {
        self.finding = finding
        // Taken out while they change: they are not looked up anew for each parameter.
        var values: [UInt8] = []
        var parameters: [Shown] = []
        swap(&values, &self.values)
        swap(&parameters, &self.parameters)
        parameters.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        list.stored(of: finding) { parameter in
            let isNameLike = parameter.privacy == .nameLike
            let isShared = isNameLike && words.shared.contains(text(parameter.value, in: stored))
            let start = values.count
            values.append(contentsOf: stored[parameter.value])
            Masking.mask(
                &values, from: start, as: parameter.privacy, isProtected: isProtected, isShared: isShared,
                inClear: words.showsPersonnummer && !isProtected)
            parameters.append(
                Shown(name: parameter.name, value: start..<values.count, mayBeName: isNameLike && !isShared))
        }
        swap(&values, &self.values)
        swap(&parameters, &self.parameters)
    }

    /// The parameter of that name; of several the last.
    private func parameter(_ name: [UInt8]) -> Shown? {
        var found: Shown?
        for parameter in parameters where parameter.name.count == name.count {
            guard stored[parameter.name].elementsEqual(name) else { continue }
            let mayBeName = parameter.mayBeName || found?.mayBeName == true
            found = parameter
            found?.mayBeName = mayBeName
        }
        return found
    }

    private func text(_ range: Range<Int>, in bytes: [UInt8]) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    // MARK: - Values

    private static let value = Array(Parameter.value.utf8)
    private static let became = Array(Parameter.became.utf8)
    private static let lineInput = Array(Parameter.lineInput.utf8)
    private static let suggestions = Array("suggestions".utf8)

    /// Writes the cell's text; false where the finding names none.
    func value(to bytes: inout [UInt8]) -> Bool { write(Wording.value, to: &bytes) }

    /// Writes what a repair made of the value; false where nothing became of it.
    func became(to bytes: inout [UInt8]) -> Bool {
        // Where a repair was turned into a hold, or the name stands for something else, nothing became of the value.
        finding?.action == .repair && write(Wording.became, to: &bytes)
    }

    private func write(_ name: [UInt8], to bytes: inout [UInt8]) -> Bool {
        guard let parameter = parameter(name) else { return false }
        bytes.append(contentsOf: values[parameter.value])
        return true
    }

    /// What could have been meant: rules hand it over as one parameter, separated by commas.
    var suggestions: [String] {
        guard let parameter = parameter(Wording.suggestions) else { return [] }
        let list = text(parameter.value, in: values)
        guard list != Masking.hidden else { return [] }
        return list.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }

    // MARK: - Sentences

    /// Writes what was found; nothing for a message that the rule does not have.
    func message(to bytes: inout [UInt8]) {
        guard let finding, let messages = words.sentences(of: finding)?.messages else { return }
        let variant = Int(finding.variant)
        if messages.indices.contains(variant) { write(messages[variant], of: finding, to: &bytes) }
    }

    /// Writes what the administrator does about it.
    func help(to bytes: inout [UInt8]) {
        guard let finding, let sentences = words.sentences(of: finding) else { return }
        write(sentences.remedy, of: finding, to: &bytes)
    }

    private func write(_ sentence: Sentence, of finding: Finding, to bytes: inout [UInt8]) {
        for part in sentence.parts {
            switch part {
            case .text(let text): bytes.append(contentsOf: text)
            case .slot(let slot): write(slot, of: finding, to: &bytes)
            }
        }
    }

    private func write(_ slot: Sentence.Slot, of finding: Finding, to bytes: inout [UInt8]) {
        let own = parameter(slot.bytes)
        if let own, own.mayBeName {
            // Only in the sentence: what a program reads is the value alone.
            let hidden = Text(sv: "**** (visas inte, kan vara ett namn)", en: "**** (not shown, may be a name)")
            bytes.append(contentsOf: hidden[words.language].utf8)
        } else if slot.name == Parameter.line, let own, let input = parameter(Wording.lineInput) {
            let line = text(own.value, in: values)
            bytes.append(contentsOf: words(forLine: line, of: text(input.value, in: values)).utf8)
        } else if let shown = (words.language == .en ? parameter(slot.english) : nil) ?? own {
            // A parameter that is a phrase itself is given in both languages.
            bytes.append(contentsOf: values[shown.value])
        } else {
            bytes.append(contentsOf: (standing(slot.name, of: finding) ?? "{\(slot.name)}").utf8)
        }
    }

    /// A line of another input than the finding's own, after "rad" or "line".
    private func words(forLine line: String, of input: String) -> String {
        let path = UInt16(input).map { words.report.path(of: Place(input: $0)) } ?? ""
        guard !path.isEmpty else { return line }
        let file = Masking.withoutNumbers(path)
        return Text(sv: "\(line) i \(file)", en: "\(line) of \(file)")[words.language]
    }

    /// The names that every sentence may use without a rule giving them.
    private func standing(_ name: String, of finding: Finding) -> String? {
        switch name {
        case "column":
            words.column(of: finding) ?? Text(sv: "(ingen kolumn)", en: "(no column)")[words.language]
        case "field": Field(of: finding)?.words.swedish ?? Text(sv: "raden", en: "the row")[words.language]
        case Parameter.value, Parameter.became: ""
        default: nil
        }
    }
}
