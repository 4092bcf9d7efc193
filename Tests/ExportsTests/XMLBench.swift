import Documents
import Exports
import Foundation
import Profiles
import Testing

/// Reads small XML documents by small profiles.
struct XMLBench {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// A row as it was read: by slot, what stands there; a slot without an element is not among them.
    struct Row: Equatable {
        var line: Int
        var ordinal: Int
        var cells: [Slot: String]
    }

    /// A profile of rows `kurs` with one-letter elements.
    static let columns = "personnummer: p\n  kurskod: k\n  startdatum: s\n  slutdatum: e"

    func profile(
        row: String = "kurs", repeated: String = "all", columns: String = XMLBench.columns, named name: String = "x",
        encoding: String = "detect", further: String = ""
    ) throws -> Profile {
        let text = """
            profile: 1
            system: Prov
            title: prov
            basis: {known: "", ours: allt}
            container: {kind: xml, row: \(row), repeated: \(repeated)}
            encoding: \(encoding)
            \(further)
            columns:
              \(columns)

            """
        return try Profile.read(path: folder.file(Array(text.utf8), named: "\(name).yaml"))
    }

    func input(_ document: [UInt8], _ profile: Profile, limits: XMLLimits = XMLLimits()) throws -> XMLInput {
        guard case .xml(let shape) = profile.container else { throw CocoaError(.featureUnsupported) }
        let source = try folder.source(document)
        let encoding = try #require(try XMLEncoding(of: source, InputSurvey(of: source), profile))
        return XMLInput(source, encoding, plan: XMLPlan(profile, shape), limits: limits)
    }

    func rows(
        _ document: [UInt8], _ profile: Profile, limits: XMLLimits = XMLLimits(), target: Int = 1 << 20,
        block: Int = 1 << 17
    ) throws -> [Row] {
        let input = try input(document, profile, limits: limits)
        let slots = profile.columns.keys.sorted { $0.rawValue < $1.rawValue }
        var cursor = try XMLRowCursor(input, target: target, block: block)
        var reader = XMLRows(input)
        var rows: [Row] = []
        while let portion = try cursor.next() {
            reader.open(portion)
            while reader.next() != nil {
                var cells: [Slot: String] = [:]
                for (column, slot) in slots.enumerated() {
                    if let cell = reader.cell(column: column) { cells[slot] = reader.text(cell) }
                }
                rows.append(Row(line: reader.line, ordinal: reader.offset, cells: cells))
            }
        }
        return rows
    }

    /// The cells of each row.
    func cells(_ document: String, _ profile: Profile? = nil, limits: XMLLimits = XMLLimits()) throws -> [[Slot:
        String]]
    {
        try rows(Array(document.utf8), profile ?? self.profile(), limits: limits).map(\.cells)
    }

    /// Why a document cannot be read.
    func problem(
        _ document: String, _ profile: Profile? = nil, limits: XMLLimits = XMLLimits()
    ) throws -> ExportProblem? {
        do {
            _ = try rows(Array(document.utf8), profile ?? self.profile(), limits: limits)
            return nil
        } catch let problem as ExportProblem {
            return problem
        }
    }
}
