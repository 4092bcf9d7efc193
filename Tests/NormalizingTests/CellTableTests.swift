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
