import Documents
import Findings

// What a profile says of the export as a whole: its school, its side tables, its terms.
extension Profile {
    static func readSchool(_ node: YAMLNode) throws(DocumentProblem) -> FileNamePattern {
        let place = try node.mapping(allowing: SchoolKey.names).required(SchoolKey.file.rawValue)
        let text = try place.string()
        guard let pattern = FileNamePattern(text)
        else {
            throw place.expected(
                Text(
                    sv: "ett filnamn med {skolkod} eller {skola} en gång (”csn_{skolkod}_*.csv”)",
                    en: "a file's name with {skolkod} or {skola} once (“csn_{skolkod}_*.csv”)"))
        }
        return pattern
    }

    /// The names of the side tables; `records` and `name` must have been read.
    func readPersonTables(_ node: YAMLNode) throws(DocumentProblem) -> [String] {
        guard records == .courses else {
            throw node.problem(
                Text(
                    sv: "En sidotabell (records: persons) har numren själv och pekar inte på någon annan.",
                    en: "A side table (records: persons) has the numbers itself and names no other."))
        }
        var tables: [String] = []
        for (text, place) in try Profile.texts(node) {
            guard text != name else {
                throw place.problem(
                    Text(
                        sv: "Profilen kan inte vara sin egen sidotabell.",
                        en: "A profile cannot be its own side table."))
            }
            tables.append(text)
        }
        return tables
    }

    static func readTerms(_ node: YAMLNode) throws(DocumentProblem) -> TermDays {
        let keys = try node.mapping(allowing: TermKey.names)
        return TermDays(
            spring: try readTerm(keys.required(TermKey.spring.rawValue)),
            autumn: try readTerm(keys.required(TermKey.autumn.rawValue)))
    }

    private static func readTerm(_ node: YAMLNode) throws(DocumentProblem) -> ClosedRange<Int> {
        let days = try node.list()
        guard days.count == 2, let first = days.first, let last = days.last else {
            throw node.expected(
                Text(
                    sv: "terminens första och sista dag ([01-10, 06-12])",
                    en: "the term's first and last day ([01-10, 06-12])"))
        }
        let (start, end) = (try readMonthDay(first), try readMonthDay(last))
        guard start <= end else {
            throw last.problem(
                Text(
                    sv: "Terminens sista dag ligger före den första.",
                    en: "The term's last day is before its first."))
        }
        return start...end
    }

    /// A day that every year has, as month and day: 01-10 is 110.
    private static func readMonthDay(_ node: YAMLNode) throws(DocumentProblem) -> Int {
        let parts = try node.string().split(separator: "-", omittingEmptySubsequences: false)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let isWritten =
            parts.count == 2 && parts.allSatisfy { $0.count == 2 && $0.allSatisfy { ("0"..."9").contains($0) } }
        guard isWritten, let month = Int(parts[0]), let day = Int(parts[1]), lengths.indices.contains(month - 1),
            (1...lengths[month - 1]).contains(day)
        else {
            throw node.expected(
                Text(sv: "en dag som varje år har, MM-DD", en: "a day that every year has, MM-DD"))
        }
        return month * 100 + day
    }
}
