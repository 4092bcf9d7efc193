import CSN
import DeliveryLedger
import Foundation
import Pipeline
import Reports
import SimulatedCSN

/// csnfil itself, in this process, in a folder of its own.
public struct CsnfilProgram: Program {
    /// The program does not do what it was asked.
    public struct Refusal: Error, CustomStringConvertible {
        /// What it says.
        public var description: String
    }

    /// The folder with inbox, outbox, archive, ledger and configuration.
    public let folder: String
    private let mappings: LoadedMappings
    private let configuration: Configuration
    private let zone: TimeZone
    private var exports = 0
    private var report: RunReport?

    /// The repository that this was built from.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// A program that has not run yet, in a new folder: in memory where the machine has such a place, for then nothing
    /// waits for a disk.
    public init() throws {
        let memory = "/dev/shm"
        let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
        folder = "\(parent)/csnfil-simulation-\(UUID().uuidString)"
        for name in ["inbox", "fetched"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        let text = """
            inbox: inbox
            outbox: outbox
            archive: archive
            ledger: ledger.sqlite
            layout: komvux-fixed
            schools:
              - skolkod: 1234
                system: Simulated

            """
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/csnfil.yaml"))
        guard let zone = TimeZone(identifier: "Europe/Stockholm") else {
            throw Refusal(description: "Europe/Stockholm is not known here")
        }
        self.zone = zone
        guard let beginning = Moment("2000-01-01T00:00") else { throw Refusal(description: "no time") }
        do throws(RunFailure) {
            configuration = try Configuration.read(path: "\(folder)/csnfil.yaml", environment: [:])
            mappings = try LoadedMappings(
                CsnfilProgram.settings(configuration, now: beginning))
        } catch {
            throw Refusal(error)
        }
    }

    /// Removes the folder.
    public func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static let mappingFolders = [repository + "/Tests/Simulation/Mappings", repository + "/Mappings"]

    private static func settings(_ configuration: Configuration, now: Moment) -> RunSettings {
        RunSettings(
            paths: [], mappingFolders: mappingFolders, layout: "komvux-fixed", now: now, language: .en,
            configuration: configuration)
    }

    private func moment(_ time: WallTime) throws -> Moment {
        guard let moment = Moment(time.description) else { throw Refusal(description: "\(time) is no time") }
        return moment
    }

    // MARK: - Exports and runs

    /// Writes the export into the inbox, changed last at that moment.
    public mutating func deliver(_ export: String, at time: WallTime) throws {
        exports += 1
        let path = "\(folder)/inbox/export-\(exports).csv"
        try Data(export.utf8).write(to: URL(filePath: path))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (year, month, day) = time.day.parts
        let parts = DateComponents(year: year, month: month, day: day, second: time.second)
        guard let date = calendar.date(from: parts) else { throw Refusal(description: "\(time) is no time") }
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }

    /// `csnfil nightly`.
    public mutating func nightly(at time: WallTime) throws -> Int {
        let request = NightlyRequest(
            settings: CsnfilProgram.settings(configuration, now: try moment(time)), mappings: mappings)
        do throws(RunFailure) {
            let report = try Nightly.run(request)
            self.report = report
            return Int(report.exitStatus.rawValue)
        } catch {
            throw Refusal(error)
        }
    }

    private func day(_ day: CalendarDay) throws -> Day {
        guard let day = Day(iso: day.description) else { throw Refusal(description: "\(day) is no day") }
        return day
    }

    /// `csnfil migrate gamla-terminer.csv --by period`.
    public mutating func migrate(
        _ export: String, _ days: ClosedRange<CalendarDay>, firstDay: CalendarDay?, at time: WallTime
    ) throws -> Int {
        let path = "\(folder)/gamla-terminer.csv"
        try Data(export.utf8).write(to: URL(filePath: path))
        var settings = CsnfilProgram.settings(configuration, now: try moment(time))
        settings.paths = [path]
        let request = MigrateRequest(
            settings: settings, days: try day(days.lowerBound)...(try day(days.upperBound)), basis: .period,
            firstDay: try firstDay.map(day), mappings: mappings)
        do throws(RunFailure) {
            let report = try Migration.run(request)
            self.report = report
            return Int(report.exitStatus.rawValue)
        } catch {
            throw Refusal(error)
        }
    }

    /// The text of the last run.
    public func lastWords() -> [String] {
        guard let report else { return [] }
        let text = TextReport(report, in: .sv, TextReport.Options(showsPersonnummer: true)).text()
        return text.split(separator: "\n").map { String($0) }
    }

    /// The files in `outbox/1234`.
    public func outbox() throws -> [OutboxFile] {
        let school = "\(folder)/outbox/1234"
        guard FileManager.default.fileExists(atPath: school) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: school).sorted().map { name in
            OutboxFile(name: name, bytes: Array(try Data(contentsOf: URL(filePath: "\(school)/\(name)"))))
        }
    }

