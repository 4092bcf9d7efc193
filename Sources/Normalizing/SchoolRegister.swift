import CSN
import Documents
import Findings

/// From a school as an export names it to CSN's skolkod.
public struct SchoolRegister: Sendable {
    /// What a configuration says of one school.
    public struct School: Sendable {
        /// CSN's code.
        public var skolkod: Skolkod
        /// The ids that exports use for it.
        public var ids: [String]
        /// What the school stands for as the certificate of a start where the export has no column for it.
        public var started: StartedDeclaration

        /// A school of the configuration.
        public init(skolkod: Skolkod, ids: [String], started: StartedDeclaration) {
            self.skolkod = skolkod
            self.ids = ids
            self.started = started
        }
    }

    /// What a school stands for as the certificate of a start: `started: {status: [values], grade: true}`.
    public struct StartedDeclaration: Sendable {
        /// The status words that say so, compared without regard to letter case.
        public var statuses: Set<String>
        /// Whether a grade given says so: who was graded has begun.
        public var byGrade: Bool

        /// A declaration; nothing unless said.
        public init(statuses: Set<String> = [], byGrade: Bool = false) {
            self.statuses = Set(statuses.map { $0.lowercased() })
            self.byGrade = byGrade
        }
    }

    /// By the id as it is compared: the skolkod, and the id as it was written.
    private var known: [String: (school: Skolkod, id: String)] = [:]
    private var confirmed: Set<UInt16> = []
    private var declarations: [UInt16: StartedDeclaration] = [:]
    private let kommunkoder: Set<UInt16>

    /// Loads the kommunkoder and `schools/schools.csv` from the mapping folders, beside the configured schools.
    ///
    /// - Throws: a school id that is given both in the configuration and in the file with different skolkod, or twice
    ///   in the file; a skolkod outside 1000–1999.
    public init(folders: MappingFolders, configured: [School]) throws(DocumentProblem) {
        let kommuner = try MappingRow.read(
            path: folders.require("national/kommunkoder.csv"), required: ["code", "name"], optional: [])
        kommunkoder = Set(kommuner.compactMap { UInt16($0["code"]) })
        for school in configured {
            confirmed.insert(school.skolkod.number)
            declarations[school.skolkod.number] = school.started
            for id in school.ids { known[SchoolRegister.folded(id)] = (school.skolkod, id) }
        }
        guard let path = folders.find("schools/schools.csv") else { return }
        for row in try MappingRow.read(path: path, required: ["id", "skolkod"], optional: ["name"]) { try add(row) }
    }

    private mutating func add(_ row: MappingRow) throws(DocumentProblem) {
        guard let school = Int(row["skolkod"]).flatMap({ Skolkod($0) }) else {
            throw row.problem(
                "skolkod",
                Text(
                    sv: "”\(row["skolkod"])” är ingen skolkod (1000–1999).",
                    en: "“\(row["skolkod"])” is no skolkod (1000–1999)."))
        }
        let id = SchoolRegister.folded(row["id"])
        guard !id.isEmpty else {
            throw row.problem("id", Text(sv: "Skolans id saknas.", en: "The school's id is missing."))
        }
        if let other = known[id], other.school != school {
            throw row.problem(
                "id",
                Text(
                    sv: "”\(row["id"])” har redan skolkod \(other.school), här \(school). Låt en av dem stå.",
                    en: "“\(row["id"])” has skolkod \(other.school) already, here \(school). Keep one of them."))
        }
        known[id] = (school, row["id"])
        confirmed.insert(school.number)
    }

    private static func folded(_ id: String) -> String {
        id.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What the school stands for as the certificate of a start.
    public func declaration(of school: UInt16) -> StartedDeclaration? { declarations[school] }

    /// Up to three ids that could have been meant.
    public func suggestions(for id: String) -> [String] {
        nearestNames(to: id, among: known.sorted { $0.key < $1.key }.map(\.value.id), limit: 3)
    }

    /// The school that a text outside the rows means: a file's name, say; nil for one that is not known, and for a
    /// kommunkod that nobody has confirmed.
    public func school(named text: String, isSkolkod: Bool) -> Skolkod? {
        guard case .value(let school) = resolve(text, isCSNColumn: isSkolkod) else { return nil }
        return school
    }

    /// What a school's id means.
    ///
    /// - Parameter isCSNColumn: the column is CSN's by name, so that the value must be a skolkod.
    func resolve(_ text: String, isCSNColumn: Bool) -> Reading<Skolkod> {
        if text.isEmpty { return .failed(.missing) }
        if !isCSNColumn, let known = known[SchoolRegister.folded(text)] { return .value(known.school) }
        if !isCSNColumn, let meant = MisreadText.undone(text), let known = known[SchoolRegister.folded(meant)] {
            return .value(known.school)
        }
        let number = text.utf8.count == 4 ? Int(text) : nil
        guard let number, let school = Skolkod(number) else {
            if isCSNColumn { return .failed(Int(text) == nil ? .format : .range) }
            return .failed(.unknown)
        }
        // A kommunkod such as 1280 or 1480 lies inside CSN's range and would pass its check.
        if !isCSNColumn, kommunkoder.contains(school.number), !confirmed.contains(school.number) {
            return .doubtful(school, .kommunkod)
        }
        return .value(school)
    }

    /// The kommunkoder that lie in CSN's range, for who makes samples.
    public var kommunkoderInRange: [Int] { kommunkoder.map { Int($0) }.filter { (1000...1999).contains($0) }.sorted() }

    /// The codes in CSN's range that are no kommunkod, for who makes samples.
    public var codesThatAreNoKommunkod: [Skolkod] {
        (1000...1999).compactMap { Skolkod($0) }.filter { !kommunkoder.contains($0.number) }
    }
}
