import CSN
import Planning
import Testing

/// A plan of another day keeps what it can of an earlier one, and costs no file by it.
@Suite struct WaitingFilesTests {
    private let readingDays = ReadingDays()

    private func units(
        _ count: Int, round today: Day, reach: Int, from id: Int = 0, using random: inout SeededGenerator
    ) throws -> [PlannableUnit] {
        try (id..<id + count).map { id in
            let first = today + Int.random(in: -reach...reach, using: &random)
            let length = Bool.random(using: &random) ? Int.random(in: 0...364, using: &random) : 130
            let own = Int.random(in: 0..<9, using: &random) == 0
            return try unit(
                id, #require(DateSpan(first: first, last: first + length + (own ? 300 : 0))),
                student: UInt64.random(in: 0..<6, using: &random), allowance: own ? .ownFile(.lateDate) : .shared)
        }
    }

    private func plan(_ units: [QueuedUnit], _ today: Day) -> [PlannedFile] {
        UploadQueue.plan(units, today: today, from: today, readingDays: readingDays).files
    }

    private func fresh(_ unit: PlannableUnit, _ today: Day) -> QueuedUnit {
        QueuedUnit(unit: unit, isNeeded: true, isInSentFile: false, waitingSince: today)
    }

    private func waiting(
        _ unit: PlannableUnit, in file: PlannedFile, since: Day, hasChanged: Bool = false
    ) -> QueuedUnit {
        QueuedUnit(
            unit: unit, isNeeded: true, isInSentFile: false, waitingSince: since,
            place: WaitingPlace(readingDay: file.readingDay, hasChanged: hasChanged))
    }

    /// The fewest files for units, by trying every way there is.
    private func fewest(_ units: [PlannableUnit]) -> Int {
        let shared = units.filter { $0.allowance == .shared }
        return units.count - shared.count + (divisions(of: shared).map(\.count).min() ?? 0)
    }

    @Test func theRestIsTheSameOnAnyDay() throws {
        var random = SeededGenerator(seed: 4)
        var wouldDiffer = 0
        for _ in 0..<400 {
            let today = try day("2026-11-26") + Int.random(in: 0..<400, using: &random)
            let units = try units(30, round: today, reach: 900, using: &random)
            let files = plan(units.map { fresh($0, today) }, today)
            let done = Int.random(in: 0..<files.count, using: &random)
            let left = Array(files.dropFirst(done))
            let later = today + Int.random(in: 0...90, using: &random)
            let queue = left.flatMap { file in
                units.filter { file.units.contains($0.id) }.map {
                    waiting($0, in: file, since: min(later, file.readingDay))
                }
            }
            let rest = plan(queue.shuffled(using: &random), later)
            #expect(rest.map(\.units) == left.map(\.units))
            let anew = plan(queue.map { fresh($0.unit, later) }, later)
            #expect(anew.count == rest.count)
            if anew.map(\.units) != rest.map(\.units) { wouldDiffer += 1 }
        }
        #expect(wouldDiffer > 40)
    }

