import CSN
import Profiles
import Testing

@testable import Normalizing

/// Locked grades, assessments, scales and second grades.
@Suite struct SecondGradeTests {
    private static let grades: [Slot] = [.betyg, .betygsdatum, .andrabetyg, .andrabetygsdatum]

    struct Row: Sendable, CustomTestStringConvertible {
        var cells: [Slot: String]
        var betyg: Betyg?
        var date: String?
        var outcome: FieldNote.Outcome?
        var testDescription: String { cells.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ") }

        init(
            _ first: String, _ firstDate: String, _ second: String, _ secondDate: String, _ betyg: Betyg?,
            _ date: String?, _ outcome: FieldNote.Outcome? = nil
        ) {
            cells = [.betyg: first, .betygsdatum: firstDate, .andrabetyg: second, .andrabetygsdatum: secondDate]
            (self.betyg, self.date, self.outcome) = (betyg, date, outcome)
        }
    }

    @Test(arguments: [
        Row("F", "2026-10-01", "", "", .f, "2026-10-01"),
        Row("F", "2026-10-01", "E", "2026-10-02", .e, "2026-10-02", .repaired(.secondGrade)),
        Row("F", "2026-10-01", "e*", "2026-10-02", .e, "2026-10-02", .repaired(.secondGrade)),
        Row("F", "2026-10-01", "E", "2026-09-30", .f, "2026-10-01", .repaired(.secondGrade)),
        Row("F", "2026-10-01", "E", "2026-10-01", .f, "2026-10-01", .failed(.contradictory)),
        Row("F", "2026-10-01", "F", "2026-10-01", .f, "2026-10-01"),
        Row("F", "2026-10-01", "F", "2026-10-02", .f, "2026-10-02", .repaired(.secondGrade)),
        Row("F", "2026-10-01", "F", "", .f, "2026-10-01"),
        Row("F", "2026-10-01", "E", "", .f, "2026-10-01", .failed(.contradictory)),
        Row("F", "", "E", "2026-10-01", .f, nil, .failed(.contradictory)),
        Row("F", "", "F", "2026-10-01", .f, nil, .failed(.contradictory)),
        Row("F", "", "F", "", .f, nil),
        Row("", "", "E", "2026-10-01", .e, "2026-10-01"),
        Row("", "2026-10-05", "E", "2026-10-01", .e, "2026-10-01"),
        Row("", "2026-10-05", "E", "", .e, nil),
        Row("F", "2026-10-01", "Topp", "2026-10-02", .f, "2026-10-01", .failed(.notAllowed)),
        Row("F", "2026-10-01", "Avbrott", "2026-10-02", .f, "2026-10-01", .failed(.notAllowed)),
        Row("Topp", "2026-10-01", "E", "2026-10-02", nil, "2026-10-01", .failed(.notAllowed)),
    ])
    func theLaterCounts(row: Row) throws {
        let read = try RowBench(Self.grades).read(row.cells)
        #expect(read.candidate.betyg == row.betyg && read.candidate.betygsdatum?.description == row.date)
        #expect(read.outcome(.betyg) == row.outcome)
    }

    @Test func aSecondDateThatCannotBeReadHolds() throws {
        let row = try RowBench(Self.grades).read([
            .betyg: "F", .betygsdatum: "2026-10-01", .andrabetyg: "E", .andrabetygsdatum: "i går",
        ])
        #expect(row.outcome(.betygsdatum) == .failed(.format) && row.candidate.failed.contains(.betygsdatum))
        let note = try #require(row.notes.first { $0.field == .betygsdatum })
        #expect(note.value == "i går" && note.column == 3)
    }

    @Test func theNoteNamesBoth() throws {
        let row = try RowBench(Self.grades).read([
            .betyg: "F", .betygsdatum: "2026-10-01", .andrabetyg: "E", .andrabetygsdatum: "2026-10-02",
        ])
        let note = try #require(row.notes.first { $0.field == .betyg })
        #expect(note.value == "F (2026-10-01)" && note.became == "E (2026-10-02)" && note.column == 0)
        #expect(!row.candidate.failed.contains(.betyg))
    }

    /// Whichever of the two is replaced: who reads of it finds it again by its date.
    @Test func theNoteNamesAnEarlierSecondGrade() throws {
        let row = try RowBench(Self.grades).read([
            .betyg: "C", .betygsdatum: "2026-10-02", .andrabetyg: "F", .andrabetygsdatum: "2026-10-01",
        ])
        let note = try #require(row.notes.first { $0.field == .betyg })
        #expect(note.value == "F (2026-10-01)" && note.became == "C (2026-10-02)" && note.column == 2)
    }

