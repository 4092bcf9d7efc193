import CSN

/// How one course of a student stands with CSN, as far as anybody knows.
public struct CourseStanding: Hashable, Sendable {
    /// What CSN has once it has read what somebody has said is uploaded: one value when that is certain. nil among
    /// them is that CSN has nothing of the course.
    public var possible = PossibleContents(only: nil)
    /// As it stood in the last file that has it and that CSN may have, unless that file let it go or somebody has said
    /// that it is to be forgotten.
    public var reported: DeliveredRecord?
    /// As CSN has it, from the last file that it has read.
    public var read: RecordContent?
    /// Whether CSN has not read the file that ``reported`` is from, as far as anybody has said.
    public var isUnread = false
    /// Whether the last file with the course had it although nothing had changed, and is not confirmed.
    public var isForced = false
    /// Since when it waits to be sent; nil when the last file with it is confirmed.
    public var waitingSince: Day?
    /// The reading for which it was first planned since it waits; nil when the last file with it is confirmed.
    public var firstPlanned: Day?
    /// When the last file was made that it waits in, or has waited in; nil when the last file with it is confirmed.
    public var lastPlannedAt: Moment?

    /// Of a course of which CSN has nothing.
    public init() {}

    /// Whether CSN certainly has this, and nothing else.
    public func isCertainly(_ content: RecordContent?) -> Bool { possible.isOnly(content) && !isForced }
}

extension SchoolDeliveries {
    /// How every course of a student stands; courses of which CSN has nothing are among them.
    public func standing(of student: StudentKey) -> ByCourse<CourseStanding> {
        standing(of: student, KnownFile.all(files.values))
    }

    /// How every course of every student stands.
    public func standings() -> [StudentKey: ByCourse<CourseStanding>] {
        let files = KnownFile.all(files.values)
        return Dictionary(uniqueKeysWithValues: students.keys.map { ($0, standing(of: $0, files)) })
    }

    private func standing(of student: StudentKey, _ files: KnownFile.ByID) -> ByCourse<CourseStanding> {
        guard let courses = versions[student] else { return [:] }
        let forgotten = forgotten[student] ?? []
        // Where no file lets anything go, no course depends on the others.
        if courses.allSatisfy({ $0.value.allSatisfy { $0.record != nil } }) {
            return courses.mapValues { standing(of: $0, $1, forgotten, files) }
        }
        let known = courses.flatMap { course, versions in self.known(course, versions, files) }
        var standings = courses.mapValues { _, _ in CourseStanding() }
        // What a file takes away depends on what CSN has of the other courses when it reads it.
        let byFile = Dictionary(grouping: known, by: \.file.id).values
        for file in byFile.sorted(by: { Known.isReadBefore($0[0], $1[0]) }) {
            let reach = Reach(file, standings)
            for known in file { standings[known.course]?.read(known, reach) }
        }
        for (course, known) in Dictionary(grouping: known, by: \.course) {
            standings[course]?.tellReported(known.max(by: Known.isToldBefore), forgotten)
        }
        return standings
    }

    /// How a course stands that no file lets go.
    private func standing(
        of course: CourseKey, _ versions: [DeliveredVersion], _ forgotten: [ForgottenCourse], _ files: KnownFile.ByID
    ) -> CourseStanding {
        var standing = CourseStanding()
        // Nearly always there is one.
        if versions.count == 1 {
            guard let only = known(course, versions[0], among: versions, files) else { return standing }
            standing.read(only, .nothing)
            standing.tellReported(only, forgotten)
            return standing
        }
        let all = known(course, versions, files)
        for known in all.sorted(by: Known.isReadBefore) { standing.read(known, .nothing) }
        standing.tellReported(all.max(by: Known.isToldBefore), forgotten)
        return standing
    }

    /// The versions of a course in files that CSN has or may have.
    private func known(_ course: CourseKey, _ versions: [DeliveredVersion], _ files: KnownFile.ByID) -> [Known] {
        versions.compactMap { known(course, $0, among: versions, files) }
    }

    private func known(
        _ course: CourseKey, _ version: DeliveredVersion, among versions: [DeliveredVersion], _ files: KnownFile.ByID
    ) -> Known? {
        guard let file = files[version.file] else { return nil }
        let isCertain = file.isConfirmed && !file.isOvertaken(in: versions)
        return Known(course: course, file: file, version: version, isCertain: isCertain)
    }
}

