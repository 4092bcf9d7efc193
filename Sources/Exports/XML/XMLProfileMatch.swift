import Documents
import Findings
import Profiles

/// What is known of an XML export beside its columns.
public struct XMLReading: Sendable, Hashable {
    /// The row's element as the export writes it: `kurs`, or `elev/kurs` where the profile names more than one step.
    public let row: String
    /// By column, where its element stands as seen from the row: `code`, `@id`, `../civicno`.
    public let elements: [String]
    /// The encoding and why it holds.
    public let encoding: XMLEncoding
}

extension ProfileMatch {
    /// Compares a profile with the names at the beginning of an XML export.
    ///
    /// Every column of the profile has a cell, also one whose element has not been met: it may come in a later row. Only
    /// a school is no column until it is met, because a run without one has to be told which school it is.
    init(_ profile: Profile, _ shape: Profile.XMLShape, _ encoding: XMLEncoding, _ head: XMLHead) {
        let plan = XMLPlan(profile, shape)
        let slots = profile.columns.keys.sorted { $0.rawValue < $1.rawValue }
        let rows = head.rows(shape.row)
        var headers: [String] = []
        var columns: [Slot: Int] = [:]
        var unseen: [Slot: Int] = [:]
        var missing: [Slot] = []
        var used: Set<Int> = []
        for (number, column) in plan.columns.enumerated() {
            let holders = head.holders(of: column, rows: rows)
            used.formUnion(holders)
            headers.append(holders.first.map { head.place(of: $0, inRows: rows) } ?? column.name)
            guard slots.indices.contains(number) else { continue }
            let slot = slots[number]
            if !holders.isEmpty {
                columns[slot] = number
            } else {
                if profile.columns[slot]?.isRequired == true { missing.append(slot) }
                if slot != .skolkod, slot != .skola { unseen[slot] = number }
            }
        }
        self.init(
            profile: profile,
            container: .xml(
                XMLReading(
                    row: rows.first.map { head.paths[$0].end(shape.row.count) } ?? "", elements: headers,
                    encoding: encoding)),
            encoding: encoding.encoding, headers: headers + head.unused(used, rows: rows), columns: columns,
            unseen: unseen, missing: missing,
            leavesOut: profile.leavesOut.enumerated().map { number, rule in
                LeftOutColumn(rule, column: slots.count + number)
            },
            headerLine: rows.first.map { head.paths[$0].line } ?? 1)
    }

    /// What is known of an XML export; nil for delimited text.
    public var reading: XMLReading? {
        guard case .xml(let reading) = container else { return nil }
        return reading
    }

    /// Why the input was taken to be in its encoding; nil where the profile says so.
    public func encodingEvidence(_ survey: InputSurvey) -> Text? {
        if let reading { return reading.encoding.evidence }
        return profile.encoding == nil ? survey.encoding.text : nil
    }

    private init(
        profile: Profile, container: Container, encoding: TextEncoding, headers: [String], columns: [Slot: Int],
        unseen: [Slot: Int], missing: [Slot], leavesOut: [LeftOutColumn], headerLine: Int
    ) {
        self.profile = profile
        self.container = container
        self.encoding = encoding
        self.headers = headers
        headerNames = headers.map { HeaderName($0) }
        self.columns = columns
        self.unseen = unseen
        self.missing = missing
        ambiguous = [:]
        self.leavesOut = leavesOut
        self.headerLine = headerLine
        firstRow = InputSurvey.LineStart(offset: 0, line: 1)
        rowForm = RowForm(cells: nil)
        hasHeader = true
    }

    /// The input to read, once this profile has been chosen.
    ///
    /// - Throws: when the C library lacks the encoding's table.
    public func input(_ source: ExportSource, _ survey: InputSurvey) throws(ExportProblem) -> ExportInput {
        switch (container, profile.container) {
        case (.delimited(let dialect), _):
            .delimited(try DelimitedInput(source, survey, dialect: dialect, encoding: encoding))
        case (.xml(let reading), .xml(let shape)):
            .xml(XMLInput(source, reading.encoding, plan: XMLPlan(profile, shape)))
        case (.xml(let reading), .delimited):
            .xml(XMLInput(source, reading.encoding, plan: .none))
        }
    }
}

extension ProfileDetection {
    /// As ``detect(_:_:among:)``, for XML.
    static func detectXML(
        _ source: ExportSource, _ survey: InputSurvey, among profiles: [Profile]
    ) throws(ExportProblem) -> ProfileDetection {
        var matches: [ProfileMatch] = []
        var heads: [TextEncoding: XMLHead] = [:]
        var likely: XMLHead?
        for profile in profiles.sorted(by: { $0.name < $1.name }) {
            guard case .xml(let shape) = profile.container,
                let encoding = try XMLEncoding(of: source, survey, profile)
            else { continue }
            let head: XMLHead
            if let known = heads[encoding.encoding] {
                head = known
            } else {
                head = try XMLHead(XMLInput(source, encoding, plan: .none))
                heads[encoding.encoding] = head
            }
            likely = likely ?? head
            let match = ProfileMatch(profile, shape, encoding, head)
            if !head.rows(shape.row).isEmpty { matches.append(match) }
        }
        guard let likely else { return .noRows }
        if case .none(let nearest?, let headers) = choose(among: matches) {
            return .none(nearest: nearest, headers: headers)
        }
        guard matches.contains(where: \.fits) else { return .unknownXML(row: likely.rowText, names: likely.rowNames) }
        return choose(among: matches)
    }
}

extension XMLHead {
    /// Where an element stands as seen from the row.
    func place(of path: Int, inRows rows: [Int]) -> String {
        let target = paths[path]
        guard let row = rows.first(where: { encloses($0, path) }) ?? rows.first else { return target.leaf }
        let names = target.elements + (target.attribute.map { ["@" + $0] } ?? [])
        let shared = zip(paths[row].elements, names).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: paths[row].elements.count - shared) + names.dropFirst(shared)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }

    /// The names of values in the rows, and around them, that no column uses; each once.
    func unused(_ used: Set<Int>, rows: [Int]) -> [String] {
        var names: [String] = []
        for (number, path) in paths.enumerated() where path.isValue && !used.contains(number) && !path.isOfXML {
            let isSeen = rows.contains {
                encloses($0, number) || path.parent.map { outer in encloses(outer, number) } ?? false
            }
            if isSeen, !names.contains(path.leaf) { names.append(path.leaf) }
        }
        return names
    }

    /// What is likeliest a row, for people, and the names of its values.
    var rowText: String { likelyRow.map { paths[$0].elements.joined(separator: "/") } ?? "" }
    var rowNames: [String] {
        guard let row = likelyRow else { return [] }
        return paths.indices.filter { $0 != row && paths[$0].isValue && encloses(row, $0) }.map { paths[$0].leaf }
    }
}

extension XMLHead.Path {
    /// The last names of the path.
    func end(_ count: Int) -> String { elements.suffix(max(1, count)).joined(separator: "/") }

    /// `xsi:nil` and the like say how XML is to be read.
    var isOfXML: Bool {
        attribute.map { ["nil", "schemaLocation", "noNamespaceSchemaLocation", "type", "lang"].contains($0) } ?? false
    }
}
