import CSN
import CSNRules
import DeliveryLedger
import Findings
import Planning
import Reports
import Uploads

/// What a run with a ledger is to do for one school.
struct QueuedSchool: Sendable {
    /// What the rules found, and what became of the rows.
    var converted: ConvertedSchool
    /// What the ledger knew before, as far as it is asked once the files are planned: the files, and the students who
    /// are among ``students``. A run holds many schools, each of them until its one step in the ledger.
    var deliveries: SchoolDeliveries
    /// Who stands in the exports, as far as a personnummer is known, and is new or otherwise than the ledger has it.
    var students: [Student] = []
    /// The numbers in the ledger of those in the exports who are known, by the key under which the run knows them.
    var numbers: [(student: UInt64, number: StudentKey)] = []
    /// Of the systems of which a complete export counts, those in whose exports others stand than in the last ones.
    var lastExports: [LastExport] = []
    /// Students of the ledger who stand in no export, by the key under which the run knows them.
    var absent: [UInt64: StudentKey] = [:]
    /// The exports have lost so much that they are not taken for the school's new state.
    var isDoubted = false
    /// Rows that the run is not about.
    var rowsOutside = 0
    /// What became of the rows that a migration is about; nil for other runs.
    var reconciled: ReconciledSchool?
    /// Files that CSN has, or that are uploaded, with a study period that the run is about, in it as it is now. None for
    /// a run that is about everything.
    var filesDone: Set<DeliveredFile.ID> = []
    /// The files that wait, by reading day.
    var files: [File] = []
    /// Courses that the exports say otherwise than they were last reported, where that was asked.
    var changes: [CourseChange: Int] = [:]
    /// Nothing is to be reported that is not in a file already.
    var isUnchanged: Bool { files.allSatisfy { $0.existing != nil } }

    /// A student of the exports.
    struct Student: Sendable {
        /// The key under which the run knows the student.
        var key: UInt64
        /// The number in the ledger; nil for one that is new.
        var known: StudentKey?
        var personnummer: Personnummer
        var ids: Set<ExportID>
        var isProtected: Bool
    }

    /// Who stands in a system's exports now.
    struct LastExport: Sendable {
        var system: String
        var known: Set<StudentKey>
        /// The keys under which the run knows those who are new.
        var new: [UInt64]
    }

    /// A file for a reading.
    struct File: Sendable {
        var content: SchoolFile
        /// How many of its records are in study periods that the run is about.
        var chosenRecords: Int
        /// Why its one study period has it for itself; nil for a file that study periods share.
        var ownFile: OwnFileReason?
        /// What the ledger keeps of it.
        var versions: [Version]
        /// The file of the ledger that says the same already.
        var existing: DeliveredFile?
        /// Written anew, because it is new or because the outbox does not have it as the ledger does.
        var written: FileWriting.Written?
    }

    /// A course in a file.
    struct Version: Sendable {
        /// The key under which the run knows the student.
        var student: UInt64
        /// The number in the ledger; nil for a student who is new.
        var known: StudentKey?
        var course: CourseKey
        var record: DeliveredRecord?
        var waitingSince: Day
        var isForced: Bool
    }
}

/// From one school's rows and what CSN has of it to the files that are to wait in the outbox.
struct QueuePlanning: Sendable {
    let knowledge: QueueKnowledge
    let layout: Layout
    let engine: RuleEngine
    let today: Day
    let schoolless: SchoollessRows
    let last: LastConversion
    let readingDays: ReadingDays
    /// By input, the system whose export it is.
    let systems: [String]
    /// Everybody goes.
    let isFull: Bool
    /// Which study periods the run is about, beside those that wait already.
    var selection = UnitSelection.all
    /// No study period that does not wait already goes before this day; nil for the coming reading.
    var firstDay: Day?
    /// How the exports are compared with what was reported; nil for a run that is not.
    var comparison: ExportComparison?
    /// Schools whose exports do not hold everybody.
    let incomplete: Set<Skolkod>
    /// The run's course of a code, at a school.
    let course: @Sendable (String, Skolkod) -> CourseIndex
    /// The number that an export's id of a student has in the run.
    let number: @Sendable (ExportID, Skolkod) -> UInt32
    /// The id that has got a number in the run.
    let id: @Sendable (UInt32) -> ExportID?

