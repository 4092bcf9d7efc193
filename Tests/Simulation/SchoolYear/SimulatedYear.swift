import SimulatedCSN

/// What the simulation has found wrong.
public struct YearFailure: Error, CustomStringConvertible, Sendable {
    /// By which the year is run again.
    public var seed: UInt64
    /// When it showed.
    public var time: WallTime
    /// The student's made-up number; nil where it is about no single one.
    public var student: String?
    /// What is wrong.
    public var what: String
    /// What happened before, the last lines, and what the program's last run said.
    public var journal: [String]

    /// For people.
    public var description: String {
        """
        Frö \(seed), \(time)\(student.map { ", studerande \($0)" } ?? ""): \(what)
        \(journal.map { "    " + $0 }.joined(separator: "\n"))
        Samma år igen: Scripts/simulate 1 \(seed)
        """
    }
}

/// What a year consisted of, so that nobody takes an empty one for a good one.
public struct YearTally: Sendable, Equatable {
    /// Nightly runs.
    public var runs = 0
    /// Versions of files in the outbox.
    public var files = 0
    /// Files uploaded and taken.
    public var uploads = 0
    /// Readings at which something was read.
    public var readings = 0
    /// Files of which the authority read another one instead.
    public var overtaken = 0
    /// Study periods read.
    public var periods = 0
    /// Study periods read that the authority had just so before, each with a reason.
    public var again = 0
    /// Readings for which a file waited behind another one, at most.
    public var longestQueue = 0
    /// Runs of `migrate`.
    public var migrations = 0
    /// Students and study periods in the register at the end.
    public var students = 0

    /// Nothing.
    public init() {}

    /// Adds another year's.
    public static func += (left: inout YearTally, right: YearTally) {
        left.runs += right.runs
        left.files += right.files
        left.uploads += right.uploads
        left.readings += right.readings
        left.overtaken += right.overtaken
        left.periods += right.periods
        left.again += right.again
        left.longestQueue = max(left.longestQueue, right.longestQueue)
        left.migrations += right.migrations
        left.students += right.students
    }
}

/// A school, its program, its people and CSN through a year.
public struct SimulatedYear<Used: Program> {
    /// The school of every simulated year: CSN's code.
    public static var skolkod: Int { 1_234 }

    let seed: UInt64
    var program: Used
    var dice: Dice
    var school: SchoolLife
    var authority: Authority
    /// Years past that are moved; nil where nobody does.
    var oldTerms: OldTerms?
    var history = FileHistory()
    var now: WallTime
    /// What is to come, the next one last.
    var agenda: [(time: WallTime, number: Int, act: Act)] = []
    var acts = 0
    /// By upload number, which version it was.
    var uploads: [Int: Int] = [:]
    /// What lies in the inbox unread, and what the program has read last.
    var delivered: Export?
    var processed: Export?
    /// Students of whom somebody has forgotten a course since, and when.
    var forgotten: [String: WallTime] = [:]
    /// Many have left: nothing is to be sent until somebody says that it is so.
    var isHeld = false
    var tally = YearTally()
    var journal: [String] = []
    /// By student, what became known of the student, and what the last export said.
    var lives: [String: [String]] = [:]
    var lastExported: [String: String] = [:]

    /// A year by a seed, with a program that has an empty ledger.
    ///
    /// - Parameters:
    ///   - program: made for the year's first moment.
    ///   - migrates: years past are moved beside.
    public init(seed: UInt64, program: Used, migrates: Bool = false) {
        self.seed = seed
        self.program = program
        var dice = Dice(seed: seed)
        school = SchoolLife(year: dice.number(2_013...2_023), dice: &dice)
        now = WallTime(school.firstDay, 0)
        authority = Authority(from: now)
        if migrates { oldTerms = OldTerms(seed: seed, firstDay: school.firstDay, present: school.students) }
        self.dice = dice
    }

    /// Lives through the year.
    ///
    /// - Returns: what it consisted of.
    public mutating func run() throws -> YearTally {
        let last = school.firstDay + 364
        var day = school.firstDay
        while day <= last {
            plan(day, isQuiet: false)
            try live(through: day)
            day = day + 1
        }
        try comeToRest(from: day)
        try compareAtEnd()
        tally.students = authority.register.count
        return tally
    }

    // MARK: - Time

    private mutating func live(through day: CalendarDay) throws {
        while let next = agenda.last, next.time.day <= day {
            agenda.removeLast()
            try advance(to: next.time)
            try perform(next.act)
        }
        try advance(to: WallTime(day, 23, 59, 59))
    }

    mutating func schedule(_ act: Act, at time: WallTime) {
        acts += 1
        let item = (time: time, number: acts, act: act)
        let index = agenda.firstIndex { ($0.time, $0.number) < (item.time, item.number) } ?? agenda.endIndex
        agenda.insert(item, at: index)
    }

    private mutating func advance(to time: WallTime) throws {
        for reading in authority.advance(to: time) {
            now = WallTime(reading.day, ReadingCalendar.hour)
            try judge(reading)
        }
        now = time
    }

