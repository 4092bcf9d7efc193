import CSN
import CSNRules
import DeliveryLedger
import Normalizing
import Uploads

extension QueuePlanning {
    /// The planning of a run over exports that have been read; what is the run's own is set afterwards.
    ///
    /// - Parameters:
    ///   - schoolless: rows whose school could not be told.
    ///   - incomplete: schools whose exports do not hold everybody.
    init(
        _ setup: ConvertSetup, _ exports: [OpenedExport], engine: RuleEngine, knowledge: QueueKnowledge,
        schoolless: [Candidate], last: LastConversion, isFull: Bool, incomplete: Set<Skolkod>
    ) {
        let register = setup.knowledge
        let finder = register.courses.sentCodeFinder()
        self.init(
            knowledge: knowledge, layout: setup.layout, engine: engine, today: knowledge.now.day,
            schoolless: SchoollessRows(schoolless), last: last, readingDays: setup.readingDays,
            systems: exports.map(\.match.profile.system), isFull: isFull, incomplete: incomplete,
            course: { code, school in finder(code, school.number) },
            number: { id, school in register.number(of: StudentID(system: id.system, text: id.text), at: school) },
            id: { number in register.studentID(of: number).map { ExportID(system: $0.system, text: $0.text) } })
    }
}

extension QueueWork.Target {
    /// The outbox of a run that writes.
    init(_ session: LedgerSession, _ setup: ConvertSetup) {
        self.init(folder: session.folder, writing: FileWriting(session.folder, setup))
    }
}

extension FileWriting {
    /// Writes into a folder as a run is set up, and reads back by what CSN would refuse.
    init(_ folder: OutputFolder, _ setup: ConvertSetup) {
        self.init(
            folder: folder, layout: setup.layout,
            checking: setup.engine(columns: [], purpose: .check, asksRefusalsOnly: true),
            find: setup.knowledge.courses.table.finder(), lowered: setup.loweredRules)
    }
}
