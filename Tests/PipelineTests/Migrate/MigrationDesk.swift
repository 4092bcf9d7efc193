import CSN
import DeliveryLedger
import Foundation
import Reports
import Testing

@testable import Pipeline

extension NightDesk {
    /// Moves what exports say; without exports those of the first name.
    @discardableResult
    func migrate(
        _ now: String, _ exports: [String] = ["betyg.csv"], from first: String = "2000-01-01",
        to last: String = "2040-12-31", by basis: MigrationPlan.Basis = .period, firstDay: String? = nil,
        again: Bool = false, rehearsal: Bool = false
    ) throws -> RunReport {
        try Migration.run(
            MigrateRequest(
                settings: try settings(now, paths: exports.map { path($0) }),
                days: try #require(Day(iso: first))...(try #require(Day(iso: last))), basis: basis,
                firstDay: try firstDay.map { try #require(Day(iso: $0)) }, isAgain: again, isRehearsal: rehearsal,
                mappings: mappings))
    }

    /// The files that wait, in the order of their readings, each with its reading day and its lines.
    func queue() throws -> [(day: Day, lines: [String])] {
        try outbox().map { name, lines in
            (day: try #require(Day(iso: String(name.dropFirst(5).prefix(10)))), lines: lines)
        }.sorted { $0.day < $1.day }
    }

    /// The name of the file for a reading.
    func name(_ day: Day) -> String { "1234_\(day).txt" }
}

extension NightDesk.Row {
    /// A course of the student with a number; with a grade when one is given.
    init(student: Int, _ course: String = "MATMAT01a", _ start: String, _ end: String, grade: String = "") {
        self.init()
        number = Self.number(student)
        self.course = course
        (self.start, self.end, self.grade) = (start, end, grade)
        started = "J"
        if !grade.isEmpty { gradeDate = end }
    }

    /// A number that no real person has: birth numbers from 980 on.
    static func number(_ student: Int) -> String {
        let day = 1 + student / 20 % 28
        let month = 1 + student / 560
        let digits = String(format: "90%02d%02d%03d", month, day, 980 + student % 20)
        let sum = digits.enumerated().reduce(0) { sum, next in
            let doubled = (next.element.wholeNumberValue ?? 0) * (next.offset.isMultiple(of: 2) ? 2 : 1)
            return sum + doubled / 10 + doubled % 10
        }
        return "19\(digits.prefix(6))-\(digits.suffix(3))\((10 - sum % 10) % 10)"
    }
}
