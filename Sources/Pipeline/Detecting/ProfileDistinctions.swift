import Documents
import Exports
import Findings
import Profiles

/// What tells two profiles apart that recognise the same file and would read it to different records.
struct ProfileDistinctions {
    /// One sentence for each thing that differs.
    private(set) var texts: [Text] = []

    private let first: ProfileMatch
    private let second: ProfileMatch

    /// Compares how two profiles read one file.
    init(_ first: ProfileMatch, _ second: ProfileMatch) {
        self.first = first
        self.second = second
        if first.encoding != second.encoding {
            differ(Text(sv: "teckenkodning", en: "encoding"), first.encoding.name, second.encoding.name)
        }
        compareContainers()
        for slot in Slot.allCases { compare(slot) }
        let left = [first, second].map { match in
            match.leavesOut.map { "”\(match.headers[$0.column])”: \($0.values.sorted().joined(separator: ", "))" }
                .joined(separator: "; ")
        }
        if left[0] != left[1] { differ(Text(sv: "rader som utelämnas", en: "rows left out"), left[0], left[1]) }
    }

    private mutating func compareContainers() {
        switch (first.container, second.container) {
        case (.delimited(let one), .delimited(let other)):
            guard one != other else { return }
            differ(Text(sv: "skiljetecken", en: "delimiter"), delimiter(one), delimiter(other))
        case (.xml(let one), .xml(let other)):
            guard one.row != other.row else { return }
            differ(Text(sv: "radens element", en: "row's element"), one.row, other.row)
        default: differ(Text(sv: "filens form", en: "form of the file"), form(first), form(second))
        }
    }

    private func form(_ match: ProfileMatch) -> String { match.reading == nil ? "text" : "XML" }

    private mutating func compare(_ slot: Slot) {
        let columns = [first, second].map { match in match.columns[slot].map { "”\(match.headers[$0])”" } ?? "" }
        let name = Text(sv: slot.name, en: slot.name)
        guard columns[0] == columns[1], !columns[0].isEmpty else {
            if columns[0] != columns[1] { differ(name, columns[0], columns[1]) }
            return
        }
        guard let one = first.profile.columns[slot], let other = second.profile.columns[slot] else { return }
        if one.dates != other.dates {
            differ(
                Text(sv: "\(slot.name), datum", en: "\(slot.name), dates"),
                one.dates.map(\.rawValue).joined(separator: ", "), other.dates.map(\.rawValue).joined(separator: ", "))
        }
        guard one.words != other.words else { return }
        let spellings = Set(one.words.keys).union(other.words.keys).filter { one.words[$0] != other.words[$0] }.sorted()
        func said(_ words: [String: String]) -> String {
            spellings.prefix(5).map { spelling in "”\(spelling)” = \(words[spelling] ?? "–")" }.joined(separator: ", ")
                + (spellings.count > 5 ? " …" : "")
        }
        differ(Text(sv: "\(slot.name), ord", en: "\(slot.name), words"), said(one.words), said(other.words))
    }

    private func delimiter(_ dialect: DelimitedDialect) -> String {
        dialect.delimiter == 0x09 ? "tab" : String(Unicode.Scalar(dialect.delimiter))
    }

    private mutating func differ(_ what: Text, _ one: String, _ other: String) {
        func sentence(_ what: String, _ nothing: String) -> String {
            let values = [one, other].map { $0.isEmpty ? nothing : Masking.withoutNumbers($0) }
            return "\(what): \(first.profile.name) \(values[0]); \(second.profile.name) \(values[1])"
        }
        texts.append(Text(sv: sentence(what.sv, "inget"), en: sentence(what.en, "nothing")))
    }
}
