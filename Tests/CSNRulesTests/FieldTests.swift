import CSN
import Findings
import Testing

@testable import CSNRules

/// The rules about one field, at both sides of their edges.
struct FieldTests {
    /// Cells that differ from the model row, and whether a rule speaks of them.
    struct Edge: CustomTestStringConvertible, Sendable {
        var rule: RuleName
        var cells: [String: String]
        var speaks: Bool

        init(_ rule: RuleName, _ cells: [String: String], _ speaks: Bool) {
            self.rule = rule
            self.cells = cells
            self.speaks = speaks
        }

        var testDescription: String { "\(rule) \(speaks ? "speaks of" : "is silent about") \(cells)" }
    }

    @Test(arguments: [
        Edge("skolkod-range", ["skolkod": "999"], true),
        Edge("skolkod-range", ["skolkod": "1000"], false),
        Edge("skolkod-range", ["skolkod": "1999"], false),
        Edge("skolkod-range", ["skolkod": "2000"], true),
        Edge("skolkod-range", ["skolkod": "1003x"], true),
        Edge("unknown-school", ["skola": "Kvarnby vux"], true),
        Edge("unknown-school", ["skola": ""], true),
        Edge("unknown-school", ["skolkod": ""], true),
        Edge("skolkod-range", ["skolkod": ""], false),
        Edge("unknown-school", ["skola": "1003"], false),
        Edge("skolkod-looks-like-kommunkod", ["skola": "1480"], true),
        Edge("skolkod-looks-like-kommunkod", ["skola": "1481"], false),
        Edge("skolkod-looks-like-kommunkod", ["skolkod": "1480"], false),
        Edge("personnummer-format", ["personnummer": "19900101980"], true),
        Edge("personnummer-format", ["personnummer": "199001019802"], false),
        Edge("personnummer-format", ["personnummer": "1990010198021"], true),
        Edge("personnummer-format", ["personnummer": ""], true),
        Edge("personnummer-format", ["personnummer": "{9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d}"], true),
        Edge("temporary-personnummer", ["personnummer": "19900101-T123"], true),
        Edge("temporary-personnummer", ["personnummer": "19900101-9802"], false),
        Edge("personnummer-date", ["personnummer": "19900229-9802"], true),
        Edge("personnummer-date", ["personnummer": "19900161-9800"], false),
        Edge("personnummer-date", ["personnummer": "19900192-9800"], true),
        // A samordningsnummer of somebody born on the 31st, in a month that has one and in one that has not.
        Edge("personnummer-date", ["personnummer": "19900191-9803"], false),
        Edge("personnummer-date", ["personnummer": "19900491-9800"], true),
        Edge("personnummer-date", ["personnummer": "19900490-9801"], false),
        Edge("personnummer-date", ["personnummer": "19920289-9804"], false),
        Edge("personnummer-date", ["personnummer": "19900289-9806"], true),
        Edge("personnummer-check-digit", ["personnummer": "19900101-9803"], true),
        Edge("personnummer-check-digit", ["personnummer": "19900101-9802"], false),
        Edge("course-code-decorated", ["kurskod": "KH SVESVE01"], true),
        Edge("course-code-decorated", ["kurskod": "matmat01A"], true),
        Edge("course-code-decorated", ["kurskod": "MATMAT01a"], false),
        Edge("kurskod-length", ["kurskod": ""], true),
        Edge("kurskod-length", ["kurskod": "ÅÄÖÅÄÖ01a1"], false),
        Edge("kurskod-length", ["kurskod": "ÅÄÖÅÄÖ01a12"], true),
        Edge("unknown-course-code", ["kurskod": "ÅÄÖÅÄÖ01a1"], true),
        Edge("unknown-course-code", ["kurskod": "ÅÄÖÅÄÖ01a12"], false),
        Edge("delkurs-undivided", ["kurskod": "GRNMATA", "niva": "GR", "kursdel": "12"], true),
        Edge("delkurs-undivided", ["kurskod": "GRNMATA", "niva": "GR", "kursdel": "11"], false),
        Edge("delkurs-undivided", ["kurskod": "GRNMAT2", "niva": "GR", "kursdel": "12"], false),
        Edge("delkurs-undivided", ["kurskod": "GRNMATA", "niva": "GR", "kursdel": ""], false),
        Edge("kursdel-range", ["kursdel": "10"], true),
        Edge("kursdel-range", ["kursdel": "11"], false),
        Edge("kursdel-range", ["kursdel": "99"], false),
        Edge("kursdel-range", ["kursdel": "100"], true),
        Edge("kursdel-range", ["kursdel": "ett"], true),
        Edge("kursdel-order", ["kursdel": "21"], true),
        Edge("kursdel-order", ["kursdel": "20"], true),
        Edge("kursdel-order", ["kursdel": "22"], false),
        Edge("kursdel-order", ["kursdel": "11"], false),
        Edge("kursdel-order", ["kursdel": "12"], false),
        Edge("kursdel-order", ["kursdel": "99"], false),
        Edge("kursdel-order", ["kursdel": "98"], true),
        Edge("kursdel-missing", ["kursdel": ""], true),
        Edge("kursdel-missing", ["kursdel": "12"], false),
        Edge("poang-range", ["poang": "999"], false),
        Edge("poang-range", ["poang": "1000"], true),
        Edge("poang-range", ["poang": "0"], false),
        Edge("poang-range", ["poang": "-1"], true),
        Edge("poang-missing", ["poang": ""], true),
        Edge("poang-missing", ["poang": "0"], false),
        Edge("niva-value", ["niva": "PU"], false),
        Edge("niva-value", ["niva": "gy"], true),
        Edge("niva-missing", ["niva": ""], true),
        Edge("betyg-value", ["betyg": "IG", "betygsdatum": "2026-11-20"], true),
        Edge("betyg-value", ["betyg": "I", "betygsdatum": "2026-11-20"], false),
        Edge("betyg-value", ["betyg": "H", "betygsdatum": "2026-11-20"], true),
        Edge("betyg-value", ["betyg": ""], false),
        Edge("registrering-value", ["registrering": "Ja"], true),
        Edge("registrering-value", ["registrering": ""], false),
        Edge("date-format", ["startdatum": "2026-02-30"], true),
        Edge("date-format", ["startdatum": "17/8"], true),
        // 29 February, in a leap year and in none, and in the two kinds of century.
        Edge("date-format", ["betygsdatum": "2026-02-29", "betyg": "F"], true),
        Edge("date-format", ["betygsdatum": "2026-02-28", "betyg": "F"], false),
        Edge("date-format", ["betygsdatum": "2024-02-29", "betyg": "F"], false),
        Edge("date-format", ["betygsdatum": "2000-02-29", "betyg": "F"], false),
        Edge("date-format", ["betygsdatum": "1900-02-29", "betyg": "F"], true),
        Edge("date-format", ["handelsedatum": "x", "meddelandeorsak": "99"], true),
        Edge("date-format", ["betygsdatum": "9999-12-31", "betyg": "A"], true),
        Edge("date-format", ["slutdatum": "9999-12-31"], false),
        Edge("start-date-missing", ["startdatum": ""], true),
        Edge("end-date-missing", ["slutdatum": ""], true),
        Edge("end-date-missing", ["slutdatum": "9999-12-31"], true),
        Edge("meddelandeorsak-value", ["meddelandeorsak": "80", "handelsedatum": "2026-10-12"], true),
        Edge("meddelandeorsak-value", ["meddelandeorsak": "99", "handelsedatum": "2026-10-12"], false),
        Edge("flag-value", ["fardighetstraning": "N"], true),
        Edge("flag-value", ["omfattning": "D"], false),
        Edge("flag-value", ["omfattning": "P"], true),
        Edge("flag-value", ["uppdragsutbildning": "J"], true),
        Edge("flag-value", ["uppdragsutbildning": "U"], false),
        Edge("flag-value", ["traineejobb": "U"], true),
        Edge("flag-value", ["traineejobb": "J"], false),
    ])
    func edges(_ edge: Edge) throws {
        let judgement = try Judgement(Example(edge.cells))
        #expect(judgement.rules.contains(edge.rule) == edge.speaks)
        for language in Language.allCases {
            for sentence in judgement.sentences(in: language) { #expect(!sentence.contains("{"), "\(sentence)") }
        }
    }

    // MARK: - Repairs

    @Test func blanksAreFilledFromDatesAndRegister() throws {
        let judgement = try Judgement(
            Example(["kurskod": "GRNMATA", "kursdel": "", "poang": "", "niva": "", "slutdatum": "2027-02-01"]))
        let record = try #require(judgement.records.first)
        #expect(record.kursdel == .whole)
        #expect(record.poang == 100)
        #expect(record.niva == .gr)
        #expect(judgement.found.map(\.action) == [.repair, .repair, .repair])
        #expect(judgement.students.first?.units.first?.isHeld == false)
    }

    @Test func delkursIsWrittenAsWhole() throws {
        let judgement = try Judgement(DelkursUndivided.broken)
        #expect(judgement.records.first?.kursdel == .whole)
    }

    @Test(arguments: [("2026-06-30", true), ("2026-07-01", false)])
    func aPeriodEndsWithTheHalfYear(_ end: String, _ isOne: Bool) throws {
        let start = try #require(Day(iso: "2026-01-01"))
        #expect(KursdelMissing.isOnePeriod(start: start, end: try #require(Day(iso: end))) == isOne)
        let found = try Judgement(Example(["kursdel": "", "startdatum": "2026-01-01", "slutdatum": end])).found
        #expect(
            found.first == Found(rule: "kursdel-missing", line: 2, field: .kursdel, action: isOne ? .repair : .hold))
    }

