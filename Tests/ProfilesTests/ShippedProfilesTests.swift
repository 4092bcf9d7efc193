import Foundation
import Profiles
import Testing

@Suite struct ShippedProfilesTests {
    /// The repository's folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static var paths: [String] {
        let folder = root.appending(path: "Mappings/systems").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { folder + "/" + $0 }
    }

    @Test func thereAreSome() { #expect(Self.paths.count >= 2) }

    @Test(arguments: paths)
    func isReadAndSaysWhatItRestsOn(path: String) throws {
        let profile = try Profile.read(path: path)
        #expect(path.hasSuffix("/\(profile.name).yaml") && profile.path == path)
        #expect(!profile.system.isEmpty && !profile.title.isEmpty)
        #expect(!profile.basis.known.isEmpty || !profile.basis.ours.isEmpty)
        // A kommunkod or a skolenhetskod must never be taken for CSN's code (docs/profiles.md, "skolkod").
        let never = ["schoolunitcode", "schoolunitvux12", "skolenhetskod", "municipalitycode", "kommunkod"]
        for name in profile.columns[.skolkod]?.names ?? [] { #expect(!never.contains(name.folded)) }
    }

    @Test func theListReportHasTheColumnsOfItsSampleRow() throws {
        let path = try #require(Self.paths.first { $0.hasSuffix("schoolsoft-list.yaml") })
        let profile = try Profile.read(path: path)
        let headers = """
            Skola, Personnummer, Kurskod, Del, Poäng, Nivå, Startdatum, Slutdatum, Påbörjad, Avbrott, Avbrottsdatum, \
            Betyg, Betygsdatum, Omfattning, Färdighetsträning, Uppdragsutbildning, Sekretess
            """
        #expect(
            Set(profile.columns.values.flatMap(\.headers)) == Set(headers.split(separator: ", ").map(String.init)))
        let needed = profile.columns.filter(\.value.isRequired).keys
        #expect(Set(needed) == [.skola, .personnummer, .kurskod, .startdatum, .slutdatum])
        #expect(profile.container.dialects.map(\.delimiter) == [UInt8(ascii: ";")])
    }
}
