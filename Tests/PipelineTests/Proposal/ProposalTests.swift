import Foundation
import Pipeline
import Testing

/// `profile`, called as the program calls it: what it proposes converts the export as the system's own profile does.
@Suite struct ProposalTests {
    /// Names that no profile and no list of headers has, by the headers of the shipped lists.
    private static let synonyms: [(known: [String], unseen: String)] = [
        (["Skola", "Skolkod", "CSN-skolkod", "csnkod"], "Anordnarens beteckning"),
        (["Personnummer", "Personnr", "Pnr", "socialnumber"], "Den studerandes identitetsbeteckning"),
        (["Kurskod", "Ämne/Kurs", "code"], "Beteckning hos Skolverket"),
        (["Kursnamn", "Kurs", "Benämning", "course"], "Kurstitel"), (["Del", "Kursdel", "Del av kurs"], "Moment nr"),
        (["Poäng", "points", "Verksamhetspoäng", "VP"], "Läspoäng"),
        (["Nivå", "Kategori", "Utbildningsnivå"], "Stadium"),
        (["Startdatum", "startdate", "Kursstart", "From", "Start"], "Läser fr o m"),
        (["Slutdatum", "enddate", "Kursslut", "Tom", "Slut"], "Läser t o m"),
        (["Påbörjad", "Registrering", "Registrerad"], "Har kommit igång"),
        (["Avbrott", "Avbrottskod", "Händelse", "Meddelandeorsak"], "Ändring av studierna"),
        (["Avbrottsdatum", "Händelsedatum"], "Ändringen gäller"), (["Betyg", "grade"], "Bedömning"),
        (["Betygsdatum", "gradedate", "Datum"], "Bedömd den"), (["Omfattning"], "Studietid"),
        (["Färdighetsträning"], "Tränar färdigheter"), (["Uppdragsutbildning"], "Köpt utbildning"),
        (["Sekretess", "Skyddad"], "Hemliga uppgifter"), (["Förnamn", "fname"], "Kallas"),
        (["Efternamn", "lname"], "Heter"), (["printdate"], "Framställd"), (["status"], "Läge"),
    ]

    private static func unseen(_ header: String, _ column: Int) -> String {
        synonyms.first { $0.known.contains(header) }?.unseen ?? "Uppgift \(column + 1)"
    }

    /// The shipped profiles of lists of which there are samples.
    private static let lists: [String] = {
        let folder = repository + "/Mappings/systems"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { file in
            let text = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
            let name = String(file.dropLast(5))
            let hasSample = text.contains("\nsample:") || ["schoolsoft", "schoolsoft-list"].contains(name)
            return hasSample && text.contains("kind: csv") && !text.contains("records: persons") ? name : nil
        }
    }()

    /// A sample of a system in a folder of its own, read as a list.
    private func sample(_ system: String, seed: UInt64, records: Int = 600) throws -> (
        Workplace, path: String, ListText
    ) {
        let place = try Workplace()
        let folder = try place.sample(
            system, "", records: records, seed: seed, faults: 2, encoding: "utf-8")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let name = try #require(names.first { !["truth.jsonl", "csnfil.yaml"].contains($0) })
        return (place, folder + name, ListText(try place.read("sample/" + name)))
    }

