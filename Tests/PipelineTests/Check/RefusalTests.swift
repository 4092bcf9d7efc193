import CSNRules
import Findings
import Foundation
import Testing

/// `check` against finished files that are each broken in one way: an independent writer makes them, so that neither
/// the program's writer nor its repairs stand between the fault and the reader.
@Suite("check: a finished file that breaks a rule")
struct RefusalTests {
    /// The rules that no finished file can break, and why.
    static let unbreakable: [String: String] = [
        "unknown-school": "both layouts' skolkod is CSN's own by name: whatever else stands there is skolkod-range",
        "skolkod-looks-like-kommunkod": "the same: CSN's own code is not doubted",
    ]

    @Test("Every rule that refuses a file is broken by a case, or the table says why none can")
    func coverage() {
        let refusing = Set(Catalogue.shared.rules.filter { $0.standing.refuses }.map { $0.name.text })
        let cases = Set(Breakage.all.map(\.rule) + FormBreakage.all.map(\.rule))
        #expect(cases.isDisjoint(with: RefusalTests.unbreakable.keys))
        #expect(cases.union(RefusalTests.unbreakable.keys) == refusing)
        for form in FinishedFile.Form.allCases { #expect(FormBreakage.all.contains { $0.form == form }) }
    }

    private static let headers = FinishedFile.widths.map(\.field)

    @Test("The unbroken file is what convert writes, and passes", arguments: FinishedFile.Form.allCases)
    func unbroken(_ form: FinishedFile.Form) throws {
        let place = try Workplace()
        let rows = Breakage.records.map { record in Self.headers.map { record[$0] ?? "" }.joined(separator: ";") }
        try place.write("export.csv", ([Self.headers.joined(separator: ";")] + rows).joined(separator: "\n") + "\n")
        let converted = try place.convert(["export.csv"]) {
            $0.layout = form.rawValue
            $0.system = everySlot
        }
        #expect(converted.status == 0, "\(converted.said)")
        let file = try FinishedFile(Breakage.records, form)
        #expect(try place.uploads().values.map { $0 } == [file.bytes])

        try place.write(form.fileName, file.bytes)
        let checked = try place.check([form.fileName])
        #expect(checked.status == 0, "\(checked.said)")
        // Advice has its text and changes nothing.
        #expect(checked.findings.map(\.rule) == ["absence-code"])
        #expect(checked.findings.allSatisfy { $0.level == "warning" && $0.action == "none" })
        #expect(try checked.said.contains(#require(checked.findings.first).message))
    }

    @Test("A broken file gives that rule's error, where it stands", arguments: Breakage.all, FinishedFile.Form.allCases)
    func broken(_ breakage: Breakage, _ form: FinishedFile.Form) throws {
        let place = try Workplace()
        let file = try FinishedFile(breakage.records(in: form), form)
        try place.write(form.fileName, file.bytes)
        let checked = try place.check([form.fileName])
        #expect(checked.status == 1)
        let findings = checked.findings.filter { $0.rule != "absence-code" }
        #expect(Set(findings.map(\.rule)) == [breakage.rule], "\(checked.findings)")
        #expect(findings.allSatisfy { $0.level == "error" && $0.action == "none" }, "\(findings)")
        #expect(findings.map(\.line) == (try expectedLines(breakage, file)), "\(findings)")
        for finding in findings {
            #expect(finding.field == breakage.field)
            guard let field = breakage.field else { continue }
            switch form {
            case .fixed: #expect(finding.column == (try FinishedFile.position(of: field)))
            case .xml:
                #expect(finding.column == field)
                #expect(finding.element == FinishedFile.path(of: field))
            }
        }
    }

    /// The lines on which the findings stand, in order. A value's own; what is missing stands where it should be; what
    /// is wrong together stands at the record or the event.
    private func expectedLines(_ breakage: Breakage, _ file: FinishedFile) throws -> [Int?] {
        if breakage.rule.hasPrefix("file-") { return [nil] }
        if breakage.isEverywhere && file.form == .fixed { return Array(1...Breakage.records.count) }
        let broken = file.lines[breakage.record]
        if breakage.addition != nil { return [broken["kurs"], file.lines[breakage.record + 1]["kurs"]] }
        let rule = try #require(Catalogue.shared.rule(named: RuleName(breakage.rule)))
        let field = try #require(breakage.field)
        // The drop-out contradicts the registrering: it is the drop-out that is named.
        let isOfEvent =
            ["meddelandeorsak", "handelsedatum"].contains(field) || breakage.rule == "drop-out-not-registered"
        if rule is any NoteRule.Type {
            let holder = ["skolkod": "skola", "personnummer": "studerande"][field] ?? "kurs"
            return [broken[field] ?? broken[holder]]
        }
        return [broken[isOfEvent ? "handelse" : "kurs"]]
    }

    @Test("The schema alone refuses what can be said of single values, and nothing else", arguments: Breakage.all)
    func schema(_ breakage: Breakage) throws {
        let place = try Workplace()
        let path = try place.write("file.xml", FinishedFile(breakage.records(in: .xml), .xml).bytes)
        #expect(try Xmllint.accepts(path) == !breakage.schemaRefuses)
    }

    @Test("At least twenty-five of the cases are the schema's too")
    func schemaCases() { #expect(Breakage.all.count { $0.schemaRefuses } >= 25) }

    @Test("The schema accepts the unbroken file")
    func schemaAccepts() throws {
        let place = try Workplace()
        #expect(try Xmllint.accepts(place.write("file.xml", FinishedFile(Breakage.records, .xml).bytes)))
    }

    // MARK: - The form of the file

    @Test("A file of the wrong form is named with the line", arguments: FormBreakage.all)
    func form(_ breakage: FormBreakage) throws {
        let place = try Workplace()
        let text = try FinishedFile(Breakage.records, breakage.form).text
        try place.write(breakage.form.fileName, breakage.bytes(of: text))
        let checked = try place.check([breakage.form.fileName]) { $0.layout = breakage.form.rawValue }
        #expect(checked.status == 1)
        let findings = checked.findings.filter { $0.rule != "absence-code" }
        #expect(Set(findings.map(\.rule)) == breakage.rules, "\(checked.findings)")
        #expect(findings.allSatisfy { $0.level == "error" })
        #expect(findings.first?.line == breakage.line, "\(findings)")
    }

    @Test("xmllint refuses the malformed ones too", arguments: FormBreakage.all.filter { $0.schemaRefuses })
    func malformed(_ breakage: FormBreakage) throws {
        let place = try Workplace()
        let text = try FinishedFile(Breakage.records, .xml).text
        #expect(try !Xmllint.accepts(place.write("file.xml", breakage.bytes(of: text))))
    }
}

/// One way in which the form of a file is wrong, whatever its values are.
struct FormBreakage: CustomTestStringConvertible {
    var title: String
    var form: FinishedFile.Form
    /// The first finding's line.
    var line: Int?
    var old: String
    var new: String
    /// Replaces every place, not the first alone.
    var isEverywhere = false
    var isUTF8 = true
    var schemaRefuses = false
    /// What the field's own rule says beside it.
    var companion: String?

    var rule: String { "file-layout" }
    var rules: Set<String> { Set([rule, companion].compactMap(\.self)) }
    var testDescription: String { "\(form.rawValue): \(title)" }

    func bytes(of text: String) -> [UInt8] {
        let changed =
            isEverywhere
            ? text.replacing(old, with: new) : text.replacing(old, with: new, maxReplacements: 1)
        return isUTF8 ? Array(changed.utf8) : changed.unicodeScalars.map { UInt8(clamping: $0.value) }
    }

    static let all: [FormBreakage] = [
        FormBreakage(title: "a line too short", form: .fixed, line: 1, old: "ENGENG05  ", new: "ENGENG05"),
        FormBreakage(title: "a line too long", form: .fixed, line: 1, old: "ENGENG05  ", new: "ENGENG05   "),
        FormBreakage(title: "LF alone", form: .fixed, line: 1, old: "\r\n", new: "\n", isEverywhere: true),
        FormBreakage(
            title: "a control character", form: .fixed, line: 1, old: "ENGENG05  ", new: "ENGENG05 \t",
            companion: "unknown-course-code"),
        FormBreakage(title: "UTF-8", form: .fixed, line: 1, old: "ENGENG05  ", new: "ENGÅNG05  "),
        FormBreakage(
            title: "cut short", form: .xml, line: 91, old: "</komvuxrapport>", new: "", schemaRefuses: true),
        FormBreakage(title: "not closed", form: .xml, line: 10, old: "</kursdel>", new: "", schemaRefuses: true),
        FormBreakage(
            title: "an unknown element", form: .xml, line: 9, old: "<kursdel>", new: "<grupp>A</grupp><kursdel>",
            schemaRefuses: true),
        FormBreakage(
            title: "an element twice", form: .xml, line: 9, old: "<kursdel>", new: "<kursdel>11</kursdel><kursdel>",
            schemaRefuses: true),
        FormBreakage(
            title: "an element out of order", form: .xml, line: 9,
            old: "<kursdel>11</kursdel>\n        <poang>100</poang>",
            new: "<poang>100</poang><kursdel>11</kursdel>", schemaRefuses: true),
        FormBreakage(
            title: "a document type", form: .xml, line: 2, old: "<komvuxrapport ",
            new: "<!DOCTYPE komvuxrapport><komvuxrapport "),
        FormBreakage(title: "another encoding", form: .xml, line: 2, old: "UTF-8", new: "ISO-8859-1", isUTF8: false),
        FormBreakage(
            title: "a control character", form: .xml, line: 8, old: "ENGENG05", new: "ENGENG\u{1}5",
            schemaRefuses: true),
        FormBreakage(
            title: "another namespace", form: .xml, line: 2, old: "urn:csnfil:komvux:1", new: "urn:csnfil:komvux:2",
            schemaRefuses: true),
    ]
}

/// libxml2's own command line as a second judge. A machine without it fails the tests.
enum Xmllint {
    static func accepts(_ path: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let schema = repository + "/Mappings/layouts/komvux.xsd"
        process.arguments = ["xmllint", "--noout", "--nonet", "--schema", schema, path]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        // Of xmllint's manual page: 0 valid, 1 not well-formed, 3 not valid, 4 the same where it is found out late.
        try #require([0, 1, 3, 4].contains(process.terminationStatus), "xmllint is missing: install libxml2-utils")
        return process.terminationStatus == 0
    }
}