    // MARK: - What people say

    /// A copy of the file in a place of the person's own: it need not lie in the outbox any more.
    private func copy(of file: OutboxFile) throws -> String {
        let path = "\(folder)/fetched/\(file.name)"
        try Data(file.bytes).write(to: URL(filePath: path))
        return path
    }

    private func say(_ verb: TypedOutbox, _ now: WallTime) throws {
        var options = TypedOptions()
        options.config = "\(folder)/csnfil.yaml"
        options.language = "en"
        let surroundings = Surroundings(
            environment: [:], workingFolder: folder, executable: CsnfilProgram.repository + "/.build/debug/csnfil",
            processors: 1, now: try moment(now))
        let outcome = Invocation(options, in: surroundings).outbox(verb)
        guard outcome.status == 0 else {
            throw Refusal(description: "\(outcome.status): \(outcome.error)")
        }
    }

    /// `csnfil outbox sent COPY --at TIME`.
    public func sent(_ file: OutboxFile, uploaded: WallTime, now: WallTime) throws {
        try say(.sent(file: copy(of: file), at: uploaded.description), now)
    }

    /// `csnfil outbox rejected COPY`.
    public func rejected(_ file: OutboxFile, now: WallTime) throws { try say(.rejected(file: copy(of: file)), now) }

    /// `csnfil outbox withdraw COPY`.
    public func withdraw(_ file: OutboxFile, now: WallTime) throws { try say(.withdraw(file: copy(of: file)), now) }

    /// `csnfil outbox forget`, by the number that the ledger has of the student.
    public func forget(student: String, code: String, part: Int, start: CalendarDay, now: WallTime) throws {
        let key: Int64?
        do throws(LedgerProblem) {
            let number = UInt64(student).flatMap { Personnummer(digits: $0) }
            key = try number.flatMap { number throws(LedgerProblem) in
                try SQLiteLedger(path: "\(folder)/ledger.sqlite").students(number).first?.student.key.number
            }
        } catch {
            throw Refusal(description: "\(error)")
        }
        guard let key else { throw Refusal(description: "the ledger does not know \(student)") }
        var forget = TypedOutbox.TypedForget(
            student: String(key), kurskod: code, reason: "återtagen antagning", kursdel: String(part))
        do {
            try say(.forget(forget), now)
        } catch let refusal as Refusal where refusal.description.contains("--startdatum") {
            // The student has read the course before, in another study period: the program asks which is meant.
            forget.startdatum = "\(start)"
            try say(.forget(forget), now)
        }
    }

    /// `csnfil outbox confirm 1234`.
    public func confirm(now: WallTime) throws { try say(.confirm(skolkod: "1234"), now) }
}

extension CsnfilProgram.Refusal {
    fileprivate init(_ failure: RunFailure) {
        self.init(description: failure.problems.map { "\($0.place ?? ""): \($0.text.en)" }.joined(separator: "; "))
    }
}
