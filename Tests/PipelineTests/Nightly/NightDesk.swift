import CSN
import DeliveryLedger
import Findings
import Foundation
import Reports
import Testing

@testable import Pipeline

/// A school office with an inbox, an outbox, an archive and a ledger, in which nights pass.
struct NightDesk {
    let folder: ScratchFolder
    /// What stands in csnfil.yaml below the folders.
    var configuration = ""
    let mappings: LoadedMappings

    init() throws {
        folder = try ScratchFolder()
        for name in ["inbox", "ledger"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        mappings = try NightDesk.loaded.get()
    }

    /// The shipped mappings, read once for all tests.
    private static let loaded = Result {
        try LoadedMappings(
            RunSettings(
                paths: [], mappingFolders: [repository + "/Mappings"], layout: "komvux-fixed",
                now: try #require(Moment("2026-11-23T12:00"))))
    }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    // MARK: - What the school does

    /// One row of the export.
    struct Row {
        var number = "19900101-9802"
        var school = 1234
        var course = "MATMAT01a"
        var part = "1:1"
        var start = "2026-08-17"
        var end = "2026-12-18"
        var started = ""
        var code = ""
        var codeDate = ""
        var grade = ""
        var gradeDate = ""

        var line: String {
            "\(school);VUX;\(number);Lind, Bo;\(course);;\(part);100;GY;\(start);\(end);\(started);\(code);"
                + "\(codeDate);;\(grade);\(gradeDate);;;;"
        }
    }

    /// Puts an export into the inbox, changed at a moment of Stockholm's clock in winter.
    func export(_ rows: [Row], name: String = "procapita.csv", at moment: String) throws {
        try export(rows, to: "inbox/" + name, at: moment)
    }

    /// Puts an export anywhere.
    func export(_ rows: [Row], to path: String, at moment: String) throws {
        let header =
            "Skolkod;Skolform;Personnummer;Namn;Kurskod;Kurs;Kursdel;Poäng;Nivå;Startdatum;Slutdatum;Påbörjad;"
            + "Avbrottskod;Avbrottsdatum;Avbrottsorsak;Betyg;Betygsdatum;Omfattning;Färdighetsträning;"
            + "Uppdragsutbildning;Sekretess"
        try write(path, ([header] + rows.map(\.line)).joined(separator: "\r\n") + "\r\n", at: moment)
    }

    func write(_ name: String, _ text: String, at moment: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
        let date = try #require(ISO8601DateFormatter().date(from: moment + ":00+01:00"))
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path(name))
    }

    // MARK: - Nights

    func settings(_ now: String, paths: [String] = []) throws -> RunSettings {
        let text =
            "inbox: inbox\noutbox: outbox\narchive: archive\nledger: ledger/csnfil.sqlite\nlayout: komvux-fixed\n"
            + configuration
        try Data(text.utf8).write(to: URL(filePath: path("csnfil.yaml")))
        return RunSettings(
            paths: paths, mappingFolders: [repository + "/Mappings"], now: try #require(Moment(now)),
            configuration: try Configuration.read(path: path("csnfil.yaml"), environment: [:]))
    }

    @discardableResult
    func night(_ now: String, full: Bool = false, acceptsClock: Bool = false) throws -> RunReport {
        try Nightly.run(
            NightlyRequest(
                settings: try settings(now), isFull: full, acceptsClock: acceptsClock, mappings: mappings))
    }

    /// Somebody says what became of the newest file of a name.
    func say(_ outcome: Outcome, _ name: String, at now: String) throws {
        let session = try LedgerSession(try settings(now))
        let file = try #require(
            try session.store.files(since: nil).filter { $0.facts.name.hasSuffix(name) }.max { $0.id < $1.id })
        var changes = LedgerChanges(at: session.now)
        changes.closings = [
            LedgerChanges.Closing(
                file.id, outcome, reading: session.readingDays.reading(atOrAfter: session.now),
                sent: outcome == .sent ? session.now : nil)
        ]
        try session.commit(changes)
    }

    func session(_ now: String) throws -> LedgerSession { try LedgerSession(try settings(now)) }

    // MARK: - What lies there

    /// The upload files in the outbox, by name.
    func outbox() throws -> [String: [String]] {
        var files: [String: [String]] = [:]
        let root = path("outbox")
        for school in try FileManager.default.contentsOfDirectory(atPath: root)
        where school.allSatisfy(\.isNumber) {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(school)") {
                let bytes = try Data(contentsOf: URL(filePath: "\(root)/\(school)/\(name)"))
                files[name] = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
            }
        }
        return files
    }

    func inbox() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path("inbox")).sorted() }

    func archive() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path("archive")).filter { $0.contains("_") }.sorted()
    }

    func outcomes() throws -> [String] {
        try session("2030-01-01T12:00").store.files(since: nil).map(\.outcome.rawValue)
    }
}

extension [String] {
    /// The records' personnummer, course, registrering and grade.
    var short: [String] {
        map { line in
            let bytes = [UInt8](line.utf8)
            func field(_ from: Int, _ to: Int) -> String {
                String(decoding: bytes[(from - 1)..<to], as: UTF8.self).trimmingCharacters(in: .whitespaces)
            }
            return [field(5, 16), field(17, 26), field(36, 43), field(54, 54) + field(65, 65)].joined(separator: " ")
        }
    }
}
