import CSN
import Foundation
import Pipeline
import Testing

/// A school office with an outbox and a ledger that calls the program as a person does.
struct PlanOffice {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try write(
            "csnfil.yaml",
            """
            schools:
              - skolkod: 1234
                name: Norra komvux
            outbox: outbox
            ledger: csnfil.sqlite

            """)
    }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path(name))) }

    /// The rows of an export under their header.
    func export(_ rows: [NightDesk.Row], name: String = "export.csv") throws {
        let header =
            "Skolkod;Skolform;Personnummer;Namn;Kurskod;Kurs;Kursdel;Poäng;Nivå;Startdatum;Slutdatum;Påbörjad;"
            + "Avbrottskod;Avbrottsdatum;Avbrottsorsak;Betyg;Betygsdatum;Omfattning;Färdighetsträning;"
            + "Uppdragsutbildning;Sekretess"
        try write(name, ([header] + rows.map(\.line)).joined(separator: "\r\n") + "\r\n")
    }

    private func invocation(_ now: String, _ change: (inout TypedOptions) -> Void) throws -> Invocation {
        var options = TypedOptions()
        options.paths = [path("export.csv")]
        options.mappings = [repository + "/Mappings"]
        options.config = path("csnfil.yaml")
        options.now = now
        change(&options)
        return Invocation(
            options,
            in: Surroundings(
                environment: ["CSNFIL_LANGUAGE": "en"], workingFolder: folder.path,
                executable: repository + "/.build/debug/csnfil", processors: 1, now: try #require(Moment(now))))
    }

    /// `migrate export.csv` of the grades of 2023 to 2026-01-15.
    func migrate(
        _ now: String, rehearsal: Bool = false, again: Bool = false, from: String = "2023-01-01",
        to: String = "2026-01-15", firstDay: String? = nil, _ change: (inout TypedOptions) -> Void = { _ in }
    ) throws -> (status: Int32, said: String) {
        var typed = TypedMigrate(from: from, to: to)
        typed.isRehearsal = rehearsal
        typed.isAgain = again
        typed.firstDay = firstDay
        let outcome = try invocation(now, change).migrate(typed)
        return (outcome.status, String(decoding: outcome.output, as: UTF8.self) + outcome.error)
    }

    /// `outbox sent FILE`
    func sayUploaded(_ file: String, at now: String) throws {
        let outcome = try invocation(now) { $0.paths = [] }.outbox(.sent(file: file, at: nil))
        try #require(outcome.status == 0, "\(outcome.error)")
    }

    /// Everything under the folder, with what the files hold.
    func everything() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            found[name] = (try? Data(contentsOf: URL(filePath: path(name)))) ?? Data()
        }
        return found
    }

    /// The plan that the last run left.
    func plan() throws -> Plan {
        try JSONDecoder().decode(
            Plan.self, from: Data(contentsOf: URL(filePath: path("outbox/report/migration/plan.json"))))
    }

    /// What a program reads of `plan.json`.
    struct Plan: Decodable {
        struct File: Decodable {
            var path: String
            var skolkod: Int
            var readingDay: String
            var state: String
            var records: Int
            var students: Int
            var uploadFrom: String
            var uploadBefore: String
            var ownFile: String?
        }
        struct Totals: Decodable {
            var files: Int
            var filesDone: Int
            var filesAhead: Int
            var rowsOutside: Int
        }
        var schemaVersion: Int
        var totals: Totals
        var files: [File]
    }
}