    /// Whether the course is divided is not known, so nothing is said of its points.
    @Test func unknownPartLeavesPointsUnchecked() throws {
        let judgement = try Judgement(Example(["kursdel": "", "poang": "", "slutdatum": "2027-01-01"]))
        #expect(judgement.rules == ["kursdel-missing", "unit-held"])
        #expect(judgement.notChecked["poang-missing"] == 1)
    }

    @Test(arguments: [["poang": "", "kursdel": "12"], ["poang": "", "kurskod": "GRNORI21A", "niva": "GR"]])
    func pointsThatTheRegisterCannotSayAreHeld(_ cells: [String: String]) throws {
        let held = Found(rule: "poang-missing", line: 2, field: .poang, action: .hold)
        #expect(try Judgement(Example(cells)).found.contains(held))
    }

    // MARK: - The configuration

    private func policy(_ rule: RuleName, _ policy: RulePolicy) -> (inout RuleSettings) -> Void {
        { settings in settings.policies[Catalogue.shared.number(of: rule) ?? .max] = policy }
    }

    @Test func repairCanBeTurnedIntoHold() throws {
        let judgement = try Judgement(NivaMissing.broken, setUp: policy("niva-missing", .hold))
        #expect(judgement.found.first?.action == .hold)
        #expect(judgement.students.first?.units.first?.isHeld == true)
    }