    /// The school's and the profile's words for the first grade count for the second too.
    @Test func wordsOfTheSecondGrade() throws {
        let bench = try RowBench(
            Self.grades, files: ["schools/1003/grades.csv": "spelling;betyg\nTopp;A\n"],
            profile: [.betyg: "words: {E: Klarat, F: Missat}", .andrabetyg: "words: {D: Missat}"])
        for (word, betyg) in [("Topp", Betyg.a), ("klarat", .e), ("Missat", .d), ("Godkänt", .g)] {
            let row = bench.read([.andrabetyg: word, .andrabetygsdatum: "2026-10-01"])
            #expect(row.candidate.betyg == betyg, "\(word)")
        }
        #expect(bench.read([.betyg: "Missat"]).candidate.betyg == .f)
    }

    // MARK: - Locked grades

    @Test(arguments: [
        ("J", Betyg?.some(.e)), ("ja", .e), ("true", .e), ("1", .e), ("N", nil), ("false", nil), ("kanske", nil),
        ("", nil),
    ])
    func aGradeThatIsNotLockedIsNone(word: String, betyg: Betyg?) throws {
        let bench = try RowBench(Self.grades + [.betyglast])
        let row = bench.read([.betyg: "E", .betygsdatum: "2026-10-01", .betyglast: word])
        #expect(row.candidate.betyg == betyg && row.outcome(.betyg) == nil)
        // The date stays, so that it is said that it is left out.
        #expect(row.candidate.betygsdatum?.description == "2026-10-01")
        let second = bench.read([.andrabetyg: "E", .andrabetygsdatum: "2026-10-01", .betyglast: word])
        #expect(second.candidate.betyg == betyg)
    }

    @Test func whatIsNotLockedNeedNotBeAGrade() throws {
        let bench = try RowBench(Self.grades + [.betyglast])
        #expect(bench.read([.betyg: "Topp", .betyglast: "N"]).outcome(.betyg) == nil)
        #expect(bench.read([.betyg: "Topp", .betyglast: "J"]).outcome(.betyg) == .failed(.notAllowed))
        let dropOut = bench.read([.betyg: "Avbrott", .betygsdatum: "2026-10-01", .betyglast: "N"])
        #expect(dropOut.candidate.meddelandeorsak == .dropOut)
    }

    // MARK: - Assessments

    @Test func anAssessmentIsNoGrade() throws {
        let bench = try RowBench(Self.grades + [.omdome])
        for (word, isGrade) in [("J", false), ("Ja", false), ("N", true), ("nej", true), ("", true)] {
            let row = bench.read([.betyg: "E", .betygsdatum: "2026-10-01", .omdome: word])
            #expect((row.candidate.betyg == .e) == isGrade && (row.candidate.betygsdatum != nil) == isGrade, "\(word)")
            #expect(row.notes.allSatisfy { $0.field != .betyg && $0.field != .betygsdatum })
        }
        let unreadable = bench.read([.betyg: "Bra", .betygsdatum: "i går", .omdome: "J"])
        #expect(unreadable.candidate.failed.isDisjoint(with: FieldSet(.betyg, .betygsdatum)))
    }

    @Test func aWordThatDoesNotSayWhetherItIsAnAssessmentHolds() throws {
        let bench = try RowBench(Self.grades + [.omdome])
        let row = bench.read([.betyg: "E", .betygsdatum: "2026-10-01", .omdome: "kanske"])
        #expect(row.candidate.betyg == nil && row.outcome(.betyg) == .failed(.notAllowed))
        #expect(row.notes.first { $0.field == .betyg }?.value == "kanske")
        #expect(bench.read([.omdome: "kanske"]).outcome(.betyg) == nil)
    }

    // MARK: - Scales

    @Test(arguments: [
        ("A-F", "ABCDEF", "GIVMXZ"), ("G-IG", "GI", "ABCDEFVMXZ"), ("IG-MVG", "IGVM", "ABCDEFXZ"),
        ("[A-F, G-IG]", "ABCDEFGI", "VMXZ"),
    ])
    func aGradeOutsideTheScaleIsNotRead(scale: String, within: String, outside: String) throws {
        let bench = try RowBench(
            Self.grades, profile: [.betyg: "scale: \(scale)", .andrabetyg: "scale: \(scale)"])
        for slot in [Slot.betyg, .andrabetyg] {
            for letter in within + "-" {
                let row = bench.read([slot: String(letter)])
                #expect(row.candidate.betyg?.code == String(letter) && row.outcome(.betyg) == nil)
            }
            for letter in outside {
                let row = bench.read([slot: String(letter)])
                #expect(row.candidate.betyg == nil && row.outcome(.betyg) == .failed(.range))
            }
        }
        #expect(bench.read([.betyg: "***"]).candidate.betyg == .notGraded)
        #expect(bench.read([.betyg: "Avbrott"]).candidate.meddelandeorsak == .dropOut)
    }
}
