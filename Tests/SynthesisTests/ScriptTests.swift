import Foundation
import Testing

/// The two scripts, run as a person runs them: they are the second opinion on what csnfil writes, so each rule they
/// claim to know is broken once. Needs python3.
struct ScriptTests {
    static let model = [
        "skolkod": "1234", "personnummer": "199001019802", "kurskod": "SVESVE01", "kursdel": "11", "poang": "100",
        "niva": "GY", "startdatum": "2026-08-17", "slutdatum": "2026-12-18", "registrering": "J",
    ]

    struct Broken: Sendable, CustomTestStringConvertible {
        var rule: String
        var changes: [String: String]
        /// A schema-like reader of XML and one of fixed positions may both see it.
        var onlyXML = false
        var testDescription: String { "\(rule) \(changes)" }
    }

    static let broken: [Broken] = [
        Broken(rule: "skolkod-range", changes: ["skolkod": "2000"]),
        Broken(rule: "personnummer-format", changes: ["personnummer": "19900101980"], onlyXML: true),
        Broken(rule: "temporary-personnummer", changes: ["personnummer": "19900101TF10"]),
        Broken(rule: "personnummer-date", changes: ["personnummer": "199013019808"]),
        Broken(rule: "personnummer-check-digit", changes: ["personnummer": "199001019803"]),
        Broken(rule: "kurskod-length", changes: ["kurskod": "SVESVE01XYZ"], onlyXML: true),
        Broken(rule: "unknown-course-code", changes: ["kurskod": "LOKAL12"]),
        Broken(
            rule: "unknown-course-code",
            changes: ["kurskod": "SVEN1000X", "startdatum": "2025-06-30", "slutdatum": "2025-12-18"]),
        Broken(rule: "kursdel-range", changes: ["kursdel": "10"]),
        Broken(rule: "kursdel-order", changes: ["kursdel": "21"]),
        Broken(rule: "kursdel-order", changes: ["kursdel": "20"]),
        Broken(rule: "poang-range", changes: ["poang": "1000"], onlyXML: true),
        Broken(rule: "niva-value", changes: ["niva": "VX"]),
        Broken(rule: "betyg-value", changes: ["betyg": "H", "betygsdatum": "2026-12-18"]),
        Broken(rule: "registrering-value", changes: ["registrering": "X"]),
        Broken(rule: "date-format", changes: ["startdatum": "2026-02-30"]),
        Broken(rule: "end-before-start", changes: ["slutdatum": "2026-08-16"]),
        Broken(rule: "event-date-missing", changes: ["meddelandeorsak": "99"]),
        Broken(rule: "event-date-missing", changes: ["handelsedatum": "2026-09-01"]),
        Broken(rule: "meddelandeorsak-value", changes: ["meddelandeorsak": "98", "handelsedatum": "2026-09-01"]),
        Broken(rule: "event-date-outside-course", changes: ["meddelandeorsak": "99", "handelsedatum": "2026-12-19"]),
        Broken(
            rule: "not-started-date",
            changes: ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-18"]),
        Broken(rule: "not-started-but-started", changes: ["meddelandeorsak": "81", "handelsedatum": "2026-08-17"]),
        Broken(
            rule: "drop-out-not-registered",
            changes: ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-18"]),
        Broken(rule: "absence-age", changes: ["meddelandeorsak": "31", "handelsedatum": "2026-09-01"]),
        Broken(rule: "x-only-gr", changes: ["betyg": "X", "betygsdatum": "2026-12-18"]),
        Broken(rule: "fardighetstraning-only-gr", changes: ["fardighetstraning": "J"]),
        Broken(rule: "flag-value", changes: ["omfattning": "X"]),
        Broken(rule: "grade-without-date", changes: ["betyg": "C"]),
        Broken(rule: "grade-before-start", changes: ["betyg": "C", "betygsdatum": "2026-08-16"]),
        Broken(
            rule: "grade-not-started", changes: ["registrering": "N", "betyg": "E", "betygsdatum": "2026-12-18"]),
    ]

    @Test("Each rule that a finished file can break is seen, and no other", arguments: broken, ["xml", "txt"])
    func breaks(case broken: Broken, layout: String) throws {
        if broken.onlyXML && layout == "txt" { return }
        let record = ScriptTests.model.merging(broken.changes) { $1 }
        let (status, output) = try check([record], layout)
        #expect(status == 1)
        #expect(errors(in: output) == [broken.rule], "\(output)")
    }

    @Test("Records on the right side of each edge pass", arguments: ["xml", "txt"])
    func passes(layout: String) throws {
        let edges: [[String: String]] = [
            [:], ["meddelandeorsak": "99", "handelsedatum": "2026-12-18"],
            ["meddelandeorsak": "99", "handelsedatum": "2026-08-17"],
            ["registrering": "N", "meddelandeorsak": "81", "handelsedatum": "2026-08-17"],
            ["registrering": "N", "meddelandeorsak": "99", "handelsedatum": "2026-08-17"],
            ["niva": "GR", "betyg": "X", "betygsdatum": "2026-12-18", "fardighetstraning": "J"],
            ["registrering": "N", "betyg": "F", "betygsdatum": "2026-08-17"], ["slutdatum": "2026-08-17"],
            ["slutdatum": "2027-08-16"], ["kursdel": "99", "poang": "999", "skolkod": "1999"],
            ["personnummer": "200601019805", "meddelandeorsak": "31", "handelsedatum": "2026-06-30"]
                .merging(["startdatum": "2026-01-07"]) { $1 },
            ["personnummer": "199001619809"],
        ]
        for changes in edges {
            let (status, output) = try check([ScriptTests.model.merging(changes) { $1 }], layout)
            #expect(status == 0, "\(changes): \(output)")
        }
    }

    @Test(
        "A file that is too long in time, out of order, of two schools or of another form", arguments: ["xml", "txt"])
    func wholeFiles(layout: String) throws {
        let other = ScriptTests.model.merging(["kurskod": "ENGENG05"]) { $1 }
        #expect(try errors(in: check([ScriptTests.model, other], layout).output) == ["file-layout"])
        #expect(try check([other, ScriptTests.model], layout).status == 0)
        let late = ScriptTests.model.merging(["startdatum": "2027-09-01", "slutdatum": "2027-10-01"]) { $1 }
        #expect(try errors(in: check([ScriptTests.model, late], layout).output) == ["file-span"])
        let twin = ScriptTests.model.merging(["poang": "050"]) { $1 }
        #expect(try errors(in: check([ScriptTests.model, twin], layout).output) == ["conflicting-records"])
        if layout == "txt" {
            let elsewhere = ScriptTests.model.merging(["skolkod": "1235", "slutdatum": "2026-12-18"]) { $1 }
                .merging(["kursdel": "12"]) { $1 }
            #expect(try errors(in: check([ScriptTests.model, elsewhere], layout).output) == ["file-one-school"])
        }
    }

    @Test("The comparison finds a record that is missing, one too many, another event, and another count")
    func comparison() throws {
        let truth = """
            {"line":2,"fate":"sent","fault":null,"record":\(json(ScriptTests.model))}
            {"line":3,"fate":"held","fault":"poang-range","record":{}}
            {"rows":2,"sent":1,"held":1,"dropped":0,"ignored":0,"faults":{}}
            """
        let right = ["read": 2, "sent": 1, "held": 1, "dropped": 0, "ignored": 0]
        for layout in ["xml", "txt"] {
            #expect(try compare(truth, [ScriptTests.model], right, layout).status == 0)
            let changed = ScriptTests.model.merging(["betyg": "A", "betygsdatum": "2026-12-18"]) { $1 }
            #expect(try compare(truth, [changed], right, layout).output.contains("missing: 1\n"))
            let event = ScriptTests.model.merging(["meddelandeorsak": "99", "handelsedatum": "2026-09-01"]) { $1 }
            #expect(try compare(truth, [event], right, layout).output.contains("with other events: 1\n"))
            let counts = right.merging(["held": 0, "dropped": 1]) { $1 }
            #expect(try compare(truth, [ScriptTests.model], counts, layout).status == 1)
        }
    }

    // MARK: - Writing and running

    private func check(_ records: [[String: String]], _ layout: String) throws -> (status: Int32, output: String) {
        try inFolder { folder in
            let file = folder.appending(path: "1234_2026-11-23.\(layout)")
            try render(records, layout).write(to: file)
            return try run("check-upload", [file.path])
        }
    }

    private func compare(_ truth: String, _ records: [[String: String]], _ rows: [String: Int], _ layout: String) throws
        -> (status: Int32, output: String)
    {
        try inFolder { folder in
            let out = folder.appending(path: "out")
            for name in ["report", "1234"] {
                try FileManager.default.createDirectory(
                    at: out.appending(path: name), withIntermediateDirectories: true)
            }
            let truthFile = folder.appending(path: "truth.jsonl")
            try Data(truth.utf8).write(to: truthFile)
            try JSONEncoder().encode(["rows": rows]).write(to: out.appending(path: "report/summary.json"))
            try render(records, layout).write(to: out.appending(path: "1234/1234_2026-11-23.\(layout)"))
            return try run("compare-truth", [truthFile.path, out.path])
        }
    }

    private func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    private func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-B", root.appending(path: "Scripts/\(script)").path] + arguments
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    private func errors(in output: String) -> [String] {
        let rules = output.split(separator: "\n").compactMap { line -> String? in
            let parts = line.components(separatedBy: ": error: ")
            return parts.count == 2 ? parts[1].components(separatedBy: ":").first : nil
        }
        return Set(rules).sorted()
    }

    private func json(_ record: [String: String]) -> String {
        "{" + record.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
    }

    private func render(_ records: [[String: String]], _ layout: String) -> Data {
        Data((layout == "xml" ? xml(records) : records.map(fixed).joined()).utf8)
    }

    private func fixed(_ record: [String: String]) -> String {
        let widths = [
            ("skolkod", 4), ("personnummer", 12), ("kurskod", 10), ("kursdel", 2), ("fardighetstraning", 1),
            ("omfattning", 1), ("poang", 3), ("niva", 2), ("startdatum", 8), ("slutdatum", 8),
            ("uppdragsutbildning", 1), ("traineejobb", 1), ("registrering", 1), ("meddelandeorsak", 2),
            ("handelsedatum", 8), ("betyg", 1), ("betygsdatum", 8),
        ]
        return widths.map { name, width in
            let value = (record[name] ?? "").replacing("-", with: "")
            return value + String(repeating: " ", count: max(0, width - value.count))
        }.joined() + "\r\n"
    }

    private func xml(_ records: [[String: String]]) -> String {
        func elements(_ names: [String], _ record: [String: String]) -> String {
            names.compactMap { name in record[name].map { "<\(name)>\($0)</\(name)>" } }.joined()
        }
        let before = [
            "kurskod", "kursdel", "fardighetstraning", "omfattning", "poang", "niva", "startdatum", "slutdatum",
            "uppdragsutbildning", "traineejobb", "registrering",
        ]
        let courses = records.map { record in
            let event = elements(["meddelandeorsak", "handelsedatum"], record)
            return "<kurs>\(elements(before, record))\(event.isEmpty ? "" : "<handelse>\(event)</handelse>")"
                + "\(elements(["betyg", "betygsdatum"], record))</kurs>\n"
        }
        let first = records.first ?? [:]
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <komvuxrapport xmlns="urn:csnfil:komvux:1"><skola>\(elements(["skolkod"], first))
            <studerande>\(elements(["personnummer"], first))
            \(courses.joined())</studerande></skola></komvuxrapport>

            """
    }
}
