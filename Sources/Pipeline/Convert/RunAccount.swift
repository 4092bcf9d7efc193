import CSNRules
import Findings
import Reports

/// What a run has found so far, over all of its exports and schools.
struct RunAccount {
    var findings = FindingList()
    var notChecked = NotChecked()
    var fates = RowFates()
    /// The keys of students with protected identity.
    var protected: Set<UInt64> = []
    /// From a row's own key to the student's, where they differ.
    var aliases: [UInt64: UInt64] = [:]
    var held = ConvertedSchool.HeldCount()
    /// By skolkod.
    var students: [UInt16: SchoolNumbers] = [:]
    var forecasts: [Forecast] = []
    var notices: [Text] = []
    /// Something was left undone although the run goes on.
    var isIncomplete = false

    /// Takes what was found in reading.
    mutating func take(_ reading: ExportReading) {
        findings.add(reading.findings)
        notChecked += reading.notChecked
        fates += reading.fates
        protected.formUnion(reading.protected)
        notices += reading.notices
    }

    /// Takes what was found of a school.
    mutating func take(_ school: ConvertedSchool) {
        findings.add(school.findings)
        notChecked += school.notChecked
        fates += school.fates
        held.students.formUnion(school.held.students)
        held.units += school.held.units
        held.records += school.held.records
        aliases.merge(school.aliases) { first, _ in first }
        protected.formUnion(school.protected)
        if school.skolkod != 0 { students[school.skolkod] = school.students }
        if let forecast = school.forecast { forecasts.append(forecast) }
    }

    /// The report of the account; files and the rest are filled in by who makes it.
    func fill(_ report: inout RunReport) {
        report.rows = fates
        report.held = RunReport.Held(students: held.students.count, units: held.units, records: held.records)
        report.findings = findings
        report.notChecked = notChecked
        report.protected = Set(protected.map { aliases[$0] ?? $0 })
        report.studentAliases = aliases
        report.notices = notices
        report.forecasts = forecasts
        report.internalFaults = findings.internalFaults
    }

    // MARK: - What is said of the run as a whole

    /// A run without any J, although courses have begun, is more likely an export that has no column for it than a
    /// school where nobody came: says how to declare what certifies a start.
    mutating func sayNothingStarted() {
        guard forecasts.contains(where: \.nothingStarted), forecasts.allSatisfy({ $0.started == 0 })
        else { return }
        notices.append(
            Text(
                sv:
                    "Ingen kurs i filerna är påbörjad (J), fast kurser har börjat. Har exporten ingen kolumn där skolan intygar starten kan skolan i csnfil.yaml ange vad som gör det, till exempel: started: {status: [\"2\"], grade: true}",
                en:
                    "No course in the files is started (J), although courses have begun. Where the export has no column in which the school certifies the start, the school can say in csnfil.yaml what does, for example: started: {status: [\"2\"], grade: true}"
            ))
    }

    /// Systems that leave students with protected identity out of their exports: whoever is missing is said. Every run
    /// keeps its numbers for the next one.
    mutating func sayOmitted(_ exports: [OpenedExport], after last: LastConversion) {
        guard exports.contains(where: { $0.match.profile.omitsProtected }) else { return }
        notices += OmittedStudents.notices(students, after: last)
    }
}
