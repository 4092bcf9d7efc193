import CSN
import Documents
import Findings

/// One school's own course codes, as `schools/<skolkod>/courses.csv` holds them: local codes that stand for a national
/// course, and the local courses that the school has approved.
struct LocalCourses: Sendable {
    /// What a local code stands for.
    struct Entry: Sendable {
        /// The code that is sent.
        var kurskod: String
        /// What the file says beside the register; nil: what the register says.
        var points: Int?
        var niva: Niva?
        var isDelkurs: Bool?
        var isGraded: Bool?
        var name: String
        /// Where it stands, for messages.
        var line: Int
    }

    private(set) var entries: [String: Entry] = [:]

    /// No local courses.
    init() {}

    /// Reads a school's file. A code mapped twice is refused, and so is a kurskod that is neither in the register nor
    /// the local code itself (an approved local course stands for itself, with its points and level).
    init(path: String, national: NationalCourses) throws(DocumentProblem) {
        let rows = try MappingRow.read(
            path: path, required: ["local", "kurskod"], optional: ["name", "points", "niva", "delkurs", "graded"])
        let known = Set(national.courses.map(\.code))
        for row in rows {
            let local = row["local"]
            let kurskod = row["kurskod"]
            if kurskod.isEmpty { continue }
            guard !local.isEmpty else {
                throw row.problem("local", Text(sv: "Den lokala koden saknas.", en: "The local code is missing."))
            }
            if let first = entries[local] {
                throw row.problem(
                    "local",
                    Text(
                        sv: "Koden ”\(local)” står redan på rad \(first.line).",
                        en: "The code “\(local)” stands on line \(first.line) already."))
            }
            guard known.contains(kurskod) || kurskod == local else {
                throw row.problem(
                    "kurskod",
                    Text(
                        sv:
                            "”\(kurskod)” finns inte i det nationella registret. En godkänd lokal kurs skrivs med samma kod i båda kolumnerna.",
                        en:
                            "“\(kurskod)” is not in the national register. An approved local course has the same code in both columns."
                    ))
            }
            entries[local] = Entry(
                kurskod: kurskod, points: try LocalCourses.points(row), niva: try LocalCourses.niva(row),
                isDelkurs: try LocalCourses.flag(row, "delkurs"), isGraded: try LocalCourses.flag(row, "graded"),
                name: row["name"], line: row.line)
        }
    }

    private static func points(_ row: MappingRow) throws(DocumentProblem) -> Int? {
        let text = row["points"]
        if text.isEmpty { return nil }
        guard let points = Int(text), (0...999).contains(points) else {
            throw row.problem(
                "points", Text(sv: "Poängen ska vara ett tal 0–999.", en: "The points are a number 0–999."))
        }
        return points
    }

    private static func niva(_ row: MappingRow) throws(DocumentProblem) -> Niva? {
        let text = row["niva"]
        if text.isEmpty { return nil }
        guard let niva = Niva.allCases.first(where: { $0.code == text }) else {
            throw row.problem("niva", Text(sv: "Nivån ska vara GR eller GY.", en: "The level is GR or GY."))
        }
        return niva
    }

    private static func flag(_ row: MappingRow, _ column: String) throws(DocumentProblem) -> Bool? {
        switch row[column].lowercased() {
        case "": return nil
        case "ja", "j", "yes", "true": return true
        case "nej", "n", "no", "false": return false
        default:
            throw row.problem(column, Text(sv: "\(column) ska vara ja eller nej.", en: "\(column) is yes or no."))
        }
    }
}
