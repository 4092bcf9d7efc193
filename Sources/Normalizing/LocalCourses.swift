import CSN
import Documents
import Findings
import Foundation

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
    /// Codes that nobody has decided about yet, each with its line: they stay unknown.
    private(set) var waiting: [String: Int] = [:]
    /// Codes that are no courses (`MENTORSRÅD`), each with its line: their rows are not reported.
    private(set) var leftOut: [String: Int] = [:]

    /// The columns of the file, in the order in which a new one has them.
    static let columns = ["local", "kurskod", "name", "points", "niva", "delkurs", "graded", "leaveOut", "note"]

    /// Reads a school's file. A code that stands twice is refused, and so is a kurskod that is neither in the register
    /// nor the local code itself (an approved local course stands for itself, with its points and level).
    init(path: String, national: NationalCourses) throws(DocumentProblem) {
        let rows = try MappingRow.read(
            path: path, required: ["local", "kurskod"], optional: Array(LocalCourses.columns.dropFirst(2)))
        for row in rows {
            let local = row["local"].precomposedStringWithCanonicalMapping
            let kurskod = row["kurskod"].precomposedStringWithCanonicalMapping
            guard !local.isEmpty else {
                throw row.problem("local", Text(sv: "Den lokala koden saknas.", en: "The local code is missing."))
            }
            if let line = entries[local]?.line ?? waiting[local] ?? leftOut[local] {
                throw row.problem(
                    "local",
                    Text(
                        sv: "Koden ”\(local)” står redan på rad \(line).",
                        en: "The code “\(local)” stands on line \(line) already."))
            }
            if try row.flag("leaveOut") == true {
                try LocalCourses.checkLeftOut(local, kurskod, row, national)
                leftOut[local] = row.line
                continue
            }
            if kurskod.isEmpty {
                waiting[local] = row.line
                continue
            }
            try LocalCourses.check(kurskod, of: local, row, national)
            entries[local] = Entry(
                kurskod: kurskod, points: try row.points("points"), niva: try row.niva("niva"),
                isDelkurs: try row.flag("delkurs"), isGraded: try row.flag("graded"),
                name: row["name"], line: row.line)
        }
    }

    /// What is left out has no kurskod, and is no national course that komvux reports: such rows must not vanish.
    private static func checkLeftOut(
        _ local: String, _ kurskod: String, _ row: MappingRow, _ national: NationalCourses
    ) throws(DocumentProblem) {
        guard kurskod.isEmpty else {
            throw row.problem(
                "leaveOut",
                Text(
                    sv: "Raden har både en kurskod och leaveOut. Låt ett av dem stå.",
                    en: "The row has both a kurskod and leaveOut. Keep one of them."))
        }
        guard let index = national.indices[local], national.isReportable[index] else { return }
        throw row.problem(
            "leaveOut",
            Text(
                sv: "”\(local)” är en nationell kurs; dess rader ska rapporteras.",
                en: "“\(local)” is a national course; its rows are to be reported."))
    }

    /// What a local code stands for is a national course that this file takes, or an approved local course, which
    /// stands for itself.
    private static func check(
        _ kurskod: String, of local: String, _ row: MappingRow, _ national: NationalCourses
    ) throws(DocumentProblem) {
        if let index = national.indices[kurskod] {
            guard !national.isReportable[index] else { return }
            throw row.problem(
                "kurskod",
                Text(
                    sv: "”\(kurskod)” är ingen kurs som komvux rapporterar i den här filen (sfi).",
                    en: "“\(kurskod)” is no course that komvux reports in this file (sfi)."))
        }
        guard kurskod == local else {
            throw row.problem(
                "kurskod",
                Text(
                    sv: "”\(kurskod)” finns inte i det nationella registret. "
                        + "En godkänd lokal kurs skrivs med samma kod i båda kolumnerna.",
                    en: "“\(kurskod)” is not in the national register. "
                        + "An approved local course has the same code in both columns."))
        }
        guard kurskod.count <= 10 else {
            throw row.problem(
                "kurskod",
                Text(
                    sv: "”\(kurskod)” är längre än tio tecken; CSN tar inte emot fler.",
                    en: "“\(kurskod)” is longer than ten characters; CSN takes no more."))
        }
    }
}
