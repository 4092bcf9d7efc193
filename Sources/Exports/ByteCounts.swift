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
        while index + 9 <= piece.count {
            // Eight counters of one byte each, which count to 255 at most.
            let end = min(index + 8 * 255, piece.count - 8)
            var (feeds, carriages, both): (UInt64, UInt64, UInt64) = (0, 0, 0)
            while index < end {
                let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let hits = ByteCounts.places(of: 0x0D0D_0D0D_0D0D_0D0D, in: word)
                feeds &+= ByteCounts.places(of: 0x0A0A_0A0A_0A0A_0A0A, in: word)
                carriages &+= hits
                if hits != 0 {
                    let following = base.loadUnaligned(fromByteOffset: index + 1, as: UInt64.self)
                    both &+= hits & ByteCounts.places(of: 0x0A0A_0A0A_0A0A_0A0A, in: following)
                }
                index += 8
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

    /// A one in each byte of the word that is the pattern's.
    @inline(__always)
    private static func places(of pattern: UInt64, in word: UInt64) -> UInt64 {
        let difference = word ^ pattern
        let low = (difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
        return ~(low | difference) >> 7 & 0x0101_0101_0101_0101
    }

    private static func sum(_ counters: UInt64) -> Int {
        withUnsafeBytes(of: counters) { bytes in bytes.reduce(0) { $0 + Int($1) } }
    }
}
