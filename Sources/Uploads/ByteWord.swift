/// Up to eight bytes as one number, the first in its lowest bits and blanks behind the last: short values are written,
/// compared and looked up in one step. No value ends in a blank, so the word holds its length too.
typealias ByteWord = UInt64

extension ByteWord {
    /// Eight blanks: nothing.
    static var blanks: ByteWord { 0x2020_2020_2020_2020 }

    /// Eight times the digit 0.
    private static var zeros: ByteWord { 0x3030_3030_3030_3030 }

    /// nil for more than eight bytes.
    init?(bytes: some Collection<UInt8>) {
        guard bytes.count <= 8 else { return nil }
        self = bytes.reversed().reduce(into: 0) { $0 = $0 << 8 | UInt64($1) }.padded(after: bytes.count)
    }

    /// The first `count` bytes, blanks behind them.
    @inline(__always)
    func padded(after count: Int) -> ByteWord {
        if count >= 8 { return self }
        if count <= 0 { return .blanks }
        let bits = UInt64(truncatingIfNeeded: count) &* 8
        return self & ~(.max &<< bits) | .blanks &<< bits
    }

    /// How many bytes stand before the blanks at the end.
    @inline(__always)
    var length: Int { 8 - (self ^ .blanks).leadingZeroBitCount / 8 }

    /// The eight digits of a number below 100 000 000, zeros before it.
    ///
    /// Halves, quarters and eighths of the word are divided all at once; the factors are 2²⁰/100 and 2¹⁰/10, rounded
    /// up, which is exact below 10 000 and below 100.
    @inline(__always)
    init(eightDigits number: UInt64) {
        let fours = number / 10_000 | (number % 10_000) &<< 32
        let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
        let twos = hundreds | (fours &- hundreds &* 100) &<< 16
        let tens = (twos &* 103) &>> 10 & 0x000F_000F_000F_000F
        self = (tens | (twos &- tens &* 10) &<< 8) | .zeros
    }

    /// The number that the eight bytes write; nil unless all are digits.
    @inline(__always)
    var eightDigits: Int? {
        let digits = self ^ .zeros
        // A byte above 9 reaches its highest bit when 0x76 is added, or has it already.
        guard (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Pairs, then fours, then eights: the first digit of each is the lower byte.
        let twos = (digits &* (10 << 8 | 1)) &>> 8 & 0x00FF_00FF_00FF_00FF
        let fours = (twos &* (100 << 16 | 1)) &>> 16 & 0x0000_FFFF_0000_FFFF
        return Int(truncatingIfNeeded: (fours &* (10_000 << 32 | 1)) &>> 32)
    }

    /// The number that the first `count` (1–8) bytes write; nil unless all are digits.
    @inline(__always)
    func number(ofFirst count: Int) -> Int? {
        let spare = UInt64(truncatingIfNeeded: 8 - count) &* 8
        // &<< takes the shift modulo 64, so that a spare of 0 leaves the word; zeros fill the low bytes.
        return (self &<< spare | (ByteWord.zeros & ~(.max &<< spare))).eightDigits
    }
}
