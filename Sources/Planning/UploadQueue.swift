import CSN

/// A unit of the nightly queue.
public struct QueuedUnit: Sendable {
    /// What planning knows of it.
    public let unit: PlannableUnit
    /// Something in it is to be reported.
    public let isNeeded: Bool
    /// It stands in a file that was already uploaded for the coming reading and that CSN has not read.
    public let isInSentFile: Bool
    /// The reading at which it was first to go; the coming one when it is new, a later one when it was put off.
    public let waitingSince: Day
    /// The file in which it waits already; nil when it waits in none.
    public let place: WaitingPlace?

    /// A unit by what the queue asks of it.
    public init(
        unit: PlannableUnit, isNeeded: Bool, isInSentFile: Bool, waitingSince: Day, place: WaitingPlace? = nil
    ) {
        self.unit = unit
        self.isNeeded = isNeeded
        self.isInSentFile = isInSentFile
        self.waitingSince = waitingSince
        self.place = place
    }

    /// Whether it is to wait beyond the coming reading; what stands in a file that is uploaded is not.
    fileprivate func isPutOff(at coming: Day) -> Bool { waitingSince > coming && !isInSentFile }
}

/// The files of one school for the readings to come, when one for the coming reading may lie with CSN already, unread.
///
/// CSN's handbook, "Så rapporterar du via fil", has the later of two files before one reading replace the earlier
/// ("är det endast filen på måndagen som vi kommer att läsa in"). So a new file for the coming reading holds all that
/// the sent one holds, beside something new; or else the sent file stands and everything new takes later readings.
public struct UploadQueue: Hashable, Sendable {
    /// The files to be made, by reading day.
    public private(set) var files: [PlannedFile]
    /// Whether there is a sent file for the coming reading that stands as it is: no file in ``files`` is for that day.
    public let keepsSentFile: Bool

    /// Plans the files of one school.
    ///
    /// - Units neither needed nor in the sent file are passed over. When nothing is needed no file is made.
    /// - The units of the sent file are kept in one file, and with them as one the files are the fewest possible
    ///   (``Windows``). The file that holds them takes the coming reading. If it would hold nothing that is needed it
    ///   is not made: the sent file stands. Nor would fewer files do for what is needed then: with the sent one they
    ///   would be a smaller plan of all.
    /// - The sent file stands as well if its units no longer share one file: their dates, as they are now, span more
    ///   than 365 days, or one of several has to have a file of its own. What is needed, of its units too, is then
    ///   planned as if it had not been sent, from the reading after. The only unit of a sent file may be one with a
    ///   file of its own.
    /// - A file that waits keeps its units together where that costs no file, and the files that wait keep their order
    ///   (``WaitingFiles``): the rest of a plan is the same on another day.
    /// - The other files follow in the order of ``UploadPlan``, but one with a unit that has waited three reading
    ///   days or more goes before those that have none, the longest waiting first. Waiting is counted in readings
    ///   from the one at which the unit was first to go up to the coming one: since Monday, with Thursday coming, is
    ///   three. That day's changes then wait a day; without this, a school with changes every day would never come to
    ///   its last file.
    /// - What was put off to a later reading is planned by itself, from that reading on, on the days that are left: it
    ///   shares a file with the others from the day on which it may go.
    ///
    /// The result does not depend on the order of the units.
    ///
    /// - Parameters:
    ///   - units: the school's units, in any order, those of the sent file with what they hold now.
    ///   - today: the day of the run.
    ///   - coming: the coming reading; the first reading day after it if it is none.
    ///   - readingDays: when CSN reads.
    ///   - taken: reading days that other commands have reserved. The coming day is never among them when a file was
    ///     sent for it, since it is then this queue's own: it is not looked up for the file that takes the sent one's
    ///     place.
    public static func plan(
        _ units: [QueuedUnit], today: Day, from coming: Day, readingDays: ReadingDays, taken: Set<Day> = []
    ) -> UploadQueue {
        let coming = readingDays.next(after: coming - 1)
        var queue = planNow(
            units.filter { !$0.isPutOff(at: coming) }, today: today, from: coming, readingDays: readingDays,
            taken: taken)
        let putOff = Dictionary(
            grouping: units.filter { $0.isPutOff(at: coming) && $0.isNeeded }, by: \.waitingSince)
        for (day, units) in putOff.sorted(by: { $0.key < $1.key }) {
            let waiting = WaitingFiles(of: units, gathersNew: true)
            let drafts = UploadPlan.drafts(of: units.map(\.unit), today: today, waiting: waiting)
            queue.files += UploadPlan.files(
                of: waiting.inOrder(drafts, today: today, unit: find(units)), from: day, readingDays: readingDays,
                taken: taken.union(queue.files.map(\.readingDay)))
        }
        queue.files.sort { $0.readingDay < $1.readingDay }
        return queue
    }

