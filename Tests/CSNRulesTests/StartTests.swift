import CSN
import Findings
import Testing

@testable import CSNRules

/// Rules about whether a course was started, and about events that are not to be reported.
struct StartTests {
    private func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

    // MARK: - not-started-but-started

    @Test func notStartedButStarted() {
        #expect(NotStartedButStarted.message(isStarted: true, betyg: nil) == 0)
        #expect(NotStartedButStarted.message(isStarted: true, betyg: .a) == 0)
        #expect(NotStartedButStarted.message(isStarted: false, betyg: .notGraded) == 1)
        #expect(NotStartedButStarted.message(isStarted: false, betyg: nil) == nil)
    }

    private static let notStarted = ["meddelandeorsak": "81", "handelsedatum": "2026-08-17"]

    @Test(arguments: [
        ["registrering": "J"],
        ["registrering": "N", "betyg": "F", "betygsdatum": "2026-11-20"],
        // With a date that is not the start's, or outside the course, it is still one cause and one finding.
        ["registrering": "J", "handelsedatum": "2026-08-20"],
        ["registrering": "J", "handelsedatum": "2026-08-10"],
        ["registrering": "J", "handelsedatum": "2027-01-10"],
    ])
    func aContradictionIsHeldAndSaidOnce(_ cells: [String: String]) throws {
        let row = Self.notStarted.merging(cells) { $1 }
        let judgement = try Judgement(Example(row))
        #expect(judgement.effects(of: "not-started-but-started") == [.hold])
        #expect(judgement.effects(of: "not-started-date") == [])
        #expect(judgement.effects(of: "event-date-outside-course") == [])
        #expect(judgement.students[0].units[0].isHeld)
        #expect(try Judgement(Example(row), purpose: .check).effects(of: "not-started-but-started") == [.error])
    }

    @Test func notStartedAloneIsFine() throws {
        let row = Self.notStarted.merging(["registrering": "N"]) { $1 }
        #expect(try Judgement(Example(row)).found == [])
    }

    @Test func loweredItIsSent() throws {
        let judgement = try Judgement(Example(Self.notStarted)) { $0.set(NotStartedButStarted.self, to: .warning) }
        #expect(judgement.only("not-started-but-started") == [.warning])
        #expect(!judgement.students[0].units[0].isHeld)
    }

    /// The J is no certificate yet: it goes first, and nothing contradicts the 81.
    @Test func aPrefilledJDoesNotContradict() throws {
        let judgement = try Judgement(Example(Self.notStarted, today: "2026-08-14"))
        #expect(judgement.only("started-before-course") == [.repair(.warning)])
    }

    // MARK: - started-before-course

    @Test(
        arguments: [
            ("2026-08-16", nil, 0), ("2026-08-17", nil, nil), ("2026-08-18", nil, nil),
            ("2026-08-18", "2026-08-16", 1), ("2026-08-18", "2026-08-17", nil), ("2026-08-18", "2026-08-18", nil),
            // The course has not begun: the day of the export does not matter.
            ("2026-08-16", "2026-08-16", 0),
        ] as [(String, String?, Int?)])
    func startedBeforeCourse(_ today: String, _ exported: String?, _ message: Int?) throws {
        let exported = try exported.map { try day($0) }
        let start = try day("2026-08-17")
        #expect(StartedBeforeCourse.message(start: start, exported: exported, today: try day(today)) == message)
        let overlay = exported.map { ["exportdag": $0.description] } ?? [:]
        let judgement = try Judgement(Example(overlay, today: today))
        #expect(judgement.only("started-before-course") == (message == nil ? [] : [.repair(.warning)]))
        #expect(judgement.records.map(\.registrering) == [message == nil])
        #expect(judgement.findings.findings.first.map { Int($0.variant) } == message)
    }

    @Test func nIsLeftAlone() throws {
        #expect(try Judgement(Example(["registrering": "N"], today: "2026-08-14")).found == [])
    }

    @Test func itCanBeAHold() throws {
        let judgement = try Judgement(Example([:], today: "2026-08-14")) {
            $0.set(StartedBeforeCourse.self, to: .hold)
        }
        #expect(judgement.only("started-before-course") == [.hold])
    }

    @Test func loweredTheJIsSent() throws {
        let judgement = try Judgement(Example([:], today: "2026-08-14")) {
            $0.set(StartedBeforeCourse.self, to: .info)
        }
        #expect(judgement.only("started-before-course") == [.info])
        #expect(judgement.records.map(\.registrering) == [true])
    }

