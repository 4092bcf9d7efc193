import CSN
import Planning
import Testing

/// The plan against every way there is of dividing a few units into files.
@Suite struct FewestFilesTests {
    private let today = Day(number: 20_500)

    private func randomUnits(
        _ count: Int, within days: Int, students: Int?, using random: inout SeededGenerator
    ) throws -> [PlannableUnit] {
        try (0..<count).map { id in
            let first = today + Int.random(in: -days...days, using: &random)
            let length = Bool.random(using: &random) ? Int.random(in: 0...364, using: &random) : 130
            let dates = try #require(DateSpan(first: first, last: first + length))
            return try unit(id, dates, student: students.map { UInt64.random(in: 0..<UInt64($0), using: &random) })
        }
    }

    /// Two units that hold today, each with one before or after it that no file could take beside both: rare by chance.
    private func unitsThatPullApart(using random: inout SeededGenerator) throws -> [PlannableUnit] {
        try [(-270, -250), (-150, 70), (-60, 190), (230, 270)].enumerated().map { id, days in
            let first = today + days.0 + Int.random(in: -25...25, using: &random)
            let last = today + days.1 + Int.random(in: -25...25, using: &random)
            return try unit(id, #require(DateSpan(first: min(first, last), last: last)))
        }
    }

    private func plan(_ units: [PlannableUnit], today: Day) -> [PlannedFile] {
        UploadPlan.files(for: units, today: today, from: self.today, readingDays: ReadingDays())
    }

    @Test(arguments: 1...7)
    func fewestThenTodayTogetherThenEarliest(_ count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        var couldBeTogether = 0
        var wouldHaveCost = 0
        for round in 0..<(count < 6 ? 600 : 250) {
            let days = Int.random(in: 60...900, using: &random)
            var units = try randomUnits(count, within: days, students: nil, using: &random)
            if count >= 4, round.isMultiple(of: 4) {
                units.replaceSubrange(0..<4, with: try unitsThatPullApart(using: &random))
            }
            let all = divisions(of: units)
            let fewest = try #require(all.map(\.count).min())
            let groups = plan(units, today: today).map(\.units)
            #expect(groups.count == fewest)
            #expect(groups.flatMap(\.self).sorted() == Array(units.indices))
            #expect(groups.allSatisfy { dates(of: $0, units).fitsOneFile })

            let held = units.indices.filter { units[$0].dates.holds(today) }
            let smallest = all.filter { $0.count == fewest }
            let together = smallest.filter { holdsTogether($0, held) }
            if held.count > 1, !together.isEmpty { couldBeTogether += 1 }
            if held.count > 1, together.isEmpty, dates(of: held, units).fitsOneFile { wouldHaveCost += 1 }
            #expect(holdsTogether(groups, held) == !together.isEmpty)

            // No unit is in a later file than in any other of the plans it was chosen from.
            let own = positions(groups, units, by: \.first)
            for other in together.isEmpty ? smallest : together {
                let theirs = positions(other, units, by: \.last)
                #expect(zip(own, theirs).allSatisfy { $0 <= $1 })
            }
        }
        #expect(count < 2 || couldBeTogether > 0)
        #expect(count < 4 || wouldHaveCost > 0)
    }

    @Test func studentsAreGatheredWhereNobodyElseMoves() throws {
        var random = SeededGenerator(seed: 77)
        var gathered = 0
        for round in 0..<4_000 {
            let count = Int.random(in: 2...12, using: &random)
            let days = Int.random(in: 250...700, using: &random)
            let units = try randomUnits(count, within: days, students: 4, using: &random)
            let strangers = try units.map { try unit($0.id, $0.dates) }
            // Every second round without units that hold today.
            let today = round.isMultiple(of: 2) ? today : Day(number: 10_000)
            let groups = plan(units, today: today).map(\.units)
            let apart = plan(strangers, today: today).map(\.units)
            #expect(groups.count == apart.count)
            #expect(groups.allSatisfy { dates(of: $0, units).fitsOneFile })

            let held = Set(units.indices.filter { units[$0].dates.holds(today) })
            let together = holdsTogether(apart, Array(held))
            #expect(holdsTogether(groups, Array(held)) == together)

            let now = positions(groups, units, by: \.first)
            let before = positions(apart, units, by: \.first)
            for student in Set(units.map(\.student)) {
                let own = units.indices.filter { units[$0].student == student }
                let isWhole = Set(own.map { now[$0] }).count == 1
                if own.contains(where: { now[$0] != before[$0] }) {
                    gathered += 1
                    #expect(isWhole)
                }
                guard !isWhole else { continue }
                // No file could have taken all of the student's units beside what it has.
                for group in groups
                where together == false || held.isSubset(of: own)
                    || own.allSatisfy({ !held.contains($0) || group.contains($0) })
                {
                    #expect(!dates(of: Array(Set(group).union(own)), units).fitsOneFile)
                }
            }
        }
        #expect(gathered > 50)
    }

    @Test func theOrderOfTheUnitsPlaysNoPart() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            var units = try randomUnits(40, within: 1_500, students: 12, using: &random)
            let long = try #require(DateSpan(first: today - 30, last: today + 400))
            units += try (40..<44).map { try unit($0, long, allowance: .ownFile(.lateDate)) }
            let expected = plan(units, today: today)
            units.shuffle(using: &random)
            #expect(plan(units, today: today) == expected)
        }
    }

    /// Reading days ascend, none twice, none taken.
    @Test func everyFileHasAReadingOfItsOwn() throws {
        var random = SeededGenerator(seed: 9)
        let readingDays = ReadingDays(additional: [today + 3])
        for _ in 0..<200 {
            let units = try randomUnits(30, within: 4_000, students: nil, using: &random)
            let taken = Set((0..<8).map { _ in today + Int.random(in: 0...20, using: &random) })
            let days = UploadPlan.files(
                for: units, today: today, from: today, readingDays: readingDays, taken: taken
            ).map(\.readingDay)
            #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
            let free = (0..<days.count * 4 + 40).map { today + $0 }
                .filter { readingDays.isReadingDay($0) && !taken.contains($0) }
            #expect(days == Array(free.prefix(days.count)))
        }
    }
}
