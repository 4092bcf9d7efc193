import Exports
import Foundation
import Profiles
import Testing

/// When a delimiter behind the last cell is the export's way of writing, and when the mark of a shifted row.
@Suite struct TrailingDelimiterTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let header = "Skola;Personnummer;Kurskod;Startdatum;Slutdatum"
    private static let row = "1234;19980908-9809;MATMAT01a;2026-08-17;2026-12-18"

    private func match(_ lines: [String]) throws -> ProfileMatch {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let profile = try Profile.read(path: root.appending(path: "Mappings/systems/schoolsoft-list.yaml").path)
        let source = try folder.source(Array(lines.map { $0 + "\n" }.joined().utf8))
        guard case .found(let match, _) = try ProfileDetection.detect(source, InputSurvey(of: source), among: [profile])
        else { throw CocoaError(.fileReadCorruptFile) }
        return match
    }

    @Test func inTheHeader() throws {
        #expect(try match([Self.header + ";", Self.row]).hasTrailingDelimiter)
        #expect(try match([Self.header + ";", Self.row]).headers.count == 5)
        #expect(try match([Self.header + ";"]).hasTrailingDelimiter)
        #expect(try !match([Self.header, Self.row]).hasTrailingDelimiter)
        #expect(try !match([Self.header]).hasTrailingDelimiter)
    }

    @Test func inEveryRow() throws {
        #expect(try match([Self.header, Self.row + ";"]).hasTrailingDelimiter)
        #expect(try match([Self.header, Self.row + "; ", "", ";;", Self.row + ";"]).hasTrailingDelimiter)
        #expect(try !match([Self.header, Self.row + ";", Self.row]).hasTrailingDelimiter)
        #expect(try !match([Self.header, Self.row + ";;"]).hasTrailingDelimiter)
        #expect(try !match([Self.header, Self.row + ";x"]).hasTrailingDelimiter)
    }

    /// Twenty rows are looked at: the twentieth decides, the one after it does not.
    @Test func theFirstTwentyRows() throws {
        let trailing = Array(repeating: Self.row + ";", count: 19)
        #expect(try !match([Self.header] + trailing + [Self.row]).hasTrailingDelimiter)
        #expect(try match([Self.header] + trailing + [Self.row + ";", Self.row]).hasTrailingDelimiter)
    }
}
