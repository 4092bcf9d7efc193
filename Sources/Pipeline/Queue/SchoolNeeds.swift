import CSN
import CSNRules
import DeliveryLedger
import Planning

/// A unit, or a part of a divided one, as the nightly run weighs it.
struct WeighedUnit {
    /// As planning takes it.
    var unit: SendableUnit
    /// The student of the ledger; nil for one that is new.
    var student: StudentKey?
    /// What a file with it says, course by course; nil for a course that it lets go.
    var versions: [CourseKey: DeliveredRecord?]
    /// CSN certainly has it as it is, or not.
    var isNeeded: Bool
    /// It goes although CSN has it as it is.
    var isForced: Bool
    /// The run is about it.
    var isChosen: Bool
    /// It stands in a file that was uploaded for the coming reading.
    var isInSentFile: Bool
    /// The reading at which it was first to go.
    var waitingSince: Day
    /// The reading for which it was first planned; nil for one that waits in no file.
    var firstPlanned: Day?
    /// The file in which it waits.
    var place: WaitingPlace?

    /// Since when it has waited at the coming reading, or the later one until which it is put off. In a file of a queue
    /// it has not waited before that file's own reading, which was not the first one.
    func hasWaited(at coming: Day) -> Day {
        guard waitingSince <= coming, let firstPlanned else { return waitingSince }
        return max(waitingSince, min(firstPlanned, coming))
    }
}

/// Weighs a school's units against what CSN has of them.
struct SchoolNeeds {
    let deliveries: SchoolDeliveries
    let view: LedgerView
    let conversion: SchoolConversion
    /// The coming reading.
    let coming: Day
    /// By input, the system whose complete exports are to have what it has from now on; none of a migration's are.
    let systems: [String]
    /// Everybody goes (`--full`).
    let isFull: Bool
    /// Which study periods the run is about, beside those that wait already.
    let selected: ChosenUnits
    /// The reading at which a study period that does not wait already is first to go; never before the coming one.
    let firstDay: Day

    private var courses: CourseTable { conversion.engine.settings.courses }

    /// Files that were uploaded for the coming reading.
    private var sentFiles: Set<DeliveredFile.ID> {
        Set(deliveries.files.values.filter { $0.outcome == .sent && $0.reading >= coming }.map(\.id))
    }

    /// The units of everybody whom the rules have judged.
    func units(of judgement: SchoolJudgement) -> [WeighedUnit] {
        if judgement.isHeld { return unreadUnits(without: [:]) }
        let sent = sentFiles
        // Most have not changed since the last night: none of their units is needed, and they are passed over.
        let passesOver = sent.isEmpty && !isFull && selected.isEverything
        var accounted: [StudentKey: Set<CourseKey>] = [:]
        var all: [WeighedUnit] = []
        for student in judgement.students {
            let key = view.key(of: student.identity)
            let standing = key.flatMap { view.standings[$0] } ?? [:]
            var units: [WeighedUnit] = []
            if !passesOver || !standing.isSettled(student.judged, courses) {
                units = self.units(of: student, Known(key, view, deliveries), sent)
                all += units
            }
            // Of somebody without a number nothing was asked of the ledger.
            guard let key, student.identity.personnummer != nil, standing.contains(where: { $0.value.isUnread }) else {
                continue
            }
            accounted[key, default: []].formUnion(units.flatMap(\.versions.keys))
            let judged = student.judged.units.flatMap(\.records) + student.judged.dropped
            accounted[key, default: []].formUnion(judged.compactMap { CourseKey($0, courses) })
        }
        return all + unreadUnits(without: accounted)
    }