    @Test(arguments: [RulePolicy.warning, .info])
    func repairWithoutWhichNothingCanBeWrittenStays(_ policy: RulePolicy) throws {
        let judgement = try Judgement(KursdelMissing.broken, setUp: self.policy("kursdel-missing", policy))
        #expect(judgement.found.map(\.action) == [.repair])
        #expect(judgement.records.first?.kursdel == .whole)
    }

    @Test func wrongCheckDigitCanBeLowered() throws {
        let judgement = try Judgement(
            PersonnummerCheckDigit.broken, setUp: policy("personnummer-check-digit", .warning))
        #expect(judgement.found.map(\.action) == [Action.none])
        #expect(judgement.students.first?.units.first?.isHeld == false)
    }

    @Test(arguments: ["unknown-school", "kursdel-range", "flag-value", "personnummer-date"] as [RuleName])
    func firmHoldsCannotBeLowered(_ name: RuleName) throws {
        let rule = try #require(Catalogue.shared.rule(named: name))
        let judgement = try Judgement(rule.broken, setUp: policy(name, .info))
        #expect(judgement.found.contains { $0.rule == name && $0.action == .hold })
    }

    // MARK: - Finished files

    @Test(arguments: [
        (Field.skolkod, "skolkod-range"), (.personnummer, "personnummer-format"), (.kurskod, "kurskod-length"),
        (.kursdel, "kursdel-range"), (.poang, "poang-range"), (.niva, "niva-value"),
        (.startdatum, "start-date-missing"), (.slutdatum, "end-date-missing"),
        (.registrering, "registrering-value"),
    ])
    func blankOfAFinishedFileIsTheValueRules(_ field: Field, _ rule: String) throws {
        let found = try Judgement(Example([field.name: ""]), purpose: .check).found
        #expect(found == [Found(rule: RuleName(rule), line: 2, field: field, action: .none)])
    }

