import CSN
import Findings
import Testing

@testable import CSNRules

private let graded = ["slutdatum": "2026-11-20", "betyg": "C", "betygsdatum": "2026-11-20"]

private func with(_ row: [String: String], _ more: [String: String]) -> [String: String] { row.merging(more) { $1 } }

/// Judges a row of one school system and one of another, and the other way round: which of the two exports is named
/// first decides nothing of what is sent.
private func judged(
    _ row: [String: String], _ other: [String: String], setUp: (inout RuleSettings) -> Void = { _ in }
) throws -> Judgement {
    let judgement = try Judgement(Example(row, otherSystem: [other]), setUp: setUp)
    let reversed = try Judgement(Example(other, otherSystem: [row]), setUp: setUp)
    #expect(judgement.sent == reversed.sent)
    #expect(judgement.found.map(\.rule).sorted() == reversed.found.map(\.rule).sorted())
    return judgement
}

extension RuleSettings {
    /// Lets the second export have no column for a field.
    fileprivate mutating func leaveOut(_ field: Field) {
        column = { input, asked in input == 1 && asked == field ? nil : Int(asked.rawValue) }
    }
}

struct SaidByOneSystemTests {
    @Test func whatAnExportHasNoColumnForIsTakenFromTheOther() throws {
        for (field, code) in [
            (Field.fardighetstraning, "J"), (.omfattning, "H"), (.uppdragsutbildning, "U"), (.traineejobb, "J"),
            (.registrering, "J"),
        ] as [(Field, String)] {
            let course = ["kurskod": "GRNMAT2", "poang": "600", "niva": "GR", "registrering": "N"]
            let said = with(course, [field.name: code])
            let judgement = try Judgement(Example(said, otherSystem: [course])) { $0.leaveOut(field) }
            #expect(judgement.effects(of: SaidByOneSystem.name) == [.repair(.info)], "\(field.name)")
            #expect(judgement.actions(of: DuplicateRecord.name) == [.drop], "\(field.name)")
            #expect(try judgement.onlyRecord().isHeld == false)
        }
    }

    /// A blank in a column is an answer, and the answers differ.
    @Test func aBlankInAColumnIsAConflict() throws {
        for row in [["uppdragsutbildning": "U"], ["traineejobb": "J"], ["omfattning": "H"]] {
            let judgement = try judged(row, [:])
            #expect(judgement.effects(of: SaidByOneSystem.name) == [])
            #expect(judgement.effects(of: ConflictingRecords.name) == [.hold, .hold])
        }
    }

    @Test(arguments: ["A", "E", "G"])
    func aStartBesideAPassCounts(_ betyg: String) throws {
        let row = with(graded, ["betyg": betyg])
        let judgement = try judged(row, with(row, ["registrering": "N"]))
        #expect(judgement.effects(of: SaidByOneSystem.name) == [.repair(.warning)])
        #expect(judgement.actions(of: GradeNotStarted.name) == [])
        #expect(try judgement.onlyRecord().registrering)
    }

    @Test(arguments: ["F", "-", ""])
    func aStartBesideABlankIsHeldWithoutAPass(_ betyg: String) throws {
        let row = betyg.isEmpty ? [:] : with(graded, ["betyg": betyg])
        let judgement = try judged(row, with(row, ["registrering": "N"]))
        #expect(judgement.effects(of: SaidByOneSystem.name) == [])
        #expect(judgement.effects(of: ConflictingRecords.name) == [.hold, .hold])
    }

    /// Who never came has not started, whatever the other system has.
    @Test(arguments: ["81", "99"])
    func noStartIsTakenWhereOneSaysNotStarted(_ orsak: String) throws {
        let never = ["registrering": "N", "meddelandeorsak": orsak, "handelsedatum": "2026-08-17"]
        let judgement = try Judgement(Example([:], otherSystem: [never])) { $0.leaveOut(.registrering) }
        #expect(judgement.effects(of: SaidByOneSystem.name) == [])
        #expect(judgement.students[0].units[0].isHeld)
        let later = try Judgement(Example([:], otherSystem: [with(never, ["handelsedatum": "2026-08-18"])])) {
            $0.leaveOut(.registrering)
        }
        // An 81 of any day says so; a 99 after the first day is a drop-out of who had started.
        #expect(later.effects(of: SaidByOneSystem.name) == (orsak == "99" ? [.repair(.info)] : []))
    }

