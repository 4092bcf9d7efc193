import CSN
import DeliveryLedger
import Testing

/// What CSN may have of a course, against a set.
@Suite struct PossibleContentsTests {
    private static func contents() throws -> [RecordContent?] {
        [nil] + (try (1...3).map { try content(poang: $0 * 50) })
    }

    /// Every set of them.
    private static func sets() throws -> [Set<RecordContent?>] {
        let all = try contents()
        return (0..<1 << all.count).map { bits in
            Set(all.indices.filter { bits & 1 << $0 != 0 }.map { all[$0] })
        }
    }

    @Test func `it holds what it was made of, each once`() throws {
        for set in try Self.sets() {
            let possible = PossibleContents(Array(set) + Array(set))
            #expect(possible.count == set.count)
            #expect(Set(possible) == set && Array(possible).count == set.count)
        }
    }

    @Test func `what is only one is certain, nothing among others`() throws {
        for set in try Self.sets() {
            for content in try Self.contents() {
                #expect(PossibleContents(set).isOnly(content) == (set == [content]))
            }
        }
        let one = try content()
        #expect(PossibleContents(only: one).isOnly(one) && !PossibleContents(only: one).isOnly(nil))
        #expect(PossibleContents(only: nil).isOnly(nil) && !PossibleContents(only: nil).isOnly(one))
    }

    @Test func `one more is there beside the others`() throws {
        for set in try Self.sets() {
            for content in try Self.contents() {
                var possible = PossibleContents(set)
                possible.insert(content)
                #expect(Set(possible) == set.union([content]))
            }
        }
    }

    @Test func `what is taken away is gone, the rest and nothing stay`() throws {
        for set in try Self.sets() {
            for others in try Self.sets() {
                var possible = PossibleContents(set)
                possible.subtract(others.compactMap(\.self))
                #expect(Set(possible) == set.subtracting(others.subtracting([nil])))
            }
        }
    }

    @Test func `two are the same however they came about`() throws {
        let (one, other) = (try content(poang: 50), try content(poang: 100))
        var grown = PossibleContents(only: one)
        grown.insert(other)
        #expect(grown == [other, one])
        grown.subtract([one])
        #expect(grown == PossibleContents(only: other) && grown.hashValue == PossibleContents(only: other).hashValue)
        #expect(grown != PossibleContents(only: one))
    }
}
