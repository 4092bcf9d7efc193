import CSN
import DeliveryLedger
import Testing

/// Values by course, against a dictionary.
@Suite struct ByCourseTests {
    private static func keys() throws -> [CourseKey] {
        try ["2026-08-17", "2026-01-12", "2027-01-11"].flatMap { startdatum in
            try ["SVESVE01", "MATMAT01a", "ENGENG05"].flatMap { kurskod in
                try [Kursdel.whole, Kursdel(12), Kursdel(22)].compactMap(\.self).map { kursdel in
                    CourseKey(kurskod: kurskod, kursdel: kursdel, startdatum: try day(startdatum))
                }
            }
        }
    }

    @Test func `a value is found under its own course alone`() throws {
        let keys = try Self.keys()
        #expect(keys.count == 27)
        for key in keys {
            let one: ByCourse<Int> = [key: 7]
            for other in keys { #expect(one[other] == (other == key ? 7 : nil)) }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `whatever is set, changed and removed stands as in a dictionary`(
        _ seed: UInt64
    ) throws {
        let keys = try Self.keys()
        var generator = SeededGenerator(seed: seed)
        var expected: [CourseKey: [Int]] = [:]
        var found: ByCourse<[Int]> = [:]
        for number in 0..<200 {
            let key = try #require(keys.randomElement(using: &generator))
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: (expected[key], found[key]) = ([number], [number])
            case 1: (expected[key], found[key]) = (nil, nil)
            default:
                expected[key, default: [-1]].append(number)
                found[key, default: [-1]].append(number)
            }
            #expect(found.count == expected.count && found.isEmpty == expected.isEmpty)
            for key in keys { #expect(found[key] == expected[key]) }
        }
        #expect(found.keys == expected.keys.sorted())
        #expect(found.map(\.key) == found.keys)
        #expect(found.values == expected.sorted { $0.key < $1.key }.map(\.value))
        #expect(
            found.mapValues { key, all in "\(key.kurskod) \(all.count)" }[keys[0]]
                == expected[keys[0]].map { "\(keys[0].kurskod) \($0.count)" })
    }

    @Test func `two are the same whatever the order in which they were filled`() throws {
        let keys = try Self.keys()
        var one: ByCourse<Int> = [:]
        var other: ByCourse<Int> = [:]
        for (number, key) in keys.enumerated() { one[key] = number }
        for (number, key) in keys.enumerated().reversed() { other[key] = number }
        #expect(one == other)
        other[keys[3]] = 0
        #expect(one != other)
        other[keys[3]] = nil
        #expect(one != other)
    }

    @Test func `courses stand by startdatum, then code, then part`() throws {
        let keys = try Self.keys()
        let sorted = keys.sorted()
        #expect(sorted.first == keys.first { $0.kurskod == "ENGENG05" && "\($0.startdatum)" == "2026-01-12" })
        for (one, next) in zip(sorted, sorted.dropFirst()) {
            let isLess =
                one.startdatum < next.startdatum
                || one.startdatum == next.startdatum
                    && (one.kurskod < next.kurskod
                        || one.kurskod == next.kurskod && one.kursdel.number < next.kursdel.number)
            #expect(isLess && one != next && !(next < one))
        }
    }
}