    @Test func finishedFileIsNotChanged() throws {
        let judgement = try Judgement(DelkursUndivided.broken, purpose: .check)
        #expect(judgement.found.map(\.action) == [Action.none])
        #expect(judgement.records.first?.kursdel == Kursdel(14))
    }

    // MARK: - Sentences

    private func sentence(_ cells: [String: String], setUp: (inout RuleSettings) -> Void = { _ in }) throws -> String {
        try #require(try Judgement(Example(cells), setUp: setUp).sentences(in: .sv).first)
    }

    @Test func eightDigitsAreSaidToBeASkolenhetskod() throws {
        #expect(try sentence(["skolkod": "12345678"]).contains("skolenhetskod"))
        #expect(try !sentence(["skolkod": "1234567"]).contains("skolenhetskod"))
        #expect(!SkolkodRange.looksLikeSkolenhetskod("1234567a"))
    }

    @Test func languageLevelsAreExplained() throws {
        #expect(try sentence(["kurskod": "MODO1000XDEU"]).contains("Gy25"))
        #expect(try !sentence(["kurskod": "SVENSKAKURS01"]).contains("Gy25"))
    }

    @Test func guidSaysThatAListIsMissing() throws {
        #expect(try sentence(["personnummer": "{9b1deb4d-3b7d}"]).contains("GUID"))
    }

    @Test(arguments: [(Field.kurskod, "kurskod", "MATE1COOX"), (.skolkod, "skola", "Kvarnby")])
    func suggestionsAreSaid(_ field: Field, _ slot: String, _ value: String) throws {
        let sentence = try sentence([slot: value]) { settings in
            settings.suggestions = { $0 == field && $1 == value ? ["EN", "TVÅ"] : [] }
        }
        #expect(sentence.contains("menades EN, TVÅ?"))
        #expect(try !self.sentence([slot: value]).contains("menades"))
    }

    @Test(arguments: [(FieldRepair.letterCase, 0), (.decoration, 1), (.declaredPattern, 2)])
    func repairedCodeSaysHow(_ repair: FieldRepair, _ message: Int) {
        let note = FieldNote(.kurskod, .repaired(repair), value: "x", column: 0, became: "SVESVE01")
        #expect(CourseCodeDecorated.message(for: note, []) == message)
    }

    /// Where the personnummer cannot be read, nobody knows what stands in the row: no cell of it is shown, and no
    /// sentence is left with a hole.
    @Test(arguments: Language.allCases)
    func unreadablePersonnummerHidesTheRow(_ language: Language) throws {
        let cells = ["personnummer": "Erik Lindström", "kurskod": "Svensson", "poang": "Anna"]
        let sentences = try Judgement(Example(cells)) { settings in
            settings.suggestions = { _, _ in ["SVESVE01"] }
        }.sentences(in: language)
        #expect(sentences.count == 4)
        for sentence in sentences {
            for cell in cells.values { #expect(!sentence.contains(cell)) }
            #expect(!sentence.contains("{"))
        }
    }

    // MARK: - Letters for digits

    @Test(
        arguments: [
            ("1OO", 1), ("1oo3", 1), ("2026-O8-17", 1), ("l:3", 2), ("1I", 2), ("1OI", 3), ("19900I01-98O2", 3),
            ("100", nil), ("OO", nil), ("1O0 p", nil), ("T123", nil), ("", nil), ("1L", nil),
        ] as [(String, Int?)])
    func lettersThatLookLikeDigits(_ value: String, _ letters: Int?) {
        #expect(LooksLikeOAndZero.letters(in: value)?.rawValue == letters)
    }

    @Test func theLikelyCauseStandsBesideTheRuleThatFailed() throws {
        let found = try Judgement(Example(["startdatum": "2O26-08-17"])).found
        #expect(found.map(\.rule) == ["date-format", "looks-like-o-and-zero"])
        #expect(found.map(\.action) == [.hold, .none])
        #expect(found.allSatisfy { $0.field == .startdatum })
    }

    /// A code of letters and digits, or a code that could be right, says nothing of O and 0.
    @Test(arguments: [["kurskod": "MATE1COOX"], ["betyg": "O", "betygsdatum": "2026-11-20"]])
    func otherFieldsSayNothingOfLetters(_ cells: [String: String]) throws {
        #expect(try !Judgement(Example(cells)).rules.contains("looks-like-o-and-zero"))
    }
}
