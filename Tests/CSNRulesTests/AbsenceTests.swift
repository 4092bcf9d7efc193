import CSN
import Findings
import Testing

@testable import CSNRules

/// Rules about 31 and 32.
struct AbsenceTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    /// In study-aid age to 2028-06-30.
    private static let young = "20080101-9803"

    private func row(_ orsak: String, _ date: String, _ cells: [String: String] = [:]) -> [String: String] {
        ["personnummer": Self.young, "meddelandeorsak": orsak, "handelsedatum": date].merging(cells) { $1 }
    }

    private func dates(_ judgement: Judgement) -> [String] {
        judgement.records.flatMap { record in
            record.events.map { "\($0.orsak?.rawValue ?? 0) \($0.date?.description ?? "")" }
        }
    }

    // MARK: - Which 32 belongs to which 31

    private func absences(_ events: (Meddelandeorsak, Int32)...) -> Set<Absence> {
        let origin = RowOrigin(input: 0, line: 2, offset: 0)
        return Set(Absence.all(in: events.map { Event(orsak: $0, date: Day(number: $1), origin: origin) }))
    }

    @Test func anEndBelongsToTheLastBeginningBeforeIt() {
        #expect(absences((.absenceBegins, 1), (.absenceEnds, 20)) == [Absence(begin: 0, end: 1)])
        // In whatever order they are said.
        #expect(absences((.absenceEnds, 20), (.absenceBegins, 1)) == [Absence(begin: 1, end: 0)])
        #expect(
            absences((.absenceBegins, 1), (.absenceBegins, 5), (.absenceEnds, 20))
                == [Absence(begin: 0), Absence(begin: 1, end: 2)])
        #expect(absences((.absenceEnds, 1), (.absenceBegins, 5)) == [Absence(end: 0), Absence(begin: 1)])
        #expect(absences((.absenceBegins, 1), (.dropOut, 5)) == [Absence(begin: 0)])
    }

    @Test func onOneDayTheOldAbsenceEndsBeforeTheNewBegins() {
        #expect(
            absences((.absenceBegins, 1), (.absenceBegins, 20), (.absenceEnds, 20), (.absenceEnds, 40))
                == [Absence(begin: 0, end: 2), Absence(begin: 1, end: 3)])
        #expect(absences((.absenceBegins, 1), (.absenceEnds, 1)) == [Absence(begin: 0, end: 1)])
    }

    // MARK: - absence-age

    /// Born on any day of 2006 the last day is 30 June 2026.
    @Test(arguments: [
        (2006_01_01_9805, "2026-06-30", false), (2006_01_01_9805, "2026-07-01", true),
        (2006_12_31_9806, "2026-06-30", false), (2006_12_31_9806, "2026-07-01", true),
        // A samordningsnummer has the same year.
        (2006_01_61_9802, "2026-06-30", false), (2006_01_61_9802, "2026-07-01", true),
    ])
    func absenceAge(_ digits: UInt64, _ date: String, _ breaks: Bool) throws {
        let student = try #require(Personnummer(digits: digits))
        #expect(AbsenceAge.breaks(student, on: try day(date)) == breaks)
    }

    private static let old = [
        "personnummer": "20060101-9805", "startdatum": "2026-01-12", "slutdatum": "2026-08-28",
    ]

    @Test func onlyTheEventPastTheAgeIsLeftOut() throws {
        let judgement = try Judgement(
            Example(row("31", "2026-06-01", Self.old), row("32", "2026-07-01", Self.old)))
        #expect(judgement.effects(of: "absence-age") == [.drop(.info)])
        #expect(judgement.found.filter { $0.rule == "absence-age" }.map(\.line) == [3])
        #expect(dates(judgement) == ["31 2026-06-01"])
    }

    /// Without its 32 the 31 would read as an absence that lasts.
    @Test func aShortAbsenceThatEndsPastTheAgeGoesWhole() throws {
        let rows = [row("31", "2026-06-20", Self.old), row("32", "2026-07-02", Self.old)]
        let judgement = try Judgement(Example(rows[0], rows[1]))
        #expect(judgement.effects(of: "absence-too-short") == [.drop(.info)])
        #expect(judgement.effects(of: "absence-age") == [])
        #expect(dates(judgement) == [])
        // Where short absences are let through, the age still counts.
        let lowered = try Judgement(Example(rows[0], rows[1])) { $0.set(AbsenceTooShort.self, to: .info) }
        #expect(lowered.effects(of: "absence-age") == [.drop(.info)])
    }

    @Test func otherEventsHaveNoAge() throws {
        #expect(try Judgement(Example(row("99", "2026-07-01", Self.old))).found == [])
    }

    @Test func inAFinishedFileItIsAnErrorAndNothingElse() throws {
        #expect(try Judgement(AbsenceAge.broken, purpose: .check).only("absence-age") == [.error])
    }

    @Test func itCanBeAHoldButIsNeverSent() throws {
        #expect(
            try Judgement(AbsenceAge.broken) { $0.set(AbsenceAge.self, to: .hold) }.only("absence-age") == [.hold])
        let lowered = try Judgement(AbsenceAge.broken) { $0.set(AbsenceAge.self, to: .warning) }
        #expect(lowered.only("absence-age") == [.drop(.warning)])
        #expect(dates(lowered) == [])
    }

    @Test func theRecordStaysAsAnAdmission() throws {
        let judgement = try Judgement(AbsenceAge.broken)
        #expect(judgement.records.count == 1)
        #expect(judgement.students[0].fates.sent == 1)
    }

    // MARK: - absence-code

    @Test func absenceCode() {
        #expect(AbsenceCode.message(isCheck: false, sendsAbsenceCodes: true) == nil)
        #expect(AbsenceCode.message(isCheck: false, sendsAbsenceCodes: false) == 1)
        #expect(AbsenceCode.message(isCheck: true, sendsAbsenceCodes: true) == 0)
        #expect(AbsenceCode.message(isCheck: true, sendsAbsenceCodes: false) == 0)
    }

    private var pair: Example { Example(row("31", "2026-09-01"), row("32", "2026-09-30")) }

    @Test func absencesAreSentAndNothingIsSaid() throws {
        let judgement = try Judgement(pair)
        #expect(judgement.found == [])
        #expect(dates(judgement) == ["31 2026-09-01", "32 2026-09-30"])
    }

    @Test func withoutThemEachIsListed() throws {
        let judgement = try Judgement(pair) { $0.sendsAbsenceCodes = false }
        #expect(judgement.only("absence-code") == [.drop(.warning), .drop(.warning)])
        #expect(dates(judgement) == [])
        #expect(judgement.records.count == 1)
    }

    @Test func inAFinishedFileTheyAreAWarning() throws {
        let judgement = try Judgement(pair, purpose: .check)
        #expect(judgement.only("absence-code") == [.warning, .warning])
        #expect(dates(judgement).count == 2)
    }

    /// Nobody is to register by hand what is not to be reported at all.
    @Test func whatIsNotToBeReportedIsNotListed() throws {
        for example in [AbsenceTooShort.broken, AbsenceTooEarly.broken, AbsenceWithReason.broken, AbsenceAge.broken] {
            let judgement = try Judgement(example) { $0.sendsAbsenceCodes = false }
            #expect(!judgement.rules.contains("absence-code"))
            #expect(judgement.rules.count == 1)
        }
    }

    // MARK: - absence-too-short

    @Test(arguments: [
        ("2026-09-01", "2026-09-01", true), ("2026-09-01", "2026-09-15", true), ("2026-09-01", "2026-09-16", false),
        // Over the end of February.
        ("2028-02-20", "2028-03-05", true), ("2028-02-20", "2028-03-06", false),
    ])
    func absenceTooShort(_ begin: String, _ end: String, _ isTooShort: Bool) throws {
        #expect(AbsenceTooShort.isTooShort(from: try day(begin), to: try day(end)) == isTooShort)
    }

    @Test func neitherEventOfAShortAbsenceIsReported() throws {
        let judgement = try Judgement(
            Example(
                row("31", "2026-09-01"), row("32", "2026-09-15"), row("31", "2026-10-01"), row("32", "2026-10-16")))
        #expect(judgement.only("absence-too-short") == [.drop(.info)])
        #expect(dates(judgement) == ["31 2026-10-01", "32 2026-10-16"])
    }

    @Test func onceCSNHasItsBeginningTheEndIsTold() throws {
        let reported = try Delivered(row("31", "2026-09-01"))
        let judgement = try Judgement(AbsenceTooShort.broken) { $0.delivered = reported }
        #expect(judgement.found == [])
        #expect(dates(judgement) == ["31 2026-09-01", "32 2026-09-15"])
        let another = try Delivered(row("31", "2026-08-20"))
        #expect(
            try Judgement(AbsenceTooShort.broken) { $0.delivered = another }.only("absence-too-short")
                == [.drop(.info)])
    }

    @Test func shortAbsencesCanBeHeldOrSent() throws {
        #expect(
            try Judgement(AbsenceTooShort.broken) { $0.set(AbsenceTooShort.self, to: .hold) }
                .only("absence-too-short") == [.hold])
        let sent = try Judgement(AbsenceTooShort.broken) { $0.set(AbsenceTooShort.self, to: .warning) }
        #expect(sent.only("absence-too-short") == [.warning])
        #expect(dates(sent).count == 2)
    }

    @Test func inAFinishedFileAShortAbsenceIsAdvice() throws {
        let judgement = try Judgement(AbsenceTooShort.broken, purpose: .check)
        #expect(judgement.effects(of: "absence-too-short") == [.info])
        #expect(dates(judgement).count == 2)
    }

    // MARK: - absence-too-early

    @Test(arguments: [
        ("2026-11-08", false), ("2026-11-09", true), ("2026-11-23", true), ("2026-11-24", true),
    ])
    func absenceTooEarly(_ begin: String, _ isTooEarly: Bool) throws {
        #expect(AbsenceTooEarly.isTooEarly(try day(begin), today: try day("2026-11-23")) == isTooEarly)
        let judgement = try Judgement(Example(row("31", begin)))
        #expect(judgement.only("absence-too-early") == (isTooEarly ? [.drop(.info)] : []))
        #expect(dates(judgement).count == (isTooEarly ? 0 : 1))
    }

    /// The 15 days are known to be full, though they are not yet over.
    @Test func anAbsenceWithAnEndIsNotOpen() throws {
        let judgement = try Judgement(Example(row("31", "2026-11-20"), row("32", "2026-12-05")))
        #expect(judgement.found == [])
        #expect(dates(judgement).count == 2)
    }

    @Test func anEarlierEndDoesNotCloseIt() throws {
        let judgement = try Judgement(
            Example(row("31", "2026-09-01"), row("32", "2026-09-30"), row("31", "2026-11-20")))
        #expect(judgement.only("absence-too-early") == [.drop(.info)])
        #expect(dates(judgement) == ["31 2026-09-01", "32 2026-09-30"])
    }

    // MARK: - absence-with-reason

    @Test func absenceWithReason() {
        for reason in [EventReason.leave, .illFullTime, .illPartTime, .illUnknownExtent] {
            #expect(AbsenceWithReason.isExcused(reason))
        }
        #expect(!AbsenceWithReason.isExcused(.none))
        #expect(!AbsenceWithReason.isExcused(.death))
    }

    @Test(arguments: ["ledighet", "sjukdom heltid", "sjukdom deltid", "sjukdom"])
    func bothEventsGoWhicheverSaysTheReason(_ reason: String) throws {
        let cause = ["handelseorsak": reason]
        for (begin, end) in [(cause, [:]), ([:], cause), (cause, cause)] {
            let judgement = try Judgement(Example(row("31", "2026-09-01", begin), row("32", "2026-09-30", end)))
            #expect(judgement.only("absence-with-reason") == [.drop(.warning)])
            #expect(dates(judgement) == [])
        }
    }

    @Test func anotherAbsenceStays() throws {
        let judgement = try Judgement(
            Example(
                row("31", "2026-09-01", ["handelseorsak": "ledighet"]), row("32", "2026-09-20"),
                row("31", "2026-10-01"), row("32", "2026-10-20")))
        #expect(judgement.only("absence-with-reason") == [.drop(.warning)])
        #expect(dates(judgement) == ["31 2026-10-01", "32 2026-10-20"])
    }

    @Test func anExcusedAbsenceCanBeAHold() throws {
        let judgement = try Judgement(AbsenceWithReason.broken) { $0.set(AbsenceWithReason.self, to: .hold) }
        #expect(judgement.only("absence-with-reason") == [.hold])
    }
}