    private func units(
        of student: SchoolJudgement.Student, _ known: Known, _ sent: Set<DeliveredFile.ID>
    ) -> [WeighedUnit] {
        let gone = goneCourses(of: student.judged, known)
        let carried = known.lettingGo(in: sent).filter { course in !gone.contains { $0.key == course.key } }.map {
            GoneCourse(key: $0.key, record: $0.record(at: deliveries.skolkod, course: known.course))
        }
        var units = student.judged.units.map { unit -> [WeighedUnit] in
            let records = unit.recordsToSend
            guard !records.isEmpty else { return [] }
            var versions: [CourseKey: DeliveredRecord?] = [:]
            for record in records {
                if let delivered = delivered(record, known) { versions[delivered.content.key] = .some(delivered) }
            }
            let lets = unit.isHeld ? [] : gone.filter { isPart($0, of: records) }.map(\.key)
            let hasRows = !unit.isHeld && records.contains { !$0.isCarried }
            var parts = weigh(
                records, of: student.key, versions, lettingGo: lets, known, sent,
                isForcible: isFull && hasRows, isSelected: selected.holds(unit, of: known.student))
            // A file that carries over an uploaded one lets go what that one did.
            if !parts.isEmpty {
                for course in carried where isPart(course, of: records) && parts[0].versions[course.key] == nil {
                    parts[0].versions[course.key] = .some(nil)
                }
            }
            return parts
        }
        let former = FormerPeriods(possible: known.possible(at: deliveries.skolkod))
        if !former.isEmpty { former.tie(&units) }
        return units.flatMap(\.self)
    }

    /// The unit's parts: each goes when anything in it is not with CSN as it is. A part of a divided unit goes by
    /// itself: its file cannot hold the others, and what CSN has of them need not come again.
    private func weigh(
        _ records: [Record], of student: UInt64, _ versions: [CourseKey: DeliveredRecord?],
        lettingGo gone: [CourseKey], _ known: Known, _ sent: Set<DeliveredFile.ID>, isForcible: Bool,
        isSelected: Bool
    ) -> [WeighedUnit] {
        let mayGo = isSelected || records.contains { known.waits($0, in: courses) }
        let isForcible = isForcible && isSelected
        let since = waitingSince(versions, lettingGo: gone, known)
        return conversion.parts(of: records, student: student).enumerated().map { number, part in
            let keys = Set(part.records.compactMap { CourseKey($0, courses) })
            var own = versions.filter { keys.contains($0.key) }
            if number == 0 { for key in gone { own[key] = .some(nil) } }
            let isChanged =
                mayGo
                && own.contains { key, record in
                    guard let record else { return true }
                    return !(known.standing[key]?.isCertainly(record.content) ?? false)
                }
            return WeighedUnit(
                unit: part, student: known.student, versions: own, isNeeded: isChanged || isForcible,
                isForced: !isChanged && isForcible,
                isChosen: isSelected,
                isInSentFile: keys.contains { known.files(with: $0).contains { sent.contains($0) } },
                waitingSince: since, firstPlanned: own.keys.compactMap { known.standing[$0]?.firstPlanned }.min(),
                place: known.place(of: own))
        }
    }

    /// The reading at which a unit was first to go, or is to: one that was put off to a later day stays there until
    /// something in it changes.
    private func waitingSince(
        _ versions: [CourseKey: DeliveredRecord?], lettingGo gone: [CourseKey], _ known: Known
    ) -> Day {
        let standings = (Array(versions.keys) + gone).compactMap { known.standing[$0] }
        guard let since = standings.compactMap(\.waitingSince).min() else { return firstDay }
        // A reading that was the coming one when the file was made was not put off: the clock has gone back.
        guard let made = standings.compactMap(\.lastPlannedAt).max(),
            since > conversion.readingDays.reading(atOrAfter: made)
        else { return min(since, coming) }
        let isAsItWaits = versions.allSatisfy { known.standing[$0]?.reported?.content == $1?.content }
        return since > coming && isAsItWaits ? since : min(since, coming)
    }

