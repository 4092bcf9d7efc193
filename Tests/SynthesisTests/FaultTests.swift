import CSN
import Foundation
import Testing

@testable import Synthesis

struct FaultTests {
    @Test("Every fault that the system can show occurs", arguments: SampleSystem.allCases)
    func everyKind(system: SampleSystem) throws {
        let made = try MadeSample(.made(system, 20_000, faults: 5))
        let profile = try system.profile
        let showing = Showing(profile, try #require(profile.sample))
        let expected = Set(FaultKind.allCases.filter { $0.canBeShown(by: showing, .utf8) }.map(\.rule))
        #expect(Set(made.counts.faults.keys) == expected)
    }

    @Test("No student has two faults", arguments: SampleSystem.allCases)
    func oneEach(system: SampleSystem) throws {
        let truth = try MadeSample(.made(system, 10_000, faults: 12)).truth()
        for (student, rows) in Dictionary(grouping: truth, by: \.student) {
            #expect(rows.count { $0.fault != nil } <= 1, "\(student)")
        }
    }

    /// Rules whose faulty row is sent: what is wrong is mended or left out.
    static let mended: Set<String> = [
        "course-code-decorated", "delkurs-undivided", "niva-missing", "not-started-date", "drop-out-before-start",
        "absence-age", "absence-too-short", "absence-too-early", "ungraded-course-graded", "date-without-grade",
        "grade-in-future", "early-grade-end-date", "started-before-course", "not-started-partly", "not-started-all",
    ]

    @Test(
        "Fates are those of a second reading of the export: mended, dropped, held alone, with the unit, or everywhere",
        arguments: [1, 2, 3] as [UInt64], SampleSystem.allCases)
    func fates(seed: UInt64, system: SampleSystem) throws {
        let request = try SampleRequest.made(system, 12_000, seed: seed, faults: 6, schools: 5)
        let made = try MadeSample(request)
        let truth = try made.truth()
        let rows = try made.rows(request).map { Shown($0, system) }
        try #require(rows.count == truth.count)
        var held: Set<Int> = []
        var dropped: Set<Int> = []
        let ofPerson = Dictionary(grouping: truth.indices) { truth[$0].record["personnummer"] ?? "" }
        let ofStudent = Dictionary(grouping: truth.indices) { truth[$0].student }
        for index in truth.indices {
            guard let rule = truth[index].fault else { continue }
            let mine = ofStudent[truth[index].student] ?? []
            let row = rows[index]
            switch rule {
            case _ where FaultTests.mended.contains(rule): continue
            case "duplicate-record": dropped.insert(index)
            case "corrected-grade":
                let twin = try #require(mine.first { $0 != index && rows[$0].isSameCourse(as: row) })
                #expect(row.grade != rows[twin].grade)
                if row.gradeDay == rows[twin].gradeDay {
                    held.formUnion(unit(of: index, mine, rows))
                } else {
                    #expect((row.gradeDay ?? "") < (rows[twin].gradeDay ?? ""))
                    dropped.insert(index)
                }
            case "kursdel-missing" where row.start?.halfYear == row.end?.halfYear: continue
            case "poang-missing" where system == .schoolsoft || row.part == "1:1": continue
            case "unknown-school", "skolkod-looks-like-kommunkod":
                held.formUnion(ofPerson[truth[index].record["personnummer"] ?? ""] ?? [])
            case "personnummer-format", "temporary-personnummer", "personnummer-date", "personnummer-check-digit":
                held.formUnion(system == .schoolsoft ? mine : [index])
            case "row-cell-count":
                #expect(mine.count == 1)
                held.insert(index)
            case _ where row.start == nil: held.formUnion(mine)
            default: held.formUnion(unit(of: index, mine, rows))
            }
        }
        for index in truth.indices {
            let expected = dropped.contains(index) ? "dropped" : held.contains(index) ? "held" : "sent"
            #expect(truth[index].fate == expected, "line \(truth[index].line), \(truth[index].fault ?? "no fault")")
        }
        #expect(!held.isEmpty && !dropped.isEmpty)
    }

    /// The rows of a student that are in one study period with that row, by spreading from row to row.
    private func unit(of row: Int, _ mine: [Int], _ rows: [Shown]) -> Set<Int> {
        var unit: Set<Int> = [row]
        while let next = mine.first(where: { other in
            !unit.contains(other) && unit.contains { rows[$0].joins(rows[other]) }
        }) {
            unit.insert(next)
        }
        return unit
    }

    @Test("A person whose school failed is held at the other school too")
    func everywhere() throws {
        let truth = try MadeSample(.made(.schoolsoftList, 60_000, faults: 8, schools: 20)).truth()
        let failed = truth.filter { $0.fault == "unknown-school" || $0.fault == "skolkod-looks-like-kommunkod" }
        let failedNumbers = Set(failed.map { $0.record["personnummer"] ?? "" })
        let schools = Dictionary(grouping: truth.filter { failedNumbers.contains($0.record["personnummer"] ?? "") }) {
            $0.record["personnummer"] ?? ""
        }.values.map { Set($0.map { $0.record["skolkod"] ?? "" }).count }
        #expect(schools.contains(2))
        #expect(truth.allSatisfy { !failedNumbers.contains($0.record["personnummer"] ?? "") || $0.fate == "held" })
    }

    @Test("A fault changes what the export says of its row, and of no other")
    func onlyThere() throws {
        let request = try SampleRequest.made(.schoolsoftList, 8000, seed: 9, faults: 8)
        let made = try MadeSample(request)
        let truth = try made.truth()
        for (row, line) in zip(try made.rows(request), truth) where line.fault == nil {
            #expect(row["Skola"] == line.record["skolkod"])
            #expect(row["Kurskod"] == line.record["kurskod"])
            #expect(row["Del"]?.filter(\.isNumber) == line.record["kursdel"])
            #expect(row["Poäng"] == line.record["poang"] && row["Nivå"] == line.record["niva"])
            #expect(row["Startdatum"] == line.record["startdatum"] && row["Slutdatum"] == line.record["slutdatum"])
            #expect((row["Påbörjad"] == "J") == (line.record["registrering"] == "J"))
            #expect(row["Betygsdatum"] == line.record["betygsdatum"] ?? "")
        }
    }
}

/// What a row of an export says, as far as fates depend on it.
struct Shown {
    var start: Day?
    var end: Day?
    var code: String
    var part: String
    var grade: String
    var gradeDay: String?

    init(_ row: [String: String], _ system: SampleSystem) {
        let isList = system == .schoolsoftList
        start = Day(iso: row[isList ? "Startdatum" : "startdate"] ?? "")
        let endText = row[isList ? "Slutdatum" : "enddate"] ?? ""
        end = endText == "9999-12-31" ? nil : Day(iso: endText)
        code = row[isList ? "Kurskod" : "code"] ?? ""
        part = row["Del"] ?? ""
        grade = row[isList ? "Betyg" : "grade"] ?? ""
        gradeDay = row[isList ? "Betygsdatum" : "gradedate"]
    }

    func isSameCourse(as other: Shown) -> Bool { code == other.code && start == other.start && part == other.part }

    func joins(_ other: Shown) -> Bool {
        guard let start, let otherStart = other.start else { return false }
        if start.halfYear == otherStart.halfYear { return true }
        guard let end, let otherEnd = other.end else { return false }
        return start <= otherEnd && otherStart <= end
    }
}