    /// Whatever has happened since: never more files than the fewest, counted out.
    @Test func neverMoreThanTheFewest() throws {
        var random = SeededGenerator(seed: 11)
        var seen: [String: Int] = [:]
        for _ in 0..<1_500 {
            let today = try day("2026-11-26")
            let before = try units(5, round: today, reach: 700, using: &random)
            let files = plan(before.map { fresh($0, today) }, today)
            let later = today + Int.random(in: 0...40, using: &random)
            var queue: [QueuedUnit] = []
            for file in files {
                for unit in before where file.units.contains(unit.id) && Int.random(in: 0..<4, using: &random) > 0 {
                    let moved = Int.random(in: 0..<3, using: &random) == 0
                    let other = moved ? try units(1, round: today, reach: 700, from: unit.id, using: &random)[0] : unit
                    queue.append(waiting(other, in: file, since: min(later, file.readingDay), hasChanged: moved))
                }
            }
            queue += try units(2, round: later, reach: 300, from: 5, using: &random).map { fresh($0, later) }
            let rest = plan(queue, later)
            #expect(rest.count == fewest(queue.map(\.unit)))
            #expect(rest.flatMap(\.units).sorted() == queue.map(\.unit.id).sorted())
            #expect(rest.allSatisfy { $0.ownFile != nil || $0.dates.fitsOneFile })
            #expect(plan(queue.shuffled(using: &random), later) == rest)
            // What waits and has not changed is as it was wherever that is one of the plans with the fewest files.
            let groups = files.map { file in
                queue.filter { $0.place?.readingDay == file.readingDay && $0.place?.hasChanged == false }.map(\.unit.id)
            }.filter { $0.count > 1 }
            let isKept = groups.allSatisfy { group in rest.contains { Set(group).isSubset(of: $0.units) } }
            seen[isKept ? "kept" : "not kept", default: 0] += 1
            if !isKept {
                let shared = queue.map(\.unit).filter { $0.allowance == .shared }
                let all = divisions(of: shared)
                let least = all.map(\.count).min()
                let keeping = all.filter { division in
                    groups.allSatisfy { group in
                        holdsTogether(division, group.compactMap { id in shared.firstIndex { $0.id == id } })
                    }
                }
                #expect(!keeping.contains { $0.count == least })
            }
        }
        #expect(seen["kept", default: 0] > 500)
    }

    /// Files of past years wait; what happens today goes before them, and they keep their order.
    @Test func whatIsNewAndUrgentGoesFirst() throws {
        let today = try day("2026-11-26")
        let past = try (0..<5).map { try unit($0, span("202\($0)-01-11", "202\($0)-12-01")) }
        let files = plan(past.map { fresh($0, today) }, today)
        #expect(files.map(\.units) == [[4], [3], [2], [1], [0]])
        let queue = files.flatMap { file in
            past.filter { file.units.contains($0.id) }.map { waiting($0, in: file, since: today) }
        }
        let urgent = try fresh(unit(9, span("2026-08-17", "2026-12-18")), today)
        #expect(plan(queue + [urgent], today).map(\.units) == [[9], [4], [3], [2], [1], [0]])
        // A new one of a past year goes where it would have gone.
        let old = try fresh(unit(8, span("2018-01-15", "2018-06-01")), today)
        #expect(plan(queue + [old], today).map(\.units) == [[4], [3], [2], [1], [0], [8]])
        let between = try fresh(unit(7, span("2021-06-01", "2022-03-01")), today)
        #expect(plan(queue + [between], today).map(\.units) == [[4], [3], [2], [7], [1], [0]])
        // One that fits a file that waits goes with it, and takes it along when it is urgent.
        let along = try fresh(unit(6, span("2022-02-01", "2022-11-30")), today)
        #expect(plan(queue + [along], today).map(\.units) == [[4], [3], [2, 6], [1], [0]])
        let changed = try files.flatMap { file in
            try past.filter { file.units.contains($0.id) }.map {
                $0.id == 0
                    ? try waiting(unit(0, span("2026-10-01", "2026-12-01")), in: file, since: today, hasChanged: true)
                    : waiting($0, in: file, since: today)
            }
        }
        #expect(plan(changed, today).map(\.units) == [[0], [4], [3], [2], [1]])
    }

    /// What is new every day does not keep the files of an earlier plan waiting for ever.
    @Test(arguments: [(3, false), (2, true)]) func whatHasWaitedLongGoesFirst(_ readings: Int, _ isUrgentFirst: Bool)
        throws
    {
        let today = try day("2026-11-26")
        let since = (0..<readings).reduce(today) { day, _ in readingDays.previous(before: day) }
        let file = try #require(plan([fresh(unit(1, span("2020-01-11", "2020-12-01")), since)], since).first)
        let queue = try [
            waiting(unit(1, span("2020-01-11", "2020-12-01")), in: file, since: since),
            fresh(unit(2, span("2026-08-17", "2026-12-18")), today),
        ]
        #expect(plan(queue, today).map(\.units) == (isUrgentFirst ? [[2], [1]] : [[1], [2]]))
    }
}