    @Test func anExaminationSaysNothingOfStudies() throws {
        let examined = with(graded, ["provning": "J", "registrering": "N"])
        let judgement = try judged(graded, examined)
        #expect(judgement.effects(of: SaidByOneSystem.name) == [])
        #expect(judgement.students[0].units[0].isHeld)
    }

    @Test func twoExportsOfOneSystemAreOne() throws {
        let judgement = try judged(graded, with(graded, ["registrering": "N"])) { $0.system = { _ in 0 } }
        #expect(judgement.effects(of: SaidByOneSystem.name) == [])
        #expect(judgement.effects(of: GradeNotStarted.name) == [.hold])
    }
}

struct ConflictOfTwoSystemsTests {
    private func sentence(_ judgement: Judgement) throws -> String {
        try #require(judgement.sentences(in: .en).first { $0.contains("there") })
    }

    @Test func bothValuesAreSaid() throws {
        let judgement = try judged(graded, with(graded, ["poang": "50"]))
        #expect(judgement.effects(of: ConflictingRecords.name) == [.hold, .hold])
        let said = judgement.sentences(in: .sv).filter { $0.contains("poäng") }
        #expect(said.contains { $0.contains("poäng 100 här och 50 där") })
        #expect(said.contains { $0.contains("poäng 50 här och 100 där") })
        #expect(try sentence(judgement).hasSuffix("mend the system that is wrong"))
    }

    /// One course that begins on another day in the other system would be sent twice, with its grade.
    @Test func anotherFirstDayIsAConflictWhileTheTimesOverlap() throws {
        let overlapping = with(graded, ["startdatum": "2026-08-24"])
        let judgement = try judged(graded, overlapping)
        #expect(judgement.effects(of: ConflictingRecords.name) == [.hold, .hold])
        #expect(try sentence(judgement).contains("startdatum 2026-08-17 here and 2026-08-24 there"))
        let first = ["slutdatum": "2026-09-30", "betyg": "F", "betygsdatum": "2026-09-30"]
        let lastDay = ["startdatum": "2026-09-30", "slutdatum": "2026-11-20"]
        #expect(try judged(first, lastDay).effects(of: ConflictingRecords.name) == [.hold, .hold])
        let anew = with(lastDay, ["startdatum": "2026-10-01"])
        #expect(try judged(first, anew).found == [])
        // With the same grade it is the same course all the same.
        let again = with(anew, ["betyg": "F", "betygsdatum": "2026-11-20"])
        let late = with(first, ["betygsdatum": "2026-11-20"])
        #expect(try judged(late, again).effects(of: ConflictingRecords.name) == [.hold, .hold])
    }

    @Test func anotherPartIsAConflictUnlessItIsTheNext() throws {
        let half = ["poang": "50", "kursdel": "12"]
        #expect(try judged(half, [:]).effects(of: ConflictingRecords.name) == [.hold, .hold])
        #expect(try judged(half, ["poang": "50", "kursdel": "22"]).found == [])
        #expect(try judged(half, ["poang": "50", "kursdel": "23"]).effects(of: ConflictingRecords.name) != [])
    }

    @Test func anotherCourseIsNone() throws {
        #expect(try judged(graded, with(graded, ["kurskod": "ENGENG05"])).found == [])
    }

    /// In one export a student may have read a course anew.
    @Test func oneSystemMayHaveACourseTwice() throws {
        let again = ["startdatum": "2026-08-24"]
        #expect(try judged([:], again) { $0.system = { _ in 0 } }.found == [])
        #expect(try Judgement(Example([:], again)).found == [])
    }

    @Test func anExaminationBesideStudiesWithTheSameGradeIsHeld() throws {
        let examined = with(
            graded,
            [
                "provning": "J", "startdatum": "2026-11-20", "slutdatum": "2026-11-20",
            ])
        #expect(try judged(graded, examined).effects(of: ConflictingRecords.name) == [.hold, .hold])
        // Who failed and passed the examination afterwards has both.
        let failed = ["slutdatum": "2026-10-30", "betyg": "F", "betygsdatum": "2026-10-30"]
        #expect(try judged(failed, examined).effects(of: ConflictingRecords.name) == [])
    }
}

