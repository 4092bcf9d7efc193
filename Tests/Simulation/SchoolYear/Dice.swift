/// Chance by a seed: SplitMix64, the same on every machine.
struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x2545_F491_4F6C_DD1D &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Whether something happens that happens so many times in a thousand.
    mutating func happens(_ perMille: Int) -> Bool { Int(next() % 1_000) < perMille }

    /// One of the numbers.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// One of them; the list is not empty.
    mutating func one<Value>(of values: [Value]) -> Value { values[number(0...(values.count - 1))] }

    /// One of them by weight.
    mutating func one<Value>(weighted values: [(Int, Value)]) -> Value {
        var left = number(0...(values.map(\.0).reduce(0, +) - 1))
        for (weight, value) in values {
            if left < weight { return value }
            left -= weight
        }
        return values[values.count - 1].1
    }
}
