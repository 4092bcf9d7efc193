import CSN
import DeliveryLedger
import Reports

/// Files of the ledger as reports show them.
struct FileShowing {
    /// When CSN reads.
    let readingDays: ReadingDays
    /// What the configuration calls the schools.
    let schoolNames: [Skolkod: String]

    init(_ configuration: Configuration) {
        readingDays = ReadingDays(additional: configuration.noReadingDays)
        schoolNames = Dictionary(
            configuration.schools.compactMap { school in school.name.map { (school.skolkod, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    func callAsFunction(_ file: DeliveredFile, lying: OutboxFile.Lying? = nil) -> OutboxFile {
        let facts = file.facts
        return OutboxFile(
            number: file.id.number, path: facts.name, skolkod: facts.skolkod, schoolName: schoolNames[facts.skolkod],
            readingDay: facts.readingDay, state: FileShowing.state(file.outcome), records: facts.records,
            students: facts.students, firstDate: facts.firstDate, lastDate: facts.lastDate, bytes: facts.bytes,
            sha256: facts.sha256, made: facts.made, madeBy: facts.madeBy,
            window: readingDays.uploadWindow(of: facts.readingDay), reading: file.reading, sent: file.sent,
            closed: file.closed, lying: lying)
    }

    static func state(_ outcome: Outcome) -> OutboxFile.State {
        switch outcome {
        case .planned: .planned
        case .sent: .sent
        case .accepted: .accepted
        case .rejected: .rejected
        case .withdrawn: .withdrawn
        case .replaced: .replaced
        }
    }
}
