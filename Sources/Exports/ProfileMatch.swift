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
    /// The headers as they stand in the input, by column; where it has none, names that say which column is meant.
    public let headers: [String]
    let headerNames: [HeaderName]
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
    /// The line the header stands on; of an input without one the line of its first row.
    public let headerLine: Int
    /// Where the first row after the header begins.
    public let firstRow: InputSurvey.LineStart
    /// What rows are like, and what else may stand between them.
    public let rowForm: RowForm
    /// Whether the columns were known by headers; otherwise they go by position.
    public let hasHeader: Bool

    /// Whether a delimiter behind the last cell is this export's way of writing rows, and not the mark of a shifted
    /// row: the header has one, or every one of the first rows.
    public var hasTrailingDelimiter: Bool { rowForm.allowsEmptyLastCell }

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

        init(_ rule: Profile.LeaveOut, column: Int) {
            self.column = column
            values = Set(rule.values.map { $0.lowercased() })
            reason = rule.reason
        }
    }

    /// Whether every needed column is there, once.
    public var fits: Bool { missing.isEmpty && ambiguous.isEmpty }

    /// How many of the columns are there by which the profile's exports are told from others that read alike.
    var characteristic: Int {
        let names = headerNames
        return profile.knownBy.count { known in names.contains { known.matches($0) } }
    }

    /// Columns that the profile does not use. Without a header row they have no name by which anybody could ask for
    /// them.
    public var unused: [Int] {
        guard hasHeader else { return [] }
        let used = Set(columns.values).union(leavesOut.map(\.column)).union(unseen.values)
        return headers.indices.filter { !used.contains($0) }
    }

    /// By slot number, the column or nil. Where a side table says a student's number it comes from the id's column.
    public var binding: [Int?] {
        Slot.allCases.map { slot in
            if slot == .personnummer, columns[slot] == nil, !profile.personTables.isEmpty { return columns[.studentid] }
            return columns[slot] ?? unseen[slot]
        }
    }

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
        hasHeader = true
        headerLine = header.start.line
        firstRow = header.next
        let names = header.headerNames
        headerNames = names
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
            ProfileMatch.columns(of: rule.names, among: names).map { LeftOutColumn(rule, column: $0) }
        }
        let form = profile.container.delimited
        var rowForm = RowForm(cells: headers.count)
        rowForm.groups = form?.groups ?? []
        rowForm.headings = [header]
        rowForm.joined = form.flatMap { ProfileMatch.columns(of: $0.joins, among: names).first }
        rowForm.allowsEmptyLastCell =
            header.cells.count > headers.count || rowForm.writesTrailingDelimiter(in: following)
        self.rowForm = rowForm
    }

    /// Compares a profile whose columns go by position with the first rows of an input.
    ///
    /// - Parameters:
    ///   - skipped: the rows before the first one.
    ///   - rows: the first rows, none of them blank.
    init(
        _ profile: Profile, _ form: Profile.Delimited, dialect: DelimitedDialect, encoding: TextEncoding,
        skipped: [HeadRow], rows: [HeadRow], start: InputSurvey.LineStart
    ) {
        self.profile = profile
        container = .delimited(dialect)
        unseen = [:]
        self.encoding = encoding
        hasHeader = false
        headerLine = start.line
        firstRow = start
        columns = profile.columns.compactMapValues(\.position)
        ambiguous = [:]
        leavesOut = profile.leavesOut.compactMap { rule in rule.position.map { LeftOutColumn(rule, column: $0) } }
        var names = (1...max(1, form.cells ?? 1)).map { String($0) }
        for (slot, column) in columns where names.indices.contains(column) { names[column] += ": \(slot.name)" }
        headers = names
        headerNames = names.map { HeaderName($0) }
        var rowForm = RowForm(cells: form.cells)
        rowForm.groups = form.groups
        rowForm.headings = skipped
        rowForm.joined = form.joinedPosition
        rowForm.allowsEmptyLastCell = rowForm.writesTrailingDelimiter(in: rows)
        self.rowForm = rowForm
        let columns = columns
        let isPlausible = rowForm.holdsDigits(
            in: [Slot.personnummer, .startdatum, .slutdatum].compactMap { columns[$0] }, of: rows)
        missing =
            isPlausible ? [] : profile.columns.filter(\.value.isRequired).keys.sorted { $0.rawValue < $1.rawValue }
    }

    /// Why rows with that value in a column are left out, in lower case; "" where they are not.
    public func reasonToLeaveOut(_ value: String, in column: Int) -> String {
        leavesOut.first { $0.column == column && $0.values.contains(value) }?.reason ?? ""
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

extension RowForm {
    /// Whether every one of the rows has a delimiter behind its last cell. Where surplus cells belong to a column that
    /// cannot be told from a comma in it and an empty last column.
    fileprivate func writesTrailingDelimiter(in rows: [HeadRow]) -> Bool {
        guard let cells, joined == nil else { return false }
        let rows = rows.filter { !isHeading($0) }
        return !rows.isEmpty && rows.allSatisfy { $0.cells.count == cells + 1 && $0.cells.last == "" }
    }

    /// Whether the rows look like rows of values in these columns: most have as many cells as they must, and in most of
    /// those digits stand in each of the columns.
    fileprivate func holdsDigits(in columns: [Int], of rows: [HeadRow]) -> Bool {
        guard let cells else { return false }
        let rows = rows.filter { !isHeading($0) }
        let whole = rows.filter { row in
            row.cells.count == cells || joined != nil && row.cells.count > cells
                || allowsEmptyLastCell && row.cells.count == cells + 1
        }
        let filled = whole.filter { row in
            let surplus = surplus(of: row.cells.count, isLastEmpty: row.cells.last == "")
            return columns.allSatisfy { column in
                row.cells[column > joined ?? .max ? column + surplus : column].contains(where: \.isNumber)
            }
        }
        return filled.count * 2 > rows.count
    }

    /// Whether the row is a heading between rows.
    private func isHeading(_ row: HeadRow) -> Bool {
        let filled = row.cells.filter { !$0.isEmpty }
        guard filled.count == 1, let text = filled.first else { return false }
        return groups.contains { Glob($0).matches(text) }
    }
}
