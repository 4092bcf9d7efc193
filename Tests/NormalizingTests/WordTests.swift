import CSN
import Profiles
import Testing

@testable import Normalizing

@Suite struct WordTests {
    private static let slots: [Slot] = [
        .kurskod, .startdatum, .registrering, .fardighetstraning, .omfattning, .niva, .uppdragsutbildning, .traineejobb,
        .meddelandeorsak, .handelsedatum, .handelseorsak, .betyg, .betygsdatum, .status, .provning, .skyddad, .program,
    ]

    private func outcome(_ slot: Slot, _ text: String, in row: ReadRow) -> FieldNote.Outcome? {
        slot.field.flatMap { row.outcome($0) }
    }

    @Test func everyValueOfASlotHasItsCode() {
        for slot in Slot.allCases {
            for value in slot.values { #expect(RowWords.code(of: value, in: slot) != nil, "\(slot) \(value)") }
        }
    }

    @Test func flags() throws {
        let bench = try RowBench(Self.slots)
        let words: [(Slot, [String], [String], KeyPath<Candidate, Bool>)] = [
            (.registrering, ["J", "j", "Ja", "1", "true", "X"], ["N", "Nej", "0", "FALSE", ""], \.registrering),
            (.fardighetstraning, ["J", "JA", "1"], ["N", "nej", "0", ""], \.fardighetstraning),
            (.uppdragsutbildning, ["U", "u", "J", "ja"], ["N", "0", ""], \.uppdragsutbildning),
            (.traineejobb, ["J", "true"], ["N", "nej", ""], \.traineejobb),
        ]
        for (slot, yes, no, field) in words {
            for (texts, expected) in [(yes, true), (no, false)] {
                for text in texts {
                    let row = bench.read([slot: text])
                    #expect(row.candidate[keyPath: field] == expected, "\(slot) \(text)")
                    #expect(outcome(slot, text, in: row) == nil, "\(slot) \(text)")
                }
            }
            // Met twice, and longer than what a key of sixteen bytes holds.
            for text in ["kanske", "kanske", "kanske senare i höst", "kanske senare i höst"] {
                let row = bench.read([slot: text])
                #expect(outcome(slot, text, in: row) == .failed(.notAllowed))
                #expect(!row.candidate[keyPath: field])
            }
        }
    }

    @Test func levelsScopesAndEvents() throws {
        let bench = try RowBench(Self.slots)
        for (text, niva) in [
            ("GR", Niva?.some(.gr)), ("grv", .gr), ("VUXGR", .gr), ("GY", .gy), ("VUXGY", .gy), ("PU", .pu),
            ("KV", nil), ("VUX", nil), ("", nil),
        ] {
            let row = bench.read([.niva: text])
            #expect(row.candidate.niva == niva && row.outcome(.niva) == nil, "\(text)")
        }
        #expect(bench.read([.niva: "GX"]).outcome(.niva) == .failed(.notAllowed))
        #expect(bench.read([.omfattning: "heltid"]).candidate.omfattning == .full)
        #expect(bench.read([.omfattning: "D"]).candidate.omfattning == .part)
        #expect(bench.read([.omfattning: "75"]).outcome(.omfattning) == .failed(.notAllowed))
        for (text, orsak) in [
            ("31", Meddelandeorsak?.some(.absenceBegins)), ("32", .absenceEnds), ("81", .notStarted), ("99", .dropOut),
            ("avbrott", .dropOut), ("Ej påbörjat", .notStarted), ("Nej", nil), ("", nil),
        ] {
            let row = bench.read([.meddelandeorsak: text])
            #expect(row.candidate.meddelandeorsak == orsak && row.outcome(.meddelandeorsak) == nil, "\(text)")
        }
        for text in ["98", "J", "Slutat"] {
            #expect(bench.read([.meddelandeorsak: text]).outcome(.meddelandeorsak) == .failed(.notAllowed))
        }
    }

    @Test func marks() throws {
        let bench = try RowBench(Self.slots)
        func marks(_ slot: Slot, _ text: String) -> Marks { bench.read([slot: text]).candidate.marks }
        for text in ["J", "Ja", "y", "true", "1", "2", "3", "Sekretessmarkering", "Skyddad folkbokföring", "???"] {
            #expect(marks(.skyddad, text) == .protectedIdentity, "\(text)")
        }
        for text in ["", "N", "nej", "0", "FALSE", "Ingen"] { #expect(marks(.skyddad, text) == [], "\(text)") }
        for text in ["J", "P", "prövning", "X"] { #expect(marks(.provning, text) == .examination, "\(text)") }
        for text in ["", "N", "kanske"] { #expect(marks(.provning, text) == [], "\(text)") }
        for text in ["Avliden", "Eleven avliden 2026", "Deceased"] {
            #expect(marks(.status, text) == .deceased, "\(text)")
        }
        #expect(marks(.status, "2") == [])
        #expect(marks(.program, "IMA") == .introductoryProgramme && marks(.program, "NA") == [])
    }

    @Test func aRowInTheWrongColumnsProtectsTheStudent() throws {
        let cells: [Slot: String] = [.personnummer: "19720120-9983", .skyddad: "N", .startdatum: "2026-08-16"]
        let row = try RowBench([.personnummer, .startdatum, .skyddad]).read(cells, isShifted: true)
        #expect(row.candidate.marks == .protectedIdentity && row.candidate.personnummer?.digits == 197_201_209_983)
        #expect(row.candidate.startdatum == nil && row.outcome(.startdatum) == .failed(.cellCount))
        #expect(row.notes.count == 1 && row.notes.first?.value == "3" && row.notes.first?.became == "4")
        let open = try RowBench([.personnummer, .startdatum]).read(cells, isShifted: true)
        #expect(open.candidate.marks == [])
        let wrong = try RowBench([.personnummer]).read([.personnummer: "19720120-9984"], isShifted: true)
        #expect(wrong.candidate.marks == .unknownStudent && wrong.candidate.personnummer == nil)
        let kommun = try RowBench([.skola], school: nil).read([.skola: "1280"], isShifted: true)
        #expect(kommun.candidate.skolkod == nil && kommun.notes.count == 1)
    }

    @Test func unreadableBytesAreTheOnlyCause() throws {
        let row = try RowBench(Self.slots).read([.niva: "G?", .kurskod: "KEMKEM01"], invalid: [.niva, .skyddad])
        #expect(row.notes.filter { $0.field == .niva }.map(\.outcome) == [.failed(.invalidBytes)])
        #expect(row.candidate.failed.contains(.niva))
    }

    @Test(arguments: [
        ("sjukskriven 100 %", EventReason.illFullTime), ("sjukskriven 100%", .illFullTime),
        ("Sjukskriven 100\u{A0}%", .illFullTime), ("heltidssjukskriven", .illFullTime),
        ("sjukdom heltid", .illFullTime),
        ("Sjuk på heltid", .illFullTime), ("helt sjukskriven", .illFullTime), ("VAB 100 procent", .illFullTime),
        ("vård av närstående på heltid", .illFullTime), ("vård av barn, heltid", .illFullTime),
        ("sjukdom 50%", .illPartTime), ("sjukskriven 99 %", .illPartTime), ("deltidssjukskriven", .illPartTime),
        ("halvtidssjukskriven", .illPartTime), ("sjukskriven till 75 %", .illPartTime), ("delvis sjuk", .illPartTime),
        ("vård av sjukt barn 25 %", .illPartTime), ("vård av närstående deltid", .illPartTime),
        ("VAB", .illUnknownExtent), ("sjuk", .illUnknownExtent), ("sjukskriven", .illUnknownExtent),
        ("sjukskriven 50", .illUnknownExtent), ("sjukskriven 0 %", .illUnknownExtent),
        ("sjukskriven 101 %", .illUnknownExtent), ("sjukskriven 50 %, sedan 100 %", .illUnknownExtent),
        ("sjukskriven 50 % 100 %", .illUnknownExtent), ("ej sjukskriven heltid", .illUnknownExtent),
        ("arbete på sjukhus 100 %", .illUnknownExtent), ("sjukskriven 2026-10-01", .illUnknownExtent),
        ("beviljad ledighet", .leave), ("Avliden", .death), ("har avlidit", .death),
        ("förälder avliden", EventReason.none),
        ("dödsfall i familjen", EventReason.none), ("flyttat 100 %", EventReason.none), ("heltid", EventReason.none),
        ("", EventReason.none),
    ])
    func reasons(text: String, reason: EventReason) throws {
        let bench = try RowBench(Self.slots)
        #expect(bench.read([.handelseorsak: text]).candidate.eventReason == reason)
        #expect(bench.read([.handelseorsak: text]).candidate.eventReason == reason)
    }

    @Test func aProfilesWordsGoBeforeTheCommonOnes() throws {
        let bench = try RowBench(
            [.handelseorsak, .registrering, .niva, .status],
            profile: [
                .handelseorsak: "words: {leave: \"*sjuk*\", illFullTime: [\"*sjuk lång*\", Frisk]}",
                .registrering: "words: {N: X, J: [Reg, P]}", .niva: "words: {GY: KV, \"\": PU}",
                .status: "words: {death: \"9\"}",
            ])
        func reason(_ text: String) -> EventReason { bench.read([.handelseorsak: text]).candidate.eventReason }
        #expect(reason("sjuk") == .leave && reason("varit sjuk länge") == .leave)
        #expect(reason("varit sjuk långt") == .illFullTime && reason("frisk") == .illFullTime)
        #expect(!bench.read([.registrering: "X"]).candidate.registrering)
        #expect(bench.read([.registrering: "reg"]).candidate.registrering)
        #expect(bench.read([.registrering: "Ja"]).candidate.registrering)
        #expect(bench.read([.niva: "kv"]).candidate.niva == .gy)
        let blank = bench.read([.niva: "PU"])
        #expect(blank.candidate.niva == nil && blank.outcome(.niva) == nil)
        #expect(bench.read([.status: "9"]).candidate.marks == .deceased)
    }

    // MARK: - Where J comes from

    private func declared(_ statuses: Set<String>, byGrade: Bool) throws -> [SchoolRegister.School] {
        [
            SchoolRegister.School(
                skolkod: try #require(Skolkod(1003)), ids: ["Norr"],
                started: SchoolRegister.StartedDeclaration(statuses: statuses, byGrade: byGrade))
        ]
    }

    @Test func withoutAColumnTheSchoolsDeclarationSays() throws {
        let slots: [Slot] = [.skola, .status, .betyg]
        func started(_ schools: [SchoolRegister.School], _ cells: [Slot: String]) throws -> Bool {
            let bench = try RowBench(slots, schools: schools, school: nil)
            let first = bench.read(cells.merging([.skola: "Norr"]) { old, _ in old }).candidate.registrering
            let again = bench.read(cells.merging([.skola: "Norr"]) { old, _ in old }).candidate.registrering
            #expect(first == again)
            return first
        }
        let byStatus = try declared(["Pågående studier i kurs", "2"], byGrade: false)
        #expect(try started(byStatus, [.status: "2"]))
        #expect(try started(byStatus, [.status: "PÅGÅENDE studier i kurs"]))
        #expect(try !started(byStatus, [.status: "1"]))
        #expect(try !started(byStatus, [.status: "", .betyg: "A"]))
        #expect(try !started(byStatus, [.status: "2", .skola: "1004"]))
        let byGrade = try declared([], byGrade: true)
        for (grade, isStarted) in [
            ("A", true), ("F", true), ("IG", true), ("-", false), ("Z", false), ("", false),
            ("Avbrott", false), ("??", false),
        ] {
            #expect(try started(byGrade, [.betyg: grade, .status: "2"]) == isStarted, "\(grade)")
        }
        #expect(try !started(declared([], byGrade: false), [.betyg: "A", .status: "2"]))
        #expect(try !started([], [.betyg: "A", .status: "2"]))
    }

    @Test func aColumnOfTheExportGoesBeforeTheDeclaration() throws {
        let bench = try RowBench(
            [.skola, .registrering, .status], schools: declared(["2"], byGrade: true), school: nil)
        #expect(!bench.read([.skola: "Norr", .status: "2"]).candidate.registrering)
        #expect(!bench.read([.skola: "Norr", .status: "2", .registrering: "N"]).candidate.registrering)
        #expect(bench.read([.skola: "Norr", .status: "1", .registrering: "J"]).candidate.registrering)
    }
}
