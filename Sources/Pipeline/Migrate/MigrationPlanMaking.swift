import CSN
import DeliveryLedger
import Planning
import Reports
import Uploads

extension MigrationRun {
    /// Which file is uploaded when: those that wait, or would, and those that are done.
    func plan() -> MigrationPlan {
        var plan = MigrationPlan(
            days: request.days, basis: request.basis, isAgain: request.isAgain, isRehearsal: request.isRehearsal)
        let coming = setup.readingDays.reading(atOrAfter: knowledge.now)
        plan.firstDay = request.firstDay
        plan.exportDays = exportDays
        plan.rowsOutside = schools.reduce(0) { $0 + $1.school.rowsOutside }
        plan.isPlannedByDays = schools.contains { $0.school.isPlannedByDays(from: coming) }
        for school in setup.request.settings.configuration.schools {
            if let name = school.name { plan.schoolNames[school.skolkod] = name }
        }
        for (skolkod, school) in schools {
            plan.files += school.filesDone.compactMap { school.deliveries.files[$0] }.map { done(file: $0) }
            plan.files += school.files.map { ahead(file: $0, of: skolkod) }
        }
        plan.changes = changes(plan.files)
        plan.files.sort { ($0.readingDay, $0.skolkod) < ($1.readingDay, $1.skolkod) }
        return plan
    }

    private func done(file: DeliveredFile) -> MigrationPlan.File {
        MigrationPlan.File(
            path: file.facts.name, skolkod: file.facts.skolkod, readingDay: file.reading,
            state: file.outcome == .accepted ? .accepted : .sent, records: file.facts.records, chosenRecords: nil,
            students: file.facts.students, firstDate: file.facts.firstDate, lastDate: file.facts.lastDate,
            window: setup.readingDays.uploadWindow(of: file.reading))
    }

    private func ahead(file: QueuedSchool.File, of skolkod: Skolkod) -> MigrationPlan.File {
        let content = file.content
        var planned = MigrationPlan.File(
            path: Uploads.PlannedFile(skolkod: skolkod, readingDay: content.readingDay, layout: setup.layout).file,
            skolkod: skolkod, readingDay: content.readingDay, state: request.isRehearsal ? .rehearsed : .planned,
            records: content.records.count, chosenRecords: file.chosenRecords,
            students: Set(content.records.compactMap(\.personnummer)).count, firstDate: content.dates.first,
            lastDate: content.dates.last, window: setup.readingDays.uploadWindow(of: content.readingDay))
        planned.ownFile = file.ownFile.map { MigrationPlan.OwnFile($0) }
        return planned
    }
}

extension QueuedSchool {
    /// Whether what is put off to a later day was planned apart from the rest.
    fileprivate func isPlannedByDays(from coming: Day) -> Bool {
        Set(files.flatMap(\.versions).map { max($0.waitingSince, coming) }).count > 1
    }
}

extension MigrationPlan.OwnFile {
    init(_ reason: OwnFileReason) {
        switch reason {
        case .lateDate: self = .lateDate
        case .courseOfExactly365Days: self = .courseOfExactly365Days
        }
    }
}

extension MigrationPlan.Basis {
    /// From the first to the last day in some rows that could choose a study period; nil when none can be read.
    func days(in rows: some Sequence<Candidate>) -> ClosedRange<Day>? {
        var days: ClosedRange<Day>?
        func take(_ day: Day) { days = days.map { min($0.lowerBound, day)...max($0.upperBound, day) } ?? day...day }
        for row in rows {
            switch self {
            case .grade: row.betygsdatum.map(take)
            case .period:
                row.startdatum.map(take)
                row.slutdatum.map(take)
            }
        }
        return days
    }
}