    /// A record with what the ledger keeps beside it; nil for one that cannot be sent.
    private func delivered(_ record: Record, _ known: Known) -> DeliveredRecord? {
        guard let content = RecordContent(record, courses: courses) else { return nil }
        let before = known.standing[content.key]?.reported
        let system = before?.system ?? ""
        guard !record.isCarried else {
            return DeliveredRecord(content, system: system, hadStartTooEarly: before?.hadStartTooEarly ?? false)
        }
        let input = Int(record.fields.origin.input)
        let isTooEarly =
            record.asRead.registrering && !record.registrering && content.key.startdatum > conversion.today
        return DeliveredRecord(
            content, system: systems.indices.contains(input) ? systems[input] : system,
            hadStartTooEarly: isTooEarly || !record.registrering && before?.hadStartTooEarly == true)
    }

    // MARK: - Courses that go

    /// A course that CSN may have and that is not to be reported any more.
    private struct GoneCourse {
        var key: CourseKey
        var record: Record
    }

    /// Courses that a rule has left out or replaced, that somebody has said are to be forgotten, or that an earlier
    /// file let go without anybody having confirmed it.
    private func goneCourses(of student: JudgedStudent, _ known: Known) -> [GoneCourse] {
        guard !known.standing.isEmpty else { return [] }
        let all = student.units.flatMap(\.records) + student.dropped
        let present = Set(all.filter { !$0.isDropped }.compactMap { CourseKey($0, courses) })
        let dropped = Set(all.filter(\.isDropped).compactMap { CourseKey($0, courses) })
        return goneCourses(known) { key, standing in
            !present.contains(key) && (dropped.contains(key) || standing.reported == nil)
        }
    }

    /// Courses that CSN may have, of those that are chosen.
    private func goneCourses(_ known: Known, where isGone: (CourseKey, CourseStanding) -> Bool) -> [GoneCourse] {
        known.standing.compactMap { key, standing -> GoneCourse? in
            guard isGone(key, standing),
                let content = standing.possible.compactMap(\.self).max(by: { $0.slutdatum < $1.slutdatum })
            else { return nil }
            return GoneCourse(key: key, record: content.record(at: deliveries.skolkod, course: known.course))
        }.sorted { $0.key < $1.key }
    }

    /// Whether the course belonged to the study period of these records.
    private func isPart(_ gone: GoneCourse, of records: [Record]) -> Bool {
        let sorted = (records + [gone.record]).sorted { ($0.startdatum ?? coming) < ($1.startdatum ?? coming) }
        return StudyUnits.ranges(in: sorted).contains { range in
            range.count > 1 && sorted[range].contains { $0.isSameCourse(as: gone.record, in: courses) }
        }
    }

    // MARK: - What stands in files that CSN has not read

    /// What stands in such files, as it stands there: nothing else of a held school goes; and what nobody could judge
    /// (a student whose number cannot be read today) keeps its lines.
    ///
    /// - Parameter accounted: courses that were judged.
    private func unreadUnits(without accounted: [StudentKey: Set<CourseKey>]) -> [WeighedUnit] {
        let sent = sentFiles
        let all = view.standings.filter { $0.value.contains { $0.value.isUnread } }
        return all.sorted { $0.key < $1.key }.flatMap { student, standing -> [WeighedUnit] in
            let judged = accounted[student] ?? []
            let unread = standing.filter { $0.value.isUnread && !judged.contains($0.key) }.compactMap(\.value.reported)
            guard let number = deliveries.students[student]?.personnummer, !unread.isEmpty else { return [] }
            return unreadUnits(unread, of: number, Known(student, view, deliveries), sent)
        }
    }

    private func unreadUnits(
        _ unread: [DeliveredRecord], of number: Personnummer, _ known: Known, _ sent: Set<DeliveredFile.ID>
    ) -> [WeighedUnit] {
        let records = unread.map { $0.content.record(at: deliveries.skolkod, course: known.course) }
            .sorted { ($0.startdatum ?? coming) < ($1.startdatum ?? coming) }
        let versions = Dictionary(
            unread.map { ($0.content.key, DeliveredRecord?.some($0)) }, uniquingKeysWith: { first, _ in first })
        // What the file let go, or somebody has said is to be forgotten, goes from CSN with the next one, too.
        let gone = goneCourses(known) { $1.reported == nil }
        return StudyUnits.ranges(in: records).flatMap { range in
            let unit = Array(records[range])
            let keys = Set(unit.compactMap { CourseKey($0, courses) })
            return weigh(
                unit, of: number.digits, versions.filter { keys.contains($0.key) },
                lettingGo: gone.filter { isPart($0, of: unit) }.map(\.key), known, sent, isForcible: false,
                isSelected: selected.isEverything)
        }
    }
}

