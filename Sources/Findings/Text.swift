/// The languages csnfil speaks.
public enum Language: String, Sendable, CaseIterable {
    case sv
    case en
}

/// A sentence for people in both languages. `{name}` stands for a parameter.
public struct Text: Hashable, Sendable {
    /// Swedish.
    public var sv: String
    /// English.
    public var en: String

    /// A sentence in both languages.
    public init(sv: String, en: String) {
        self.sv = sv
        self.en = en
    }

    /// The sentence in one language.
    public subscript(language: Language) -> String { language == .sv ? sv : en }

    /// The sentence in one language with each `{name}` replaced by what `value` gives for the name. A name without
    /// a value is left as it stands, so that a test finds it.
    public func filled(in language: Language, _ value: (String) -> String?) -> String {
        var result = ""
        var rest = self[language][...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}") else { break }
            let name = String(rest[rest.index(after: open)..<close])
            result += value(name) ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    /// The sentence in one language with each `{name}` replaced.
    public func filled(in language: Language, _ values: [String: String]) -> String {
        filled(in: language) { values[$0] }
    }
}