    /// Nothing changes any more; everything is uploaded and said, until nothing waits.
    private mutating func comeToRest(from first: CalendarDay) throws {
        school.comeToRest(first)
        var day = first
        var calm = 0
        while calm < 4 {
            guard day < first + 120 else { throw failure("kommer aldrig till ro: utkorgen blir inte tom") }
            plan(day, isQuiet: true)
            try live(through: day)
            if authority.calendar.reads(on: day) {
                calm = try program.outbox().isEmpty ? calm + 1 : 0
            }
            day = day + 1
        }
    }

    // MARK: - A day's plan

    private mutating func plan(_ day: CalendarDay, isQuiet: Bool) {
        let isWorkday = day.weekday < 5
        if !isQuiet { liveSchool(day) }
        if isQuiet || dice.happens(isWorkday ? 930 : 500) {
            schedule(.export, at: WallTime(day, 0, dice.number(5...55)))
        }
        if isQuiet || dice.happens(970) {
            schedule(.run, at: WallTime(day, dice.number(1...5), dice.number(0...59), dice.number(0...59)))
        }
        if !isQuiet && dice.happens(80) { extraRun(day) }
        schedule(.forget, at: WallTime(day, 6, 30))
        if !isQuiet {
            planMigration(day)
        } else if awaitsMigration {
            schedule(.migrate(firstDay: nil), at: WallTime(day, 7))
        }
        if school.awaitsConfirmation && (isQuiet || dice.happens(400)) { schedule(.confirm, at: WallTime(day, 6, 45)) }
        if authority.calendar.reads(on: day) {
            planUpload(day, isQuiet ? .diligent : dice.one(weighted: Uploader.weighted))
        } else if !isQuiet && dice.happens(200) {
            // Saturday's or Sunday's upload for Monday.
            schedule(.upload(isUnlucky: false, says: .atOnce), at: WallTime(day, dice.number(8...22), 10))
        }
    }

    private mutating func liveSchool(_ day: CalendarDay) {
        let (authority, oldTerms) = (authority, oldTerms)
        let processed = Dictionary(
            (processed?.students ?? []).map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        school.live(day) { student in
            let reported = student.reported.flatMap(\.self).sorted { $0.key < $1.key }
            let register = authority.register[student.number] ?? []
            let present = oldTerms?.without(register, of: student.number) ?? register
            guard student.broken.isEmpty, present == reported else { return false }
            return processed[student.number] == student || student.courses.isEmpty
        }
    }

    /// A second run of the day, near an edge now and then.
    private mutating func extraRun(_ day: CalendarDay) {
        let time = dice.one(of: [
            WallTime(day, 11, dice.number(0...59)), WallTime(day, 12, dice.number(0...59)),
            WallTime(day, 13, dice.number(0...59)), WallTime(day, 16, 59, 59), WallTime(day, 17),
            WallTime(day, 17, 0, dice.number(1...59)), WallTime(day, 21),
        ])
        schedule(.export, at: WallTime(day, 10, 30))
        schedule(.run, at: time)
    }

    private mutating func moment(_ day: CalendarDay) -> WallTime {
        switch dice.number(0...11) {
        case 0: WallTime(day, 16, 59, 59)
        case 1: WallTime(day, 16, 59, dice.number(0...58))
        default: WallTime(day, dice.number(7...16), dice.number(0...58), dice.number(0...59))
        }
    }

    private mutating func planUpload(_ day: CalendarDay, _ uploader: Uploader) {
        let time = moment(day)
        switch uploader {
        case .diligent:
            schedule(.upload(isUnlucky: false, says: .atOnce), at: time)
            // Looks once more in the afternoon.
            if dice.happens(500) { schedule(.upload(isUnlucky: false, says: .atOnce), at: WallTime(day, 15, 30)) }
        case .late:
            let late = dice.one(of: [
                WallTime(day, 17), WallTime(day, 17, 0, dice.number(1...59)),
                WallTime(day, dice.number(17...23), dice.number(1...59)),
            ])
            let later = WallTime(day + dice.number(1...6), dice.number(7...20), dice.number(0...59))
            let says: Act.Saying = dice.one(weighted: [(5, .atOnce), (4, .at(later)), (1, .never)])
            schedule(.upload(isUnlucky: false, says: says), at: late)
        case .forgetful: break
        case .silent:
            let later = WallTime(day + dice.number(0...6), 20, dice.number(0...59))
            schedule(.upload(isUnlucky: false, says: dice.happens(500) ? .at(later) : .never), at: time)
        case .unlucky:
            schedule(.upload(isUnlucky: true, says: dice.happens(900) ? .atOnce : .never), at: time)
        case .withdrawing: schedule(.withdraw, at: time)
        case .stale:
            schedule(.fetch(uploadAt: WallTime(day, 16, dice.number(0...59))), at: WallTime(day, 8, 30))
        }
    }
}