    /// The coming reading.
    var coming: Day { readingDays.reading(atOrAfter: knowledge.now) }

    /// Judges a school's rows and plans its files.
    ///
    /// - Parameter inputs: the exports that count for the school, by number.
    func run(_ rows: [Candidate], of school: Skolkod, inputs: Set<Int>) throws(RunFailure) -> QueuedSchool {
        let deliveries = try knowledge.deliveries(school)
        let counted = incomplete.contains(school) ? [] : Set(inputs.map { systems[$0] })
        let view = LedgerView(
            deliveries, completeSystems: counted, unread: unread(deliveries),
            course: { [course] in course($0, school) }, isMissed: missed(deliveries, school),
            number: { number($0, school) })
        let conversion = SchoolConversion(
            engine: engine.asking(view), today: today, firstReading: coming, readingDays: readingDays,
            schoolless: schoolless, last: last)
        let wasChosen = reported(view, school)
        let selected = ChosenUnits(
            selection: selection, wasReported: wasChosen, key: { view.key(of: $0) })
        let chosen = selection.chosen(rows) { student, record in wasChosen(view.key(of: student), record) }
        var judgement = conversion.judge(chosen, skolkod: school.number)
        let needs = SchoolNeeds(
            deliveries: deliveries, view: view, conversion: conversion, coming: coming,
            systems: selection == .all ? systems : [],
            isFull: isFull,
            selected: selected, firstDay: max(firstDay ?? coming, coming))
        let units = needs.units(of: judgement)
        let outside = judgement.leaveOut(but: selected)
        var result = QueuedSchool(converted: judgement.result, deliveries: deliveries)
        result.rowsOutside = rows.count - chosen.count + outside
        result.files = files(plan(units, school), units, deliveries, school)
        if !selected.isEverything {
            result.filesDone = filesDone(units, deliveries)
            let standing = RecordStanding(view, engine.settings.courses, units, result.files)
            result.reconciled = ReconciledSchool(
                chosen, JudgedRows(judgement, selected, sent: { standing.fate(of: $0, $1) }))
        }
        if comparison != nil {
            result.changes = CourseComparison(
                view: view, courses: engine.settings.courses, school: school, chosen: selected
            ).changes(in: judgement, files: result.files)
        }
        let going = result.files.filter { $0.existing == nil }.count > 0
        if going {
            let sent = units.filter { $0.isNeeded || $0.isInSentFile }
            conversion.judgeAll(
                sent.map(\.unit), of: sent.count, school.number, replaces: replaced(by: result.files, deliveries),
                &judgement.context)
        }
        result.converted = judgement.finished
        result.converted.findings = judgement.context.findings
        result.converted.fates.ignored += rows.count - chosen.count
        result.isDoubted = judgement.isDoubted
        for student in judgement.students where student.inputs.isEmpty {
            result.absent[student.key] = view.key(of: student.identity)
        }
        result.take(judgement.students, deliveries, systems: counted, of: systems, key: view.key, id: id)
        return result
    }

    /// Rows whose school could not be told: held, and said.
    func judgeSchoolless(_ rows: [Candidate]) -> SchoolJudgement {
        SchoolConversion(
            engine: engine, today: today, firstReading: today, readingDays: readingDays,
            schoolless: SchoollessRows([]), last: last
        ).judge(rows, skolkod: 0)
    }

    // MARK: - What an earlier run has reported