    @Test func thereAreLists() { #expect(Self.lists.contains("schoolsoft-list") && Self.lists.count >= 2) }

    @Test(arguments: lists)
    func aShuffledListWithUnseenHeadersIsReadAlike(system: String) throws {
        let seed: UInt64 = 1
        let (place, path, list) = try sample(system, seed: seed)
        var dice = Dice(state: seed)
        let order = list.rows[0].indices.shuffled(using: &dice)
        let headers = list.rows[0].enumerated().map { Self.unseen($1, $0) }
        try place.write("sample/mangled.csv", list.rearranged(order, headers: headers).bytes)

        let proposed = try place.profile("sample/mangled.csv", named: "forslag")
        #expect(proposed.status == 0, "\(proposed.error)")
        try place.write("forslag.yaml", proposed.output)
        _ = try place.convert([path]) { $0.system = system }
        _ = try place.convert(["sample/mangled.csv"], out: "other") { $0.system = place.path("forslag.yaml") }
        let (own, other) = (try place.uploads(), try place.uploads("other"))
        #expect(!own.isEmpty)
        #expect(own == other, "\(String(decoding: proposed.output, as: UTF8.self))\(proposed.error)")
    }

    @Test func theListReportIsReadWhateverItsHeadersAre() throws {
        for seed in [3] as [UInt64] {
            let (place, path, list) = try sample("schoolsoft-list", seed: seed)
            var dice = Dice(state: seed)
            let order = list.rows[0].indices.shuffled(using: &dice)
            let headers = list.rows[0].indices.map { "Fält \($0 + 1)" }
            try place.write("sample/mangled.csv", list.rearranged(order, headers: headers).bytes)
            let proposed = try place.profile("sample/mangled.csv", named: "forslag")
            #expect(proposed.status == 0)
            try place.write("forslag.yaml", proposed.output)
            _ = try place.convert([path]) { $0.system = "schoolsoft-list" }
            _ = try place.convert(["sample/mangled.csv"], out: "other") { $0.system = place.path("forslag.yaml") }
            #expect(try place.uploads() == place.uploads("other"))
        }
    }

    @Test func noValueOfAPersonIsShown() throws {
        let (place, path, list) = try sample("schoolsoft-list", seed: 5)
        for format in ["sv", "en"] {
            let proposed = try place.profile(path, named: "forslag") { $0.language = format }
            let said = String(decoding: proposed.output, as: UTF8.self) + proposed.error
            let words = Set(said.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
            for header in ["Personnummer", "Förnamn", "Efternamn"] {
                let column = try #require(list.rows[0].firstIndex(of: header))
                let values = Set(list.rows.dropFirst().filter { $0.count == list.rows[0].count }.map { $0[column] })
                #expect(values.isDisjoint(with: words))
            }
        }
    }

    // MARK: - Four dates

    private static let dated = [
        ["1003", "19720120-9983", "KEMKEM01", "2026-01-12", "2026-06-05", "", "", "A", "2026-06-01"],
        ["1003", "19720120-9983", "ENGENG05", "2026-01-12", "2026-05-29", "99", "2026-03-03", "", ""],
        ["1003", "19850614-9807", "KEMKEM01", "2026-01-19", "2026-06-05", "", "", "F", "2026-06-02"],
        ["1003", "19850614-9807", "SVESVE01", "2026-01-19", "2026-06-05", "81", "2026-02-02", "", ""],
        ["1003", "19900101-9802", "ENGENG05", "2026-01-12", "2026-06-05", "", "", "C", "2026-06-10"],
        ["1003", "19900101-9802", "SVESVE02", "2026-01-12", "2026-06-05", "", "", "E", "2026-06-05"],
        ["1003", "19920301-9809", "SVESVE01", "2026-02-02", "2026-06-05", "99", "2026-04-01", "", ""],
        ["1003", "19920301-9809", "ENGENG06", "2026-02-02", "2026-06-05", "", "", "", ""],
    ]
    private static let datedSlots = [
        "skola", "personnummer", "kurskod", "startdatum", "slutdatum", "meddelandeorsak", "handelsedatum", "betyg",
        "betygsdatum",
    ]

    /// The slots of a proposal with the place at which each stands in the list ("Fält 4": 4).
    private func slots(_ output: [UInt8]) -> [String: Int] {
        var found: [String: Int] = [:]
        let pattern = /\s+(\w+): \{(?:headers: "Fält (\d+)"|position: (\d+)).*/
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            if let match = line.wholeMatch(of: pattern), let place = match.2 ?? match.3 {
                found[String(match.1)] = Int(place)
            }
        }
        return found
    }

    @Test(arguments: 0..<24) func datesAreToldByContentAlone(permutation: Int) throws {
        var dice = Dice(state: UInt64(permutation))
        let order = Self.dated[0].indices.shuffled(using: &dice)
        let place = try Workplace()
        let lines = [order.indices.map { "Fält \($0 + 1)" }] + Self.dated.map { row in order.map { row[$0] } }
        try place.write("x.csv", lines.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n")
        let proposed = try place.profile("x.csv", named: "x")
        let expected = Dictionary(uniqueKeysWithValues: order.enumerated().map { (Self.datedSlots[$1], $0 + 1) })
        #expect(proposed.status == 0, "\(proposed.error)")
        #expect(slots(proposed.output) == expected)
    }

    @Test func withoutHeadersColumnsGoByTheirPlace() throws {
        let place = try Workplace()
        try place.write("x.csv", Self.dated.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
        let proposed = try place.profile("x.csv", named: "x")
        let text = String(decoding: proposed.output, as: UTF8.self)
        #expect(proposed.status == 0)
        #expect(text.contains("  delimiter: comma\n  header: none\n  cells: 9\n"))
        let expected = Dictionary(uniqueKeysWithValues: Self.datedSlots.enumerated().map { ($1, $0 + 1) })
        #expect(slots(proposed.output) == expected)
        #expect(try convertsAlike(place, proposed.output))
    }

    @Test func twoColumnsOfOneNameGoByTheirPlace() throws {
        let place = try Workplace()
        let header = "Skola;Pnr;Kurskod;Datum;Datum;Avbrott;Datum;Betyg;Datum"
        let lines = ["Rapport över kurser", ""] + [header] + Self.dated.map { $0.joined(separator: ";") }
        try place.write("x.csv", lines.joined(separator: "\n") + "\n")
        let proposed = try place.profile("x.csv", named: "x")
        let text = String(decoding: proposed.output, as: UTF8.self)
        #expect(proposed.status == 0 && text.contains("\n  header: none\n  cells: 9\n  preamble: 2\n"))
        #expect(slots(proposed.output)["betygsdatum"] == 9 && slots(proposed.output)["startdatum"] == 4)
        #expect(try convertsAlike(place, proposed.output))
    }

    @Test func rowsBeforeTheHeaderAreReadPast() throws {
        let place = try Workplace()
        let header = Self.datedSlots.indices.map { "Fält \($0 + 1)" }.joined(separator: "\t")
        let lines = ["Rapport över kurser", "2026-06-12"] + [header] + Self.dated.map { $0.joined(separator: "\t") }
        try place.write("x.csv", lines.joined(separator: "\n") + "\n")
        let proposed = try place.profile("x.csv", named: "x")
        #expect(proposed.status == 0)
        #expect(String(decoding: proposed.output, as: UTF8.self).contains("  delimiter: tab\n  preamble: 2\n"))
        #expect(slots(proposed.output)["slutdatum"] == 5)
        #expect(try convertsAlike(place, proposed.output))
    }

    /// Whether the proposal sends the same records as the list with its own names does.
    private func convertsAlike(_ place: Workplace, _ output: [UInt8]) throws -> Bool {
        let known = "Skola;Personnummer;Kurskod;Startdatum;Slutdatum;Avbrott;Avbrottsdatum;Betyg;Betygsdatum"
        let lines = [known] + Self.dated.map { $0.joined(separator: ";") }
        try place.write("known.csv", lines.joined(separator: "\n") + "\n")
        try place.write("x.yaml", output)
        _ = try place.convert(["known.csv"]) { $0.system = "schoolsoft-list" }
        _ = try place.convert(["x.csv"], out: "other") { $0.system = place.path("x.yaml") }
        let rows = try place.rows()
        return try rows["read"] == 8 && rows == place.rows("other") && place.uploads() == place.uploads("other")
    }

    // MARK: - What is missing

    @Test(arguments: ["personnummer", "kurskod", "startdatum", "slutdatum"])
    func whatIsNeededAndNotFoundIsSaid(slot: String) throws {
        let place = try Workplace()
        let gone = try #require(Self.datedSlots.firstIndex(of: slot))
        let columns = Self.datedSlots.indices.filter { $0 != gone }
        let lines = [columns.map { "Fält \($0 + 1)" }] + Self.dated.map { row in columns.map { row[$0] } }
        try place.write("x.csv", lines.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n")
        let proposed = try place.profile("x.csv", named: "x")
        #expect(proposed.status == 1)
        let dates = ["startdatum", "slutdatum"]
        let isSaid = (dates.contains(slot) ? dates : [slot]).contains { proposed.error.contains("\($0) was not found") }
        #expect(isSaid, "\(proposed.error)")
        #expect(String(decoding: proposed.output, as: UTF8.self).contains("# MISSING: "))
    }

    @Test func theSchoolMayBeGivenElsewhere() throws {
        let place = try Workplace()
        let lines = [(1..<9).map { "Fält \($0 + 1)" }] + Self.dated.map { Array($0.dropFirst()) }
        try place.write("x.csv", lines.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n")
        let proposed = try place.profile("x.csv", named: "x")
        #expect(proposed.status == 0 && proposed.error.contains("--school"))
    }

    @Test func aFileIsWrittenOnceAndNotOver() throws {
        let place = try Workplace()
        let lines = [Self.datedSlots.indices.map { "Fält \($0 + 1)" }] + Self.dated
        try place.write("x.csv", lines.map { $0.joined(separator: ";") }.joined(separator: "\n") + "\n")
        let printed = try place.profile("x.csv", named: "vart-system")
        let written = try place.profile("x.csv", named: "vart-system") {
            $0.writes = true
            $0.out = place.path("own/systems")
        }
        #expect(written.status == 0)
        #expect(String(decoding: written.output, as: UTF8.self).contains(place.path("own/systems/vart-system.yaml")))
        #expect(try place.read("own/systems/vart-system.yaml") == printed.output)
        let again = try place.profile("x.csv", named: "vart-system") {
            $0.writes = true
            $0.out = place.path("own/systems")
        }
        #expect(again.status == 2 && again.error.contains("not written over"))
        #expect(try place.read("own/systems/vart-system.yaml") == printed.output)
    }

    @Test(arguments: ["", "a/b", "../x", "a b", "x.yaml"]) func aNameIsNoPath(name: String) throws {
        let place = try Workplace()
        try place.write("x.csv", "a;b\n1;2\n")
        #expect(try place.profile("x.csv", named: name).status == 64)
    }

    @Test(arguments: [
        ("<?xml version=\"1.0\"?><a><b/></a>", 1), ("en enda kolumn\nutan skiljetecken\n", 2), ("%PDF-1.7", 2),
    ])
    func whatIsNoListIsSaid(text: String, status: Int32) throws {
        let place = try Workplace()
        try place.write("x", text)
        let proposed = try place.profile("x", named: "x")
        #expect(proposed.status == status && !proposed.error.isEmpty)
    }
}
