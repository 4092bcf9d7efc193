import CSN
import Documents
import Findings

/// The register of national courses, as `national/courses.csv` holds it.
struct NationalCourses: Sendable {
    private(set) var courses: [Course] = []
    /// Whether the course's level is one that this file takes; not so for sfi.
    private(set) var isReportable: [Bool] = []
    /// Codes in lower case, to find one in the wrong letter case. No two codes differ only in case.
    private(set) var byLowercase: [String: Int] = [:]

    /// Reads the register.
    init(path: String) throws(DocumentProblem) {
        let rows = try MappingRow.read(
            path: path,
            required: ["code", "name", "points", "level", "system", "gradable", "valid_from", "valid_to"],
            optional: ["source"])
        var seen: Set<String> = []
        for row in rows {
            let code = row["code"]
            guard !code.isEmpty, seen.insert(code).inserted else {
                throw row.problem(
                    "code",
                    Text(
                        sv: "Koden ”\(code)” är tom eller står två gånger.",
                        en: "The code “\(code)” is empty or stands twice."))
            }
            let niva = Niva.allCases.first { $0.code == row["level"] }
            byLowercase[code.lowercased()] = courses.count
            courses.append(
                Course(
                    code: code, name: row["name"],
                    facts: CourseFacts(
                        points: Int(row["points"]), niva: niva, isInRegister: true,
                        isDelkurs: NationalCourses.isDelkurs(code), isUngraded: row["gradable"] == "no",
                        validFrom: try row.day("valid_from"), validTo: try row.day("valid_to"))))
            isReportable.append(niva != nil)
        }
    }

    /// Whether the code names a national delkurs: GRN, three letters of the subject and A–D (`GRNMATA`).
    ///
    /// Source: Skolverket, "Kurskoder inom komvux på grundläggande nivå"; reported as 1:1 by CSN's handbook.
    static func isDelkurs(_ code: String) -> Bool {
        let letters = Array(code)
        guard letters.count == 7, code.hasPrefix("GRN"), let last = letters.last else { return false }
        return ("A"..."D").contains(last)
    }
}
