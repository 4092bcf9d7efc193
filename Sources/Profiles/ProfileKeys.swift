/// The keys of a profile, for its reader and its schema alike.
enum ProfileKey: String, CaseIterable {
    case profile, system, title, basis, records, form, container, encoding, columns, leaveOut, sample

    /// The keys without which there is no profile.
    static let required: [ProfileKey] = [.profile, .system, .title, .basis, .container, .columns]
}

/// The keys under `basis`.
enum BasisKey: String, CaseIterable {
    case known, ours
}

/// The keys under `container`.
enum ContainerKey: String, CaseIterable {
    case kind, delimiter, quote

    static let required: [ContainerKey] = [.kind, .delimiter]
}

/// The keys of a column that is more than its headers.
enum ColumnKey: String, CaseIterable {
    case headers, required, ranked, dates, words
}

/// The keys of a rule that leaves rows out.
enum LeaveOutKey: String, CaseIterable {
    case headers, values, reason
}

/// The words that a profile may use as values.
enum ProfileWords {
    /// The version of the format.
    static let version = 1...1
    static let records = ["courses"]
    static let forms = ["komvux"]
    static let kinds = ["csv"]
    /// Delimiters that have a name.
    static let delimiters: [(name: String, byte: UInt8)] = [
        ("tab", UInt8(ascii: "\t")), ("semicolon", UInt8(ascii: ";")), ("comma", UInt8(ascii: ",")),
    ]
    /// `quote` of a system that writes none.
    static let noQuote = "none"
    /// `encoding` of a profile that leaves it to be found out.
    static let detect = "detect"
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
    /// The keys as a file writes them.
    static var names: [String] { allCases.map(\.rawValue) }
}
