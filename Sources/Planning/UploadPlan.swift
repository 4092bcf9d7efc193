import CSN

/// One upload file to be made: its units and the reading it is meant for.
public struct PlannedFile: Hashable, Sendable {
    /// The reading day whose 17:00 reading takes the file.
    public let readingDay: Day
    /// The ids of the units, in the order of their first day, last day and student.
    public let units: [Int]
    /// From the first to the last date of all units; at most 365 days, unless ``ownFile`` says otherwise.
    public let dates: DateSpan
    /// Why its one unit has the file for itself; nil for a file that units share.
    public let ownFile: OwnFileReason?

    init(_ draft: Draft, readingDay: Day) {
        self.readingDay = readingDay
        units = draft.units
        dates = draft.dates
        ownFile = draft.ownFile
    }
}

/// Which units go in which file, and which file goes to which reading.
public enum UploadPlan {
    /// Plans the files of one school.
    ///
    /// - A unit with leave to has a file of its own. The others go in as few files as possible, each unit whole in
    ///   one. Among the plans with the fewest files: the units that hold today are together in one file if one can
    ///   take them; then each unit is in the earliest file it fits, except that a student's units are in one file
    ///   where that moves nobody else's unit (``Windows``).
    /// - One file a reading: CSN's handbook, "Så rapporterar du via fil": "Om du skickar två filer samma dag, tar vi
    ///   bara emot den senast inskickade filen", and its example of a grade file and an admission file on different
    ///   days.
    /// - The order is that of each file's most urgent unit: holding today, then coming, then past, the newest first
    ///   (csnfil's own). Between equals the file with more units that urgent, then the earlier dates.
    ///
    /// The result does not depend on the order of the units.
    ///
    /// - Parameters:
    ///   - units: the school's units that are to be sent, in any order.
    ///   - today: the day of the run.
    ///   - first: no file before this day; the next reading, as a rule (`ReadingDays.reading(atOrAfter:)`).
    ///   - readingDays: when CSN reads.
    ///   - taken: reading days that have another file already.
    /// - Returns: the files in the order of their reading days; none when there is no unit.
    public static func files(
        for units: [PlannableUnit], today: Day, from first: Day, readingDays: ReadingDays, taken: Set<Day> = []
    ) -> [PlannedFile] {
        files(of: drafts(of: units, today: today).sorted(), from: first, readingDays: readingDays, taken: taken)
    }

    /// Gives each draft, in the order given, a reading day of its own that nobody has taken.
    static func files(of drafts: [Draft], from first: Day, readingDays: ReadingDays, taken: Set<Day>) -> [PlannedFile] {
        var day = first - 1
        return drafts.map { draft in
            repeat { day = readingDays.next(after: day) } while taken.contains(day)
            return PlannedFile(draft, readingDay: day)
        }
    }

    /// The fewest files, in no order.
    ///
    /// - Parameters:
    ///   - joint: ids of units that have to be in one file together and fit one; a unit with a file of its own has it
    ///     all the same.
    ///   - waiting: units that are kept together, before those that hold today, where that costs no file.
    static func drafts(
        of units: [PlannableUnit], today: Day, inOneFile joint: Set<Int> = [], waiting: WaitingFiles = .none
    ) -> [Draft] {
        var shared: [PlannableUnit] = []
        var drafts: [Draft] = []
        for unit in units {
            switch unit.allowance {
            case .shared: shared.append(unit)
            case .ownFile(let reason): drafts.append(Draft(unit, ownFile: reason, today: today))
            }
        }
        shared.sort(by: PlannableUnit.inOrder)
        let windows = Windows(shared, inOneFile: joint, wishes: waiting.wishes(shared, today: today))
        var filled = [Draft?](repeating: nil, count: windows.count)
        for (unit, window) in zip(shared, windows.windowOfUnit) {
            if filled[window] == nil {
                filled[window] = Draft(unit, ownFile: nil, today: today)
            } else {
                filled[window]?.add(unit, today: today)
            }
        }
        return drafts + filled.compactMap(\.self)
    }
}
