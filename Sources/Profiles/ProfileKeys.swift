/// The keys of a profile, for its reader and its schema alike.
enum ProfileKey: String, CaseIterable {
    case profile, system, title, basis, records, form, container, encoding, school, persons, terms, omits, knownBy
    case columns, leaveOut, sample

    /// The keys without which there is no profile.
    static let required: [ProfileKey] = [.profile, .system, .title, .basis, .container, .columns]
}

/// The keys under `basis`.
enum BasisKey: String, CaseIterable {
    case known, ours
}

/// The keys under `container`.
enum ContainerKey: String, CaseIterable {
    case kind, delimiter, quote, header, cells, preamble, groups, joins, row, repeated

    /// The keys that one kind of container has and the other has not.
    static let ofDelimited: [ContainerKey] = [.delimiter, .quote, .header, .cells, .preamble, .groups, .joins]
    static let ofXML: [ContainerKey] = [.row, .repeated]
}

/// The keys of a column that is more than its headers.
enum ColumnKey: String, CaseIterable {
    case headers, position, required, ranked, dates, words, scale
}

/// The keys of a rule that leaves rows out.
enum LeaveOutKey: String, CaseIterable {
    case headers, position, values, reason
}

/// The keys under `school`.
enum SchoolKey: String, CaseIterable {
    case file
}

/// The keys under `terms`.
enum TermKey: String, CaseIterable {
    case spring, autumn
}

/// The words that a profile may use as values.
enum ProfileWords {
    /// The version of the format.
    static let version = 1...1
    static let forms = ["komvux"]
    /// Delimited text, and XML.
    static let (delimited, xml) = ("csv", "xml")
    static let kinds = [delimited, xml]
    /// `header` of a file whose first row holds the names of its columns, and of one whose columns go by position.
    static let (headerRow, noHeader) = ("row", "none")
    /// `omits` of a system that leaves students with protected identity out.
    static let protected = "protected"
    /// The most rows before a header, and the most cells of a row without one.
    static let preamble = 0...100
    static let cells = 1...65_535
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
