import CSN
import Planning
import Testing

/// The queue against every way there is of dividing a few units into files.
@Suite struct QueueOracleTests {
    private struct School {
        let units: [QueuedUnit]
        let today: Day
        let coming: Day
        let readingDays: ReadingDays
        let taken: Set<Day>

        var sent: [PlannableUnit] { units.filter(\.isInSentFile).map(\.unit) }
        var needed: [PlannableUnit] { units.filter(\.isNeeded).map(\.unit) }

        func plan() -> UploadQueue {
            UploadQueue.plan(units, today: today, from: coming, readingDays: readingDays, taken: taken)
        }

        /// Whether one file may hold what the sent one holds.
        var sentFitsOneFile: Bool {
            guard sent.count > 1 else { return true }
            let span = sent.dropFirst().reduce(sent[0].dates) { $0.union($1.dates) }
            return span.days <= 365 && sent.allSatisfy { $0.allowance == .shared }
        }
    }

    private func school(_ count: Int, using random: inout SeededGenerator) throws -> School {
        let today = try day("2026-01-01") + Int.random(in: 0..<365, using: &random)
        let readingDays = ReadingDays(additional: [today + Int.random(in: -3...3, using: &random)])
        let coming = readingDays.next(after: today - 1)
        let reach = Int.random(in: 60...700, using: &random)
        let sentReach = min(reach, Int.random(in: 100...300, using: &random))
        let somethingIsNeeded = Int.random(in: 0..<12, using: &random) > 0
        let units = try (0..<count).map { id in
            let isInSentFile = Int.random(in: 0..<3, using: &random) == 0
            let reach = isInSentFile ? sentReach : reach
            let first = today + Int.random(in: -reach...reach, using: &random)
            let length = Int.random(in: 0...(Bool.random(using: &random) ? 364 : 130), using: &random)
            let own = Int.random(in: 0..<8, using: &random) == 0
            let unit = try unit(
                id, #require(DateSpan(first: first, last: first + length + (own ? 300 : 0))),
                student: UInt64(1_000 + id), allowance: own ? .ownFile(.lateDate) : .shared)
            return QueuedUnit(
                unit: unit, isNeeded: somethingIsNeeded && Int.random(in: 0..<3, using: &random) > 0,
                isInSentFile: isInSentFile,
                waitingSince: coming - Int.random(in: 0...9, using: &random))
        }
        var taken = Set((0..<3).map { _ in today + Int.random(in: 0...12, using: &random) })
        if units.contains(where: \.isInSentFile) { taken.remove(coming) }
        return School(units: units, today: today, coming: coming, readingDays: readingDays, taken: taken)
    }

    /// Every unit where it belongs, every file one that CSN takes, on a day of its own.
    private func expectSound(_ queue: UploadQueue, _ school: School) {
        let sent = Set(school.sent.map(\.id))
        let needed = Set(school.needed.map(\.id))
        let inFiles = queue.files.flatMap(\.units)
        #expect(Set(inFiles).count == inFiles.count)
        let carriesOver = queue.files.first?.readingDay == school.coming && !sent.isEmpty
        #expect(Set(inFiles) == (carriesOver ? needed.union(sent) : needed))
        #expect(queue.keepsSentFile == (!sent.isEmpty && !carriesOver))
        if carriesOver {
            #expect(sent.isSubset(of: queue.files[0].units))
            #expect(!needed.isDisjoint(with: queue.files[0].units))
        }
        for file in queue.files {
            let units = school.units.map(\.unit).filter { file.units.contains($0.id) }
            #expect(units.map(\.dates.first).min() == file.dates.first)
            #expect(units.map(\.dates.last).max() == file.dates.last)
            if units.contains(where: { $0.allowance != .shared }) {
                #expect(units.count == 1 && file.ownFile != nil)
            } else {
                #expect(file.dates.days <= 365 && file.ownFile == nil)
            }
        }
        let start = queue.keepsSentFile ? 1 : 0
        let free = (start..<60).map { school.coming + $0 }
            .filter { school.readingDays.isReadingDay($0) && !school.taken.contains($0) }
        #expect(queue.files.map(\.readingDay) == Array(free.prefix(queue.files.count)))
    }