    /// Whether a course should be in the exports: a migration has reported it.
    private func missed(
        _ deliveries: SchoolDeliveries, _ school: Skolkod
    ) -> (@Sendable (DeliveredRecord, [DeliveredVersion]) -> Bool)? {
        guard comparison?.missesReported == true else { return nil }
        return { [files = deliveries.files, selection, course] reported, versions in
            versions.contains { files[$0.file]?.facts.madeBy == Reservation.Owner.migrate.rawValue }
                && selection.holds(reported.content.record(at: school) { course($0, school) })
        }
    }

    /// Whether a course was reported as one of a chosen study period.
    private func reported(_ view: LedgerView, _ school: Skolkod) -> @Sendable (StudentKey?, Record) -> Bool {
        let courses = engine.settings.courses
        return { [selection, course] student, record in
            guard selection != .all, let key = CourseKey(record, courses),
                let reported = student.flatMap({ view.standings[$0]?[key]?.reported })
            else { return false }
            return selection.holds(reported.content.record(at: school) { course($0, school) })
        }
    }

    // MARK: - Planning

    private func plan(_ units: [WeighedUnit], _ school: Skolkod) -> UploadQueue {
        let taken = knowledge.reservations.filter { $0.skolkod == school && !$0.owner.isOfLedger }.map(\.readingDay)
        return UploadQueue.plan(
            units.enumerated().compactMap { number, weighed in
                let unit = weighed.unit
                return PlannableUnit(
                    id: number, student: unit.student, dates: unit.dates, allowance: unit.allowance
                ).map {
                    QueuedUnit(
                        unit: $0, isNeeded: weighed.isNeeded, isInSentFile: weighed.isInSentFile,
                        waitingSince: weighed.hasWaited(at: coming), place: weighed.place)
                }
            }, today: today, from: coming, readingDays: readingDays, taken: Set(taken))
    }

    private func files(
        _ queue: UploadQueue, _ units: [WeighedUnit], _ deliveries: SchoolDeliveries, _ school: Skolkod
    ) -> [QueuedSchool.File] {
        let waiting = deliveries.files.values.filter { $0.outcome == .planned }
        let before = contents(of: Set(waiting.map(\.id)), deliveries)
        return queue.files.map { file in
            let chosen = file.units.map { units[$0] }
            var records = chosen.flatMap(\.unit.records)
            RecordOrder.sort(&records, courses: engine.settings.courses)
            let versions = QueuePlanning.versions(of: chosen)
            let planned = Uploads.PlannedFile(skolkod: school, readingDay: file.readingDay, layout: layout)
            let existing = waiting.filter { $0.facts.readingDay == file.readingDay && $0.facts.name == planned.file }
                .max { $0.id < $1.id }
            return QueuedSchool.File(
                content: SchoolFile(readingDay: file.readingDay, records: records, dates: file.dates),
                chosenRecords: chosen.reduce(0) { $0 + ($1.isChosen ? $1.unit.records.count : 0) },
                ownFile: file.ownFile,
                versions: versions, existing: existing.flatMap { says(before[$0.id] ?? [:], versions) ? $0 : nil })
        }
    }

    /// What a file with those units says. Two that CSN may have as one period each let the other's courses go
    /// (``FormerPeriods``): a file that holds both lets nothing of them go.
    private static func versions(of units: [WeighedUnit]) -> [QueuedSchool.Version] {
        let all = units.flatMap { weighed in
            weighed.versions.map { course, record in
                QueuedSchool.Version(
                    student: weighed.unit.student, course: course, record: record,
                    waitingSince: weighed.waitingSince, isForced: weighed.isForced)
            }
        }
        guard units.count > 1, all.contains(where: { $0.record == nil }) else { return all }
        let held = Set(
            all.lazy.filter { $0.record != nil }.map { CourseOfStudent(student: $0.student, course: $0.course) })
        return all.filter {
            $0.record != nil || !held.contains(CourseOfStudent(student: $0.student, course: $0.course))
        }
    }

    private struct CourseOfStudent: Hashable {
        var student: UInt64
        var course: CourseKey
    }

