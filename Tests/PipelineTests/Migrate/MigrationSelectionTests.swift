import CSN
import Foundation
import Testing

@testable import Pipeline

/// Study periods at the edges of what a migration chooses: whole, and by what is reported of them.
@Suite struct MigrationSelectionTests {
    private typealias Row = NightDesk.Row

    private func lines(_ rows: [Row], from first: String, to last: String) throws -> [String] {
        let desk = try NightDesk()
        try desk.export(rows, to: "betyg.csv", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00", from: first, to: last, by: .grade)
        return try desk.queue().flatMap(\.lines)
    }

    /// A grade that was corrected since is not reported: only the day of the one that counts chooses.
    @Test(arguments: [("2025-06-30", 0), ("2025-07-31", 1)]) func aReplacedGradeDoesNotChoose(
        _ last: String, _ count: Int
    ) throws {
        let first = Row(student: 1, "MATMAT01a", "2025-01-13", "2025-06-13", grade: "F")
        var second = first
        (second.grade, second.gradeDate) = ("E", "2025-07-31")
        #expect(try lines([first, second], from: "2025-01-01", to: last).count == count)
    }

    /// An examination that was entered in June and graded in July stands in the autumn's study period: with its grade
    /// the whole of that is chosen, and nothing else.
    @Test(arguments: [("2024-06-28", 1), ("2024-07-05", 2)]) func anExaminationChoosesItsOwnPeriod(
        _ graded: String, _ count: Int
    ) throws {
        let desk = try NightDesk()
        let header =
            "Skolkod;Personnr;Ämne/Kurs;Kategori;Del av kurs;Poäng;Startdatum;Slutdatum;Registrering;Betyg;"
            + "Betygsdatum;Prövning/validering"
        func row(_ course: String, _ start: String, _ end: String, _ rest: String) -> String {
            "1234;\(Row.number(1));\(course);GY;1:1;100;\(start);\(end);\(rest)"
        }
        let rows = [
            header, row("MATMAT01a", "2024-06-20", "2024-06-20", ";C;\(graded);P"),
            row("ENGENG05", "2024-08-20", "2024-12-20", "J;;;"), row("SVESVE01", "2024-01-10", "2024-05-31", "J;;;"),
        ]
        try desk.write("betyg.csv", rows.joined(separator: "\r\n") + "\r\n", at: "2026-11-18T20:00")
        try desk.migrate("2026-11-19T08:00", from: graded, to: graded, by: .grade)
        let lines = try desk.queue().flatMap(\.lines)
        #expect(lines.count == 2)
        #expect(lines.count { $0.contains("ENGENG05") } == count - 1)
        #expect(lines.count { $0.contains("SVESVE01") } == 2 - count)
    }
}