    /// The fewest files, and among these plans today's units together, then each in the earliest file.
    private func expectFewest(_ queue: UploadQueue, _ school: School, isCarried: Bool) throws {
        let joint = Set(isCarried ? school.sent.map(\.id) : [])
        let planned = school.units.filter { $0.isNeeded || joint.contains($0.unit.id) }.map(\.unit)
        let shared = planned.filter { $0.allowance == .shared }
        let sent = shared.indices.filter { joint.contains(shared[$0].id) }
        let all = divisions(of: shared).filter { holdsTogether($0, sent) || sent.isEmpty }
        let fewest = try #require(all.map(\.count).min())

        var groups = queue.files.filter { $0.ownFile == nil }.map(\.units)
        if isCarried, queue.keepsSentFile, !sent.isEmpty { groups.append(sent.map { shared[$0].id }) }
        #expect(groups.count == fewest)
        let own = groups.map { $0.compactMap { id in shared.firstIndex { $0.id == id } } }
        let held = shared.indices.filter { shared[$0].dates.holds(school.today) }
        let smallest = all.filter { $0.count == fewest }
        let together = smallest.filter { holdsTogether($0, held) }
        #expect(held.isEmpty || holdsTogether(own, held) == !together.isEmpty)
        let mine = positions(own, shared, by: \.first)
        for other in together.isEmpty ? smallest : together {
            #expect(zip(mine, positions(other, shared, by: \.last)).allSatisfy { $0 <= $1 })
        }
    }

    /// How many readings have gone by since the file's first unit was to go.
    private func waited(_ file: PlannedFile, _ school: School) -> Int {
        let needed = school.units.filter { $0.isNeeded && file.units.contains($0.unit.id) }
        return needed.map { queued in
            stride(from: 0, to: school.coming - queued.waitingSince, by: 1)
                .count { school.readingDays.isReadingDay(queued.waitingSince + $0) }
        }.max() ?? 0
    }

    /// 0 with a unit that holds today, 1 with one to come, else 2.
    private func time(_ file: PlannedFile, _ school: School) -> Int {
        let spans = school.units.filter { file.units.contains($0.unit.id) }.map(\.unit.dates)
        if spans.contains(where: { $0.holds(school.today) }) { return 0 }
        return spans.contains { $0.first > school.today } ? 1 : 2
    }

