import Foundation
import Profiles
import Testing

@testable import Synthesis

struct EncodingTests {
    /// What the C library's iconv calls the encodings; it knows them without us.
    static let names: [(SampleEncoding, String)] = [
        (.utf8, "UTF-8"), (.utf8BOM, "UTF-8"), (.latin1, "ISO-8859-1"), (.windows1252, "WINDOWS-1252"),
        (.macintosh, "MACINTOSH"), (.cp850, "CP850"), (.utf16LE, "UTF-16LE"),
    ]

    @Test("Every encoding holds the same text", arguments: names, SampleSystem.allCases)
    func sameText(encoding: (SampleEncoding, String), system: SampleSystem) throws {
        let plain = try MadeSample(.made(system, 800, faults: 4))
        let made = try MadeSample(.made(system, 800, faults: encoding.0 == .utf8BOM ? 0 : 4, encoding: encoding.0))
        var decoded = try decode(made.export, from: encoding.1)
        let hasMark = encoding.0 == .utf8BOM || encoding.0 == .utf16LE
        #expect(decoded.starts(with: [0xEF, 0xBB, 0xBF]) == hasMark)
        if hasMark { decoded.removeFirst(3) }
        if encoding.0 == .utf8BOM {
            #expect(decoded == (try MadeSample(.made(system, 800)).export))
        } else {
            #expect(decoded == plain.export)
        }
        #expect(String(decoding: decoded, as: UTF8.self).contains("å"))
    }

    @Test("A byte that UTF-8 does not know occurs only where a byte order mark says that it is UTF-8")
    func invalidBytes() throws {
        let made = try MadeSample(.made(.schoolsoftList, 3000, faults: 5, encoding: .utf8BOM))
        #expect(made.export.count { $0 == 0xFF } == made.counts.faults["invalid-bytes"])
        #expect((made.counts.faults["invalid-bytes"] ?? 0) > 0)
        #expect(try !MadeSample(.made(.schoolsoftList, 3000, faults: 5)).export.contains(0xFF))
    }

    private func decode(_ bytes: [UInt8], from encoding: String) throws -> [UInt8] {
        let converter = iconv_open("UTF-8", encoding)
        try #require(converter != iconv_t(bitPattern: -1), "iconv does not know \(encoding)")
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 3)
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                var (left, room) = (source.count, target.count)
                let status = iconv(converter, &from, &left, &to, &room)
                return status == -1 || left > 0 ? nil : target.count - room
            }
        }
        return output.prefix(try #require(written)).map { UInt8(bitPattern: $0) }
    }
}
