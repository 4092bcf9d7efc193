import Glibc

/// Counts the bytes that make rows.
struct ByteCounts {
    private(set) var lineFeeds = 0
    private(set) var returns = 0
    private(set) var pairs = 0
    private(set) var hasQuotes = false
    /// Nothing but blanks, line ends and zero bytes so far.
    private(set) var isBlank = true
    private(set) var lineStarts: [InputSurvey.LineStart] = []
    private var size = 0
    private var endsInReturn = false
    private var wanted = InputSurvey.block

    /// Takes in the next piece, of at most 64 KB.
    mutating func feed(_ piece: UnsafeRawBufferPointer) {
        guard let first = piece.first, let last = piece.last else { return }
        if isBlank { isBlank = piece.allSatisfy { [0x20, 0x09, 0x0A, 0x0D, 0].contains($0) } }
        if size >= wanted, let end = ByteCounts.firstLineEnd(piece) {
            var upToThere = self
            upToThere.count(UnsafeRawBufferPointer(rebasing: piece[..<end]), continuing: first)
            let lines = upToThere.lineFeeds + upToThere.returns - upToThere.pairs
            lineStarts.append(InputSurvey.LineStart(offset: size + end, line: lines + 1))
            wanted = size + InputSurvey.block
        }
        count(piece, continuing: first)
        endsInReturn = last == 0x0D
        size += piece.count
    }

    /// The byte after the first line end that lies in the piece with certainty.
    private static func firstLineEnd(_ piece: UnsafeRawBufferPointer) -> Int? {
        for (offset, byte) in piece.enumerated() {
            if byte == 0x0A { return offset + 1 }
            if byte == 0x0D, offset + 1 < piece.count, piece[offset + 1] != 0x0A { return offset + 1 }
        }
        return nil
    }

    private mutating func count(_ piece: UnsafeRawBufferPointer, continuing first: UInt8) {
        if endsInReturn, first == 0x0A { pairs += 1 }
        guard let base = piece.baseAddress else { return }
        if !hasQuotes { hasQuotes = memchr(base, 0x22, piece.count) != nil }
        var index = 0
        while index + 17 <= piece.count {
            // Sixteen counters of one byte each, which count to 255 at most.
            let end = min(index + 16 * 255, piece.count - 16)
            var (feeds, carriages, both) = (SIMD16<UInt8>(), SIMD16<UInt8>(), SIMD16<UInt8>())
            while index < end {
                let block = base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
                let following = base.loadUnaligned(fromByteOffset: index + 1, as: SIMD16<UInt8>.self)
                let hits = ByteCounts.places(of: 0x0D, in: block)
                feeds &+= ByteCounts.places(of: 0x0A, in: block)
                carriages &+= hits
                both &+= hits & ByteCounts.places(of: 0x0A, in: following)
                index += 16
            }
            lineFeeds += ByteCounts.sum(feeds)
            returns += ByteCounts.sum(carriages)
            pairs += ByteCounts.sum(both)
        }
        while index < piece.count {
            switch piece[index] {
            case 0x0A: lineFeeds += 1
            case 0x0D:
                returns += 1
                if index + 1 < piece.count, piece[index + 1] == 0x0A { pairs += 1 }
            default: break
            }
            index += 1
        }
    }

    /// A one for each byte of the block that is this one.
    @inline(__always)
    private static func places(of byte: UInt8, in block: SIMD16<UInt8>) -> SIMD16<UInt8> {
        SIMD16<UInt8>().replacing(with: SIMD16(repeating: 1), where: block .== SIMD16(repeating: byte))
    }

    private static func sum(_ counters: SIMD16<UInt8>) -> Int {
        counters.indices.reduce(0) { $0 + Int(counters[$1]) }
    }
}
