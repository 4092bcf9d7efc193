import Documents
import Findings
import Testing

@Suite struct SingleByteTests {
    @Test(arguments: PythonCodecs.tables)
    func decodesAllBytesLikePython(_ encoding: TextEncoding, _ rows: [String]) throws {
        let decoder = try SingleByteDecoder(encoding)
        let expected = Array(rows.joined().unicodeScalars)
        #expect(expected.count == 128)
        for byte in UInt8.min...UInt8.max {
            let scalar: Unicode.Scalar = byte < 0x80 ? Unicode.Scalar(byte) : expected[Int(byte) - 0x80]
            #expect(decoder[byte] == (scalar == "\u{FFFD}" ? nil : scalar))
            var output: [UInt8] = []
            let undefined = withUnsafeBytes(of: byte) { decoder.append($0, to: &output) }
            #expect(String(decoding: output, as: UTF8.self) == String(Character(scalar)))
            #expect(undefined == (scalar == "\u{FFFD}" ? 0 : nil))
        }
    }

    @Test func namesTheFirstUndefinedByte() throws {
        let windows = try CellDecoder(.windows1252)
        let latin = try CellDecoder(.latin1)
        let cell: [UInt8] = [0x41, 0xE5, 0x81, 0x42, 0x8D]
        var output: [UInt8] = []
        #expect(cell.withUnsafeBytes { windows.append($0, to: &output) } == 2)
        #expect(String(decoding: output, as: UTF8.self) == "Aå\u{FFFD}B\u{FFFD}")
        #expect(cell.withUnsafeBytes(windows.firstInvalid) == 2)
        #expect(cell.withUnsafeBytes(latin.firstInvalid) == nil)
    }

    @Test func utf16HasNoSuchTable() {
        #expect(throws: EncodingUnavailable.self) { try SingleByteDecoder(.utf16LittleEndian) }
    }

