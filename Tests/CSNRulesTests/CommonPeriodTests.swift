import CSN
import Testing

@testable import CSNRules

/// What is held when CSN may have two units as one study period.
struct CommonPeriodTests {
    /// A course of the spring as it was planned: it reached into the autumn.
    private static let planned = ["kurskod": "MATMAT01a", "startdatum": "2026-01-12", "slutdatum": "2026-08-17"]
    /// The same after an early grade.
    private static let graded = planned.merging(["slutdatum": "2026-06-05"]) { $1 }
    private static let withoutEnd = ["slutdatum": ""]

    private func held(_ rows: [[String: String]], after delivered: Delivered) throws -> [Bool] {
        try judged(rows, after: delivered).students[0].units.map(\.isHeld)
    }

    @Test func partOfThePeriodWaitsForTheHeldOne() throws {
        let judgement = try judged([Self.graded, Self.withoutEnd], after: Delivered(Self.planned, [:]))
        #expect(judgement.students[0].units.map(\.isHeld) == [true, true])
        let said = zip(judgement.found, judgement.findings.findings).filter { $0.0.rule == UnitHeld.name }.map(\.1)
        #expect(said.map(\.variant) == [3, 0])
        #expect(said.map(\.place.line) == [2, 3])
        let fates = judgement.students[0].fates
        #expect(fates.held == 2 && fates.sent == 0)
    }

    /// The end of the period, and the day before the autumn's course begins.
    @Test(arguments: [("2026-08-17", true), ("2026-08-16", false)])
    func asCSNHasIt(end: String, isOne: Bool) throws {
        let before = Self.planned.merging(["slutdatum": end]) { $1 }
        #expect(try held([Self.graded, Self.withoutEnd], after: Delivered(before, [:])) == [isOne, true])
    }

    @Test func withNothingHeldBothGo() throws {
        #expect(try held([Self.graded, [:]], after: Delivered(Self.planned, [:])) == [false, false])
    }

    /// What CSN does not have cannot be taken from it.
    @Test func heldCourseThatCSNDoesNotHave() throws {
        #expect(try held([Self.graded, Self.withoutEnd], after: Delivered(Self.planned)) == [false, true])
    }

    /// A file of which nobody has said whether it was uploaded, or that waits.
    @Test func asCSNMayHaveIt() throws {
        let delivered = try Delivered(Self.graded, [:])
        #expect(try held([Self.graded, Self.withoutEnd], after: delivered) == [false, true])
        #expect(try held([Self.graded, Self.withoutEnd], after: delivered.beside(Self.planned)) == [true, true])
    }

    /// A course that is to be forgotten tied the two together.
    @Test func courseThatIsLetGo() throws {
        let bridge = ["kurskod": "ENGENG05", "startdatum": "2026-05-04", "slutdatum": "2026-08-28"]
        let delivered = try Delivered(Self.graded, [:])
        #expect(try held([Self.graded, Self.withoutEnd], after: delivered.beside(bridge)) == [true, true])
    }

    @Test func otherPeriodsGo() throws {
        let later = ["kurskod": "ENGENG05", "startdatum": "2027-01-11", "slutdatum": "2027-06-04", "registrering": "N"]
        let all = [Self.graded, Self.withoutEnd, later]
        #expect(try held(all, after: Delivered(Self.planned, [:], later)) == [true, true, false])
    }

    /// What CSN has yet to read of the waiting unit stays in the file.
    @Test func unreadLinesAreKept() throws {
        let judgement = try judged(
            [Self.graded, Self.withoutEnd], after: Delivered([Self.planned, [:]], isRead: false))
        #expect(judgement.students[0].units.map(\.unreadRecords.count) == [1, 1])
    }
}
