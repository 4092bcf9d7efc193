import Findings

/// What is wrong in a file that csnfil reads whole: a profile, a layout, the configuration, a mapping table.
public struct DocumentProblem: Error, Sendable {
    /// The file as it was named.
    public let path: String
    /// From 1; 0 when the problem is the whole file's.
    public let line: Int
    /// In characters, from 1; 0 when the problem is the whole file's.
    public let column: Int
    /// What was expected and what stands there.
    public let text: Text

    /// A problem at a place.
    public init(path: String, line: Int, column: Int, text: Text) {
        self.path = path
        self.line = line
        self.column = column
        self.text = text
    }

    /// A problem of the whole file.
    public init(path: String, text: Text) { self.init(path: path, line: 0, column: 0, text: text) }

    /// `path:line:column: …`, or `path: …` for the whole file.
    public func sentence(in language: Language) -> String {
        line == 0 ? "\(path): \(text[language])" : "\(path):\(line):\(column): \(text[language])"
    }
}

extension Text {
    /// The names as a hint at the end of a sentence: empty when there are none.
    static func didYouMean(_ names: [String]) -> Text {
        guard !names.isEmpty else { return Text(sv: "", en: "") }
        let list = names.map { "”\($0)”" }
        let english = names.map { "“\($0)”" }
        return Text(
            sv: " Menades \(list.joined(separator: " eller "))?",
            en: " Did you mean \(english.joined(separator: " or "))?")
    }

    static func + (left: Text, right: Text) -> Text { Text(sv: left.sv + right.sv, en: left.en + right.en) }
}