struct GradeOfTwoSystemsTests {
    @Test func aGradeInOneSystemCountsAndIsAWarning() throws {
        let judgement = try judged(graded, ["slutdatum": "2026-11-20"])
        #expect(judgement.effects(of: CorrectedGrade.name) == [.drop(.warning)])
        #expect(try judgement.onlyRecord().betyg == .c)
    }

    /// The system with the grade has moved the end date to its day already, as the handbook asks.
    @Test func aMovedEndDateIsNoDifference() throws {
        let judgement = try judged(graded, ["slutdatum": "2026-11-21"])
        #expect(judgement.effects(of: CorrectedGrade.name) == [.drop(.warning)])
        let record = try judgement.onlyRecord()
        #expect(record.betyg == .c)
        #expect(try record.slutdatum == day("2026-11-20"))
    }

    @Test(arguments: [
        // The course was longer than the grade says, or shorter.
        [["slutdatum": "2026-11-21"], ["slutdatum": "2026-12-18"]],
        [[:], ["slutdatum": "2026-11-19"]],
        // A grade that ends no course, and a part that is not the last.
        [["betyg": "-"], ["slutdatum": "2026-12-18"]],
        [["kursdel": "12", "poang": "50"], ["kursdel": "12", "poang": "50", "slutdatum": "2026-12-18"]],
    ])
    func anyOtherEndDateIsAConflict(_ rows: [[String: String]]) throws {
        // Graded before the end is repaired: what was read counts.
        let judgement = try judged(with(graded, rows[0]), rows[1])
        #expect(judgement.effects(of: CorrectedGrade.name) == [])
        #expect(judgement.effects(of: ConflictingRecords.name) == [.hold, .hold])
    }

    @Test func inOneSystemAMovedEndDateIsAConflict() throws {
        let judgement = try Judgement(Example(graded, ["slutdatum": "2026-11-21"]))
        #expect(judgement.effects(of: ConflictingRecords.name) == [.hold, .hold])
    }

    @Test func aCorrectionNamesTheEarlierGrade() throws {
        let judgement = try judged(
            with(graded, ["betyg": "F"]), with(graded, ["betygsdatum": "2026-11-22", "betyg": "E"]))
        #expect(judgement.effects(of: CorrectedGrade.name) == [.drop(.info)])
        #expect(try judgement.onlyRecord().betyg == .e)
        #expect(
            judgement.sentences(in: .en).contains { $0.hasPrefix("betyg F (2026-11-20) is replaced by E (2026-11-22)") }
        )
    }
}

struct OtherRowsTests {
    private let courses = CourseTable([
        Course(code: "SVESVE01"), Course(code: "ENGENG05"), Course(code: "SVESVE01"), Course(code: "ENGENG05"),
    ])

    private func rows(_ numbers: [UInt32]) -> StudentRows {
        StudentRows(
            rows: numbers.enumerated().map { place, number in
                var row = Candidate(origin: RowOrigin(input: 0, line: UInt32(place + 2), offset: 0))
                row.course = CourseIndex(number: number)
                return row
            })
    }

    /// A school's own code and the national one that it stands for are two entries with one code.
    @Test(
        arguments: [
            ([2, 0], [0, 0]), ([0, 2], [0, 0]), ([2, 3], [2, 3]), ([3, 1, 2], [1, 1, 2]), ([2, 2], [2, 2]), ([2], [2]),
        ] as [([UInt32], [UInt32])])
    func oneCodeIsOneCourse(_ numbers: [UInt32], _ expected: [UInt32]) {
        var rows = rows(numbers)
        rows.nameCoursesAlike(in: courses)
        #expect(rows.rows.compactMap(\.course?.number) == expected)
    }

    @Test func aLineOfAnotherInputNamesIt() {
        let own = RowOrigin(input: 0, line: 2, offset: 0)
        #expect(Parameter.line(of: RowOrigin(input: 0, line: 7, offset: 0), seenFrom: own) == [Parameter("line", "7")])
        #expect(
            Parameter.line(of: RowOrigin(input: 1, line: 7, offset: 0), seenFrom: own)
                == [Parameter("line", "7"), Parameter("lineInput", "1")])
    }
}
