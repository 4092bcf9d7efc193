import CSN
import CSNRules
import Findings

/// The words of a reconciliation, the same in every form of it.
struct ReconciliationWords {
    let plain: PlainWords

    init(_ language: Language) { plain = PlainWords(language: language) }

    func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[plain.language] }

    /// How far it has come, as a title.
    func title(_ stage: Reconciliation.Stage, _ schools: [Reconciliation.School]) -> String {
        let start = say("Avstämning", "Reconciliation")
        switch stage {
        case .empty: return start + say(": inga rader hör till valet", ": no rows belong to what was chosen")
        case .rehearsal: return start + say(" av en övning: ingenting är skickat", " of a rehearsal: nothing is sent")
        case .ongoing: return start + say(" så här långt: ", " so far: ") + files(schools)
        case .held:
            let rows = plain.rows(schools.reduce(0) { $0 + $1.total.held })
            return start + say(": alla filer är inlästa, \(rows) hålls tillbaka", ": all files are read, \(rows) held")
        case .final: return start + say(": klar", ": final")
        }
    }

    /// What is still to happen with files.
    private func files(_ schools: [Reconciliation.School]) -> String {
        let toUpload = schools.reduce(0) { $0 + $1.filesToUpload }
        let toBeRead = schools.reduce(0) { $0 + $1.filesToBeRead }
        var parts: [String] = []
        if toUpload > 0 {
            parts.append(
                plain.count(
                    toUpload, Text(sv: "fil att ladda upp", en: "file to be uploaded"),
                    Text(sv: "filer att ladda upp", en: "files to be uploaded")))
        }
        if toBeRead > 0 {
            parts.append(
                plain.count(
                    toBeRead, Text(sv: "fil uppladdad men inte inläst", en: "file uploaded and not read"),
                    Text(sv: "filer uppladdade men inte inlästa", en: "files uploaded and not read")))
        }
        if schools.contains(where: { $0.heldByOccupied > 0 }) {
            parts.append(
                say("en fil ligger i vägen för skolans filer", "a file lies in the way of the school's files"))
        }
        return parts.isEmpty ? say("filer återstår", "files remain") : parts.joined(separator: ", ")
    }

    /// Whether the numbers may still change, for a person who signs.
    func standing(_ stage: Reconciliation.Stage) -> String {
        switch stage {
        case .final: say("Slutlig: siffrorna ändras inte mer.", "Final: the numbers do not change any more.")
        case .held:
            say(
                "Alla filer är inlästa. Rader som hålls tillbaka skickas när de är rättade.",
                "All files are read. Rows that are held are sent once they are mended.")
        case .ongoing:
            say(
                "Inte slutlig: gör en ny när den sista filen är inläst.",
                "Not final: make a new one when the last file is read.")
        case .rehearsal: say("Inte slutlig: en övning.", "Not final: a rehearsal.")
        case .empty: say("Inget att stämma av.", "Nothing to reconcile.")
        }
    }

    /// A school's name.
    func school(_ skolkod: Skolkod?) -> String {
        skolkod.map { say("Skola \($0)", "School \($0)") } ?? say("Okänd skola", "Unknown school")
    }

    /// A field's name at the head of a column.
    func name(of field: Field) -> String { field.swedish.prefix(1).uppercased() + field.swedish.dropFirst() }

    /// A course's code.
    func kurskod(_ course: Reconciliation.Course) -> String {
        guard let kurskod = course.kurskod else { return say("(oläslig kod)", "(unreadable code)") }
        return course.isKnown ? kurskod : say("\(kurskod) (kan inte skickas)", "\(kurskod) (cannot be sent)")
    }

    /// A grade; the old scale's as schools write them beside CSN's one letter.
    func grade(_ grade: Reconciliation.Grade) -> String {
        switch grade {
        case .given(.i): "IG (I)"
        case .given(.v): "VG (V)"
        case .given(.m): "MVG (M)"
        case .given(.notGraded): say("ej betygssatt (-)", "not graded (-)")
        case .given(let betyg): betyg.code
        case .none: say("inget betyg", "no grade")
        case .unclear: say("oläsligt betyg", "unreadable grade")
        }
    }

    /// What the exports' rows come to, as a sum that a person can follow.
    func sum(_ counts: Reconciliation.Counts) -> String {
        let number = plain.number
        return say(
            "\(number(counts.rows)) rader i exporten = \(number(counts.sent)) skickas"
                + " + \(number(counts.held)) hålls tillbaka + \(number(counts.dropped)) utelämnas"
                + " + \(number(counts.copies)) dubbletter",
            "\(number(counts.rows)) rows in the export = \(number(counts.sent)) sent"
                + " + \(number(counts.held)) held + \(number(counts.dropped)) left out"
                + " + \(number(counts.copies)) duplicates")
    }

    /// Where all rows that were read are.
    func whole(_ reconciliation: Reconciliation) -> String {
        let number = plain.number
        let (read, rows) = (number(reconciliation.rowsRead), number(reconciliation.total.rows))
        let (outside, leftOut) = (number(reconciliation.rowsOutside), number(reconciliation.rowsLeftOut))
        return say(
            "\(read) lästa rader = \(rows) i avstämningen + \(outside) utanför valda studieperioder"
                + " + \(leftOut) som inte är kurser att rapportera",
            "\(read) rows read = \(rows) in the reconciliation + \(outside) outside the chosen study periods"
                + " + \(leftOut) that are no courses to report")
    }

    // MARK: - Columns

    /// A column of numbers.
    struct Column: Sendable {
        var name: Text
        /// What it counts, for who signs.
        var meaning: Text
        /// Whether it is a part of the column of what is sent.
        var isPart = false
        var number: @Sendable (Reconciliation.Counts) -> Int
    }

    /// The columns in their order.
    static let columns = [
        Column(
            name: Text(sv: "I exporten", en: "In the export"),
            meaning: Text(
                sv: "rader i de studieperioder som valts, under den kurs och det betyg som raden själv har",
                en: "rows of the chosen study periods, under the course and grade that the row itself has")
        ) { $0.rows },
        Column(
            name: Text(sv: "Skickas", en: "Sent"),
            meaning: Text(
                sv: "hos CSN, uppladdade och väntar tillsammans", en: "with CSN, uploaded and waiting together")
        ) { $0.sent },
        Column(
            name: Text(sv: "hos CSN", en: "with CSN"),
            meaning: Text(sv: "står i en fil som CSN har läst in", en: "stand in a file that CSN has read"),
            isPart: true
        ) { $0.withCSN },
        Column(
            name: Text(sv: "uppladdade", en: "uploaded"),
            meaning: Text(
                sv: "står i en fil som är uppladdad och läses in nästa gång CSN läser",
                en: "stand in a file that is uploaded and will be read the next time that CSN reads"), isPart: true
        ) { $0.uploaded },
        Column(
            name: Text(sv: "väntar", en: "waiting"),
            meaning: Text(
                sv: "står i en fil som ännu inte är uppladdad; vid en övning: skulle stå i en fil",
                en: "stand in a file that is not uploaded yet; in a rehearsal: would stand in a file"), isPart: true
        ) { $0.waiting + $0.rehearsed },
        Column(
            name: Text(sv: "Hålls tillbaka", en: "Held"),
            meaning: Text(
                sv: "något måste rättas först, i raden eller i en annan rad i samma studieperiod",
                en: "something has to be mended first, in the row or in another of the same study period")
        ) { $0.held },
        Column(
            name: Text(sv: "Utelämnas", en: "Left out"),
            meaning: Text(
                sv: "ska inte rapporteras, till exempel ett betyg som ett senare har ersatt",
                en: "not to be reported, such as a grade that a later one has replaced")
        ) { $0.dropped },
        Column(
            name: Text(sv: "Dubbletter", en: "Duplicates"),
            meaning: Text(
                sv: "säger samma sak som en annan rad, till exempel ur det andra systemet; den andra raden räknas",
                en: "say the same as another row, from the other system for example; that row counts")
        ) { $0.copies },
        Column(
            name: Text(sv: "Poster", en: "Records"),
            meaning: Text(
                sv: "så många poster blir raderna som skickas: rader som bara skiljer sig i en händelse är en post",
                en: "what the sent rows become: rows that differ in nothing but an event are one record")
        ) { $0.records },
    ]
}
