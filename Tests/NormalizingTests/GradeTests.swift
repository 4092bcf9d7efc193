import CSN
import Profiles
import Testing

@testable import Normalizing

@Suite struct GradeTests {
    private static let slots: [Slot] = [.meddelandeorsak, .handelsedatum, .betyg, .betygsdatum]

    @Test(arguments: [
        ("A", Betyg.a), ("b", .b), ("C", .c), ("D", .d), ("E", .e), ("F", .f), ("G", .g), ("Godkänd", .g),
        ("godkänt", .g), ("IG", .i), ("I", .i), ("Icke godkänt", .i), ("VG", .v), ("V", .v), ("MVG", .m), ("M", .m),
        ("***", .notGraded), ("1", .notGraded), ("-", .notGraded), ("–", .notGraded), ("X", .x), ("Z", .z), ("A*", .a),
        ("VG*", .v), ("E *", .e), ("-*", .notGraded), ("Mycket väl godkänt", .m), ("Mycket väl godkänt*", .m),
    ])
    func everySpelling(text: String, betyg: Betyg) throws {
        let bench = try RowBench(Self.slots)
        for _ in 1...2 {
            let row = bench.read([.betyg: text, .betygsdatum: "2026-10-01"])
            #expect(row.candidate.betyg == betyg && row.outcome(.betyg) == nil)
            #expect(row.candidate.betygsdatum?.description == "2026-10-01" && row.candidate.meddelandeorsak == nil)
        }
    }

    @Test(arguments: ["H", "AA", "A+", "**", "*", "****", "2", "Deltagit", "A**", "Underkänd på alla delar"])
    func whatIsNoGrade(text: String) throws {
        let row = try RowBench(Self.slots).read([.betyg: text])
        #expect(row.outcome(.betyg) == .failed(.notAllowed) && row.candidate.betyg == nil)
    }

    @Test func blankIsNoGradeYet() throws {
        let row = try RowBench(Self.slots).read([.betyg: ""])
        #expect(row.candidate.betyg == nil && row.outcome(.betyg) == nil)
    }

    /// The cells of a row, and what they become.
    struct DropOut: Sendable {
        var cells: [Slot: String]
        var orsak: Meddelandeorsak?
        var date: String?
        var failed: FieldSet = []
    }

    @Test(arguments: [
        DropOut(cells: [.betyg: "Avbrott", .betygsdatum: "2026-10-01"], orsak: .dropOut, date: "2026-10-01"),
        DropOut(cells: [.betyg: "AVB", .betygsdatum: "2026-10-01"], orsak: .dropOut, date: "2026-10-01"),
        DropOut(cells: [.betyg: "avb"], orsak: .dropOut, date: nil),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .meddelandeorsak: "99", .handelsedatum: "2026-09-30"],
            orsak: .dropOut, date: "2026-09-30"),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .meddelandeorsak: "99"], orsak: .dropOut,
            date: "2026-10-01"),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .meddelandeorsak: "Nej"], orsak: .dropOut,
            date: "2026-10-01"),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .handelsedatum: "i går"], orsak: .dropOut, date: nil,
            failed: FieldSet(.handelsedatum)),
        DropOut(cells: [.betyg: "AVB", .betygsdatum: "?"], orsak: .dropOut, date: nil, failed: FieldSet(.betygsdatum)),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .meddelandeorsak: "31", .handelsedatum: "2026-09-01"],
            orsak: .absenceBegins, date: "2026-09-01", failed: FieldSet(.betyg)),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .meddelandeorsak: "81"], orsak: .notStarted, date: nil,
            failed: FieldSet(.betyg)),
        DropOut(
            cells: [.betyg: "AVB", .betygsdatum: "2026-10-01", .meddelandeorsak: "??"], orsak: nil, date: nil,
            failed: FieldSet(.meddelandeorsak)),
    ])
    func aDropOutInTheGradeColumnIsAnEvent(sample: DropOut) throws {
        let row = try RowBench(Self.slots).read(sample.cells)
        #expect(row.candidate.betyg == nil && row.candidate.betygsdatum == nil)
        #expect(row.candidate.meddelandeorsak == sample.orsak)
        #expect(row.candidate.handelsedatum?.description == sample.date)
        let fields = FieldSet(.meddelandeorsak, .handelsedatum, .betyg, .betygsdatum)
        #expect(row.candidate.failed.intersection(fields) == sample.failed)
    }

    @Test func aSchoolsOwnGradesHoldAtThatSchoolOnly() throws {
        let file = "spelling;betyg;note\nDeltagit;;ord\nToppen;A;\nG;B;\nSlutat i förtid här;99;\n"
        let bench = try RowBench(
            Self.slots + [.skola], files: ["schools/1003/grades.csv": file], school: nil,
            profile: [.betyg: "words: {C: [Toppen, Bra], D: VG}"])
        func read(_ school: String, _ text: String) -> ReadRow { bench.read([.skola: school, .betyg: text]) }
        #expect(read("1003", "toppen").candidate.betyg == .a && read("1004", "toppen").candidate.betyg == .c)
        #expect(read("1003", "G").candidate.betyg == .b && read("1004", "G").candidate.betyg == .g)
        #expect(read("1003", "bra").candidate.betyg == .c && read("1003", "VG").candidate.betyg == .d)
        #expect(read("1003", "MVG").candidate.betyg == .m)
        let word = read("1003", "Deltagit")
        #expect(word.candidate.betyg == nil && word.outcome(.betyg) == nil)
        #expect(read("1004", "Deltagit").outcome(.betyg) == .failed(.notAllowed))
        #expect(read("1003", "Slutat i förtid här").candidate.meddelandeorsak == .dropOut)
    }
}