    @Test(arguments: [
        ("utf-8", TextEncoding.utf8), ("UTF8", .utf8), ("latin-1", .latin1), ("ISO_8859-1", .latin1),
        ("cp1252", .windows1252), ("Windows-1252", .windows1252), ("MacRoman", .macRoman), ("Mac OS Roman", .macRoman),
        ("CP 850", .cp850), ("IBM850", .cp850), ("utf-16le", .utf16LittleEndian), ("UTF-16BE", .utf16BigEndian),
    ])
    func names(_ name: String, _ encoding: TextEncoding) { #expect(TextEncoding(name: name) == encoding) }

    @Test func everyNameIsItsOwnAlias() {
        for encoding in TextEncoding.allCases { #expect(TextEncoding(name: encoding.name) == encoding) }
        #expect(TextEncoding(name: "utf-7") == nil)
    }

    @Test(
        arguments: [
            (
                TextEncoding.utf8, [0xC2, 0xA0, 0x20, 0x41, 0xC2, 0xA0, 0x42, 0x09, 0xC2, 0xA0],
                [0x41, 0xC2, 0xA0, 0x42]
            ),
            // à is C3 A0 in UTF-8: its last byte is no blank.
            (.utf8, [0x20, 0xC3, 0xA0], [0xC3, 0xA0]), (.utf8, [0xC2, 0xA0], []), (.utf8, [0xA0], [0xA0]),
            (.windows1252, [0xA0, 0x41, 0xA0], [0x41]), (.latin1, [0xC2, 0xA0, 0x20], [0xC2]),
            (.macRoman, [0xCA, 0xA0, 0xCA], [0xA0]), (.cp850, [0xFF, 0xA0], [0xA0]), (.cp850, [0x20, 0x09], []),
        ] as [(TextEncoding, [UInt8], [UInt8])])
    func trims(_ encoding: TextEncoding, _ bytes: [UInt8], _ trimmed: [UInt8]) throws {
        let decoder = try CellDecoder(encoding)
        bytes.withUnsafeBytes { #expect(Array(decoder.trimmed($0)) == trimmed) }
    }
}

@Suite struct EncodingSurveyTests {
    static let sample =
        "Namn;Kurs\r\nÅsa Öström;Svenska 1\r\nPär Ängström;Räddningstjänst\r\nBjörn Håkansson;Målarkurs på kvällen\r\n"

    private func conclusion(_ bytes: [UInt8], blocks: Int = 1 << 20) -> EncodingConclusion {
        var survey = EncodingSurvey()
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: blocks) {
                survey.feed(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + blocks, bytes.count)]))
            }
        }
        return survey.conclusion()
    }

    /// The text in a single-byte encoding, by the table of ``PythonCodecs``.
    private func encoded(_ text: String, _ encoding: TextEncoding) throws -> [UInt8] {
        let table = try #require(PythonCodecs.tables.first { $0.0 == encoding }).1.joined().unicodeScalars
        let high = Array(table)
        return try text.unicodeScalars.map { scalar in
            if scalar.isASCII { return UInt8(scalar.value) }
            return UInt8(try #require(high.firstIndex(of: scalar)) + 0x80)
        }
    }

    @Test(arguments: [TextEncoding.latin1, .macRoman, .cp850], [1, 2, 3, 7, 1 << 20])
    func tellsSingleByteEncodings(_ encoding: TextEncoding, _ blocks: Int) throws {
        let found = conclusion(try encoded(EncodingSurveyTests.sample, encoding), blocks: blocks)
        #expect(found.encoding == encoding)
        guard case .swedishLetters(let letters, _, _) = found.evidence else {
            Issue.record("evidence is \(found.evidence)")
            return
        }
        #expect(letters.map { "\($0.letter)\($0.count)" } == ["å3", "ä4", "ö3", "Å1", "Ä1", "Ö1"])
    }

    /// One letter in the whole file has to be enough.
    @Test(
        arguments: [TextEncoding.latin1, .macRoman, .cp850],
        ["Björn", "Åsa", "Ängla", "LINDSTRÖM", "Linné", "Pär", "Håkan"])
    func oneNameIsEnough(_ encoding: TextEncoding, _ name: String) throws {
        #expect(conclusion(try encoded("1000;\(name);GY\n", encoding)).encoding == encoding)
    }

    @Test func windows1252OnlyWhenItsOwnCharactersOccur() throws {
        #expect(conclusion(try encoded("Pär – x\n", .windows1252)).encoding == .windows1252)
        #expect(conclusion(try encoded("Pär - x\n", .windows1252)).encoding == .latin1)
    }

    @Test func theEvidenceCanBeRead() throws {
        let found = conclusion(try encoded("Pär – på kvällen\n", .windows1252))
        #expect(
            found.text.en
                == "Windows-1252: Swedish letters make sense (å 1, ä 2); as CP850 they would read Õõ.")
        #expect(
            conclusion(Array("räksmörgås".utf8)).text.sv == "UTF-8: 3 tecken utanför ASCII, alla giltiga.")
    }

    @Test(arguments: [1, 2, 3, 5, 1 << 20]) func utf8AcrossBlocks(_ blocks: Int) {
        let found = conclusion(Array((EncodingSurveyTests.sample + "€😀").utf8), blocks: blocks)
        #expect(found.encoding == .utf8)
        #expect(found.evidence == .validUTF8(letters: 15))
        #expect(found.byteOrderMarkLength == 0)
        #expect(!found.isDoubleEncoded)
    }

    @Test func aLateLetterDecides() throws {
        let rows = String(repeating: "1000;19720120-9983;GY\n", count: 200_000)
        #expect(conclusion(Array(rows.utf8)).evidence == .onlyASCII)
        #expect(conclusion(try encoded(rows + "Pär\n", .latin1)).encoding == .latin1)
    }

    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x41], TextEncoding.utf8, 3), ([0xFF, 0xFE, 0x41, 0x00], .utf16LittleEndian, 2),
            ([0xFE, 0xFF, 0x00, 0x41], .utf16BigEndian, 2), ([0xEF, 0xBB, 0xBF], .utf8, 3),
        ] as [([UInt8], TextEncoding, Int)])
    func byteOrderMarks(_ bytes: [UInt8], _ encoding: TextEncoding, _ length: Int) {
        for blocks in 1...4 {
            let found = conclusion(bytes, blocks: blocks)
            #expect(found.encoding == encoding)
            #expect(found.byteOrderMarkLength == length)
            #expect(found.evidence == .byteOrderMark)
        }
    }

    @Test func utf16WithoutMarkIsNotGuessed() {
        let bytes = EncodingSurveyTests.sample.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let found = conclusion(bytes)
        #expect(found.encoding == nil)
        #expect(found.text.en.contains("lacks the mark"))
    }

    @Test func damageDoesNotMakeUTF8AnotherEncoding() {
        var bytes = Array(EncodingSurveyTests.sample.utf8)
        bytes += [0x50, 0xE4, 0x72]
        let found = conclusion(bytes)
        #expect(found.evidence == .damagedUTF8(letters: 13, invalid: 1))
        #expect(found.firstInvalid == bytes.count - 2)
    }

    @Test(arguments: [1, 2, 1 << 20]) func doubleEncoding(_ blocks: Int) throws {
        // What Python makes of "åäöÅÄÖ".encode().decode("latin-1" and "cp1252").encode().
        let latin = "Ã¥Ã¤Ã¶Ã\u{85}Ã\u{84}Ã\u{96}"
        let windows = "Ã¥Ã¤Ã¶Ã…Ã„Ã–"
        for text in [latin, windows] {
            let found = conclusion(Array(text.utf8), blocks: blocks)
            #expect(found.encoding == .utf8)
            #expect(found.doubleEncodedLetters == 6)
        }
        #expect(conclusion(Array("São João é; Ãngelo".utf8), blocks: blocks).doubleEncodedLetters == 0)
    }

    @Test func whatDecidesNothingIsSaidToBeAssumed() {
        let found = conclusion([0x31, 0xA0, 0x30, 0x30, 0x30])
        #expect(found.encoding == .latin1)
        #expect(found.evidence == .nothingDecides(bytes: 1))
    }

    @Test func anEmptyInputIsUTF8() { #expect(conclusion([]).evidence == .onlyASCII) }
}

