import CSN
import Planning
import Testing

/// The day written as ÅÅÅÅ-MM-DD.
func day(_ text: String) throws -> Day {
    try #require(Day(iso: text))
}

/// The span written as two days.
func span(_ first: String, _ last: String) throws -> DateSpan {
    try #require(DateSpan(first: day(first), last: day(last)))
}

/// A unit of a student who has no other, unless said.
func unit(
    _ id: Int, _ dates: DateSpan, student: UInt64? = nil, allowance: Allowance = .shared
) throws -> PlannableUnit {
    try #require(PlannableUnit(id: id, student: student ?? UInt64(1_000 + id), dates: dates, allowance: allowance))
}

/// Random numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
