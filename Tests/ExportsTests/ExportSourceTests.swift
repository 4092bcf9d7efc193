import Exports
import Foundation
import Testing

@Suite struct ExportSourceTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func readsAnyPart() throws {
        let source = try folder.source(Array("0123456789".utf8))
        #expect(source.size == 10)
        #expect(try source.head(3) == Array("012".utf8))
        #expect(try source.head(100) == Array("0123456789".utf8))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { buffer.deallocate() }
        #expect(try source.read(into: buffer, at: 8) == 2)
        try source.fill(buffer, at: 6)
        #expect(Array(buffer) == Array("6789".utf8))
        #expect(throws: ExportProblem.changedWhileRead(path: source.path)) { try source.fill(buffer, at: 7) }
        try source.checkUnchanged()
    }

    @Test func saysWhyNot() throws {
        let missing = "\(folder.path)/missing"
        let problem = try #require(throws: ExportProblem.self) {
            try ExportSource(path: missing, keepingPipesIn: folder.path)
        }
        #expect(problem == .cannotOpen(path: missing, code: ENOENT))
        #expect(problem.text.en == "\(missing) cannot be opened: No such file or directory.")
        #expect(throws: ExportProblem.isFolder(path: folder.path)) {
            try ExportSource(path: folder.path, keepingPipesIn: folder.path)
        }
    }

    @Test func aFileThatGrowsIsNoticed() throws {
        let source = try folder.source(Array("abc\n".utf8))
        let handle = try #require(FileHandle(forWritingAtPath: source.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data([0x41]))
        #expect(throws: ExportProblem.changedWhileRead(path: source.path)) { try source.checkUnchanged() }
    }

    @Test func aFileWrittenOverIsNoticed() throws {
        let source = try folder.source(Array("abc\n".utf8))
        let before = Date(timeIntervalSinceNow: -3_600)
        try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: source.path)
        #expect(throws: ExportProblem.changedWhileRead(path: source.path)) { try source.checkUnchanged() }
    }

    @Test func aFileCutShortIsNoticedByTheSurvey() throws {
        let source = try folder.source([UInt8](repeating: 0x41, count: 100))
        #expect(truncate(source.path, 50) == 0)
        #expect(throws: ExportProblem.changedWhileRead(path: source.path)) { try InputSurvey(of: source) }
    }

    @Test func aPipeIsKeptWithoutAName() throws {
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        let writer = Thread { try? Data(bytes).write(to: URL(filePath: pipe)) }
        writer.start()
        let source = try ExportSource(path: pipe, keepingPipesIn: folder.path)
        #expect(source.size == bytes.count)
        #expect(try source.head(bytes.count) == bytes)
        #expect(try folder.names == ["pipe"])
        try source.checkUnchanged()
    }

    @Test func aPipeNeedsItsFolder() throws {
        let pipe = "\(folder.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        // Opened for both, so that opening it to read does not wait for a writer.
        let writer = open(pipe, O_RDWR)
        defer { close(writer) }
        let nowhere = "\(folder.path)/nowhere"
        #expect(throws: ExportProblem.cannotKeep(path: pipe, folder: nowhere, code: ENOENT)) {
            try ExportSource(path: pipe, keepingPipesIn: nowhere)
        }
    }
}

@Suite struct InputKindTests {
    @Test(arguments: [
        ("%PDF-1.7\n", InputKind.pdf), ("PK\u{3}\u{4}....[Content_Types].xml", .xlsx), ("PK\u{3}\u{4}....a.txt", .zip),
        ("PK\u{3}\u{4}....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", .openDocument),
        ("<!DOCTYPE html><p>API PARTNER ERROR", .html), (" \r\n\t<HTML>", .html), ("\u{FEFF}<html lang=sv>", .html),
        ("<?xml version=\"1.0\"?><!DOCTYPE html><html/>", .html), ("<?xml version=\"1.0\"?><kurser/>", .xml),
        ("\n<betyg>", .xml), ("<<a", .text), ("< 5", .text), ("{\\rtf1", .rtf), ("{ \"persons\": [] }", .json),
        ("[]", .json), ("[ {", .json), ("{8D3F0000-0000};A", .text), ("[Skola];b", .text), ("", .empty),
        ("\u{FEFF}", .blank), (" \t\r\n\n", .blank), ("Skola;Personnummer\r\n", .text), ("PDF", .text),
    ])
    func byFirstBytes(_ text: String, _ kind: InputKind) {
        #expect(Array(text.utf8).withUnsafeBytes { InputKind(head: $0) } == kind)
    }

    @Test(
        arguments: [
            ([0x1F, 0x8B, 0x08], InputKind.gzip), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldOffice),
            ([0xFF, 0xFE, 0x3C, 0x00, 0x61, 0x00], .xml), ([0xFE, 0xFF, 0x00, 0x53], .text),
            ([0xFF, 0xFE, 0x20, 0], .blank),
        ] as [([UInt8], InputKind)])
    func byFirstBytes(_ bytes: [UInt8], _ kind: InputKind) {
        #expect(bytes.withUnsafeBytes { InputKind(head: $0) } == kind)
    }

    @Test func eachHasAName() {
        #expect(Set(InputKind.allCases.map(\.text.sv)).count == InputKind.allCases.count)
        #expect(InputKind.pdf.text.en == "a PDF file")
    }
}

@Suite struct InputSurveyTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Pieces of 64 KB and blocks of 1 MB, with line ends on their borders; counted by the plainest means.
    @Test(arguments: [0, 1, 2, 31, 32, 33, 255, 65_535, 65_536, 65_537, 1_048_575, 1_048_577])
    func countsEveryLineEnd(_ size: Int) throws {
        var random = SplitMix(state: UInt64(size))
        // A prime length, so that the pattern falls differently on every border.
        let pattern = (0..<4_099).map { _ in [0x0D, 0x0A, 0x41, 0x42][Int(random.next() % 4)] as UInt8 }
        var bytes: [UInt8] = []
        while bytes.count < size { bytes += pattern }
        bytes.removeLast(bytes.count - size)
        for border in [65_535, 1_048_575] where border + 1 < size { (bytes[border], bytes[border + 1]) = (0x0D, 0x0A) }
        var seen = 0
        let survey = try InputSurvey(of: folder.source(bytes)) { seen += $0.count }
        #expect(seen == size)
        #expect(survey.size == size)
        var (lineFeeds, returns, pairs) = (0, 0, 0)
        var last: UInt8 = 0
        for byte in bytes {
            if byte == 0x0D { returns += 1 }
            if byte == 0x0A { lineFeeds += 1 }
            if byte == 0x0A, last == 0x0D { pairs += 1 }
            last = byte
        }
        #expect(survey.lineFeeds == lineFeeds)
        #expect(survey.returns == returns)
        #expect(survey.pairs == pairs)
        #expect(!survey.hasQuotes)
    }

    @Test func oneQuoteAtTheEndCounts() throws {
        let survey = try InputSurvey(of: folder.source([UInt8](repeating: 0x41, count: 100_000) + [0x22]))
        #expect(survey.hasQuotes)
    }

    @Test func blankToTheEnd() throws {
        let blanks = [UInt8](repeating: 0x0A, count: 70_000)
        #expect(try InputSurvey(of: folder.source(blanks)).kind == .blank)
        #expect(try InputSurvey(of: folder.source(blanks + [0x41])).kind == .text)
        #expect(try InputSurvey(of: folder.source([])).kind == .empty)
    }
}

/// Numbers that are the same in every run (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
