import CSN
import DeliveryLedger
import Findings
import Foundation
import Reports

/// One thing that `doctor` looks at: one type, one file of its name under `Checks`.
protocol DoctorCheck: SendableMetatype {
    /// The check's name in the output, a contract.
    static var name: String { get }

    /// Looks, and changes nothing. At least one result; more where there are more things to say.
    static func look(at installation: Installation) -> [DoctorReport.Result]
}

extension DoctorCheck {
    static func ok(_ text: Text, at place: String? = nil) -> DoctorReport.Result {
        DoctorReport.Result(name, .ok, at: place, text)
    }

    static func warning(_ text: Text, at place: String? = nil, advice: Text) -> DoctorReport.Result {
        DoctorReport.Result(name, .warning, at: place, text, advice: advice)
    }

    static func error(_ text: Text, at place: String? = nil, advice: Text? = nil) -> DoctorReport.Result {
        DoctorReport.Result(name, .error, at: place, text, advice: advice)
    }

    /// What stands in a failure already says what to do.
    static func errors(_ failure: RunFailure) -> [DoctorReport.Result] {
        failure.problems.map { error($0.text, at: $0.place) }
    }
}

/// An installation, as `doctor` finds it.
struct Installation: Sendable {
    /// What the configuration says; the defaults where it cannot be used.
    let configuration: Configuration
    /// Why the configuration cannot be used.
    let configurationFailure: RunFailure?
    /// Where mappings are searched, or why that cannot be said.
    let mappingFolders: Swift.Result<[String], RunFailure>
    /// The time in Stockholm.
    let now: Moment
    /// The ledger.
    let ledger: Ledger

    /// How the ledger is found.
    enum Ledger: Sendable {
        /// The configuration names none.
        case notConfigured
        /// There is none yet.
        case missing(path: String)
        /// It cannot be used.
        case unusable(path: String, LedgerProblem)
        /// It can be read.
        case open(path: String, any DeliveryStore)
    }

    init(_ options: TypedOptions, in surroundings: Surroundings, now: Moment) {
        self.now = now
        do throws(RunFailure) {
            configuration = try Resolving.configuration(options, surroundings)
            configurationFailure = nil
        } catch {
            configuration = Configuration()
            configurationFailure = error
        }
        let configuration = configuration
        mappingFolders = Swift.Result { () throws(RunFailure) in
            try MappingSearch.folders(options, configuration, surroundings)
        }
        ledger = Ledger(path: configuration.ledger)
    }

    /// The folders of scheduled runs that are configured, by key.
    var folders: [(key: String, path: String)] {
        [("inbox", configuration.inbox), ("outbox", configuration.outbox), ("archive", configuration.archive)]
            .compactMap { key, path in path.map { (key, $0) } }
    }
}

extension Installation.Ledger {
    fileprivate init(path: String?) {
        guard let path else {
            self = .notConfigured
            return
        }
        guard FileLook(path) != nil else {
            self = .missing(path: path)
            return
        }
        do throws(LedgerProblem) { self = .open(path: path, try SQLiteLedger(onlyReading: path)) } catch {
            self = .unusable(path: path, error)
        }
    }

    /// The ledger where it can be read.
    var store: (any DeliveryStore)? { if case .open(_, let store) = self { store } else { nil } }
}

/// What the file system says of a file or folder, links followed.
struct FileLook {
    let path: String
    let isFolder: Bool
    /// The mode bits.
    let mode: UInt32
    let owner: UInt32
    let bytes: Int
    /// The file system it lies on.
    let device: UInt64
    let modified: Date

    /// nil when there is nothing of that name, or nothing that we may see.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.path = path
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        mode = status.st_mode & 0o7777
        owner = status.st_uid
        bytes = Int(status.st_size)
        device = UInt64(status.st_dev)
        modified = Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
    }

    /// `0640`
    var modeText: String {
        let octal = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - octal.count)) + octal
    }

    /// The folder, or where there is none yet the nearest one above in which it would be made.
    static func nearestFolder(_ path: String) -> FileLook? {
        if let look = FileLook(path), look.isFolder { return look }
        if path == "/" || path == "." { return nil }
        let above = path.folderOfPath
        return nearestFolder(above.isEmpty ? "." : above)
    }
}

extension Moment {
    /// Seconds on the wall clock from an earlier moment to this one; negative from a later one.
    func seconds(since other: Moment) -> Int { (day - other.day) * 86_400 + secondOfDay - other.secondOfDay }
}
