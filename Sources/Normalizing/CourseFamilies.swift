import CSN
import Documents
import Findings

/// The forms that national course codes have, by family, for codes that our register does not have (it has known
/// holes: VGR…, komvuxarbete, individual courses).
struct CourseFamilies: Sendable {
    /// One family of codes.
    struct Family: Sendable {
        var name: String
        /// The level of the family's courses; nil for courses that this file does not take (sfi).
        var niva: Niva?
        var pattern: String
        /// The startdatum for which codes of the family exist.
        var condition: Condition?
    }

    /// A condition on startdatum.
    enum Condition: Sendable {
        case from(Day)
        case before(Day)

        func holds(_ start: Day) -> Bool {
            switch self {
            case .from(let day): start >= day
            case .before(let day): start < day
            }
        }
    }

    let families: [Family]

    /// Reads `national/families.csv`.
    init(path: String) throws(DocumentProblem) {
        let rows = try MappingRow.read(
            path: path, required: ["family", "level", "pattern", "only_if"], optional: ["note"])
        var families: [Family] = []
        for row in rows {
            guard (try? Regex(row["pattern"])) != nil else {
                throw row.problem("pattern", Text(sv: "Mönstret kan inte läsas.", en: "The pattern cannot be read."))
            }
            let family = Family(
                name: row["family"], niva: try row.niva("level"),
                pattern: row["pattern"], condition: try CourseFamilies.condition(row))
            guard family.niva == nil || CourseFamily(name: family.name) != nil else {
                throw row.problem("family", CourseFamilies.unknownName)
            }
            families.append(family)
        }
        self.families = families
    }

    private static let unknownName: Text = {
        let names = CourseFamily.allCases.map { String(describing: $0) }.joined(separator: ", ")
        return Text(
            sv: "Okänd familj. De som finns är \(names).", en: "Unknown family. Those that exist are \(names).")
    }()

    private static func condition(_ row: MappingRow) throws(DocumentProblem) -> Condition? {
        let text = row["only_if"]
        if text.isEmpty { return nil }
        let parts = text.split(separator: " ")
        guard parts.count == 3, parts[0] == "startdatum", let day = Day(iso: parts[2]) else {
            throw row.problem(
                "only_if",
                Text(
                    sv: "Villkoret ska ha formen ”startdatum >= ÅÅÅÅ-MM-DD” eller ”startdatum < ÅÅÅÅ-MM-DD”.",
                    en: "The condition has the form “startdatum >= YYYY-MM-DD” or “startdatum < YYYY-MM-DD”."))
        }
        switch parts[1] {
        case ">=": return .from(day)
        case "<": return .before(day)
        default:
            throw row.problem("only_if", Text(sv: "Okänt jämförelsetecken.", en: "Unknown comparison."))
        }
    }

    /// The first family whose form the code has.
    func family(of code: String) -> Family? {
        families.first { family in
            // Regex is no Sendable, so it is made when asked for: once for each code that no register has.
            guard let pattern = try? Regex(family.pattern) else { return false }
            return code.wholeMatch(of: pattern) != nil
        }
    }
}
