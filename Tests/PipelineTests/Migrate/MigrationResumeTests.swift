import CSN
import Foundation
import Testing

@testable import Pipeline

/// A migration that is interrupted, and run again on another day: what is left is the same.
@Suite struct MigrationResumeTests {
    private typealias Row = NightDesk.Row

    /// Six years of one course a term, and some that go on: on another day others of them hold today.
    private static let terms = [
        ("2021-01-11", "2021-06-11"), ("2021-08-23", "2021-12-17"), ("2022-08-22", "2022-12-16"),
        ("2023-01-09", "2023-06-09"), ("2023-08-21", "2023-12-15"), ("2024-08-19", "2024-12-20"),
        ("2025-01-13", "2025-06-13"), ("2025-08-18", "2025-12-19"), ("2026-01-12", "2026-06-12"),
    ]
    private static let goingOn = [
        ("2026-08-17", "2026-12-18"), ("2026-11-02", "2027-05-14"), ("2026-11-16", "2026-11-27"),
        ("2026-03-02", "2027-01-29"),
    ]

    private static func rows(_ seed: UInt64) -> [Row] {
        var random = SplitMix(state: seed)
        return (0..<24).map { student in
            if student.isMultiple(of: 4), let course = goingOn.randomElement(using: &random) {
                return Row(student: student, "ENGENG05", course.0, course.1)
            }
            let term = terms[Int.random(in: 0..<terms.count, using: &random)]
            return Row(student: student, "MATMAT01a", term.0, term.1, grade: "C")
        }
    }

    /// What became of the last file that was uploaded.
    enum Fate: CaseIterable { case accepted, rejected, withdrawn, neverSaid }

    /// When somebody goes on after the last upload.
    private static let later: [(days: Int, time: String)] = [
        (0, "T16:59:59"), (0, "T17:00"), (2, "T18:00"), (33, "T12:00"), (61, "T09:00"),
    ]

    /// The files that are left, said independently: in their order, each at the first reading that is left.
    private func days(_ count: Int, from first: Day, _ readingDays: ReadingDays) -> [Day] {
        (0..<count).reduce(into: []) { days, _ in days.append(readingDays.next(after: (days.last ?? first - 1))) }
    }

    @Test(arguments: Fate.allCases, 1...1) func theRestIsTheSame(_ fate: Fate, _ seed: UInt64) throws {
        let desk = try NightDesk()
        let rows = Self.rows(seed)
        var tried = 0
        for (days, time) in Self.later {
            // Thursday: a weekend comes soon, and a winter's holidays.
            for uploaded in 0...3 {
                for name in ["outbox", "ledger/csnfil.sqlite"] {
                    try? FileManager.default.removeItem(atPath: desk.path(name))
                }
                try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
                try desk.migrate("2026-11-19T08:00")
                let plan = try desk.queue()
                try #require(plan.count >= 4)
                var now = try #require(Day(iso: "2026-11-19"))
                for (number, file) in plan.prefix(uploaded).enumerated() {
                    now = file.day
                    let isLast = number == uploaded - 1
                    if !isLast || fate == .accepted || fate == .rejected {
                        try desk.say(.sent, desk.name(file.day), at: "\(file.day)T09:00")
                    }
                    if isLast, fate == .rejected { try desk.say(.rejected, desk.name(file.day), at: "\(now)T10:00") }
                    if isLast, fate == .withdrawn { try desk.say(.withdrawn, desk.name(file.day), at: "\(now)T10:00") }
                }
                let later = try #require(Moment("\(now + days)\(time)"))
                try desk.migrate("\(now + days)\(time)")
                var queue = try desk.queue()
                // A file that was sent and not read lies there until its reading.
                let readingDays = ReadingDays()
                let isRead = readingDays.reading(atOrAfter: later) > now
                if uploaded > 0, fate == .accepted, !isRead { queue.removeAll { $0.day == now } }
                let done = fate == .accepted || uploaded == 0 ? uploaded : uploaded - 1
                let comment: Comment = "\(uploaded) uploaded, \(days) days later at \(time)"
                let rest = plan.dropFirst(done).map(\.lines)
                let first =
                    fate == .accepted && !isRead && uploaded > 0
                    ? later.day + 1 : readingDays.reading(atOrAfter: later)
                #expect(queue.map(\.day) == self.days(rest.count, from: first, readingDays), comment)
                if fate == .rejected || fate == .withdrawn, uploaded > 0 {
                    // What was refused is made again; it goes where it is most urgent.
                    let again = try #require(queue.firstIndex { $0.lines == rest.first }, comment)
                    queue.remove(at: again)
                    #expect(queue.map(\.lines) == Array(rest.dropFirst()), comment)
                } else {
                    #expect(queue.map(\.lines) == Array(rest), comment)
                }
                tried += 1
            }
        }
        #expect(tried == Self.later.count * 4)
    }

    /// A day that has not come keeps its file, whatever the day on which somebody runs it again.
    @Test func theDaysStand() throws {
        let desk = try NightDesk()
        try desk.export(Self.rows(9), to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00")
        let plan = try desk.queue()
        try #require(plan.count >= 5)
        for (number, file) in plan.enumerated() {
            let left = plan.dropFirst(number).map(\.day)
            try desk.migrate("\(file.day)T07:00")
            #expect(try desk.queue().map(\.day) == left)
            try desk.say(.sent, desk.name(file.day), at: "\(file.day)T09:00")
            try desk.migrate("\(file.day)T11:00")
            #expect(try desk.queue().map(\.day) == left)
            #expect(try desk.queue().map(\.lines) == plan.dropFirst(number).map(\.lines))
        }
        let last = try #require(plan.last).day
        let report = try desk.migrate("\(last + 1)T09:00")
        #expect(try desk.queue().isEmpty)
        #expect(report.migration?.filesAhead.isEmpty == true)
        #expect(report.migration?.files.map(\.readingDay) == plan.map(\.day))
    }

    /// A first day that is to come stands over interruptions, and nothing goes before it.
    @Test(arguments: ["2026-11-30", "2026-12-05", "2026-12-24"]) func theFirstDayStands(_ first: String) throws {
        let desk = try NightDesk()
        try desk.export(Self.rows(2), to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00", firstDay: first)
        let plan = try desk.queue()
        #expect(plan.map(\.day) == days(plan.count, from: try #require(Day(iso: first)), ReadingDays()))
        for now in ["2026-11-19T18:00", "2026-11-22T12:00", "2026-11-27T18:00"] {
            try desk.migrate(now, firstDay: first)
            #expect(try desk.queue().map(\.day) == plan.map(\.day))
            #expect(try desk.queue().map(\.lines) == plan.map(\.lines))
        }
    }
}
