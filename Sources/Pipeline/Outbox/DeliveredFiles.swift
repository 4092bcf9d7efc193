import CSN
import DeliveryLedger

/// The files of the ledger as `outbox` asks for them. Outcomes can be changed in it, so that what follows from one
/// change is seen by the next.
struct DeliveredFiles {
    private(set) var all: [DeliveredFile]
    /// What is to be written to the ledger.
    private(set) var closings: [LedgerChanges.Closing] = []

    /// - Parameter all: in the order of their making.
    init(_ all: [DeliveredFile]) { self.all = all.sorted { $0.id < $1.id } }

    subscript(id: DeliveredFile.ID) -> DeliveredFile? { all.first { $0.id == id } }

    /// All versions of a name, the oldest first.
    func versions(named name: String) -> [DeliveredFile] { all.filter { $0.facts.name == name } }

    /// The names that a person may mean: the whole name, or its last part.
    func names(matching text: String) -> Set<String> {
        Set(all.map(\.facts.name).filter { $0 == text || $0.split(separator: "/").last.map { String($0) } == text })
    }

    /// Files of the same school that were sent, or will have been, for the same reading.
    func confirmed(besides file: DeliveredFile, at reading: Day) -> [DeliveredFile] {
        all.filter {
            $0.id != file.id && $0.facts.skolkod == file.facts.skolkod && $0.outcome.isConfirmed
                && $0.reading == reading
        }
    }

    /// Gives a file an outcome.
    mutating func close(
        _ id: DeliveredFile.ID, _ outcome: Outcome, reading: Day, sent: Moment? = nil, at now: Moment
    ) {
        closings.removeAll { $0.file == id }
        closings.append(LedgerChanges.Closing(id, outcome, reading: reading, sent: sent))
        guard let index = all.firstIndex(where: { $0.id == id }) else { return }
        all[index].outcome = outcome
        all[index].reading = reading
        if let sent { all[index].sent = sent }
        all[index].closed = now
    }

    /// Files that were sent before this one for the same reading, and so count as replaced: the one sent last counts
    /// again now that this one does not.
    ///
    /// - Parameter file: as it stood before.
    mutating func restore(before file: DeliveredFile, at now: Moment) -> DeliveredFile? {
        guard confirmed(besides: file, at: file.reading).isEmpty else { return nil }
        let superseded = all.filter {
            $0.outcome == .replaced && $0.sent != nil && $0.id != file.id && file.isSentAfter($0)
        }
        guard let last = superseded.max(by: { $1.isSentAfter($0) }) else { return nil }
        close(last.id, DeliveredFiles.outcome(of: last.reading, at: now), reading: last.reading, at: now)
        return self[last.id]
    }

    /// What a file that was sent is: read once its reading has passed.
    static func outcome(of reading: Day, at now: Moment) -> Outcome {
        ReadingDays.hour(of: reading) <= now ? .accepted : .sent
    }
}

extension DeliveredFile {
    /// Whether the file was there at a moment given to the minute.
    func wasMade(by moment: Moment) -> Bool {
        (facts.made.day, facts.made.secondOfDay / 60) <= (moment.day, moment.secondOfDay / 60)
    }
}

extension DeliveredFile {
    /// The file as time alone makes it: one that was sent and whose reading has passed has been read, unless a later
    /// one was sent before that. A run writes it down; those who only read the ledger see it so.
    func settled(among all: some Sequence<DeliveredFile>, at now: Moment) -> DeliveredFile {
        guard outcome == .sent, ReadingDays.hour(of: reading) <= now else { return self }
        var file = self
        file.outcome = all.contains { $0.outcome == .sent && $0.isSentAfter(self) } ? .replaced : .accepted
        return file
    }
}
