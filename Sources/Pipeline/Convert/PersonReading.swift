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
        let protects = knowledge.protectionReader(of: opened.match.profile)
        var cursor = SliceCursor(opened.input, from: opened.match.firstRow)
        var reader = RowReader(
            opened.input, binding: SlotBinding(opened.match.binding), form: opened.match.rowForm)
        func text(_ slot: Slot, _ reader: borrowing RowReader) -> String {
            reader.cell(Int(slot.rawValue)).map { reader.text($0) } ?? ""
        }
        while let slice = try cursor.next() {
            try reader.open(slice)
            while let outcome = try reader.next() {
                guard outcome == .whole else { continue }
                table.add(
                    id: text(.studentid, reader), number: text(.personnummer, reader),
                    isProtected: protects(text(.skyddad, reader)))
            }
        }
        try opened.input.source.checkUnchanged()
    }
}
