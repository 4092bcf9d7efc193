import CSN
import Testing
import Uploads

/// A valid line with one field overwritten, and what the reader then says of that field.
struct BrokenField: Sendable, CustomTestStringConvertible {
    let field: Field
    let value: String
    let problem: FieldProblem?

    var testDescription: String { "\(field) “\(value)” → \(problem.map { "\($0)" } ?? "valid")" }

    init(_ field: Field, _ value: String, _ problem: FieldProblem?) {
        self.field = field
        self.value = value
        self.problem = problem
    }
}

@Suite struct FieldReadingTests {
    /// 1990-01-01, birth number 980, right check digit.
    static let values: [(field: Field, width: Int, fixed: String, xml: String)] = [
        (.skolkod, 4, "1234", "1234"), (.personnummer, 12, "199001019802", "199001019802"),
        (.kurskod, 10, "MATMAT01a", "MATMAT01a"), (.kursdel, 2, "11", "11"), (.fardighetstraning, 1, "J", "J"),
        (.omfattning, 1, "H", "H"), (.poang, 3, "100", "100"), (.niva, 2, "GR", "GR"),
        (.startdatum, 8, "20260817", "2026-08-17"), (.slutdatum, 8, "20261220", "2026-12-20"),
        (.uppdragsutbildning, 1, "U", "U"), (.traineejobb, 1, "J", "J"), (.registrering, 1, "J", "J"),
        (.meddelandeorsak, 2, "99", "99"), (.handelsedatum, 8, "20261001", "2026-10-01"), (.betyg, 1, "A", "A"),
        (.betygsdatum, 8, "20261220", "2026-12-20"),
    ]

    static func line(_ field: Field? = nil, _ value: String = "") -> String {
        values.map { entry in
            let text = entry.field == field ? value : entry.fixed
            return text + String(repeating: " ", count: max(0, entry.width - text.unicodeScalars.count))
        }.joined()
    }

