/// The stable name of a rule, kebab-case: in diagnostics, configuration, documentation and on the command line.
public struct RuleName: Hashable, Comparable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name as written.
    public let text: String

    /// The name as given.
    public init(_ text: String) { self.text = text }

    /// The name as written in the code.
    public init(stringLiteral text: String) { self.text = text }

    /// By the alphabet.
    public static func < (left: RuleName, right: RuleName) -> Bool { left.text < right.text }

    /// The name as written.
    public var description: String { text }
}

/// How grave a finding is to people.
public enum Level: UInt8, Sendable, CaseIterable {
    case error
    case warning
    case info

    /// The word in machine-readable output.
    public var word: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .info: "info"
        }
    }
}

/// What was done about a finding.
public enum Action: UInt8, Sendable, CaseIterable {
    /// Not sent, and with it its unit.
    case hold
    /// The handbook says what the value must be: that was written.
    case repair
    /// Not to be reported: left out.
    case drop
    /// Sent as it is.
    case none

    /// The word in machine-readable output.
    public var word: String {
        switch self {
        case .hold: "hold"
        case .repair: "repair"
        case .drop: "drop"
        case .none: "none"
        }
    }
}
