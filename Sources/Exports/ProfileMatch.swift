import Documents
import Profiles

/// How a profile fits an input: which header was taken for which slot.
public struct ProfileMatch: Sendable {
    /// The profile.
    public let profile: Profile
    /// How the input is cut into rows.
    public let container: Container
    /// The encoding that the headers were read in.
    public let encoding: TextEncoding
    /// The headers as they stand in the input, by column.
    public let headers: [String]
    /// The column of each slot found.
    public let columns: [Slot: Int]
    /// Slots of an XML export whose elements were not met at its beginning and may come later, with their columns.
    public let unseen: [Slot: Int]
    /// Needed slots for which no header was found.
    public let missing: [Slot]
    /// Slots that several headers claim, with their columns.
    public let ambiguous: [Slot: [Int]]
    /// Columns whose values tell rows to leave out.
    public let leavesOut: [LeftOutColumn]
    /// The line the header stands on.
    public let headerLine: Int
    /// Where the first row after the header begins.
    public let firstRow: InputSurvey.LineStart
    /// Whether a delimiter behind the last cell is this export's way of writing rows, and not the mark of a shifted
    /// row: the header has one, or every one of the first rows.
    public let hasTrailingDelimiter: Bool

    /// How an input is cut into rows.
    public enum Container: Sendable, Hashable {
        /// Delimited text, by its delimiter and quote.
        case delimited(DelimitedDialect)
        /// XML.
        case xml(XMLReading)
    }

    /// A column whose values tell rows to leave out.
    public struct LeftOutColumn: Sendable {
        /// From 0.
        public let column: Int
        /// The values in lower case.
        public let values: Set<String>
        /// What such rows are.
        public let reason: String
    }

    /// Whether every needed column is there, once.
    public var fits: Bool { missing.isEmpty && ambiguous.isEmpty }

    /// Columns that the profile does not use.
    public var unused: [Int] {
        let used = Set(columns.values).union(leavesOut.map(\.column)).union(unseen.values)
        return headers.indices.filter { !used.contains($0) }
    }

    /// By slot number, the column or nil.
    public var binding: [Int?] { Slot.allCases.map { columns[$0] ?? unseen[$0] } }

    /// Compares a profile with the header row of an input.
    ///
    /// - Parameter following: the first rows after the header, none of them blank.
    public init(
        _ profile: Profile, dialect: DelimitedDialect, encoding: TextEncoding, header: HeadRow, following: [HeadRow]
    ) {
        self.profile = profile
        container = .delimited(dialect)
        unseen = [:]
        self.encoding = encoding
        headers = header.names
        let width = header.names.count
        hasTrailingDelimiter =
            header.cells.count > width
            || !following.isEmpty && following.allSatisfy { $0.cells.count == width + 1 && $0.cells.last == "" }
        headerLine = header.start.line
        firstRow = header.next
        let names = headers.map { HeaderName($0) }
        var columns: [Slot: Int] = [:]
        var missing: [Slot] = []
        var ambiguous: [Slot: [Int]] = [:]
        for (slot, column) in profile.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let found = ProfileMatch.columns(of: column.names, among: names)
            if found.count > 1 && !column.isRanked {
                ambiguous[slot] = found.sorted()
            } else if let first = found.first {
                columns[slot] = first
            } else if column.isRequired {
                missing.append(slot)
            }
        }
        self.columns = columns
        self.missing = missing
        self.ambiguous = ambiguous
        leavesOut = profile.leavesOut.flatMap { rule in
            ProfileMatch.columns(of: rule.names, among: names).map {
                LeftOutColumn(column: $0, values: Set(rule.values.map { $0.lowercased() }), reason: rule.reason)
            }
        }
    }

    /// The columns whose header is one of the names, in the order of the names.
    private static func columns(of names: [HeaderName], among headers: [HeaderName]) -> [Int] {
        var found: [Int] = []
        for name in names {
            for (column, header) in headers.enumerated() where name.matches(header) && !found.contains(column) {
                found.append(column)
            }
        }
        return found
    }

    /// Whether both would read the input to the same records: the same columns for the same slots, in the same words
    /// and forms.
    func readsLike(_ other: ProfileMatch) -> Bool {
        guard columns == other.columns, container == other.container, encoding == other.encoding else { return false }
        let leftOut = leavesOut.map { "\($0.column)\($0.values.sorted())" }
        guard leftOut == other.leavesOut.map({ "\($0.column)\($0.values.sorted())" }) else { return false }
        return columns.keys.allSatisfy { slot in
            profile.columns[slot]?.dates == other.profile.columns[slot]?.dates
                && profile.columns[slot]?.words == other.profile.columns[slot]?.words
        }
    }
}

/// Which profile an input is read by.
public enum ProfileDetection: Sendable {
    /// One fits, or the first by name of several that read it alike; `others` are the names of those.
    case found(ProfileMatch, others: [String])
    /// Two fit equally well and read it to different records: the user chooses.
    case tie([ProfileMatch])
    /// None fits; the nearest, if any header was known at all, and the headers as the likeliest dialect reads them.
    case none(nearest: ProfileMatch?, headers: [String])
    /// No profile knows the XML: what is likeliest its row, and the names in it.
    case unknownXML(row: String, names: [String])
    /// There is no row at all.
    case noRows

    /// Among how many rows the header is looked for, and how many after it are looked at.
    private static let headLength = 20

    /// Finds the profile whose columns the input has: all needed ones, and of those that fit the one with the most
    /// columns found.
    public static func detect(
        _ source: ExportSource, _ survey: InputSurvey, among profiles: [Profile]
    ) throws(ExportProblem) -> ProfileDetection {
        if survey.kind == .xml { return try detectXML(source, survey, among: profiles) }
        var matches: [ProfileMatch] = []
        var sawRow = false
        for profile in profiles.sorted(by: { $0.name < $1.name }) {
            guard let encoding = profile.encoding ?? survey.encoding.encoding else { continue }
            for dialect in profile.container.dialects {
                let input = try DelimitedInput(source, survey, dialect: dialect, encoding: encoding)
                let rows = try input.firstRows(2 * headLength)
                guard let place = rows.prefix(headLength).firstIndex(where: { !$0.isBlank }) else { continue }
                sawRow = true
                let following = rows[(place + 1)...].filter { !$0.isBlank }.prefix(headLength)
                matches.append(
                    ProfileMatch(
                        profile, dialect: dialect, encoding: encoding, header: rows[place],
                        following: Array(following)))
            }
        }
        guard sawRow else { return .noRows }
        return choose(among: matches)
    }

    static func choose(among matches: [ProfileMatch]) -> ProfileDetection {
        let fitting = matches.filter(\.fits)
        guard let most = fitting.map(\.columns.count).max() else {
            let nearest = matches.filter { !$0.columns.isEmpty || !$0.ambiguous.isEmpty }
                .max { $0.columns.count + $0.ambiguous.count < $1.columns.count + $1.ambiguous.count }
            let headers = matches.map(\.headers).max { $0.count < $1.count } ?? []
            return .none(nearest: nearest, headers: headers)
        }
        let best = fitting.filter { $0.columns.count == most }
        guard let first = best.first else { return .none(nearest: nil, headers: []) }
        let alike = best.allSatisfy { first.readsLike($0) }
        return alike ? .found(first, others: best.dropFirst().map(\.profile.name)) : .tie(best)
    }
}
