import CSN
import Findings
import Testing

@testable import CSNRules

struct ReportedValueMissingTests {
    private static let grade = ["betyg": "C", "betygsdatum": "2026-12-18"]
    private static let dropOut = ["meddelandeorsak": "99", "handelsedatum": "2026-10-09"]
    private static let rule: RuleName = "reported-value-missing"

    @Test func startIsKept() throws {
        let judgement = try judged([["registrering": "N"]], after: Delivered([:]))
        #expect(judgement.only(Self.rule) == [.repair(.warning)])
        #expect(try judgement.onlyRecord().registrering)
        #expect(try judged([["registrering": "N"]], after: Delivered(["registrering": "N"])).found == [])
        #expect(try judged([[:]], after: Delivered(["registrering": "N"])).found == [])
    }

    @Test func fileThatWaitsCountsToo() throws {
        let judgement = try judged([["registrering": "N"]], after: Delivered([[:]], isRead: false))
        #expect(try judgement.onlyRecord().registrering)
    }

    /// That the course was not started is the school's word, and no lost J.
    @Test(arguments: [("99", "2026-08-17"), ("81", "2026-08-17")])
    func explicitNotStarted(orsak: String, date: String) throws {
        let row = ["registrering": "N", "meddelandeorsak": orsak, "handelsedatum": date]
        let judgement = try judged([row], after: Delivered([:]))
        #expect(judgement.effects(of: Self.rule) == [])
        #expect(try !judgement.onlyRecord().registrering)
    }

    /// One cause, one finding.
    @Test func dropOutAfterALostStartIsAnotherRules() throws {
        let row = Self.dropOut.merging(["registrering": "N"]) { $1 }
        for isRead in [true, false] {
            let judgement = try judged([row], after: Delivered([[:]], isRead: isRead))
            #expect(judgement.only("drop-out-not-registered") == [.repair(.info)])
            #expect(try judgement.onlyRecord().registrering)
        }
    }

    @Test func gradeIsKeptAndJudgedAsIfItStoodThere() throws {
        let early = ["betyg": "C", "betygsdatum": "2026-12-04", "slutdatum": "2026-12-04"]
        let judgement = try judged([[:]], after: Delivered(early), today: "2026-12-21")
        #expect(judgement.rules == [Self.rule, "early-grade-end-date"])
        let record = try judgement.onlyRecord()
        #expect(record.betyg == .c)
        #expect(try [record.betygsdatum, record.slutdatum] == [day("2026-12-04"), day("2026-12-04")])
        let corrected = Self.grade.merging(["betyg": "B"]) { $1 }
        #expect(try judged([corrected], after: Delivered(Self.grade), today: "2026-12-21").found == [])
    }

    @Test func eventIsKept() throws {
        let judgement = try judged([[:]], after: Delivered(Self.dropOut))
        #expect(judgement.only(Self.rule) == [.repair(.warning)])
        let event = try #require(judgement.onlyRecord().events.first)
        #expect(event.orsak == .dropOut && event.origin == .nowhere)
        #expect(try event.date == day("2026-10-09"))
        let moved = Self.dropOut.merging(["handelsedatum": "2026-10-12"]) { $1 }
        #expect(try judged([moved], after: Delivered(Self.dropOut)).found == [])
    }

    /// 81 became 99, or the other way, by the rules about the unit: no loss.
    @Test func otherKindOfNotStartedIsNoLoss() throws {
        let row = ["registrering": "N", "handelsedatum": "2026-08-17"]
        let judgement = try judged(
            [row.merging(["meddelandeorsak": "99"]) { $1 }],
            after: Delivered(row.merging(["meddelandeorsak": "81"]) { $1 }))
        #expect(judgement.only("not-started-all") == [.repair(.info)])
    }

    @Test func absencesAreKeptBesideADropOut() throws {
        let young = ["personnummer": "20080101-9803"]
        let absence = [("31", "2026-09-01"), ("32", "2026-09-21")].map { orsak, date in
            young.merging(["meddelandeorsak": orsak, "handelsedatum": date]) { $1 }
        }
        let judgement = try judged([Self.dropOut.merging(young) { $1 }], after: Delivered(absence))
        #expect(judgement.effects(of: Self.rule) == [.repair(.warning), .repair(.warning)])
        #expect(try judgement.onlyRecord().events.map(\.orsak) == [.absenceBegins, .absenceEnds, .dropOut])
        // That the 32 has gone is no loss of the absence.
        let begun = try judged([absence[0]], after: Delivered(absence))
        #expect(begun.effects(of: Self.rule) == [])
    }

    @Test func valueThatCannotBeReadIsTheCause() throws {
        for (cell, reported) in [("betyg", Self.grade), ("meddelandeorsak", Self.dropOut), ("kursdel", Self.grade)] {
            let judgement = try judged([[cell: "?"]], after: Delivered(reported), today: "2026-12-21")
            #expect(judgement.effects(of: Self.rule) == [])
            #expect(judgement.notChecked[Self.rule] == 1)
        }
    }

    @Test func nothingIsKeptOfWhoHasDied() throws {
        let judgement = try judged([["status": "avliden"]], after: Delivered(Self.dropOut))
        #expect(judgement.effects(of: Self.rule) == [])
        #expect(try judgement.onlyRecord().events.isEmpty)
    }

    @Test func examinationsAskForThemselves() throws {
        let row = ["registrering": "N", "provning": "J", "betyg": "C", "betygsdatum": "2026-10-05"]
        #expect(try judged([row], after: Delivered([:])).only("provning-dates") == [.hold])
    }