@Suite struct UTF8CheckTests {
    /// Swift's own validation as the second implementation, over all beginnings of three bytes and some fourth ones.
    @Test func agreesWithTheStandardLibrary() {
        let edges: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1]
        let rest: [UInt8] = [0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF]
        let all = edges + rest
        for first in all {
            for second in all {
                for third in all {
                    for fourth in all {
                        let bytes = [first, second, third, fourth]
                        let isValid = bytes.withUnsafeBytes(UTF8Check.firstInvalid) == nil
                        if isValid != (String(validating: bytes, as: UTF8.self) != nil) {
                            Issue.record("\(bytes)")
                        }
                    }
                }
            }
        }
    }

    @Test func namesTheLetterThatIsWrong() {
        let bytes = Array("räka".utf8) + Array(repeating: 0x61, count: 100) + [0xE4, 0x61]
        #expect(bytes.withUnsafeBytes(UTF8Check.firstInvalid) == 105)
    }
}

@Suite struct UTF16Tests {
    private func transcoded(_ bytes: [UInt8], bigEndian: Bool, blocks: Int) -> [UInt8] {
        var transcoder = UTF16Transcoder(bigEndian: bigEndian)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: blocks) {
            bytes[start..<min(start + blocks, bytes.count)].withUnsafeBytes { transcoder.append($0, to: &output) }
        }
        transcoder.finish(to: &output)
        return output
    }

    @Test(arguments: [false, true], [1, 2, 3, 5, 1_000]) func agreesWithSwift(_ bigEndian: Bool, _ blocks: Int) {
        let text = "Åsa;\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}😀\u{10FFFF}\r\n"
        let bytes = text.utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
            return bigEndian ? pair : pair.reversed()
        }
        let output = transcoded(bytes, bigEndian: bigEndian, blocks: blocks)
        #expect(output == Array(text.utf8))
        #expect(output.withUnsafeBytes { UTF16Transcoder.originalLength(of: $0) } == bytes.count)
    }

    @Test(
        arguments: [
            ([0x00, 0x41, 0xD8, 0x00, 0x00, 0x42], 1), ([0x00, 0x41, 0xDC, 0x00], 1), ([0x00, 0x41, 0xD8, 0x00], 1),
            ([0xD8, 0x00, 0xD8, 0x00, 0xDC, 0x00], 0), ([0x00, 0x41, 0x42], 1),
        ] as [([UInt8], Int)])
    func whatIsNotUTF16StaysInvalidAtItsPlace(_ bytes: [UInt8], _ invalid: Int) {
        let output = transcoded(bytes, bigEndian: true, blocks: 1)
        #expect(output.withUnsafeBytes(UTF8Check.firstInvalid) == invalid)
        #expect(output.withUnsafeBytes { UTF16Transcoder.originalLength(of: $0) } == bytes.count)
    }
}
