import CSN
import Logging
import Reports

extension RunEvent {
    /// The event's name in a log; a contract, as are the names of the fields.
    var name: Logger.Message {
        switch self {
        case .started: "started"
        case .clockBack: "clock-back"
        case .inputTaken: "input-taken"
        case .inputKept: "input-kept"
        case .inputSuperseded: "input-superseded"
        case .inputLeft: "input-left"
        case .schoolHeld: "school-held"
        case .filePlanned: "file-planned"
        case .fileKept: "file-kept"
        case .fileMovedOn: "file-moved-on"
        case .fileAccepted: "file-accepted"
        case .queueLong: "queue-long"
        case .nothingToDo: "nothing-to-do"
        case .archived: "archived"
        case .purged: "purged"
        case .finished: "finished"
        case .failed: "failed"
        }
    }

    /// How grave it is: a warning is something that a person should look at.
    var level: Logger.Level {
        switch self {
        case .schoolHeld, .queueLong, .clockBack: .warning
        case .inputLeft(_, .notRecognised), .inputLeft(_, .notReadable): .warning
        case .finished(let status, _): status == 0 ? .info : .warning
        case .failed: .error
        case .inputSuperseded, .inputLeft, .fileMovedOn: .notice
        default: .info
        }
    }

    /// Its fields, each a number, a word or a name.
    var fields: Logger.Metadata {
        switch self {
        case .started(let run, let version, let isFull):
            ["run": .string(run), "version": .string(version), "full": .stringConvertible(isFull)]
        case .clockBack(let seconds): ["seconds": .stringConvertible(seconds)]
        case .inputTaken(let name, let system, let rows, let sha256):
            [
                "name": .string(name), "system": .string(system), "rows": .stringConvertible(rows),
                "sha256": RunEvent.digest(sha256),
            ]
        case .inputKept(let name, let system, let rows):
            ["name": .string(name), "system": .string(system), "rows": .stringConvertible(rows)]
        case .inputSuperseded(let name, let system): ["name": .string(name), "system": .string(system)]
        case .inputLeft(let name, let reason): ["name": .string(name), "reason": .string(reason.rawValue)]
        case .schoolHeld(let school, let rule, let students):
            [
                "skolkod": RunEvent.code(school), "rule": .string(rule.text),
                "students": .stringConvertible(students),
            ]
        case .filePlanned(let school, let day, let name, let records, let students, let bytes, let sha256):
            RunEvent.file(school, day, name).merging([
                "records": .stringConvertible(records), "students": .stringConvertible(students),
                "bytes": .stringConvertible(bytes), "sha256": RunEvent.digest(sha256),
            ]) { _, new in new }
        case .fileKept(let school, let day, let name): RunEvent.file(school, day, name)
        case .fileMovedOn(let school, let day, let name, let next):
            RunEvent.file(school, day, name).merging(next.map { ["to": .string("\($0)")] } ?? [:]) { _, new in new }
        case .fileAccepted(let school, let day, let name): RunEvent.file(school, day, name)
        case .queueLong(let school, let days):
            ["skolkod": RunEvent.code(school), "readingDays": .stringConvertible(days)]
        case .nothingToDo: [:]
        case .archived(let inputs): ["inputs": .stringConvertible(inputs)]
        case .purged(let inputs): ["inputs": .stringConvertible(inputs)]
        case .finished(let status, let numbers):
            numbers.fields.merging(["status": .stringConvertible(Int(status))]) { _, new in new }
        case .failed(let status, let reason):
            ["status": .stringConvertible(Int(status)), "reason": .string(reason.rawValue)]
        }
    }

    private static func code(_ school: Skolkod) -> Logger.MetadataValue { .stringConvertible(Int(school.number)) }

    private static func file(_ school: Skolkod, _ day: Day, _ name: String) -> Logger.Metadata {
        ["skolkod": code(school), "readingDay": .string("\(day)"), "name": .string(name)]
    }

    private static func digest(_ text: String) -> Logger.MetadataValue {
        LogDigest(text).map { .stringConvertible($0) } ?? .string(text)
    }
}

extension RunNumbers {
    fileprivate var fields: Logger.Metadata {
        [
            "files": .stringConvertible(files), "records": .stringConvertible(records),
            "students": .stringConvertible(students), "heldStudents": .stringConvertible(heldStudents),
            "heldSchools": .stringConvertible(heldSchools), "inputs": .stringConvertible(inputs),
            "rows": .stringConvertible(rows), "milliseconds": .stringConvertible(milliseconds),
        ]
    }
}

/// A SHA-256 in hexadecimal. Any twelve of its digits may look like a personnummer, so that it is told from other text
/// by its type and its form.
struct LogDigest: CustomStringConvertible, Sendable {
    let description: String

    /// nil for anything but 64 hexadecimal digits in lower case.
    init?(_ text: String) {
        let isDigest =
            text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
        guard isDigest else { return nil }
        description = text
    }
}

extension FailureReason {
    /// The reason of an exit status.
    public init(_ status: ExitStatus) {
        switch status {
        case .usage: self = .usage
        case .success, .findings, .unusable: self = .unusable
        case .inputOutput: self = .inputOutput
        case .locked: self = .locked
        case .fault: self = .fault
        }
    }
}
