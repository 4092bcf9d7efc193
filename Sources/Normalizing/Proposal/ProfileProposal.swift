import CSN
import Documents
import Exports
import Findings
import Profiles

/// A profile proposed for an export that none fits: what its headers and its content speak for, how sure that is, and
/// what is missing. It holds no cell of the export.
public struct ProfileProposal: Sendable {
    /// How sure a column is.
    enum Certainty: Sendable {
        case sure, likely, unsure
    }

    /// A column taken for a slot.
    struct Column: Sendable {
        var slot: Slot
        /// From 0.
        var index: Int
        var header: String?
        var ground: HeaderKnowledge.Ground?
        var certainty: Certainty
        /// Which share of its values is what the slot holds; nil where that cannot be told.
        var share: Double?
        /// Filled cells.
        var filled: Int
        /// The date forms, where they are not those that a profile has anyway.
        var dates: [DateForm]
    }

    /// Rows that no profile reports: those with one of the words in a column.
    struct LeftOut: Sendable {
        var index: Int
        var header: String?
        /// As the export writes them; words that profiles leave rows out by.
        var words: [String]
        var rows: Int
    }

    /// A column that is not used, although its content looks as if it could be.
    struct Unexplained: Sendable {
        enum Content: Sendable {
            case date, flag, grade, event
        }

        var index: Int
        var header: String?
        var content: Content
        var filled: Int
    }

    let name: String
    let fileName: String
    let encoding: EncodingConclusion
    let dialect: DelimitedDialect
    let preamble: Int
    let hasHeader: Bool
    /// Columns go by their position: there are no headers, or not one for each column.
    let usesPositions: Bool
    let width: Int
    let rowCount: Int
    private(set) var columns: [Column] = []
    private(set) var unexplained: [Unexplained] = []
    private(set) var leftOut: [LeftOut] = []
    /// The headers of columns that are not used.
    private(set) var unused: [String] = []
    /// The headers of columns that are not used and were empty in all rows looked at.
    private(set) var blank: [String] = []
    /// There are ids of students that are no personnummer (GUIDs).
    private(set) var hasGUIDs = false

    /// Looks at an export.
    ///
    /// - Parameters:
    ///   - fileName: what the export is called, for the title.
    ///   - profiles: those whose headers are known.
    /// - Returns: nil where the file is no delimited text with several columns.
    /// - Throws: what went wrong in reading.
    public init?(
        of source: ExportSource, _ survey: InputSurvey, named name: String, fileName: String, knowledge: Knowledge,
        headers: ProposalHeaders
    ) throws(ExportProblem) {
        guard let encoding = survey.encoding.encoding else { return nil }
        let reading = CellReading(knowledge)
        guard let shape = try ExportShape(source, survey, encoding, isData: reading.isData) else { return nil }
        self.name = name
        self.fileName = fileName
        self.encoding = survey.encoding
        dialect = shape.dialect
        hasHeader = shape.headerLine != nil
        width = shape.width
        rowCount = shape.rows.count
        let contents = (0..<shape.width).map { ColumnContent(shape.rows, column: $0, reading) }
        let names = shape.headerIsUneven ? [] : shape.headers
        let evidence = names.map { name in
            // A name that several columns have tells none of them.
            names.count { $0 == name } > 1 ? [:] : headers.knowledge.evidence(for: name)
        }
        let matching = SlotMatching(contents, headers: evidence, rowCount: shape.rows.count)
        let used = Set(matching.taken.values.map(\.column))
        let leavesOut = (0..<shape.width).filter {
            !used.contains($0) && ProfileProposal.leftOut($0, shape.rows, headers.knowledge.leftOutWords) != nil
        }
        usesPositions = !ProfileProposal.canGoByHeaders(names, used.union(leavesOut))
        preamble = shape.preamble + (usesPositions && shape.headerLine != nil ? 1 : 0)
        columns = matching.taken.sorted { $0.key.rawValue < $1.key.rawValue }.map { slot, taken in
            ProfileProposal.column(slot, taken, contents[taken.column], header: names[safe: taken.column])
        }
        hasGUIDs = contents.contains { $0.isMostly(.guid) }
        let numbers = matching.taken[.personnummer].map { contents[$0.column] }
        for (index, content) in contents.enumerated() where !used.contains(index) {
            if let rows = ProfileProposal.leftOut(index, shape.rows, headers.knowledge.leftOutWords) {
                leftOut.append(LeftOut(index: index, header: names[safe: index], words: rows.words, rows: rows.count))
                continue
            }
            if let header = names[safe: index], !header.isEmpty { unused.append(header) }
            let isNone = names[safe: index].map { headers.knowledge.evidence(for: $0)[nil] != nil } ?? false
            if !isNone, content.isBlank, let header = names[safe: index], !header.isEmpty { blank.append(header) }
            guard !isNone, let kind = ProfileProposal.content(of: content, beside: numbers) else { continue }
            unexplained.append(
                Unexplained(index: index, header: names[safe: index], content: kind, filled: content.filled))
        }
    }

