import Foundation
import Testing

/// The list report as XML, by a profile written for it: the same records give the same files, in bounded memory.
@Suite struct XMLExportTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// The columns of the list report, its headers as elements.
    private static let profile = """
        profile: 1
        system: Prov
        title: listrapporten som XML
        basis: {known: "", ours: allt}
        container: {kind: xml, row: rad}
        columns:
          skola: skola/@kod
          personnummer: Personnummer
          kurskod: Kurskod
          kursdel: Del
          poang: Poäng
          niva: Nivå
          startdatum: Startdatum
          slutdatum: Slutdatum
          registrering: Påbörjad
          meddelandeorsak: Avbrott
          handelsedatum: Avbrottsdatum
          betyg: Betyg
          betygsdatum: Betygsdatum
          omfattning: Omfattning
          fardighetstraning: Färdighetsträning
          uppdragsutbildning: Uppdragsutbildning
          skyddad: Sekretess

        """

    /// Rows of the list as elements, with the school around those that follow each other.
    private static func document(_ rows: [[String]]) -> String {
        var text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<lista>\n"
        var school: String?
        for row in rows {
            if row[0] != school {
                text += (school == nil ? "" : "</skola>\n") + "<skola kod=\"\(escaped(row[0]))\">\n"
                school = row[0]
            }
            let cells = zip(Export.headers, row).dropFirst().filter { !$1.isEmpty }
            text += "<rad>" + cells.map { "<\($0)>\(escaped($1))</\($0)>" }.joined() + "</rad>\n"
        }
        return text + "</skola>\n</lista>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private func rows(_ records: Int, faults: Int) throws -> [[String]] {
        Scratch.lines(try scratch.sample(records: records, seed: 29, faults: faults)).dropFirst()
            .map { $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init) }
            .filter { $0.count == Export.headers.count && !$0.contains { $0.contains("\"") } }
    }

    private func convert(_ file: String, _ arguments: [String] = [], out: String) throws -> [String: [UInt8]] {
        let outcome = try Program.convert([file] + arguments, in: scratch, out: out)
        try #require(outcome.status <= 1, "\(outcome.error)")
        return try scratch.uploadFiles(out)
    }

    @Test("The same files from XML as from the list")
    func sameFiles() throws {
        try scratch.write("x.yaml", Self.profile)
        let rows = try rows(1_500, faults: 5)
        try scratch.write("list.csv", Export.text(rows.map { $0.joined(separator: ";") }))
        let expected = try convert("list.csv", out: "list")
        try #require(expected.count > 1)
        let latin1 = try #require(Self.document(rows).data(using: .isoLatin1))
        try scratch.write("list.xml", latin1)
        for jobs in ["1", "3"] {
            #expect(try convert("list.xml", ["--system", "./x.yaml", "--jobs", jobs], out: "xml\(jobs)") == expected)
        }
    }

    #if DEBUG
        private static let records = 40_000
    #else
        private static let records = 200_000
    #endif

    /// At most 300 bytes a record, over what the program needs for one record.
    @Test("A long export in bounded memory")
    func memory() throws {
        try scratch.write("x.yaml", Self.profile)
        try scratch.write("one.xml", try #require(Self.document([Export.cells]).data(using: .isoLatin1)))
        let one = try Program.start(
            ["convert", "one.xml", "--system", "./x.yaml", "--out", "one"] + Program.now, in: scratch
        ).measuredOutcome()
        try #require(one.status <= 1, "\(one.error)")
        try scratch.write(
            "long.xml", try #require(Self.document(rows(Self.records, faults: 0)).data(using: .isoLatin1)))
        let long = try Program.start(
            ["convert", "long.xml", "--system", "./x.yaml", "--out", "out", "--quiet", "--jobs", "2"] + Program.now,
            in: scratch
        ).measuredOutcome()
        #expect(long.status <= 1, "\(long.said.suffix(2_000))")
        let bound = one.peakMemory + 300 * Self.records
        #expect(
            long.peakMemory <= bound,
            "\((long.peakMemory - one.peakMemory) / Self.records) bytes a record, \(long.peakMemory >> 20) MB")
    }
}
