import CSN
import DeliveryLedger
import Findings
import Uploads

/// What a run writes to the ledger, in one step: this is the moment from which it has happened. Everything
/// after it can be done again from the ledger alone.
struct QueueCommit {
    let session: LedgerSession
    /// The command that makes the files.
    let maker: Reservation.Owner
    let systems: [String]
    private(set) var changes: LedgerChanges
    /// The numbers under which reports speak of students: by the key under which the run knows them.
    private(set) var studentNumbers: [UInt64: StudentKey] = [:]
    /// Files that wait no more, with the school's next reading day; nil where nothing of them goes again.
    private(set) var movedOn: [(file: DeliveredFile, to: Day?)] = []
    private var nextStudent: Int64
    private var nextFile: Int64

    init(session: LedgerSession, maker: Reservation.Owner, systems: [String]) throws(RunFailure) {
        self.session = session
        self.maker = maker
        self.systems = systems
        changes = LedgerChanges(at: session.now)
        do throws(LedgerProblem) { (nextStudent, nextFile) = try session.store.nextNumbers() } catch {
            throw RunFailure(error)
        }
    }

    /// Takes an input that goes to the archive.
    mutating func take(_ input: TakenInput) { changes.inputs.append(input) }

    /// Takes a school with its files, which have been written.
    mutating func take(_ school: QueuedSchool, _ skolkod: Skolkod) {
        var keys: [UInt64: StudentKey] = [:]
        for student in school.students { keys[student.key] = take(student, school, skolkod) }
        if !school.isDoubted {
            for export in school.lastExports {
                changes.lastExports.append(
                    (skolkod, export.system, export.known.union(export.new.compactMap { keys[$0] })))
            }
        }
        for file in school.files { take(file, school, new: keys) }
        close(school)
        studentNumbers.merge(keys) { first, _ in first }
        studentNumbers.merge(school.numbers.lazy.map { ($0.student, $0.number) }) { first, _ in first }
        studentNumbers.merge(school.absent) { first, _ in first }
    }

    // MARK: - Students

    private mutating func take(
        _ student: QueuedSchool.Student, _ school: QueuedSchool, _ skolkod: Skolkod
    ) -> StudentKey {
        guard let key = student.known, let known = school.deliveries.students[key] else {
            let key = StudentKey(number: nextStudent)
            nextStudent += 1
            changes.students.append(
                (
                    skolkod,
                    LedgerStudent(
                        key: key, personnummer: student.personnummer, exportIDs: student.ids,
                        isProtected: student.isProtected)
                ))
            return key
        }
        var now = known
        // An export of a past term does not take back what a newer one has said of the student.
        let isPast = maker == .migrate
        if !isPast || !known.numbers.contains(student.personnummer) { now.personnummer = student.personnummer }
        now.numbers.insert(student.personnummer)
        now.exportIDs.formUnion(student.ids)
        now.isProtected = student.isProtected || isPast && known.isProtected
        if now != known { changes.students.append((skolkod, now)) }
        return key
    }

    // MARK: - Files

    private mutating func take(
        _ file: QueuedSchool.File, _ school: QueuedSchool, new: [UInt64: StudentKey]
    ) {
        guard let written = file.written, written.draft.contents.sha256 != file.existing?.facts.sha256 else { return }
        let id = DeliveredFile.ID(number: nextFile)
        nextFile += 1
        let facts = DeliveredFile.Facts(
            skolkod: school.deliveries.skolkod, readingDay: written.readingDay, name: written.draft.planned.file,
            sha256: written.draft.contents.sha256, bytes: written.draft.contents.size, records: written.facts.records,
            students: written.facts.students, firstDate: written.dates.first, lastDate: written.dates.last,
            made: session.now, madeBy: maker.rawValue)
        // Two groups of rows may be one student of the ledger, and a course that goes may have joined two units.
        var taken: Set<CourseOfStudent> = []
        let versions = file.versions.sorted { $0.record != nil && $1.record == nil }.compactMap { version in
            (version.known ?? new[version.student]).flatMap { student in
                guard taken.insert(CourseOfStudent(student: student, course: version.course)).inserted else {
                    return (student: StudentKey, course: CourseKey, version: DeliveredVersion)?.none
                }
                return (
                    student: student, course: version.course,
                    version: DeliveredVersion(
                        file: id, record: version.record, waitingSince: version.waitingSince,
                        isForced: version.isForced)
                )
            }
        }
        changes.files.append(LedgerChanges.NewFile(id: id, facts: facts, versions: versions))
    }

    private struct CourseOfStudent: Hashable {
        var student: StudentKey
        var course: CourseKey
    }

    /// What waited and waits no more: its reading has passed without anybody having said that it was uploaded, or it
    /// was made anew.
    private mutating func close(_ school: QueuedSchool) {
        let kept = Set(school.files.compactMap { $0.isRewritten ? nil : $0.existing?.id })
        let now = session.now
        for file in school.deliveries.files.values.sorted(by: { $0.id < $1.id })
        where file.outcome == .planned && !kept.contains(file.id) {
            let last = min(file.facts.readingDay, session.readingDays.reading(atOrAfter: now))
            changes.closings.append(LedgerChanges.Closing(file.id, .replaced, reading: last))
            if ReadingDays.hour(of: file.facts.readingDay) <= now {
                movedOn.append((file, school.files.first?.content.readingDay))
            }
        }
    }
}

extension QueuedSchool.File {
    /// Whether the ledger gets another file for it than it has.
    var isRewritten: Bool {
        guard let existing else { return true }
        return written.map { $0.draft.contents.sha256 != existing.facts.sha256 } ?? false
    }
}