    @Test(arguments: 1...6)
    func asGoodAsAnyPlan(_ count: Int) throws {
        var random = SeededGenerator(seed: UInt64(40 + count))
        var seen: [String: Int] = [:]
        for _ in 0..<(count < 6 ? 700 : 400) {
            let school = try school(count, using: &random)
            let queue = school.plan()
            expectSound(queue, school)
            guard !school.needed.isEmpty else {
                #expect(queue.files.isEmpty)
                seen["nothing needed", default: 0] += 1
                continue
            }
            let isCarried = !school.sent.isEmpty && school.sentFitsOneFile
            try expectFewest(queue, school, isCarried: isCarried)
            if !school.sent.isEmpty {
                let hasNeeded = school.units.contains { $0.isInSentFile && $0.isNeeded }
                if !isCarried {
                    #expect(queue.keepsSentFile)
                    seen["fits no longer", default: 0] += 1
                } else if hasNeeded {
                    #expect(!queue.keepsSentFile)
                    seen["sent and needed", default: 0] += 1
                } else {
                    seen[queue.keepsSentFile ? "stands" : "carried over", default: 0] += 1
                }
            }
            let carriesOver = !school.sent.isEmpty && !queue.keepsSentFile
            let ordered = carriesOver ? Array(queue.files.dropFirst()) : queue.files
            for (file, next) in zip(ordered, ordered.dropFirst()) {
                let (mine, others) = (waited(file, school), waited(next, school))
                let (long, otherLong) = (mine >= 3 ? mine : 0, others >= 3 ? others : 0)
                #expect(long >= otherLong)
                if long == otherLong { #expect(time(file, school) <= time(next, school)) }
                if long > otherLong, time(file, school) > time(next, school) { seen["waited", default: 0] += 1 }
            }
            var shuffled = school.units
            shuffled.shuffle(using: &random)
            let again = UploadQueue.plan(
                shuffled, today: school.today, from: school.coming, readingDays: school.readingDays,
                taken: school.taken)
            #expect(again == queue)
        }
        let cases = ["nothing needed", "fits no longer", "sent and needed", "stands", "carried over", "waited"]
        for name in cases where count > 3 { #expect(seen[name, default: 0] >= 5, "\(name)") }
    }

    /// Many units, students with several: gathering these costs no file and leaves the sent units together; what came
    /// first in the list plays no part, nor does what is not needed.
    @Test func studentsAreGatheredAtNoCostInAnyOrder() throws {
        var random = SeededGenerator(seed: 8)
        let coming = try day("2026-11-26")
        func school(_ units: [QueuedUnit]) -> School {
            School(units: units, today: coming, coming: coming, readingDays: ReadingDays(), taken: [])
        }
        var moved = 0
        for _ in 0..<300 {
            let sentCount = Int.random(in: 1...4, using: &random)
            let units = try (0..<24).map { id in
                let isInSentFile = id < sentCount
                let first = coming + Int.random(in: isInSentFile ? -100...100 : -900...900, using: &random)
                let last = first + Int.random(in: 0...(isInSentFile ? 130 : 250), using: &random)
                let dates = try #require(DateSpan(first: first, last: last))
                return try QueuedUnit(
                    unit: unit(id, dates, student: UInt64.random(in: 0..<8, using: &random)),
                    isNeeded: Bool.random(using: &random), isInSentFile: isInSentFile,
                    waitingSince: coming - Int.random(in: 0...9, using: &random))
            }
            let queue = school(units).plan()
            expectSound(queue, school(units))
            let strangers = try school(
                units.map {
                    try QueuedUnit(
                        unit: unit($0.unit.id, $0.unit.dates), isNeeded: $0.isNeeded, isInSentFile: $0.isInSentFile,
                        waitingSince: $0.waitingSince)
                })
            let apart = strangers.plan()
            // A sent file that stands counts as one: gathering can put something needed in it.
            #expect(
                queue.files.count + (queue.keepsSentFile ? 1 : 0) == apart.files.count + (apart.keepsSentFile ? 1 : 0))
            if Set(queue.files.map { Set($0.units) }) != Set(apart.files.map { Set($0.units) }) { moved += 1 }
            let shuffled = units.filter { $0.isNeeded || $0.isInSentFile }.shuffled(using: &random)
            #expect(school(shuffled).plan() == queue)
        }
        #expect(moved > 20)
    }

    /// With nothing sent and nothing waiting the queue is the plan.
    @Test func withoutASentFileItIsTheUploadPlan() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<300 {
            let school = try school(12, using: &random)
            let fresh = school.units.map {
                QueuedUnit(unit: $0.unit, isNeeded: true, isInSentFile: false, waitingSince: school.coming)
            }
            let queue = UploadQueue.plan(
                fresh, today: school.today, from: school.coming, readingDays: school.readingDays, taken: school.taken)
            #expect(!queue.keepsSentFile)
            #expect(
                queue.files
                    == UploadPlan.files(
                        for: fresh.map(\.unit), today: school.today, from: school.coming,
                        readingDays: school.readingDays, taken: school.taken))
        }
    }
}
