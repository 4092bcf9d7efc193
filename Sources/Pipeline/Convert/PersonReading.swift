import CSN
import Exports
import Findings
import Normalizing
import Profiles

/// Reads the side tables of a run: the lists that say the personnummer of students of whom an export has an id alone.
struct PersonReading {
    let knowledge: Knowledge

    /// The table for one export; nil where the export has the numbers itself.
    ///
    /// - Parameter tables: the side tables among the inputs.
    /// - Throws: none of them is one that the export's profile takes; or one cannot be read.
    func table(for export: OpenedExport, among tables: [OpenedExport]) throws(RunFailure) -> PersonTable? {
        let names = export.match.profile.personTables
        guard !names.isEmpty else { return nil }
        let fitting = tables.filter { names.contains($0.match.profile.name) }
        guard !fitting.isEmpty else { throw missing(names, export) }
        var table = PersonTable(today: knowledge.today)
        do throws(ExportProblem) {
            for one in fitting { try read(one, into: &table) }
        } catch {
            throw RunFailure(error)
        }
        return table
    }

    private func missing(_ names: [String], _ export: OpenedExport) -> RunFailure {
        let list = names.joined(separator: ", ")
        return RunFailure(
            .unusable, at: export.input.source.path,
            Text(
                sv: "Exporten har elevernas id i stället för personnummer, och listan som översätter dem saknas. "
                    + "Lägg till den bland filerna; den läses med profilen \(list).",
                en: "The export has the students' ids instead of personnummer, and the list that translates them is "
                    + "missing. Add it to the files; it is read by the profile \(list)."))
    }

    /// Rows with a wrong number of cells are passed over: whose number stood there nobody can tell, and the student's
    /// records are held for want of one.
    private func read(_ opened: OpenedExport, into table: inout PersonTable) throws(ExportProblem) {
        switch opened.input {
        case .delimited(let input):
            try read(
                SliceCursor(input, from: opened.match.firstRow),
                RowReader(input, binding: SlotBinding(opened.match.binding), form: opened.match.rowForm), opened,
                into: &table)
        case .xml(let input): try read(XMLRowCursor(input), XMLRows(input), opened, into: &table)
        }
        try opened.input.source.checkUnchanged()
    }

    private func read<Cursor: ExportCursor, Reader: ExportRowReading & ~Copyable>(
        _ cursor: consuming Cursor, _ reader: consuming Reader, _ opened: OpenedExport, into table: inout PersonTable
    ) throws(ExportProblem) where Reader.Piece == Cursor.Piece {
        let protects = knowledge.protectionReader(of: opened.match.profile)
        let binding = opened.match.binding
        func text(_ slot: Slot, _ reader: borrowing Reader) -> String {
            binding[Int(slot.rawValue)].flatMap { reader.cell(column: $0) }.map { reader.text($0) } ?? ""
        }
        while let piece = try cursor.next() {
            try reader.open(piece)
            while let outcome = try reader.next() {
                guard outcome == .whole else { continue }
                table.add(
                    id: text(.studentid, reader), number: text(.personnummer, reader),
                    isProtected: protects(text(.skyddad, reader)))
            }
        }
    }
}
