import CSNRules
import Findings

// What listings, explanations and the reference say of rules alike.

extension Heading {
    /// What the catalogue's table is called.
    var title: Text {
        switch self {
        case .reading: Text(sv: "Läsningen av en export", en: "Reading an export")
        case .field: Text(sv: "Ett fält", en: "One field")
        case .record: Text(sv: "Fälten i en post", en: "Fields of one record")
        case .unit: Text(sv: "En studieperiod eller studerande", en: "One unit or student")
        case .file: Text(sv: "En fil", en: "One file")
        }
    }
}

extension RuleListing.Outcome {
    /// What is done when a rule says this.
    static func words(of message: Message) -> Text {
        switch outcome(of: message) {
        case .hold: Text(sv: "hålls tillbaka", en: "held")
        case .repair: Text(sv: "rättas", en: "repaired")
        case .drop: Text(sv: "utelämnas", en: "left out")
        case .error: Text(sv: "fel", en: "error")
        case .warning: Text(sv: "skickas, med varning", en: "sent, with a warning")
        case .info: Text(sv: "skickas, med upplysning", en: "sent, with a note")
        }
    }
}

extension Source {
    /// Where a rule comes from, as people read it.
    var words: Text {
        switch self {
        case .handbook(let sentence):
            Text(sv: "CSN:s handbok: ”\(sentence)”", en: "CSN's handbook: “\(sentence)”")
        case .refusals(let sentence):
            Text(
                sv: "CSN:s lista över vad som nekas: ”\(sentence)”",
                en: "CSN's list of reasons for refusing: “\(sentence)”")
        case .own(let reason): Text(sv: "csnfil: \(reason.sv)", en: "csnfil: \(reason.en)")
        }
    }
}

extension Example {
    /// A cell's text in quotes; a blank in words.
    private func shown(_ value: String, in language: Language) -> String {
        if value.isEmpty { return Text(sv: "(tomt)", en: "(blank)")[language] }
        return language == .sv ? "”\(value)”" : "“\(value)”"
    }

    /// Each row as what differs from the model row.
    func cells(in language: Language) -> [String] {
        let before = Text(sv: "rapporterat förut: ", en: "reported before: ")[language]
        let other = Text(sv: "i ett annat system: ", en: "in another system: ")[language]
        return rows.map { cells(of: $0, in: language) } + otherSystem.map { other + cells(of: $0, in: language) }
            + reported.map { before + cells(of: $0, in: language) }
    }

    private func cells(of row: [String: String], in language: Language) -> String {
        guard !row.isEmpty else {
            return Text(sv: "modellraden som den är", en: "the model row as it is")[language]
        }
        return row.sorted { $0.key < $1.key }.map { "\($0.key) \(shown($0.value, in: language))" }
            .joined(separator: ", ")
    }
}
