import CSN
import Foundation
import Testing

@testable import Pipeline

/// What is put away comes back as it was, and no more stays in memory than was allowed.
@Suite("Rows until their school's turn")
struct RowStoreTests {
    private static func rows(_ lines: Range<UInt32>) -> [Candidate] {
        lines.map { line in
            var row = Candidate(origin: RowOrigin(input: 3, line: line, offset: UInt64(line) * 7))
            row.poang = Int(line % 900)
            row.betyg = line % 2 == 0 ? .e : nil
            row.failed = line % 3 == 0 ? FieldSet(.slutdatum) : []
            return row
        }
    }

    private static func facts(_ rows: [Candidate]) -> [String] {
        rows.map {
            "\($0.origin.input) \($0.origin.line) \($0.origin.offset) \($0.poang ?? -1) \($0.betyg?.code ?? "") \($0.failed.rawValue)"
        }
    }

    /// Three schools one after the other, then the first once more: with room for so many rows, the same comes back.
    @Test(arguments: [0, 1, 5, 9, 10, 11, 29, 30, 31, 1_000])
    func nothingIsLost(limit: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = RowStore(limit: limit, in: folder.path)
        for (skolkod, lines) in [
            (UInt16(1000), UInt32(0)..<10), (1001, 10..<20), (1002, 20..<30), (0, 30..<32), (1000, 32..<40),
        ] {
            store.add([skolkod: Self.rows(lines)])
        }
        #expect(store.skolkoder == [0, 1000, 1001, 1002])
        #expect(Self.facts(try store.take(1000)) == Self.facts(Self.rows(0..<10) + Self.rows(32..<40)))
        #expect(Self.facts(try store.take(1001)) == Self.facts(Self.rows(10..<20)))
        #expect(store.skolkoder == [0, 1002])
        #expect(Self.facts(try store.take(1002)) == Self.facts(Self.rows(20..<30)))
        #expect(Self.facts(try store.take(0)) == Self.facts(Self.rows(30..<32)))
        #expect(try store.take(1000).isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    /// Where no file can be made the rows stay in memory.
    @Test func withoutAFolderAllStays() throws {
        let store = RowStore(limit: 1, in: "/nowhere/at/all")
        store.add([1000: Self.rows(0..<10)])
        store.add([1001: Self.rows(10..<20)])
        #expect(Self.facts(try store.take(1000)) == Self.facts(Self.rows(0..<10)))
    }

    /// A row is kept as its bytes: it must be nothing but bytes.
    @Test func rowsAreBytesAlone() {
        #expect(_isPOD(Candidate.self))
    }
}