    /// Whether each used column has a header that no other column could be meant by.
    private static func canGoByHeaders(_ headers: [String], _ used: Set<Int>) -> Bool {
        guard !headers.isEmpty else { return false }
        let names = headers.map { HeaderName($0) }
        return used.allSatisfy { column in
            !names[column].folded.isEmpty
                && !names.indices.contains {
                    $0 != column && (names[column].matches(names[$0]) || names[$0].matches(names[column]))
                }
        }
    }

    /// The rows that a column's words say are not reported (SFI, SV): some of them, never most, and the column holds
    /// few words.
    private static func leftOut(
        _ column: Int, _ rows: [[String]], _ words: Set<String>
    ) -> (words: [String], count: Int)? {
        var counts: [String: Int] = [:]
        for row in rows where !row[column].isEmpty {
            counts[row[column], default: 0] += 1
            guard counts.count <= 12 else { return nil }
        }
        let found = counts.filter { words.contains($0.key.lowercased()) }
        let count = found.values.reduce(0, +)
        return count > 0 && 2 * count < rows.count && found.count < counts.count ? (found.keys.sorted(), count) : nil
    }

    private static func column(
        _ slot: Slot, _ taken: SlotMatching.Taken, _ content: ColumnContent, header: String?
    ) -> Column {
        let header = header.flatMap { $0.isEmpty ? nil : $0 }
        let isKnown = (taken.header?.points ?? 0) >= HeaderKnowledge.exact
        let isNamed = (taken.header?.points ?? 0) > 0
        let certainty: Certainty
        if taken.margin >= 3, isKnown && taken.content >= 0 || isNamed && taken.content >= 4 || taken.content >= 8 {
            certainty = .sure
        } else if taken.margin >= 1.5 || isNamed && taken.content >= 0 && taken.margin > 0.5 {
            certainty = .likely
        } else {
            certainty = .unsure
        }
        let forms = slot.content == .date ? content.dateForms : []
        return Column(
            slot: slot, index: taken.column, header: header, ground: taken.header?.ground, certainty: certainty,
            share: slot.telling.map { content.share($0) }, filled: content.filled,
            dates: forms.allSatisfy { DateForm.usual.contains($0) } ? [] : forms)
    }

    /// What an unused column may hold that matters: not a day of birth, and nothing that is the same in every row.
    private static func content(of content: ColumnContent, beside numbers: ColumnContent?) -> Unexplained.Content? {
        guard !content.isBlank else { return nil }
        if content.isMostly(.date) {
            let rows = content.cells.indices.filter { content[$0]?.day != nil && numbers?[$0]?.birth != nil }
            let born = rows.count { content[$0]?.day == numbers?[$0]?.birth }
            let isConstant = content.distinct.count == 1 && content.fill == 1
            return !rows.isEmpty && 5 * born >= 4 * rows.count || isConstant ? nil : .date
        }
        if content.isMostly(.flag) { return content.distinct.count == 1 && content.fill == 1 ? nil : .flag }
        if content.isMostly(.event) { return .event }
        return content.isMostly(.grade) && content.distinct.count >= 3 ? .grade : nil
    }

    /// The slots without which nothing can be reported, as far as they were not found.
    var missing: [Slot] { Slot.needed.filter { slot in !columns.contains { $0.slot == slot } } }

    /// Whether the proposal converts the export as it is: everything needed was found, and nothing needed is unsure.
    public var isComplete: Bool {
        missing.isEmpty && !columns.contains { Slot.needed.contains($0.slot) && $0.certainty == .unsure }
    }

    var hasSchool: Bool { columns.contains { $0.slot == .skolkod || $0.slot == .skola } }
}

/// What is known of headers, read once for all proposals.
public struct ProposalHeaders: Sendable {
    let knowledge: HeaderKnowledge

    /// Reads `national/headers.csv`.
    ///
    /// - Throws: a mistake in it, with its line.
    public init(folders: MappingFolders, profiles: [Profile]) throws(DocumentProblem) {
        knowledge = try HeaderKnowledge(folders: folders, profiles: profiles)
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Slot {
    /// The kinds of cell that the slot's values are of; nil where anything may stand.
    var telling: CellKinds? {
        switch self {
        case .personnummer: .personnummer
        case .kurskod: [.courseCode, .decoratedCode, .codeForm]
        case .kursnamn: .courseName
        case .kursdel: [.dividedPart, .partNumber]
        case .poang, .kurspoang: .smallNumber
        case .niva: [.level, .emptyLevel]
        case .betyg, .andrabetyg: .grade
        case .meddelandeorsak: .event
        case .omfattning: .scope
        case .skolkod, .skola: [.skolkod, .knownSchool]
        case .uppdragsutbildning: [.commission, .flag]
        case .provning: [.examination, .flag]
        case .skyddad: [.protection, .flag]
        case .handelseorsak: .reason
        case .registrering, .fardighetstraning, .traineejobb, .fortsatter, .betyglast, .omdome: .flag
        case .studentid, .status, .program: nil
        default: content == .date ? .date : nil
        }
    }
}
