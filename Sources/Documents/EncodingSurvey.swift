import Findings
import Glibc

/// Gathers from every byte of an input what is needed to tell its encoding.
public struct EncodingSurvey: Sendable {
    /// What stands beside a byte outside ASCII.
    enum Neighbour: Int, CaseIterable {
        case other, lower, upper, high

        init(_ byte: UInt8) {
            switch byte {
            case 0x61...0x7A: self = .lower
            case 0x41...0x5A: self = .upper
            case 0x80...: self = .high
            default: self = .other
            }
        }
    }

    /// Bytes seen.
    public private(set) var size = 0
    /// Zero bytes on even and odd offsets: UTF-16 shows in them.
    var zeroes = (even: 0, odd: 0)
    /// How often each byte from 0x80 on stands between which neighbours: [byte - 0x80][before][after].
    private var contexts = [Int](repeating: 0, count: 128 * 16)
    private var head: [UInt8] = []
    private(set) var utf8 = UTF8Check()
    private(set) var doubleEncoding = DoubleEncodingCheck()
    private var last: UInt8 = 0
    private var beforeLast = Neighbour.other

    /// Nothing seen yet.
    public init() {}

    /// Takes in the next block, of any length.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        if head.count < 4 { head += bytes.prefix(4 - head.count) }
        countZeroes(bytes)
        var index = 0
        while index < bytes.count {
            if last < 0x80 {
                let end = endOfASCII(in: bytes, from: index)
                if end > index {
                    last = bytes[end - 1]
                    index = end
                    continue
                }
            }
            let byte = bytes[index]
            if last < 0x80, index + 2 < bytes.count, takeLetter(byte, bytes[index + 1], before: bytes[index + 2]) {
                index += 3
                continue
            }
            if last >= 0x80 {
                count(last, beforeLast, Neighbour(byte))
                beforeLast = .high
            }
            if byte >= 0x80 {
                if last < 0x80 { beforeLast = Neighbour(last) }
                doubleEncoding.feed(byte, follows: last)
            }
            utf8.feed(byte, at: size + index)
            last = byte
            index += 1
        }
        size += bytes.count
    }

    /// Takes in a letter of two bytes of UTF-8 that stands between bytes of ASCII, and the byte after it, all at once:
    /// so most Swedish letters stand.
    ///
    /// - Returns: false, and nothing is taken in, where the bytes are anything else.
    private mutating func takeLetter(_ first: UInt8, _ second: UInt8, before next: UInt8) -> Bool {
        guard (0xC2...0xDF).contains(first), second & 0xC0 == 0x80, next < 0x80 else { return false }
        count(first, Neighbour(last), .high)
        count(second, .high, Neighbour(next))
        doubleEncoding.feed(first, follows: last)
        doubleEncoding.feed(second, follows: first)
        utf8.countLetter()
        beforeLast = .high
        last = next
        return true
    }

    private mutating func countZeroes(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, memchr(base, 0, bytes.count) != nil else { return }
        for (offset, byte) in bytes.enumerated() where byte == 0 {
            if (size + offset).isMultiple(of: 2) { zeroes.even += 1 } else { zeroes.odd += 1 }
        }
    }

    private mutating func count(_ byte: UInt8, _ before: Neighbour, _ after: Neighbour) {
        contexts[Int(byte - 0x80) << 4 | before.rawValue << 2 | after.rawValue] += 1
    }

    func occurrences(of byte: UInt8, between before: Neighbour, and after: Neighbour) -> Int {
        contexts[Int(byte - 0x80) << 4 | before.rawValue << 2 | after.rawValue]
    }

    /// How often a byte from 0x80 on occurred.
    public func occurrences(of byte: UInt8) -> Int {
        guard byte >= 0x80 else { return 0 }
        return contexts[Int(byte - 0x80) << 4..<(Int(byte - 0x80) + 1) << 4].reduce(0, +)
    }

    /// What the bytes seen say. Nothing may be fed afterwards that belongs to the same input.
    public func conclusion() -> EncodingConclusion {
        var survey = self
        survey.utf8.finish()
        if last >= 0x80 { survey.count(last, beforeLast, .other) }
        let mark = head.withUnsafeBytes(TextEncoding.byteOrderMark)
        return EncodingJudge(survey: survey).conclusion(byteOrderMark: mark)
    }
}

/// Finds text that was UTF-8, was read as Latin-1 or Windows-1252, and was written as UTF-8 again: `Ã¥` for å.
struct DoubleEncodingCheck: Sendable {
    /// Swedish letters so encoded.
    private(set) var letters = 0
    /// Whether the bytes before were C3 83, the letter Ã.
    private var isAfterA = false

    /// Feeds a byte outside ASCII and the byte before it.
    mutating func feed(_ byte: UInt8, follows before: UInt8) {
        // The second byte of å ä ö é as Latin-1 (C2 85 …) or, for Å Ä Ö, as … „ – of Windows-1252 (E2 80 …).
        if isAfterA, before == 0x83, byte == 0xC2 || byte == 0xE2 { letters += 1 }
        isAfterA = before == 0xC3 && byte == 0x83
    }
}
