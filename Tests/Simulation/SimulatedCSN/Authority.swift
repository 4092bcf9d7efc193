/// The authority: takes files, reads at 17:00, keeps a register. It knows nothing of the program that made the files.
public struct Authority: Sendable {
    /// A file that somebody has uploaded.
    public struct Upload: Sendable {
        /// From 0, in the order of the uploads.
        public var number: Int
        /// When.
        public var time: WallTime
        /// What stands in it.
        public var file: UploadedFile
    }

    /// What a reading did.
    public struct Reading: Sendable {
        /// When, at 17:00.
        public var day: CalendarDay
        /// The file that counted.
        public var upload: Upload
        /// The files before it that did not count.
        public var unread: [Int]
        /// By personnummer, what the register held before.
        public var before: [String: [ReportedCourse]]
    }

    /// What the screen shows after an upload.
    public enum Screen: Sendable {
        /// The file is taken, under that number.
        case taken(Int)
        /// Nothing of it is.
        case refused(String)
    }

    /// When it reads.
    public let calendar = ReadingCalendar()
    /// By personnummer, the courses of which it knows.
    public private(set) var register: [String: [ReportedCourse]] = [:]
    private var waiting: [Upload] = []
    private var uploads = 0
    private var clock: WallTime

    /// An authority that knows nobody.
    public init(from time: WallTime) { clock = time }

    /// What the register holds of a student, in study periods.
    public func periods(of student: String) -> [[ReportedCourse]] { StudyPeriods.of(register[student] ?? []) }

    /// Somebody uploads a file. Errors in the file are shown at once.
    ///
    /// - Parameter isUnlucky: the authority takes nothing today, for a reason of its own.
    public mutating func upload(_ bytes: [UInt8], at time: WallTime, isUnlucky: Bool = false) -> Screen {
        guard !isUnlucky else { return .refused("tekniskt fel, försök igen senare") }
        do throws(UploadedFile.Refusal) {
            let file = try UploadedFile(bytes, today: time.day)
            waiting.append(Upload(number: uploads, time: time, file: file))
            uploads += 1
            return .taken(uploads - 1)
        } catch {
            return .refused(error.description)
        }
    }

    /// Time goes on: every reading up to and at that moment takes place.
    ///
    /// - Returns: the readings at which there was something to read, in order.
    public mutating func advance(to time: WallTime) -> [Reading] {
        var readings: [Reading] = []
        while true {
            let day = calendar.readingOfUpload(at: clock)
            let hour = WallTime(day, ReadingCalendar.hour)
            guard hour <= time else { break }
            readings += read(on: day, everythingBefore: hour)
            clock = hour
        }
        clock = max(clock, time)
        return readings
    }

    /// Of every school the last file counts; those before it are as if they had never been.
    private mutating func read(on day: CalendarDay, everythingBefore hour: WallTime) -> [Reading] {
        let due = waiting.filter { $0.time < hour }
        waiting.removeAll { $0.time < hour }
        var readings: [Reading] = []
        for (_, uploads) in Dictionary(grouping: due, by: \.file.school).sorted(by: { $0.key < $1.key }) {
            guard let last = uploads.max(by: { ($0.time, $0.number) < ($1.time, $1.number) }) else { continue }
            var before: [String: [ReportedCourse]] = [:]
            for (student, courses) in last.file.students {
                before[student] = register[student] ?? []
                register[student] = Authority.replacing(register[student] ?? [], by: courses)
            }
            readings.append(
                Reading(
                    day: day, upload: last, unread: uploads.map(\.number).filter { $0 != last.number },
                    before: before))
        }
        return readings
    }

    /// A study period is replaced whole: all that was known of it goes, and what the file says takes its place. What
    /// was known belongs to a period of the file when it is linked to it, from course to course.
    public static func replacing(_ known: [ReportedCourse], by courses: [ReportedCourse]) -> [ReportedCourse] {
        var kept = known
        var reached = courses
        while let course = reached.popLast() {
            reached += kept.filter { $0.isLinked(to: course) || $0.key == course.key }
            kept.removeAll { $0.isLinked(to: course) || $0.key == course.key }
        }
        return (kept + courses).sorted { $0.key < $1.key }
    }
}