    /// Where the study periods stand that the run is about and that need not go any more.
    private func filesDone(
        _ units: [WeighedUnit], _ deliveries: SchoolDeliveries
    ) -> Set<DeliveredFile.ID> {
        var done: Set<DeliveredFile.ID> = []
        for unit in units where unit.isChosen && !unit.isNeeded {
            guard let known = unit.student.flatMap({ deliveries.versions[$0] }) else { continue }
            for course in unit.versions.keys {
                let confirmed = (known[course] ?? []).filter {
                    $0.record != nil && deliveries.files[$0.file]?.outcome.isConfirmed == true
                }
                if let last = confirmed.map(\.file).max() { done.insert(last) }
            }
        }
        return done
    }

    /// What stands in files of the ledger, course by course.
    private func contents(
        of files: Set<DeliveredFile.ID>, _ deliveries: SchoolDeliveries
    ) -> [DeliveredFile.ID: [CourseOfNumber: RecordContent?]] {
        guard !files.isEmpty else { return [:] }
        var contents: [DeliveredFile.ID: [CourseOfNumber: RecordContent?]] = [:]
        for (student, courses) in deliveries.versions {
            guard let number = deliveries.students[student]?.personnummer else { continue }
            for (course, all) in courses {
                for version in all where files.contains(version.file) {
                    let key = CourseOfNumber(number: version.record?.content.personnummer ?? number, course: course)
                    contents[version.file, default: [:]][key] = .some(version.record?.content)
                }
            }
        }
        return contents
    }

    /// Whether a file of the ledger says the same.
    private func says(_ before: [CourseOfNumber: RecordContent?], _ versions: [QueuedSchool.Version]) -> Bool {
        let now = Dictionary(
            versions.map { version in
                (
                    CourseOfNumber(
                        number: version.record?.content.personnummer ?? Personnummer(digits: version.student),
                        course: version.course), version.record?.content
                )
            }, uniquingKeysWith: { first, _ in first })
        return before == now
    }

    private struct CourseOfNumber: Hashable {
        var number: Personnummer?
        var course: CourseKey
    }

    // MARK: - The unread file

    /// The file that was uploaded for the coming reading.
    private func unread(_ deliveries: SchoolDeliveries) -> UnreadFile? {
        deliveries.files.values.filter { $0.outcome == .sent && $0.reading >= coming }.max { $0.id < $1.id }
            .map { UnreadFile(readingDay: $0.reading, records: $0.facts.records) }
    }

    /// The file for the coming reading whose place a new one takes, uploaded or not.
    private func replaced(by files: [QueuedSchool.File], _ deliveries: SchoolDeliveries) -> UnreadFile? {
        guard files.contains(where: { $0.content.readingDay == coming && $0.existing == nil }) else { return nil }
        return deliveries.files.values.filter { file in
            file.outcome == .sent && file.reading >= coming
                || file.outcome == .planned && file.facts.readingDay == coming
        }.max { $0.id < $1.id }.map { UnreadFile(readingDay: coming, records: $0.facts.records) }
    }
}

extension RuleEngine {
    /// The same engine, asking what CSN has.
    fileprivate func asking(_ delivered: any EarlierDelivery) -> RuleEngine {
        var settings = settings
        settings.delivered = delivered
        return RuleEngine(settings, holdScope: holdScope)
    }
}

extension QueuedSchool.File {
    /// What a report says of the file; nil for one that was not written.
    func report(_ readingDays: ReadingDays) -> RunReport.OutputFile? {
        if let written { return written.report(readingDays) }
        guard let facts = existing?.facts else { return nil }
        return RunReport.OutputFile(
            path: facts.name, skolkod: facts.skolkod, readingDay: facts.readingDay, records: facts.records,
            students: facts.students, firstDate: facts.firstDate, lastDate: facts.lastDate, bytes: facts.bytes,
            sha256: facts.sha256, window: readingDays.uploadWindow(of: facts.readingDay))
    }
}