/// What the ledger knows of one student.
private struct Known {
    let student: StudentKey?
    let standing: ByCourse<CourseStanding>
    let course: (String) -> CourseIndex
    private let versions: ByCourse<[DeliveredVersion]>
    private let files: [DeliveredFile.ID: DeliveredFile]

    init(_ key: StudentKey?, _ view: LedgerView, _ deliveries: SchoolDeliveries) {
        student = key
        files = deliveries.files
        standing = key.flatMap { view.standings[$0] } ?? [:]
        versions = key.flatMap { deliveries.versions[$0] } ?? [:]
        course = view.course
    }

    /// What CSN may have of each course.
    func possible(at school: Skolkod) -> [(key: CourseKey, record: Record)] {
        standing.flatMap { key, standing in
            standing.possible.compactMap(\.self).map { (key, $0.record(at: school, course: course)) }
        }
    }

    /// The courses that files let go, as they were last reported.
    func lettingGo(in files: Set<DeliveredFile.ID>) -> [RecordContent] {
        versions.compactMap { _, versions in
            // A file that was made since, and not sent, may have let it go too.
            guard let last = versions.last, last.record == nil,
                versions.contains(where: { $0.record == nil && files.contains($0.file) })
            else { return nil }
            return versions.last { $0.record != nil }?.record?.content
        }.sorted { $0.key < $1.key }
    }

    /// Whether the course stands in a file that nobody has said is uploaded.
    func waits(_ record: Record, in courses: CourseTable) -> Bool {
        CourseKey(record, courses).flatMap { standing[$0] }?.waitingSince != nil
    }

    /// The file that waits with a unit of these courses; of several the first.
    func place(of unit: [CourseKey: DeliveredRecord?]) -> WaitingPlace? {
        let waiting = unit.keys.compactMap { key in
            (versions[key] ?? []).last { files[$0.file]?.outcome == .planned }.map { (key: key, version: $0) }
        }
        guard let day = waiting.compactMap({ files[$0.version.file]?.facts.readingDay }).min() else { return nil }
        let isSame =
            waiting.count == unit.count
            && waiting.allSatisfy { $0.version.record?.content == unit[$0.key].flatMap(\.self)?.content }
        return WaitingPlace(readingDay: day, hasChanged: !isSame)
    }

    /// The files that have a course.
    func files(with course: CourseKey) -> [DeliveredFile.ID] {
        (versions[course] ?? []).filter { $0.record != nil }.map(\.file)
    }
}

extension ByCourse<CourseStanding> {
    /// Whether CSN certainly has all of a student as it is now, and nothing else: no unit of theirs is needed.
    ///
    /// - Parameter student: as the rules have judged; what is held, or was left out, is never settled.
    func isSettled(_ student: JudgedStudent, _ courses: CourseTable) -> Bool {
        guard student.dropped.isEmpty else { return false }
        var met: [CourseKey] = []
        for unit in student.units {
            guard !unit.isHeld else { return false }
            for record in unit.records {
                guard !record.isDropped, let content = RecordContent(record, courses: courses),
                    has(content.key, where: { $0.isCertainly(content) }), !met.contains(content.key)
                else { return false }
                met.append(content.key)
            }
        }
        return met.count == count
    }
}

extension CourseKey {
    /// The course of a record; nil where one of its marks is not known.
    init?(_ record: Record, _ courses: CourseTable) {
        guard let course = record.course, let kursdel = record.kursdel, let startdatum = record.startdatum else {
            return nil
        }
        self.init(kurskod: courses.code(of: course), kursdel: kursdel, startdatum: startdatum)
    }
}
