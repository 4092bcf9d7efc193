import Testing

@testable import Normalizing

@Suite struct CellTableTests {
    @Test func keepsKeysOfEveryLengthApart() {
        var table = CellTable<Int>()
        var keys: [String] = []
        for length in 0...40 {
            for letter in ["a", "b", "å"] { keys.append(String(repeating: "x", count: length) + letter) }
        }
        for (number, key) in keys.enumerated() { withCell(key) { table.set($0, number) } }
        #expect(table.count == keys.count)
        for (number, key) in keys.enumerated() { #expect(withCell(key) { table[$0] } == number, "\(key)") }
        #expect(withCell("y") { table[$0] } == nil)
        #expect(withCell(String(repeating: "y", count: 30)) { table[$0] } == nil)
        for key in keys { withCell(key) { table.set($0, -1) } }
        #expect(table.count == keys.count)
        #expect(keys.allSatisfy { key in withCell(key) { table[$0] } == -1 })
    }

    @Test func growsWithItsKeysUpToItsLimit() {
        var table = CellTable<Int>()
        var small = CellTable<Int>(limit: 100)
        for number in 0..<5_000 {
            for key in ["\(number)", "an id longer than sixteen bytes \(number)"] {
                withCell(key) { table.set($0, number) }
                withCell(key) { small.set($0, number) }
            }
        }
        #expect(table.count == 10_000 && small.count == 100)
        for number in 0..<5_000 {
            #expect(withCell("\(number)") { table[$0] } == number)
            #expect(withCell("an id longer than sixteen bytes \(number)") { table[$0] } == number)
        }
        #expect(withCell("49") { small[$0] } == 49 && withCell("50") { small[$0] } == nil)
    }
}

@Suite struct ShortKeyTests {
    /// The key byte by byte, as it is meant.
    private func packed(_ bytes: [UInt8]) -> (UInt64, UInt64) {
        var words: [UInt64] = [0, 0]
        for (index, byte) in bytes.enumerated() { words[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8)) }
        return (words[0], words[1])
    }

    @Test(arguments: 0...16) func holdsEveryByteInItsPlace(length: Int) throws {
        let bytes = (0..<length).map { UInt8(0xF0 - 7 * $0) }
        // What stands before and behind the cell is not of the key.
        let room: [UInt8] = [0xAA] + bytes + [0xBB]
        let key = try #require(room.withUnsafeBufferPointer { ShortKey(CellBytes(rebasing: $0[1..<length + 1])) })
        #expect((key.low, key.high) == packed(bytes))
    }

    @Test func isNoneForMoreThanSixteenBytes() {
        #expect(withCell("12345678901234567") { ShortKey($0) } == nil)
    }
}

@Suite struct RecentCellsTests {
    @Test func tellsCellsApartByBytesLengthAndKind() {
        var recent = RecentCells<Int>(bits: 4)
        withCell("2026-08-17") { recent.set($0, 1, 7) }
        #expect(withCell("2026-08-17") { recent[$0, 1] } == 7)
        #expect(withCell("2026-08-17") { recent[$0, 2] } == nil)
        #expect(withCell("2026-08-18") { recent[$0, 1] } == nil)
        #expect(withCell("2026-08-17\0") { recent[$0, 1] } == nil)
        #expect(withCell("") { recent[$0, 0] } == nil)
    }

    @Test func neverGivesAnotherCellsValueWherePlacesAreShared() {
        var recent = RecentCells<Int>(bits: 2)
        for number in 0..<1_000 {
            withCell("\(number)") { recent.set($0, 3, number) }
            #expect(withCell("\(number)") { recent[$0, 3] } == number)
        }
        let kept = (0..<1_000).filter { number in
            let found = withCell("\(number)") { recent[$0, 3] }
            #expect(found == nil || found == number)
            return found != nil
        }
        #expect((1...4).contains(kept.count))
    }

    @Test func keepsNoCellOfMoreThanSixteenBytes() {
        var recent = RecentCells<Int>(bits: 2)
        withCell("12345678901234567") { recent.set($0, 0, 1) }
        #expect(withCell("12345678901234567") { recent[$0, 0] } == nil)
    }
}

@Suite struct EightDigitsTests {
    private func number(_ text: String) -> UInt64? {
        let word = text.utf8.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
        return CellBytes.number(ofDigits: word)
    }

    @Test(arguments: ["00000000", "12345678", "99999999", "20260817", "00010101"])
    func readsDigits(text: String) { #expect(number(text) == UInt64(text)) }

    /// Each place with each byte: a number where it is a digit, and nowhere else.
    @Test func takesNothingButDigits() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array("12345678".utf8)
                bytes[place] = byte
                let word = bytes.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
                #expect((CellBytes.number(ofDigits: word) != nil) == (0x30...0x39).contains(byte), "\(place) \(byte)")
            }
        }
    }
}
