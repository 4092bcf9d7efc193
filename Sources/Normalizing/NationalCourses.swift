import CSN
import Documents
import Findings
import Foundation

/// The register of national courses, as `national/courses.csv` holds it.
struct NationalCourses: Sendable {
    private(set) var courses: [Course] = []
    /// Whether the course's level is one that this file takes; not so for sfi.
    private(set) var isReportable: [Bool] = []
    /// By code.
    private(set) var indices: [String: Int] = [:]
    /// By code in lower case, to find one in the wrong letter case.
    private(set) var byLowercase: [String: Int] = [:]

    /// Reads the register. A code that stands twice is refused, also in another letter case.
    init(path: String) throws(DocumentProblem) {
        let rows = try MappingRow.read(
            path: path,
            required: ["code", "name", "points", "level", "system", "gradable", "valid_from", "valid_to"],
            optional: ["source"])
        for row in rows {
            let code = row["code"].precomposedStringWithCanonicalMapping
            guard !code.isEmpty, byLowercase[code.lowercased()] == nil else {
                throw row.problem(
                    "code",
                    Text(
                        sv: "Koden ”\(code)” är tom eller står två gånger.",
                        en: "The code “\(code)” is empty or stands twice."))
            }
            let niva = try row.niva("level", others: ["SFI"])
            let isUngraded = try row.flag("gradable") == false
            indices[code] = courses.count
            byLowercase[code.lowercased()] = courses.count
            isReportable.append(niva != nil)
            courses.append(
                Course(
                    code: code, name: row["name"],
                    facts: CourseFacts(
                        points: try row.points("points"), niva: niva, isInRegister: true,
                        family: CourseFamily(name: row["system"]),
                        isDegreeProject: NationalCourses.isDegreeProject(code),
                        isDelkurs: NationalCourses.isDelkurs(code),
                        isUngraded: isUngraded, validFrom: try row.day("valid_from"), validTo: try row.day("valid_to"))
                ))
        }
    }

    /// Whether the code names a gymnasiearbete: GYAR and the programme (`GYARNA`, `GYAREK25`). What codes a
    /// komvuxarbete has is in no public source.
    static func isDegreeProject(_ code: String) -> Bool { code.hasPrefix("GYAR") }

    /// Whether the code names a national delkurs: GRN, three letters of the subject and A–D (`GRNMATA`).
    ///
    /// Source: Skolverket, "Kurskoder inom komvux på grundläggande nivå"; reported as 1:1 by CSN's handbook.
    static func isDelkurs(_ code: String) -> Bool {
        let letters = Array(code)
        guard letters.count == 7, code.hasPrefix("GRN"), let last = letters.last else { return false }
        return ("A"..."D").contains(last)
    }
}
