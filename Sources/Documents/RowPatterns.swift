/// The bytes that matter, and where they are among sixty-four.
struct Patterns: Sendable {
    let delimiter: UInt8
    /// The delimiter again when there are no quotes.
    let quote: UInt8
    /// Whether only delimiters and line feeds need be found.
    let isPlain: Bool
    private let delimiters: UInt64
    private let quotes: UInt64

    init(_ dialect: DelimitedDialect, _ traits: DelimitedTraits) {
        delimiter = dialect.delimiter
        quote = dialect.quote ?? dialect.delimiter
        isPlain = (dialect.quote == nil || !traits.hasQuotes) && !traits.hasLoneReturns
        delimiters = UInt64(delimiter) &* 0x0101_0101_0101_0101
        quotes = UInt64(quote) &* 0x0101_0101_0101_0101
    }

    /// One bit for each of the 64 bytes from `start` on, the first in the lowest bit.
    @inline(__always)
    func mask(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64 {
        guard let base = bytes.baseAddress, start + 64 <= bytes.count else { return maskOfTail(bytes, at: start) }
        var mask: UInt64 = 0
        for word in 0..<8 {
            let value = base.loadUnaligned(fromByteOffset: start + 8 * word, as: UInt64.self).littleEndian
            let hits = isPlain ? Patterns.plain(value, delimiters) : Patterns.full(value, delimiters, quotes)
            // Gathers the highest bit of each byte into eight neighbouring bits.
            let gathered = ((hits >> 7) &* 0x0102_0408_1020_4080) >> 56
            mask |= gathered << UInt64(8 * word)
        }
        return mask
    }

    /// The same for plain text, and where of these the line feeds are.
    @inline(__always)
    func plainMasks(_ base: UnsafeRawPointer, _ count: Int, at start: Int) -> (mask: UInt64, feeds: UInt64) {
        guard start + 64 <= count else {
            return plainMasksOfTail(UnsafeRawBufferPointer(start: base, count: count), start)
        }
        let (first, second) = (plainMasks(base + start), plainMasks(base + start + 16))
        let (third, fourth) = (plainMasks(base + start + 32), plainMasks(base + start + 48))
        return (
            first.mask | second.mask << 16 | third.mask << 32 | fourth.mask << 48,
            first.feeds | second.feeds << 16 | third.feeds << 32 | fourth.feeds << 48
        )
    }

    /// One bit for each of sixteen bytes.
    @inline(__always)
    private func plainMasks(_ base: UnsafeRawPointer) -> (mask: UInt64, feeds: UInt64) {
        let block = base.loadUnaligned(as: SIMD16<UInt8>.self)
        let feeds = Patterns.lanes(block .== SIMD16(repeating: 0x0A))
        let delimiters = Patterns.lanes(block .== SIMD16(repeating: delimiter))
        return (Patterns.bits(feeds | delimiters), Patterns.bits(feeds))
    }

    /// All bits of the lanes that are set. A mask's own operations (`replacing`) go lane by lane: forty times as slow.
    @inline(__always)
    private static func lanes(_ mask: SIMDMask<SIMD16<Int8>>) -> SIMD16<UInt8> {
        unsafeBitCast(mask, to: SIMD16<UInt8>.self)
    }

    /// Each lane's own bit of its half's byte; those of eight lanes are then added up by one multiplication.
    @inline(__always)
    private static func bits(_ lanes: SIMD16<UInt8>) -> UInt64 {
        let own = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
        let halves = unsafeBitCast(lanes & own, to: SIMD2<UInt64>.self)
        let sums = (halves[0] &* 0x0101_0101_0101_0101, halves[1] &* 0x0101_0101_0101_0101)
        return sums.0 >> 56 | (sums.1 >> 56) << 8
    }

    private func plainMasksOfTail(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> (mask: UInt64, feeds: UInt64) {
        var feeds: UInt64 = 0
        guard start < bytes.count else { return (0, 0) }
        for (bit, byte) in bytes[start...].enumerated() where byte == 0x0A { feeds |= 1 << UInt64(bit) }
        return (maskOfTail(bytes, at: start), feeds)
    }

    private func maskOfTail(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64 {
        var mask: UInt64 = 0
        guard start < bytes.count else { return mask }
        for (bit, byte) in bytes[start...].enumerated() {
            let matters = byte == delimiter || byte == 0x0A || (!isPlain && (byte == 0x0D || byte == quote))
            if matters { mask |= 1 << UInt64(bit) }
        }
        return mask
    }

    /// The highest bit of every byte that is not zero, without borrowing between bytes.
    @inline(__always)
    private static func nonZero(_ word: UInt64) -> UInt64 {
        (word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | word
    }

    @inline(__always)
    private static func plain(_ word: UInt64, _ delimiters: UInt64) -> UInt64 {
        ~(nonZero(word ^ delimiters) & nonZero(word ^ 0x0A0A_0A0A_0A0A_0A0A)) & 0x8080_8080_8080_8080
    }

    @inline(__always)
    private static func full(_ word: UInt64, _ delimiters: UInt64, _ quotes: UInt64) -> UInt64 {
        ~(nonZero(word ^ delimiters) & nonZero(word ^ 0x0A0A_0A0A_0A0A_0A0A)
            & nonZero(word ^ 0x0D0D_0D0D_0D0D_0D0D) & nonZero(word ^ quotes)) & 0x8080_8080_8080_8080
    }
}