    /// A file in XML; an element without a value is left out, `field` stands on line 4 or later.
    static func xml(_ field: Field? = nil, _ value: String = "") -> String {
        func element(_ wanted: Field) -> String {
            let text = wanted == field ? value : values.first { $0.field == wanted }?.xml ?? ""
            return text.isEmpty ? "" : "<\(wanted.name)>\(text)</\(wanted.name)>\n"
        }
        let course = Field.allCases.filter { $0 != .skolkod && $0 != .personnummer }
            .map { wanted in
                switch wanted {
                case .meddelandeorsak: "<handelse>\n" + element(wanted)
                case .handelsedatum: element(wanted) + "</handelse>\n"
                default: element(wanted)
                }
            }.joined()
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <komvuxrapport xmlns="urn:csnfil:komvux:1"><skola>
            \(element(.skolkod))<studerande>
            \(element(.personnummer))<kurs>
            \(course)</kurs></studerande></skola></komvuxrapport>
            """
    }

    static let both: [BrokenField] = [
        BrokenField(.skolkod, "", .missing), BrokenField(.skolkod, "0999", .range),
        BrokenField(.skolkod, "1000", nil), BrokenField(.skolkod, "1999", nil), BrokenField(.skolkod, "2000", .range),
        BrokenField(.skolkod, "12O4", .format), BrokenField(.personnummer, "", .missing),
        BrokenField(.personnummer, "19900101T982", .temporary), BrokenField(.personnummer, "19900101TF01", .temporary),
        BrokenField(.personnummer, "900101R982", .temporary), BrokenField(.personnummer, "Ann Andersso", .format),
        BrokenField(.personnummer, "9001019802", .format), BrokenField(.personnummer, "900101-9802", .format),
        BrokenField(.personnummer, "199002309800", .unrealDate),
        BrokenField(.personnummer, "199013019800", .unrealDate),
        BrokenField(.personnummer, "199001019803", .checkDigit), BrokenField(.kurskod, "", .missing),
        BrokenField(.kurskod, "ABCDEFGHIJ", nil), BrokenField(.kursdel, "", .missing),
        BrokenField(.kursdel, "1A", .format), BrokenField(.kursdel, "10", .range), BrokenField(.kursdel, "09", .range),
        BrokenField(.kursdel, "20", .order), BrokenField(.kursdel, "21", .order), BrokenField(.kursdel, "22", nil),
        BrokenField(.kursdel, "99", nil), BrokenField(.kursdel, "98", .order),
        BrokenField(.fardighetstraning, "N", .notAllowed), BrokenField(.fardighetstraning, "", nil),
        BrokenField(.omfattning, "X", .notAllowed), BrokenField(.omfattning, "", nil),
        BrokenField(.poang, "", .missing), BrokenField(.poang, "1O0", .format), BrokenField(.poang, "-10", .format),
        BrokenField(.poang, "000", nil), BrokenField(.poang, "999", nil), BrokenField(.niva, "", .missing),
        BrokenField(.niva, "GX", .notAllowed), BrokenField(.niva, "gr", .notAllowed), BrokenField(.niva, "PU", nil),
        BrokenField(.startdatum, "", .missing), BrokenField(.slutdatum, "", .missing),
        BrokenField(.uppdragsutbildning, "J", .notAllowed), BrokenField(.traineejobb, "N", .notAllowed),
        BrokenField(.registrering, "", .missing), BrokenField(.registrering, "j", .notAllowed),
        BrokenField(.registrering, "N", nil), BrokenField(.meddelandeorsak, "30", .notAllowed),
        BrokenField(.meddelandeorsak, "31", nil), BrokenField(.meddelandeorsak, "32", nil),
        BrokenField(.meddelandeorsak, "81", nil), BrokenField(.meddelandeorsak, "", nil),
        BrokenField(.handelsedatum, "", nil), BrokenField(.betyg, "H", .notAllowed), BrokenField(.betyg, "-", nil),
        BrokenField(.betyg, "", nil), BrokenField(.betygsdatum, "", nil),
    ]

    static let dates = [Field.startdatum, .slutdatum, .handelsedatum, .betygsdatum]

    private func check(_ name: String, _ broken: BrokenField, _ text: String) throws {
        let layout = try Shipped.layout(name)
        let file = try ReadFile(Array(text.utf8), layout, CourseTable([]))
        #expect(file.reading.problems == [])
        let record = try #require(file.records.first)
        #expect(file.records.count == 1)
        let expected = broken.problem.map { [FieldNote.Outcome.failed($0)] } ?? []
        #expect(record.notes.map(\.note.outcome) == expected)
        #expect(record.notes.allSatisfy { $0.note.field == broken.field && $0.note.value == broken.value })
        #expect(record.record.failed == (broken.problem == nil ? [] : FieldSet(broken.field)))
    }

    @Test(arguments: both) func oneFieldByPosition(_ broken: BrokenField) throws {
        try check("komvux-fixed", broken, Self.line(broken.field, broken.value) + "\r\n")
    }

    @Test(arguments: both) func oneFieldInXML(_ broken: BrokenField) throws {
        try check("komvux", broken, Self.xml(broken.field, broken.value))
    }

    @Test(arguments: dates) func datesByPosition(_ field: Field) throws {
        for (value, problem) in [
            ("20260230", FieldProblem.unrealDate), ("99991231", .open), ("2026-8-1", .format), ("202608", .format),
            ("00000101", .unrealDate), ("20240229", nil), ("20230229", .unrealDate),
        ] {
            try check("komvux-fixed", BrokenField(field, value, problem), Self.line(field, value) + "\r\n")
        }
    }

    @Test(arguments: dates) func datesInXML(_ field: Field) throws {
        for (value, problem) in [
            ("2026-02-30", FieldProblem.unrealDate), ("9999-12-31", .open), ("20260817", .format),
            ("2026-08-17Z", .format), ("17/8 2026", .format), ("2024-02-29", nil), ("2023-02-29", .unrealDate),
        ] {
            try check("komvux", BrokenField(field, value, problem), Self.xml(field, value))
        }
    }

    @Test func onlyXMLHasRoomForLongValues() throws {
        for broken in [
            BrokenField(.kurskod, "ABCDEFGHIJK", .tooLong), BrokenField(.poang, "1000", .range),
            BrokenField(.kursdel, "111", .range), BrokenField(.kursdel, "011", .format),
            BrokenField(.skolkod, "12345678", .range), BrokenField(.betyg, "IG", .notAllowed),
            BrokenField(.personnummer, "19900101-9802", .format), BrokenField(.niva, "GRUND", .notAllowed),
            BrokenField(.poang, "99999999999999999999999", .range), BrokenField(.kurskod, "ÅÄÖÅÄÖÅÄÖÅ", nil),
        ] {
            try check("komvux", broken, Self.xml(broken.field, broken.value))
        }
    }

    @Test func aNumberThatHasSlippedIsNoNumber() throws {
        for broken in [BrokenField(.poang, "50", .format), BrokenField(.kursdel, "1", .format)] {
            try check("komvux-fixed", broken, Self.line(broken.field, broken.value) + "\r\n")
        }
    }

    @Test func aWrongCheckDigitLeavesTheNumber() throws {
        let text = Self.line(.personnummer, "199001019803") + "\r\n"
        let file = try ReadFile(Array(text.utf8), Shipped.layout("komvux-fixed"), CourseTable([]))
        #expect(file.records.first?.record.personnummer?.digits == 199_001_019_803)
    }

    @Test func theCallerSaysWhichCodesCannotBeSent() throws {
        let folder = try Folder()
        let path = try folder.write("file", Self.line() + "\r\n" + Self.line(.startdatum, "20260818") + "\r\n")
        let courses = CourseTable([])
        var asked: [String] = []
        let reader = try UploadReader(layout: Shipped.layout("komvux-fixed")) { code in
            asked.append(code)
            return FoundCourse(index: courses.index(ofUnregistered: code), problem: .unknown)
        }
        var outcomes: [FieldNote.Outcome] = []
        _ = try reader.read(path: path) { outcomes += $0.notes.map(\.note.outcome) }
        #expect(asked == ["MATMAT01a"])
        #expect(outcomes == [.failed(.unknown), .failed(.unknown)])
    }
}
