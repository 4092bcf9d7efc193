import CSN
import Findings
import Reports

/// What `migrate` has of its own.
public struct TypedMigrate: Sendable {
    /// `--from`
    public var from: String
    /// `--to`
    public var to: String
    /// `--by`
    public var basis: String?
    /// `--first-day`
    public var firstDay: String?
    /// `--again`
    public var isAgain = false
    /// `--dry-run`
    public var isRehearsal = false

    /// A migration of some days.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

extension Invocation {
    /// `migrate`
    public func migrate(_ typed: TypedMigrate) -> Outcome {
        outcome { presenting throws(RunFailure) in
            let request = try Resolving.migrate(typed, options, in: surroundings)
            let language = request.settings.language
            var report = try Migration.run(request, progress: presenting.progress(in: language))
            report.isStrict = request.settings.isStrict
            return finish(report, presenting, language)
        }
    }
}

extension Resolving {
    /// A migration as it is to be run.
    public static func migrate(
        _ typed: TypedMigrate, _ options: TypedOptions, in surroundings: Surroundings
    ) throws(RunFailure) -> MigrateRequest {
        try requireKomvux(options)
        let hold = try word(options.hold, "--hold", HoldScope.self)
        let basis = try word(typed.basis, "--by", MigrationPlan.Basis.self)
        let (from, to) = (try day(typed.from, "--from"), try day(typed.to, "--to"))
        guard from <= to else {
            throw RunFailure(
                .usage,
                Text(
                    sv: "--from \(from) ligger efter --to \(to). Skriv den första dagen efter --from.",
                    en: "--from \(from) lies after --to \(to). Write the first day after --from."))
        }
        let school = try skolkod(options.school)
        var settings = try settings(options, surroundings)
        if settings.reportPath == nil {
            settings.reportPath = (settings.configuration.outbox ?? "out") + "/report/migration"
        }
        return MigrateRequest(
            settings: settings, days: from...to, basis: basis ?? .grade,
            holdScope: hold ?? settings.configuration.holdScope ?? .unit,
            firstDay: try typed.firstDay.map { text throws(RunFailure) in try day(text, "--first-day") },
            isAgain: typed.isAgain, isRehearsal: typed.isRehearsal, system: options.system, school: school)
    }

    private static func day(_ text: String, _ option: String) throws(RunFailure) -> Day {
        guard let day = Day(iso: text) else {
            throw usage(option, Text(sv: "en dag som 2026-01-15", en: "a day such as 2026-01-15"), text)
        }
        return day
    }
}