    /// Plans what may go at the coming reading.
    private static func planNow(
        _ units: [QueuedUnit], today: Day, from coming: Day, readingDays: ReadingDays, taken: Set<Day>
    ) -> UploadQueue {
        let sent = units.filter(\.isInSentFile)
        let needed = units.filter(\.isNeeded)
        guard !needed.isEmpty else { return UploadQueue(files: [], keepsSentFile: !sent.isEmpty) }

        let carried = fitOneFile(sent) ? Set(sent.map(\.unit.id)) : []
        let planned = units.filter { $0.isNeeded || carried.contains($0.unit.id) }
        // What holds today is not kept from an uploaded file that can take it at the coming reading.
        let isUrgent = needed.contains { !$0.isInSentFile && $0.place == nil && $0.unit.dates.holds(today) }
        let waiting = WaitingFiles(of: needed, gathersNew: sent.isEmpty || !isUrgent)
        var drafts = UploadPlan.drafts(of: planned.map(\.unit), today: today, inOneFile: carried, waiting: waiting)
        var files: [PlannedFile] = []
        if let index = drafts.firstIndex(where: { $0.units.contains(where: carried.contains) }) {
            let draft = drafts.remove(at: index)
            let neededIDs = Set(needed.map(\.unit.id))
            if draft.units.contains(where: neededIDs.contains) {
                files.append(PlannedFile(draft, readingDay: coming))
            }
        }
        let keepsSentFile = !sent.isEmpty && files.isEmpty
        files += UploadPlan.files(
            of: inOrder(
                waiting.inOrder(drafts, today: today, unit: find(planned)),
                waiting: Waiting(needed, coming: coming, readingDays: readingDays)),
            from: sent.isEmpty ? coming : coming + 1, readingDays: readingDays, taken: taken)
        return UploadQueue(files: files, keepsSentFile: keepsSentFile)
    }

    /// Whether one file may hold all of the units.
    private static func fitOneFile(_ units: [QueuedUnit]) -> Bool {
        guard let first = units.first, units.count > 1 else { return true }
        return units.allSatisfy { $0.unit.allowance == .shared }
            && units.reduce(first.unit.dates) { $0.union($1.unit.dates) }.fitsOneFile
    }

    /// The units by their ids.
    private static func find(_ units: [QueuedUnit]) -> (Int) -> PlannableUnit? {
        let all = Dictionary(units.map { ($0.unit.id, $0.unit) }, uniquingKeysWith: { first, _ in first })
        return { all[$0] }
    }

    /// The same order, but what has waited long before the rest.
    private static func inOrder(_ drafts: [Draft], waiting: Waiting) -> [Draft] {
        drafts.enumerated().map { (number: $0, draft: $1, since: waiting.since(of: $1)) }.sorted { left, right in
            switch (left.since, right.since) {
            case (let first?, let second?) where first != second: first < second
            case (.some, nil): true
            case (nil, .some): false
            default: left.number < right.number
            }
        }.map(\.draft)
    }
}

extension WaitingFiles {
    /// Those of some units. What stands in an uploaded file goes with that one.
    fileprivate init(of units: [QueuedUnit], gathersNew: Bool) {
        let places = units.compactMap { queued in
            queued.isInSentFile ? nil : queued.place.map { (queued.unit.id, $0) }
        }
        self.init(
            Dictionary(places, uniquingKeysWith: { first, _ in first }), gathersNew: gathersNew && !places.isEmpty)
    }
}

/// Since when units have waited, as far as it has been long.
private struct Waiting {
    /// How many readings a unit waits before its file goes before all others: csnfil's own.
    private static let mostReadings = 3

    /// By unit id, the reading at which the unit was first to go; only units that have waited ``mostReadings``.
    private let sinceOfUnit: [Int: Day]

    init(_ units: [QueuedUnit], coming: Day, readingDays: ReadingDays) {
        let latest = (0..<Waiting.mostReadings).reduce(coming) { day, _ in readingDays.previous(before: day) }
        var since: [Int: Day] = [:]
        for queued in units where queued.waitingSince <= latest {
            since[queued.unit.id] = readingDays.next(after: queued.waitingSince - 1)
        }
        sinceOfUnit = since
    }

    /// The reading at which the longest waiting unit of a file was first to go; nil when none has waited long.
    func since(of draft: Draft) -> Day? {
        draft.units.lazy.compactMap { sinceOfUnit[$0] }.min()
    }
}
