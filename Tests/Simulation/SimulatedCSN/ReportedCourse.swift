/// One course of a student as a file says it, with all of its events.
public struct ReportedCourse: Hashable, Sendable {
    /// Something that happened.
    public struct Event: Hashable, Comparable, Sendable {
        /// 31, 32, 81 or 99.
        public var kind: Int
        /// When.
        public var day: CalendarDay

        /// An event.
        public init(_ kind: Int, _ day: CalendarDay) {
            self.kind = kind
            self.day = day
        }

        /// By day and kind.
        public static func < (left: Event, right: Event) -> Bool { (left.day, left.kind) < (right.day, right.kind) }
    }

    /// What tells a student's courses from each other.
    public struct Key: Hashable, Comparable, Sendable {
        /// The code.
        public var code: String
        /// The part, 11–99.
        public var part: Int
        /// The first day.
        public var start: CalendarDay

        /// A key.
        public init(code: String, part: Int, start: CalendarDay) {
            self.code = code
            self.part = part
            self.start = start
        }

        /// By start, code and part.
        public static func < (left: Key, right: Key) -> Bool {
            (left.start, left.code, left.part) < (right.start, right.code, right.part)
        }
    }

    /// Which course.
    public var key: Key
    /// The last day.
    public var end: CalendarDay
    /// 0–999.
    public var points: Int
    /// GR, GY or PU.
    public var level: String
    /// Columns 29, 30, 52 and 53 as they stand, blanks for empty.
    public var flags: String
    /// J.
    public var isStarted: Bool
    /// In order.
    public var events: [Event]
    /// The grade, or nil.
    public var grade: String?
    /// Its day.
    public var gradeDay: CalendarDay?

    /// A course.
    public init(
        key: Key, end: CalendarDay, points: Int, level: String, flags: String, isStarted: Bool, events: [Event],
        grade: String?, gradeDay: CalendarDay?
    ) {
        self.key = key
        self.end = end
        self.points = points
        self.level = level
        self.flags = flags
        self.isStarted = isStarted
        self.events = events
        self.grade = grade
        self.gradeDay = gradeDay
    }

    /// The first day.
    public var start: CalendarDay { key.start }
    /// Every date written.
    public var days: [CalendarDay] { [start, end] + events.map(\.day) + (gradeDay.map { [$0] } ?? []) }

    /// Whether both are of one study period by themselves: they start in one half-year or have a day in common.
    public func isLinked(to other: ReportedCourse) -> Bool {
        start.halfYear == other.start.halfYear || (start <= other.end && other.start <= end)
    }
}

extension ReportedCourse: CustomStringConvertible {
    /// On one line.
    public var description: String {
        let happened = events.map { " \($0.kind)@\($0.day)" }.joined()
        let graded = grade.map { " \($0)@\(gradeDay.map(\.description) ?? "?")" } ?? ""
        return "\(key.code):\(key.part) \(start)–\(end) \(points) \(level) [\(flags)] \(isStarted ? "J" : "N")"
            + happened + graded
    }
}

/// Study periods: courses that are linked, from one to the next.
public enum StudyPeriods {
    /// The courses of one student in their study periods, each in the order of their keys.
    public static func of(_ courses: [ReportedCourse]) -> [[ReportedCourse]] {
        var left = courses.sorted { $0.key < $1.key }
        var periods: [[ReportedCourse]] = []
        while let first = left.first {
            var period = [first]
            left.removeFirst()
            while let next = left.firstIndex(where: { course in period.contains { $0.isLinked(to: course) } }) {
                period.append(left.remove(at: next))
            }
            periods.append(period.sorted { $0.key < $1.key })
        }
        return periods
    }
}