/// A file that CSN has or may have, as every version in it is weighed by: looked at once for the whole school.
private final class KnownFile: Sendable {
    typealias ByID = [DeliveredFile.ID: KnownFile]

    let id: DeliveredFile.ID
    let delivered: DeliveredFile
    let isConfirmed: Bool
    /// Files that are, or may be, uploaded after this one for the same reading: CSN reads the last one alone.
    private let later: [DeliveredFile]

    private init(_ file: DeliveredFile, later: [DeliveredFile]) {
        delivered = file
        self.later = later
        id = file.id
        isConfirmed = file.outcome.isConfirmed
    }

    /// Those of a school's files of which CSN may have anything.
    static func all(_ files: some Sequence<DeliveredFile>) -> ByID {
        var known: ByID = [:]
        for all in Dictionary(grouping: files.filter { !$0.outcome.isVoid }, by: \.reading).values {
            for file in all {
                let later =
                    file.outcome.isConfirmed
                    ? all.filter { $0.id != file.id && DeliveredFile.isReadBefore(file, $0) } : []
                known[file.id] = KnownFile(file, later: later)
            }
        }
        return known
    }

    /// Whether a later file is sent for the same reading; or may have been, without anybody having said so, and does
    /// not have the course. Where it has, its own version stands beside this one.
    ///
    /// - Parameter versions: all of the course.
    func isOvertaken(in versions: [DeliveredVersion]) -> Bool {
        later.contains { other in
            if other.outcome == .sent { return delivered.outcome == .sent }
            // One that was replaced before its own time had come was nobody's to upload.
            return other.outcome.isUncertain && other.reading == other.facts.readingDay
                && !versions.contains { $0.file == other.id }
        }
    }
}

/// A version of a course whose file CSN has or may have.
private struct Known {
    var course: CourseKey
    var file: KnownFile
    var version: DeliveredVersion
    /// Whether CSN has what stands in it, or will have, as somebody has said.
    var isCertain: Bool

    /// In the order in which CSN reads, or may read.
    static func isReadBefore(_ left: Known, _ right: Known) -> Bool {
        DeliveredFile.isReadBefore(left.file.delivered, right.file.delivered)
    }

    /// In the order in which the school said it. Of the files of one run, the one that has the course comes last: the
    /// others take away what may still stand in one period with theirs.
    static func isToldBefore(_ left: Known, _ right: Known) -> Bool {
        let (leftMade, rightMade) = (left.file.delivered.facts.made, right.file.delivered.facts.made)
        guard leftMade == rightMade else { return left.file.id < right.file.id }
        let (leftHas, rightHas) = (left.version.record != nil, right.version.record != nil)
        return leftHas == rightHas ? left.file.id < right.file.id : rightHas
    }
}

/// What CSN may have in one study period with what stands in a file: a file takes the place of the whole period, and
/// takes nothing away from another one (our reading of "hela bilden").
///
/// Source: `docs/architecture.md`, "What CSN has".
private struct Reach {
    private let said: [RecordContent]
    /// What CSN certainly has.
    private let certain: [RecordContent]
    /// What may stand in one period with what is said, if CSN has everything that it may have.
    private let possible: Set<RecordContent>

    /// Of a file that lets nothing go, which nobody asks.
    static let nothing = Reach([], [:])

    /// - Parameters:
    ///   - file: everything of one student in it.
    ///   - standings: how the student's courses stand before it is read.
    init(_ file: [Known], _ standings: ByCourse<CourseStanding>) {
        said = file.compactMap(\.version.record?.content)
        // Only what is let go asks.
        guard said.count < file.count, !said.isEmpty else {
            (certain, possible) = ([], [])
            return
        }
        let all = standings.values.map { $0.possible.compactMap(\.self) }
        certain = zip(standings.values, all).flatMap { $0.possible.count == 1 ? $1 : [] }
        possible = Self.linked(to: said, among: all.flatMap(\.self))
    }

    /// Whether the file may take this away. One of which nothing is kept but what it lets go does.
    func mayTake(_ content: RecordContent) -> Bool { said.isEmpty || possible.contains(content) }

