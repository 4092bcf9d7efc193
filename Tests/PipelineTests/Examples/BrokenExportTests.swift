import CSNRules
import Foundation
import Testing

/// The rules whose cause no row of cells can hold: an export that says nothing wrong is broken in one way, and that
/// rule speaks and no other.
@Suite("Exports and files broken in one way")
struct BrokenExportTests {
    struct Breach: Sendable, CustomTestStringConvertible {
        var rule: String
        var status: Int32
        var bytes: [UInt8]
        /// What else follows from it.
        var companions: Set<String> = []
        var testDescription: String { rule }
    }

    private static let header = "personnummer;kurskod;kursdel;poang;niva;startdatum;slutdatum;registrering"
    private static let rows = [
        "19900101-9802;SVESVE01;11;100;GY;2026-08-17;2026-12-18;J",
        "19720120-9983;SVESVE01;11;100;GY;2026-08-17;2026-12-18;J",
    ]

    private static func text(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) }

    private static let profile = """
        profile: 1
        system: Exempel
        title: x
        basis: {ours: x}
        container: {kind: csv, delimiter: semicolon}
        encoding: utf-8
        columns:
          personnummer: personnummer
          kurskod: kurskod
          kursdel: kursdel
          poang: poang
          niva: niva
          startdatum: {headers: [startdatum, start], required: true}
          slutdatum: slutdatum
          registrering: registrering
        leaveOut:
          - {headers: form, values: SV, reason: särskild utbildning}
        """

    static let breaches: [Breach] = [
        Breach(rule: "export-not-readable", status: 2, bytes: Array("%PDF-1.7\n1 0 obj\n".utf8)),
        Breach(rule: "export-not-readable", status: 2, bytes: []),
        Breach(
            rule: "header-missing", status: 2,
            bytes: text([header.replacing("startdatum", with: "begynnelse")] + rows)),
        Breach(
            rule: "header-ambiguous", status: 2,
            bytes: text([header + ";start"] + rows.map { $0 + ";2026-08-17" })),
        Breach(
            rule: "row-cell-count", status: 1,
            bytes: text([header, rows[0], rows[1].replacing("SVESVE01", with: "SVESVE01;x")]),
            companions: ["unit-held"]),
        Breach(
            rule: "row-cut-short", status: 1, bytes: Array(text([header] + rows).dropLast(9)),
            companions: ["unit-held"]),
        Breach(
            rule: "invalid-bytes", status: 1,
            bytes: text([header, rows[0]]) + Array("19720120-9983;SVESVE01;11;100;GY;2026-08-17;2026-12-18;".utf8)
                + [0xE5] + Array("\r\n".utf8), companions: ["unit-held"]),
        Breach(
            rule: "row-left-out", status: 0, bytes: text([header + ";form", rows[0] + ";VUX", rows[1] + ";SV"])),
        Breach(rule: "unknown-column", status: 0, bytes: text([header + ";rum"] + rows.map { $0 + ";B12" })),
        Breach(rule: "file-empty", status: 0, bytes: text([header])),
    ]

    /// Where the other rules without rows are broken.
    private static let elsewhere: Set<String> = [
        // A finished file: RefusalTests.
        "file-one-school", "file-layout",
        // No input makes the program fail; the engine's own tests do.
        "internal-fault",
        // Nothing was reported before a conversion: EarlierSchoolTests.
        "unread-file-replaced",
    ]

    private func convert(_ bytes: [UInt8]) throws -> Workplace.Ending {
        let place = try Workplace()
        try place.write("profile.yaml", Self.profile)
        try place.write("export.csv", bytes)
        return try place.convert(["export.csv"]) {
            $0.system = place.path("profile.yaml")
            $0.school = "1003"
        }
    }

    @Test("The unbroken export is sent and nothing said of it")
    func unbroken() throws {
        let ending = try convert(Self.text([Self.header] + Self.rows))
        #expect(ending.status == 0 && ending.findings == [], "\(ending.said)")
    }

    @Test("Broken in one way it gives that rule and no other", arguments: breaches)
    func broken(_ breach: Breach) throws {
        let ending = try convert(breach.bytes)
        #expect(ending.status == breach.status, "\(ending.said)")
        guard breach.status != 2 else {
            // Nothing is written then but the sentence, with the rule's name before it.
            let named = Catalogue.shared.rules.map { $0.name.text }.filter { ending.said.contains("[\($0)]") }
            #expect(named == [breach.rule], "\(ending.said)")
            return
        }
        #expect(ending.rules.subtracting(breach.companions) == [breach.rule], "\(ending.findings)")
    }

    @Test("Every rule without rows is broken here, or the table says where")
    func coverage() {
        #expect(Set(Self.breaches.map(\.rule)).union(Self.elsewhere) == Set(ExampleTests.withoutRows.keys))
    }
}
