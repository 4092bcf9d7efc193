import CSN
import Findings

/// What stood in a file that CSN refused, or that was withdrawn, and that only `migrate` brings again: no export of a
/// nightly run has ever had it, and no other file says it.
public struct MigrateAgain: Hashable, Sendable {
    /// A migration that chose some of it, as it was asked.
    public struct Asked: Hashable, Sendable {
        /// `--from` and `--to`.
        public var days: ClosedRange<Day>
        /// `--by`.
        public var basis: MigrationPlan.Basis
        /// The day of its last run.
        public var last: Day

        /// A migration.
        public init(days: ClosedRange<Day>, basis: MigrationPlan.Basis, last: Day) {
            self.days = days
            self.basis = basis
            self.last = last
        }
    }

    /// The file.
    public var file: OutboxFile
    /// How many of its records.
    public var records: Int
    /// Of how many students.
    public var students: Int
    /// The migrations that chose them; empty where that is not known any more.
    public var asked: [Asked]

    /// What waits for `migrate`.
    public init(file: OutboxFile, records: Int, students: Int, asked: [Asked]) {
        self.file = file
        self.records = records
        self.students = students
        self.asked = asked
    }

    private func commands(_ words: PlainWords) -> String {
        let commands = asked.map { asked in
            let by = asked.basis == .grade ? "" : " --by \(asked.basis.rawValue)"
            let what = Text(
                sv: "csnfil migrate EXPORTER --from \(asked.days.lowerBound) --to \(asked.days.upperBound)\(by) "
                    + "(kördes senast \(words.day(asked.last)))",
                en: "csnfil migrate EXPORTS --from \(asked.days.lowerBound) --to \(asked.days.upperBound)\(by) "
                    + "(last run on \(words.day(asked.last)))")
            return what[words.language]
        }
        guard commands.isEmpty else {
            return commands.joined(separator: words.language == .sv ? " och " : " and ")
        }
        let unknown = Text(
            sv: "csnfil migrate EXPORTER, med samma dagar som då", en: "csnfil migrate EXPORTS, with the days of then")
        return unknown[words.language]
    }

    fileprivate var doing: Text {
        OutboxNote.said {
            "Kör flytten igen med samma exporter, rättade om CSN nekade dem: \(commands($0)). Det som CSN har går inte "
                + "igen, och planen och dess kalender görs om."
        } en: {
            "Run the migration again with the same exports, mended if CSN refused them: \(commands($0)). What CSN has "
                + "does not go again, and the plan and its calendar are made anew."
        }
    }
}

extension OutboxNote {
    /// A file was refused or withdrawn, and `nightly` does not bring all that stood in it.
    public static func migrateAgain(_ again: MigrateAgain) -> OutboxNote {
        let all = again.records == again.file.records
        func part(_ words: PlainWords) -> String { words.number(again.records) }
        func whole(_ words: PlainWords) -> String { words.records(again.file.records) }
        return OutboxNote(
            "migrate-again", isWarning: true, files: [again.file.number], skolkod: again.file.skolkod,
            said {
                "Bara en flytt har haft \(all ? "alla poster i den" : "\(part($0)) av dess \(whole($0))"): nattens "
                    + "exporter har inte haft dem, och csnfil nightly skickar dem inte. \(again.doing.sv)"
            } en: {
                "A migration alone has brought \(all ? "all its records" : "\(part($0)) of its \(whole($0))"): no "
                    + "export of a nightly run has had them, and csnfil nightly does not send them. \(again.doing.en)"
            })
    }

    /// The same of a file that was refused or withdrawn some time ago.
    public static func stillToMigrate(_ again: MigrateAgain) -> OutboxNote {
        let (file, state) = (again.file, again.file.state)
        return OutboxNote(
            "still-to-migrate", isWarning: true, files: [file.number], skolkod: file.skolkod,
            said {
                "\(file.path) (nr \(file.number)) är \($0.state(state)). Bara en flytt har haft "
                    + "\($0.records(again.records)) för \($0.students(again.students)) i den: nattens exporter har inte "
                    + "haft dem, och de står nu inte i någon fil. \(again.doing.sv)"
            } en: {
                "\(file.path) (no. \(file.number)) was \($0.state(state)). A migration alone has brought "
                    + "\($0.records(again.records)) of \($0.students(again.students)) in it: no export of a nightly run "
                    + "has had them, and no file has them now. \(again.doing.en)"
            })
    }
}
