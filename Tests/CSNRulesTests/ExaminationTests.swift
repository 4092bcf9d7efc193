import CSN
import Findings
import Testing

@testable import CSNRules

private func with(_ row: [String: String], _ more: [String: String]) -> [String: String] { row.merging(more) { $1 } }

struct ProvningDatesTests {
    private let passed = ["provning": "J", "registrering": "N", "betyg": "C", "betygsdatum": "2026-10-05"]

    @Test func passedExaminationIsOneStartedDay() throws {
        let judgement = try Judgement(Example(passed))
        #expect(judgement.found.map(\.rule) == [ProvningDates.name])
        let record = try judgement.onlyRecord()
        #expect(record.startdatum == (try day("2026-10-05")))
        #expect(record.slutdatum == (try day("2026-10-05")))
        #expect(record.registrering)
    }

    /// One cause, one finding: no other rule judges the dates or the N of such a row.
    @Test(arguments: ["2026-08-16", "2026-08-17", "2026-12-18", "2027-01-11"])
    func whereverTheGradeLies(betygsdatum: String) throws {
        let judgement = try Judgement(
            Example(with(passed, ["betygsdatum": betygsdatum]), today: "2027-01-11"))
        #expect(judgement.found.map(\.rule) == [ProvningDates.name])
    }

    @Test func startedDayThatIsNotTheGradesMoves() throws {
        let row = ["registrering": "J", "startdatum": "2026-10-04", "slutdatum": "2026-10-04"]
        let judgement = try Judgement(Example(with(passed, row)))
        #expect(judgement.actions(of: ProvningDates.name) == [.repair])
    }

    @Test func rowThatShowsStudiesIsHeld() throws {
        let judgement = try Judgement(Example(with(passed, ["registrering": "J"])))
        #expect(judgement.actions(of: ProvningDates.name) == [.hold])
        #expect(judgement.rules == [ProvningDates.name, UnitHeld.name])
        #expect(try judgement.onlyRecord().slutdatum == (try day("2026-12-18")))
    }

    @Test(arguments: [
        // The same record; the same course at the same time; one that was over before.
        (["startdatum": "2026-08-17"], true),
        (["startdatum": "2026-08-01", "slutdatum": "2026-10-05"], true),
        (["startdatum": "2026-08-01", "slutdatum": "2026-10-04"], false),
        (["startdatum": "2026-01-12", "slutdatum": "2026-06-05"], false),
        // Only planned, an examination itself, or another course.
        (["registrering": "N"], false),
        (["startdatum": "2026-10-05", "slutdatum": "2026-10-05"], false),
        (["kurskod": "ENGENG05"], false),
    ])
    func courseThatWasReportedAsStudiedIsHeld(earlier: [String: String], isHeld: Bool) throws {
        let delivered = try Delivered(earlier)
        let judgement = try Judgement(Example(passed)) { $0.delivered = delivered }
        #expect(judgement.actions(of: ProvningDates.name) == [isHeld ? .hold : .repair])
    }

    @Test func otherRowsAreNoExaminations() throws {
        let row = with(passed, ["provning": "", "registrering": "J", "slutdatum": "2026-10-05"])
        #expect(try Judgement(Example(row)).found == [])
    }

    @Test func gradeWithoutDateIsAskedForOnly() throws {
        let judgement = try Judgement(Example(with(passed, ["betygsdatum": ""])))
        #expect(judgement.rules == [GradeWithoutDate.name, UnitHeld.name])
    }

    @Test func repairCanBeHeld() throws {
        let judgement = try Judgement(Example(passed)) { $0.set(ProvningDates.self, to: .hold) }
        #expect(judgement.rules == [ProvningDates.name, UnitHeld.name])
        #expect(try judgement.onlyRecord().registrering == false)
    }
}

struct ProvningFailedTests {
    private let examined = ["provning": "J", "registrering": "N", "betygsdatum": "2026-10-05"]

    @Test(arguments: [
        ["betyg": "F"], ["betyg": "-"], ["betyg": "Z"],
        ["betyg": "I", "kurskod": "GRNMAT2", "poang": "600", "niva": "GR"],
    ])
    func examinationThatIsNotPassedGoes(cells: [String: String]) throws {
        let judgement = try Judgement(Example(with(examined, cells)))
        #expect(judgement.found.map(\.rule) == [ProvningFailed.name])
        #expect(judgement.actions(of: ProvningFailed.name) == [.drop])
        #expect(judgement.records.isEmpty)
        #expect(judgement.students[0].fates.dropped == 1)
        #expect(judgement.students[0].fates.read == 1)
    }

    @Test(arguments: ["2026-10-05", ""])
    func examinationThatIsNotGradedGoes(betygsdatum: String) throws {
        let judgement = try Judgement(Example(with(examined, ["betygsdatum": betygsdatum])))
        #expect(judgement.found.map(\.rule) == [ProvningFailed.name])
        #expect(judgement.records.isEmpty)
    }

    /// A grade of tomorrow is not known today: the examination waits, with one finding.
    @Test(arguments: [("2026-11-23", false), ("2026-11-24", true)])
    func examinationGradedTomorrowWaits(betygsdatum: String, waits: Bool) throws {
        let judgement = try Judgement(Example(with(examined, ["betyg": "C", "betygsdatum": betygsdatum])))
        #expect(judgement.found.map(\.rule) == [waits ? ProvningFailed.name : ProvningDates.name])
        #expect(judgement.levels(of: ProvningFailed.name) == (waits ? [.warning] : []))
    }

    @Test func rowThatShowsStudiesIsHeld() throws {
        let judgement = try Judgement(Example(with(examined, ["betyg": "F", "registrering": "J"])))
        #expect(judgement.rules == [ProvningFailed.name, UnitHeld.name])
        #expect(judgement.actions(of: ProvningFailed.name) == [.hold])
    }

    @Test func courseThatWasReportedAsStudiedIsHeld() throws {
        let delivered = try Delivered([:])
        let judgement = try Judgement(Example(with(examined, ["betyg": "F"]))) { $0.delivered = delivered }
        #expect(judgement.actions(of: ProvningFailed.name) == [.hold])
    }

    @Test func ordinaryFailureIsReported() throws {
        let row = ["slutdatum": "2026-10-05", "betyg": "F", "betygsdatum": "2026-10-05"]
        #expect(try Judgement(Example(row)).records.count == 1)
    }
}