    @Test func inAFinishedFileItIsAdvice() throws {
        let judgement = try Judgement(Example([:], today: "2026-08-14"), purpose: .check)
        #expect(judgement.only("started-before-course") == [.warning])
        #expect(judgement.records.map(\.registrering) == [true])
    }

    /// The rules about 99 see the N: a drop-out planned for after the start asks whether the student started.
    @Test func itComesBeforeTheRulesAbout99() throws {
        let early = try Judgement(
            Example(
                ["meddelandeorsak": "99", "handelsedatum": "2026-08-10"], ["kurskod": "ENGENG05", "registrering": "N"],
                today: "2026-08-14"))
        #expect(early.rules == ["started-before-course", "drop-out-before-start"])
        let late = try Judgement(
            Example(["meddelandeorsak": "99", "handelsedatum": "2026-08-20"], today: "2026-08-14"))
        #expect(late.rules == ["started-before-course", "drop-out-not-registered", "unit-held"])
    }

    /// The grade shows that it is the date which is wrong: grade-before-start says so, and says it alone.
    @Test func aGradeBeforeTheStartIsAnothersCause() throws {
        let row = ["betyg": "C", "betygsdatum": "2026-08-10"]
        #expect(try Judgement(Example(row, today: "2026-08-14")).only("grade-before-start") == [.hold])
        #expect(
            try Judgement(Example(row, today: "2026-08-14"), purpose: .check).only("grade-before-start") == [.error])
        // Where that is let through, the J is still none.
        let lowered = try Judgement(Example(row, today: "2026-08-14")) { $0.set(GradeBeforeStart.self, to: .warning) }
        #expect(lowered.effects(of: "started-before-course") == [.repair(.warning)])
    }

    /// Registered for a later day than it was held on: its dates are put right, and the J with them.
    @Test func anExaminationsDateIsAnothersCause() throws {
        let judgement = try Judgement(
            Example([
                "provning": "J", "startdatum": "2026-12-01", "slutdatum": "2026-12-01", "betyg": "C",
                "betygsdatum": "2026-11-20",
            ]))
        #expect(judgement.rules == ["provning-dates"])
        #expect(judgement.records.map(\.registrering) == [true])
    }

    @Test func aGradeOfALaterDayExcusesNothing() throws {
        // Both lie ahead: the grade is left out, and the J is still none.
        let row = ["betyg": "C", "betygsdatum": "2026-08-15"]
        let judgement = try Judgement(Example(row, today: "2026-08-14"))
        #expect(judgement.effects(of: "started-before-course") == [.repair(.warning)])
    }

    // MARK: - started-while-ill

    private func illness(
        _ orsak: Meddelandeorsak, _ date: String, _ reason: EventReason, back: String? = nil
    ) throws -> Bool {
        let origin = RowOrigin(input: 0, line: 2, offset: 0)
        var events = [Event(orsak: orsak, date: try day(date), reason: reason, origin: origin)]
        if let back { events.append(Event(orsak: .absenceEnds, date: try day(back), origin: origin)) }
        return StartedWhileIll.illness(in: events, at: try day("2026-08-17")) != nil
    }

    @Test(arguments: [EventReason.illFullTime, .illPartTime, .illUnknownExtent])
    func illAtTheStart(_ reason: EventReason) throws {
        for orsak in [Meddelandeorsak.absenceBegins, .notStarted, .dropOut] {
            #expect(try illness(orsak, "2026-08-16", reason))
            #expect(try illness(orsak, "2026-08-17", reason))
            #expect(try !illness(orsak, "2026-08-18", reason))
        }
    }

    @Test(arguments: [EventReason.none, .leave, .death])
    func otherReasonsSayNothingOfTheStart(_ reason: EventReason) throws {
        #expect(try !illness(.dropOut, "2026-08-17", reason))
    }

    @Test func whoIsBackByTheStartWasNotIllAtIt() throws {
        #expect(try !illness(.absenceBegins, "2026-08-01", .illFullTime, back: "2026-08-17"))
        #expect(try illness(.absenceBegins, "2026-08-01", .illFullTime, back: "2026-08-18"))
        #expect(try !illness(.absenceEnds, "2026-08-17", .illFullTime))
    }

    private static let illAtStart = [
        "meddelandeorsak": "99", "handelsedatum": "2026-08-17", "handelseorsak": "sjukdom deltid",
    ]
    private static let other = ["kurskod": "ENGENG05"]

    @Test func theJBecomesN() throws {
        let judgement = try Judgement(Example(Self.illAtStart, Self.other))
        #expect(judgement.only("started-while-ill") == [.repair(.warning)])
        #expect(judgement.records.filter { !$0.events.isEmpty }.map(\.registrering) == [false])
    }

    @Test func aJThatCSNHasStands() throws {
        let reported = try Delivered([:])
        let judgement = try Judgement(Example(Self.illAtStart, Self.other)) { $0.delivered = reported }
        #expect(judgement.found == [])
        let without = try Delivered(["registrering": "N"])
        #expect(
            try Judgement(Example(Self.illAtStart, Self.other)) { $0.delivered = without }.only("started-while-ill")
                == [.repair(.warning)])
    }

    @Test func theJOfSomebodyIllCanBeHeld() throws {
        let judgement = try Judgement(Example(Self.illAtStart, Self.other)) {
            $0.set(StartedWhileIll.self, to: .hold)
        }
        #expect(judgement.only("started-while-ill") == [.hold])
    }

    /// Also where the event that tells of the illness is itself left out.
    @Test func aFullTimeIllnessTakesTheJAndTheDropOut() throws {
        let judgement = try Judgement(
            Example(Self.illAtStart.merging(["handelseorsak": "sjukdom heltid"]) { $1 }, Self.other))
        #expect(judgement.rules == ["started-while-ill", "drop-out-while-ill"])
        #expect(judgement.records.count == 2)
        #expect(judgement.records.flatMap(\.events).isEmpty)
        #expect(judgement.records.filter(\.registrering).count == 1)
    }

    @Test func aCourseThatHasNotBegunIsTheOtherRules() throws {
        let judgement = try Judgement(Example(Self.illAtStart, Self.other, today: "2026-08-14"))
        #expect(!judgement.rules.contains("started-while-ill"))
        #expect(judgement.effects(of: "started-before-course").count == 2)
    }

    // MARK: - drop-out-while-ill

    @Test func dropOutWhileIll() {
        for orsak in [Meddelandeorsak.dropOut, .notStarted] {
            #expect(DropOutWhileIll.message(orsak, for: .illFullTime) == 0)
            #expect(DropOutWhileIll.message(orsak, for: .illUnknownExtent) == 1)
            for reason in [EventReason.none, .leave, .illPartTime, .death] {
                #expect(DropOutWhileIll.message(orsak, for: reason) == nil)
            }
        }
        #expect(DropOutWhileIll.message(.absenceBegins, for: .illFullTime) == nil)
    }

    private func ill(_ extent: String, _ orsak: String = "99") -> [String: String] {
        [
            "meddelandeorsak": orsak, "handelsedatum": orsak == "99" ? "2026-10-09" : "2026-08-17",
            "handelseorsak": extent, "registrering": orsak == "99" ? "J" : "N",
        ]
    }

    @Test(arguments: ["99", "81"])
    func fullTimeTheEventIsLeftOutAndTheCourseSent(_ orsak: String) throws {
        let judgement = try Judgement(Example(ill("sjukdom heltid", orsak)))
        #expect(judgement.only("drop-out-while-ill") == [.drop(.warning)])
        #expect(judgement.records.map(\.events.isEmpty) == [true])
        #expect(judgement.records.map(\.registrering) == [orsak == "99"])
        #expect(judgement.students[0].fates.sent == 1)
    }

    @Test(arguments: ["99", "81"])
    func partTimeTheEventIsSent(_ orsak: String) throws {
        let judgement = try Judgement(Example(ill("sjukdom deltid", orsak)))
        #expect(judgement.found == [])
        #expect(judgement.records.map(\.events.count) == [1])
    }

    @Test func ofUnknownExtentItIsHeld() throws {
        let judgement = try Judgement(Example(ill("sjukdom")))
        #expect(judgement.only("drop-out-while-ill") == [.hold])
        #expect(judgement.students[0].units[0].isHeld)
    }

    @Test func theHoldOfAnUnknownExtentCanBeLowered() throws {
        let judgement = try Judgement(Example(ill("sjukdom"))) { $0.set(DropOutWhileIll.self, to: .warning) }
        #expect(judgement.only("drop-out-while-ill") == [.warning])
        #expect(judgement.records.map(\.events.count) == [1])
    }

    /// A row that said nothing but the event is the record's all the same.
    @Test func theRowOfADroppedEventIsSentAsItsRecord() throws {
        let judgement = try Judgement(Example([:], ill("sjukdom heltid")))
        #expect(judgement.only("drop-out-while-ill") == [.drop(.warning)])
        #expect(judgement.found.map(\.line) == [3])
        #expect(judgement.records.count == 1)
        #expect(judgement.students[0].fates.sent == 2)
    }

    // MARK: - deceased

    @Test func deceased() {
        #expect(Deceased.breaks(.death, marks: []))
        #expect(Deceased.breaks(.none, marks: .deceased))
        #expect(Deceased.breaks(.illFullTime, marks: [.deceased, .protectedIdentity]))
        #expect(!Deceased.breaks(.illFullTime, marks: .protectedIdentity))
        #expect(!Deceased.breaks(.none, marks: []))
    }

    @Test(arguments: [["handelseorsak": "avliden"], ["status": "avliden"]])
    func noEventOfSomebodyWhoDied(_ cells: [String: String]) throws {
        let row = ["meddelandeorsak": "99", "handelsedatum": "2026-10-09"].merging(cells) { $1 }
        let judgement = try Judgement(Example(row))
        #expect(judgement.only("deceased") == [.drop(.info)])
        #expect(judgement.records.map(\.events.isEmpty) == [true])
        #expect(try Judgement(Example(row)) { $0.set(Deceased.self, to: .hold) }.only("deceased") == [.hold])
    }

    @Test func onlyTheEventsOfThatReasonGo() throws {
        let judgement = try Judgement(
            Example(
                ["meddelandeorsak": "99", "handelsedatum": "2026-10-01"],
                ["meddelandeorsak": "99", "handelsedatum": "2026-10-09", "handelseorsak": "avliden"]))
        #expect(judgement.effects(of: "deceased") == [.drop(.info)])
        #expect(judgement.records.first?.events.map(\.date) == [try day("2026-10-01")])
    }

    @Test func withoutAnEventThereIsNothingToLeaveOut() throws {
        #expect(try Judgement(Example(["status": "avliden"])).found == [])
    }

    // MARK: - intro-programme

    /// Study-aid age ends on 30 June of the year of turning 20.
    @Test(arguments: [("2028-06-30", 0), ("2028-07-01", 1)])
    func introProgramme(_ start: String, _ message: Int) throws {
        let student = try #require(Personnummer(digits: 2008_01_01_9803))
        #expect(IntroProgramme.message(student, start: try day(start)) == message)
    }

    @Test func inStudyAidAgeTheRecordIsLeftOut() throws {
        let judgement = try Judgement(IntroProgramme.broken)
        #expect(judgement.only("intro-programme") == [.drop(.warning)])
        #expect(judgement.students.map(\.fates.dropped) == [1, 0])
        #expect(judgement.records.count == 1)
    }

    @Test func olderStudentsAreSentWithAWarning() throws {
        let judgement = try Judgement(Example(["program": "introduktionsprogram"]))
        #expect(judgement.only("intro-programme") == [.warning])
        #expect(judgement.records.count == 1)
    }

    @Test func leavingOutCanBeAHoldOrOnlyAdvice() throws {
        let held = try Judgement(IntroProgramme.broken) { $0.set(IntroProgramme.self, to: .hold) }
        #expect(held.only("intro-programme") == [.hold])
        #expect(held.students[0].units[0].isHeld)
        let sent = try Judgement(IntroProgramme.broken) { $0.set(IntroProgramme.self, to: .info) }
        #expect(sent.only("intro-programme") == [.info])
        #expect(sent.records.count == 2)
    }

    // MARK: - x-only-gr, fardighetstraning-only-gr

    @Test(arguments: [(Niva.gr, false), (.gy, true), (.pu, true)])
    func onlyOnBasicLevel(_ niva: Niva, _ breaks: Bool) {
        #expect(XOnlyGr.breaks(.x, on: niva) == breaks)
        #expect(!XOnlyGr.breaks(.z, on: niva))
        #expect(FardighetstraningOnlyGr.breaks(fardighetstraning: true, on: niva) == breaks)
        #expect(!FardighetstraningOnlyGr.breaks(fardighetstraning: false, on: niva))
    }

    @Test(arguments: [XOnlyGr.self, FardighetstraningOnlyGr.self] as [any Rule.Type])
    func onUpperSecondaryLevelItIsHeldAndCannotBeLowered(_ rule: any Rule.Type) throws {
        #expect(try Judgement(rule.broken).only(rule.name) == [.hold])
        #expect(try Judgement(rule.broken) { $0.set(rule, to: .info) }.only(rule.name) == [.hold])
        #expect(try Judgement(rule.broken, purpose: .check).only(rule.name) == [.error])
    }
}