    @Test func policies() throws {
        let held = try judged([["registrering": "N"]], after: Delivered([:])) {
            $0.set(ReportedValueMissing.self, to: .hold)
        }
        #expect(held.only(Self.rule) == [.hold])
        let sent = try judged([["registrering": "N"]], after: Delivered([:])) {
            $0.set(ReportedValueMissing.self, to: .info)
        }
        #expect(sent.only(Self.rule) == [.info])
        #expect(try !sent.onlyRecord().registrering)
    }

    // MARK: - A whole column

    @Test(arguments: [(0, false), (1, false), (2, true)])
    func moreThanOneLostValueIsAColumn(lost: Int, isEmptied: Bool) {
        #expect(ReportedValueMissing.isEmptied(lost: lost) == isEmptied)
    }

    private static func rows(_ cells: [String: String]..., of students: Int = 3) -> [[String: String]] {
        zip(fiveStudents.prefix(students), cells).map { $0.merging($1) { $1 } }
    }

    @Test(arguments: [
        ([String: String](), ["registrering": "N"]), (grade, [:]), (dropOut, [:]),
    ])
    func emptiedColumnHoldsTheSchoolOnce(reported: [String: String], now: [String: String]) throws {
        let delivered = try Delivered(Self.rows(reported, reported, reported))
        let all = try judged(Self.rows(now, now, now), after: delivered, today: "2026-12-21")
        #expect(all.only(Self.rule) == [.hold])
        #expect(all.schools[0].isHeld)
        // One that has a value still: the column is there.
        let one = try judged(Self.rows(now, now, reported), after: delivered, today: "2026-12-21")
        #expect(one.only(Self.rule) == [.repair(.warning), .repair(.warning)])
        #expect(!one.schools[0].isHeld)
    }

    @Test func singleLostValueIsACell() throws {
        let delivered = try Delivered(Self.rows(Self.grade, [:], [:]))
        let judgement = try judged(Self.rows([:], [:], [:]), after: delivered, today: "2026-12-21")
        #expect(judgement.only(Self.rule) == [.repair(.warning)])
        #expect(!judgement.schools[0].isHeld)
    }

    @Test func valuesThatCannotBeReadAreThere() throws {
        let delivered = try Delivered(Self.rows(Self.grade, Self.grade, [:]))
        let judgement = try judged(Self.rows([:], [:], ["betyg": "?"]), after: delivered, today: "2026-12-21")
        #expect(!judgement.schools[0].isHeld)
        #expect(judgement.effects(of: Self.rule) == [.repair(.warning), .repair(.warning)])
    }

    @Test func emptiedColumnCanBeLowered() throws {
        let delivered = try Delivered(Self.rows([:], [:], [:]))
        let now = ["registrering": "N"]
        let judgement = try judged(Self.rows(now, now, now), after: delivered) {
            $0.set(ReportedValueMissing.self, to: .warning)
        }
        #expect(judgement.only(Self.rule)?.allSatisfy { $0 == .warning } == true)
        #expect(!judgement.schools[0].isHeld)
        #expect(judgement.records.allSatisfy { !$0.registrering })
    }
}

/// Rules of one record that ask what CSN has, or what was reported.
struct EarlierStartTests {
    /// The export was made on the Friday before the course began.
    private static let friday = ["exportdag": "2026-08-14"]

    @Test func startThatWasReportedIsNotTakenBackByAnOlderExport() throws {
        let none = try judged([Self.friday], after: Delivered(["registrering": "N"]))
        #expect(none.only("started-before-course") == [.repair(.warning)])
        let reported = try judged([Self.friday], after: Delivered([:]))
        #expect(reported.found == [])
        #expect(try reported.onlyRecord().registrering)
    }

    @Test func startThatStoodThereTooEarlyIsSaidWhenItIsFirstSent() throws {
        let first = try judged([[:]], after: Delivered([["registrering": "N"]], hadStartTooEarly: true))
        #expect(first.only("started-before-course") == [.warning])
        #expect(try first.onlyRecord().registrering)
        #expect(try judged([[:]], after: Delivered([[:]], hadStartTooEarly: true)).found == [])
        #expect(try judged([[:]], after: Delivered([["registrering": "N"]])).found == [])
    }

    @Test func startDuringIllnessStandsOnlyWhereCSNHasReadIt() throws {
        let ill = ["meddelandeorsak": "99", "handelsedatum": "2026-08-17", "handelseorsak": "sjukdom deltid"]
        let other = ["kurskod": "ENGENG05"]
        func started(_ delivered: Delivered) throws -> [Judgement.Effect] {
            try judged([ill, other], after: delivered).effects(of: "started-while-ill")
        }
        #expect(try started(Delivered([[:], other], isRead: false)) == [.repair(.warning)])
        #expect(try started(Delivered([[:], other])) == [])
        // A file waits that takes it back; until it is read CSN has the J.
        let waiting = try Delivered(
            [["registrering": "N"], other], isRead: false, earlierRead: [[:], other])
        #expect(try started(waiting) == [])
    }

    @Test func endOfAShortAbsenceIsToldOnlyWhereCSNHasReadItsBeginning() throws {
        let begin = AbsenceTooShort.broken.rows[0]
        let unread = try judged(AbsenceTooShort.broken.rows, after: Delivered([begin], isRead: false))
        #expect(unread.only("absence-too-short") == [.drop(.info)])
        #expect(try judged(AbsenceTooShort.broken.rows, after: Delivered([begin])).found == [])
    }
}