    /// Whether it does, whatever CSN has of courses that are not certain.
    func takes(_ content: RecordContent) -> Bool {
        guard mayTake(content), !said.isEmpty else { return said.isEmpty }
        let others = certain.filter { $0.key != content.key }
        return Self.linked(to: said, among: others + [content]).contains(content)
    }

    private static func linked(to said: [RecordContent], among known: [RecordContent]) -> Set<RecordContent> {
        var all = said.map { (content: $0, isSaid: true) } + known.map { (content: $0, isSaid: false) }
        all.sort { $0.content.key.startdatum < $1.content.key.startdatum }
        let records = all.map { Record(studyPeriodOf: $0.content) }
        return StudyUnits.ranges(in: records).reduce(into: []) { linked, range in
            guard all[range].contains(where: \.isSaid) else { return }
            linked.formUnion(all[range].map(\.content))
        }
    }
}

extension Record {
    /// The days that say to which study period a record belongs, and nothing else of it.
    fileprivate init(studyPeriodOf content: RecordContent) {
        var fields = Candidate(origin: .nowhere)
        fields.startdatum = content.key.startdatum
        fields.slutdatum = content.slutdatum
        self.init(fields)
    }
}

extension CourseStanding {
    /// What a confirmed file says is certain, whatever was before; what an uncertain one says is possible, beside what
    /// was before. A course that it lets go is gone where CSN has it in one period with what the file holds.
    fileprivate mutating func read(_ known: Known, _ reach: Reach) {
        guard let content = known.version.record?.content else { return letGo(known, reach) }
        if known.isCertain { possible = PossibleContents(only: content) } else { possible.insert(content) }
        wait(known)
        if known.file.delivered.outcome == .accepted { read = content }
    }

    /// What was last known counts, also where an older file was read after a newer one.
    ///
    /// - Parameters:
    ///   - last: of this course.
    ///   - forgotten: of the student.
    fileprivate mutating func tellReported(_ last: Known?, _ forgotten: [ForgottenCourse]) {
        guard let last else { return }
        let upTo = forgotten.lazy.filter { $0.course == last.course }.map(\.upTo).max()
        guard !(upTo.map { last.file.id <= $0 } ?? false) else { return }
        reported = last.version.record
        isUnread = last.version.record != nil && last.file.delivered.outcome != .accepted
    }

    private mutating func letGo(_ known: Known, _ reach: Reach) {
        let taken = possible.compactMap(\.self).filter(reach.mayTake)
        guard !taken.isEmpty else { return }
        if known.isCertain { possible.subtract(taken.filter(reach.takes)) }
        possible.insert(nil)
        wait(known)
        if known.file.delivered.outcome == .accepted, let content = read, reach.takes(content) { read = nil }
    }

    private mutating func wait(_ known: Known) {
        if known.isCertain {
            waitingSince = nil
            firstPlanned = nil
            lastPlannedAt = nil
            isForced = false
        } else {
            let (since, planned) = (known.version.waitingSince, known.file.delivered.facts.readingDay)
            waitingSince = waitingSince.map { min($0, since) } ?? since
            firstPlanned = firstPlanned.map { min($0, planned) } ?? planned
            let made = known.file.delivered.facts.made
            lastPlannedAt = lastPlannedAt.map { max($0, made) } ?? made
            isForced = known.version.isForced
        }
    }
}

extension DeliveredFile {
    /// By reading. Of several files for one reading CSN reads the one that was uploaded last, which need not be the one
    /// made last.
    fileprivate static func isReadBefore(_ left: DeliveredFile, _ right: DeliveredFile) -> Bool {
        if left.reading != right.reading { return left.reading < right.reading }
        guard left.lastUpload != right.lastUpload else { return left.id < right.id }
        guard let leftUpload = left.lastUpload else { return false }
        return right.lastUpload.map { leftUpload < $0 } ?? true
    }

    /// When it was uploaded, or the last moment at which it may have been: a file that was replaced lay in the outbox
    /// until then, one that is planned lies there still (nil).
    private var lastUpload: Moment? {
        if let sent { return sent }
        switch outcome {
        case .planned: return nil
        case .replaced: return closed
        case .sent, .accepted, .rejected, .withdrawn: return facts.made
        }
    }
}
