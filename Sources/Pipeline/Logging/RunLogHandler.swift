import Findings
import Logging
import Reports

/// In what form log lines are written.
public enum LogForm: String, Sendable, CaseIterable {
    /// `2026-11-23T02:00:01+01:00 info nightly file-planned bytes=812 name=… skolkod=1234`
    case text
    /// One JSON object a line.
    case json
    /// No lines.
    case off
}

/// Writes log lines, one whole line a call: time, level, command, event and its fields by name. No text gets into a
/// line unmasked, whoever logs it.
struct RunLogHandler: LogHandler {
    /// The command.
    let label: String
    let form: LogForm
    /// The time with its distance from UTC.
    let time: @Sendable () -> String
    /// Where lines go, each with its line end.
    let write: @Sendable ([UInt8]) -> Void

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: Logging.LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
            .map { (name: $0.key, value: RunLogHandler.value($0.value)) }
        let message = Masking.withoutNumbers("\(event.message)")
        switch form {
        case .text: write(text(event.level, message, fields))
        case .json: write(json(event.level, message, fields))
        case .off: break
        }
    }

    // MARK: - Values

    private enum Value {
        case number(Int)
        case bool(Bool)
        case text(String)
    }

    /// What may be written of a value.
    private static func value(_ value: Logger.MetadataValue) -> Value {
        guard case .stringConvertible(let convertible) = value else { return .text(masked("\(value)")) }
        switch convertible {
        case let flag as Bool: return .bool(flag)
        // A number that looks like a personnummer is as much one as a text is.
        case let number as Int:
            let text = masked("\(number)")
            return text == "\(number)" ? .number(number) : .text(text)
        case let digest as LogDigest: return .text(digest.description)
        default: return .text(masked("\(convertible)"))
        }
    }

    private static func masked(_ text: String) -> String { Masking.withoutNumbers(text) }

    // MARK: - Lines

    private func text(_ level: Logger.Level, _ message: String, _ fields: [(name: String, value: Value)]) -> [UInt8] {
        var line = "\(time()) \(level) \(RunLogHandler.word(label)) \(RunLogHandler.word(message))"
        for (name, value) in fields {
            line += " \(name)="
            switch value {
            case .number(let number): line += "\(number)"
            case .bool(let flag): line += "\(flag)"
            case .text(let text): line += RunLogHandler.word(text)
            }
        }
        return Array((line + "\n").utf8)
    }

    private func json(_ level: Logger.Level, _ message: String, _ fields: [(name: String, value: Value)]) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.object { object in
            object.string("time", time())
            object.string("level", "\(level)")
            object.string("command", label)
            object.string("event", message)
            for (name, value) in fields {
                switch value {
                case .number(let number): object.number(name, number)
                case .bool(let flag): object.bool(name, flag)
                case .text(let text): object.string(name, text)
                }
            }
        }
        writer.newline()
        return writer.bytes
    }

    /// The text as it is where it is one plain word; else in quotes, so that a file's name can neither end a line nor
    /// look like a field.
    private static func word(_ text: String) -> String {
        let isPlain = { (scalar: Unicode.Scalar) in
            scalar.value > 0x20 && scalar.value != 0x7F && scalar != "\"" && scalar != "=" && scalar != "\\"
                && (scalar.value < 0x80 || scalar.properties.isAlphabetic)
        }
        guard text.isEmpty || !text.unicodeScalars.allSatisfy(isPlain) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case " ", "=": quoted.unicodeScalars.append(scalar)
            case _ where isPlain(scalar): quoted.unicodeScalars.append(scalar)
            default: quoted += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return quoted + "\""
    }
}
