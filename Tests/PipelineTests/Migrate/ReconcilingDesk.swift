import CSN
import Foundation
import Reports
import Testing

@testable import Pipeline

/// A school office that reconciles a past autumn: grades of 2025-08-01 to 2026-01-15, exported from two systems.
struct ReconcilingDesk {
    typealias Row = NightDesk.Row

    let desk: NightDesk
    var configuration = ""

    init() throws { desk = try NightDesk() }

    /// A course of autumn 2025 in the old system's export, finished and graded.
    static func row(
        _ student: Int, _ course: String = "MATMAT01a", grade: String = "C", on date: String = "2025-12-19",
        start: String = "2025-08-18", end: String = "2025-12-19"
    ) -> Row {
        Row(
            number: number(student), course: course, start: start, end: end, started: "J", grade: grade,
            gradeDate: grade.isEmpty ? "" : date)
    }

    /// The n-th student's number, of the kind that belongs to nobody: birth number 980.
    static func number(_ student: Int) -> String {
        let birthday = "1990\(student / 28 + 11)\(student % 28 + 11)"
        let digits = (birthday.dropFirst(2) + "980").compactMap(\.wholeNumberValue)
        let sum = digits.enumerated().reduce(0) { sum, digit in
            let product = digit.element * (digit.offset % 2 == 0 ? 2 : 1)
            return sum + product / 10 + product % 10
        }
        return "\(birthday)-980\((10 - sum % 10) % 10)"
    }

    /// Puts an export of the old system (Procapita).
    func export(_ rows: [Row], name: String = "old.csv") throws {
        try desk.export(rows, name: "../" + name, at: "2026-11-20T20:00")
    }

    /// Puts an export of the new system (SchoolSoft) that says the same in its own columns.
    func exportOfNewSystem(_ rows: [Row], name: String = "new.csv") throws {
        let header =
            "Skola;Personnummer;Förnamn;Efternamn;Grupp;Kurskod;Kursnamn;Del;Poäng;Nivå;Startdatum;Slutdatum;"
            + "Påbörjad;Avbrott;Avbrottsdatum;Betyg;Betygsdatum;Omfattning;Färdighetsträning;Uppdragsutbildning;"
            + "Sekretess"
        let lines = rows.map { row in
            "\(row.school);\(row.number);Bo;Lind;NA1;\(row.course);;\(row.part);100;GY;\(row.start);\(row.end);"
                + "\(row.started);\(row.code);\(row.codeDate);\(row.grade);\(row.gradeDate);;;;"
        }
        try desk.write(name, ([header] + lines).joined(separator: "\r\n") + "\r\n", at: "2026-11-20T20:00")
    }

    /// A migration of these exports.
    func migrate(
        _ names: [String] = ["old.csv"], now: String = "2026-11-23T12:00", from: String = "2025-08-01",
        to: String = "2026-01-15", by basis: MigrationBasis = .grade, isAgain: Bool = false, isRehearsal: Bool = false,
        hold: HoldScope = .unit, jobs: Int = 1
    ) throws -> RunReport {
        let text =
            "inbox: inbox\noutbox: outbox\narchive: archive\nledger: ledger/csnfil.sqlite\nlayout: komvux-fixed\n"
            + configuration
        try Data(text.utf8).write(to: URL(filePath: desk.path("csnfil.yaml")))
        var settings = RunSettings(
            paths: names.map(desk.path), mappingFolders: [repository + "/Mappings"],
            now: try #require(Moment(now)), jobs: jobs,
            configuration: try Configuration.read(path: desk.path("csnfil.yaml"), environment: [:]))
        settings.reportPath = desk.path("report")
        let days = try #require(Day(iso: from))...(try #require(Day(iso: to)))
        return try Migration.run(
            MigrateRequest(
                settings: settings, days: days, basis: basis, holdScope: hold, isAgain: isAgain,
                isRehearsal: isRehearsal))
    }
}

extension RunReport {
    /// The reconciliation, which must agree with what the run says of its rows elsewhere.
    func reconciled() throws -> Reconciliation {
        let reconciliation = try #require(reconciliation)
        let total = reconciliation.total
        #expect(reconciliation.addsUp)
        #expect(total.sent == rows.sent)
        #expect(total.held == rows.held)
        #expect(total.dropped + total.copies == rows.dropped)
        #expect(reconciliation.rowsOutside + reconciliation.rowsLeftOut == rows.ignored)
        #expect(reconciliation.rowsRead == rows.read)
        return reconciliation
    }
}

extension Reconciliation {
    /// The lines of a school in short: `MATMAT01a C: export 2, sent 1, held 0, dropped 1, copies 0, records 1`.
    func short(of school: Int = 1234) -> [String] {
        (schools.first { $0.skolkod == Skolkod(school) }?.lines ?? []).map { line in
            let grade =
                switch line.grade {
                case .given(let betyg): betyg.code
                case .none: "none"
                case .unclear: "unclear"
                }
            let counts = line.counts
            return "\(line.course.kurskod ?? "?")\(line.course.isKnown ? "" : "!") \(grade): "
                + [counts.rows, counts.sent, counts.held, counts.dropped, counts.copies, counts.records]
                .map(String.init).joined(separator: " ")
        }
    }
}
