/// Findings in the order in which they were made, with their parameters.
public struct FindingList: Sendable {
    /// The findings in order.
    public private(set) var findings: [Finding] = []
    /// All findings' parameters, one behind the other: the length of the name (a byte) and the name, the privacy, the
    /// length of the value (two bytes, the higher first) and the value. Read it with ``stored(of:_:)``.
    public private(set) var bytes: [UInt8] = []

    /// An empty list.
    public init() {}

    /// Whether there are none.
    public var isEmpty: Bool { findings.isEmpty }
    /// How many there are.
    public var count: Int { findings.count }

    /// Adds a finding with its parameters. A value longer than 400 bytes is cut, with an ellipsis.
    public mutating func add(_ finding: Finding, _ parameters: [Parameter]) {
        var finding = finding
        finding.parametersStart = UInt32(bytes.count)
        for parameter in parameters {
            let name = parameter.name.utf8
            bytes.append(UInt8(name.count))
            bytes.append(contentsOf: name)
            bytes.append(parameter.privacy.rawValue)
            let value = FindingList.cut(parameter.value).utf8
            bytes.append(UInt8(value.count >> 8))
            bytes.append(UInt8(value.count & 0xFF))
            bytes.append(contentsOf: value)
        }
        finding.parametersLength = UInt32(bytes.count) - finding.parametersStart
        findings.append(finding)
    }

    /// Adds all findings of another list behind its own.
    public mutating func add(_ other: FindingList) {
        guard !isEmpty else {
            self = other
            return
        }
        // Nothing is reserved: lists are added school by school, and room for just one more would be made anew, and
        // everything copied, each time.
        let shift = UInt32(bytes.count)
        let first = findings.count
        bytes.append(contentsOf: other.bytes)
        findings.append(contentsOf: other.findings)
        for index in first..<findings.count { findings[index].parametersStart += shift }
    }

    /// Keeps the findings for which `isKept` is true.
    public mutating func keep(where isKept: (Finding) -> Bool) { findings.removeAll { !isKept($0) } }

    /// A value of at most 400 bytes as it is; of any other the first hundred characters.
    private static func cut(_ value: String) -> String {
        guard value.utf8.count > 400 else { return value }
        let characters = value.prefix(100)
        guard characters.utf8.count > 4_000 else { return characters + "…" }
        // A character may have any number of marks above it.
        return String(String.UnicodeScalarView(characters.unicodeScalars.prefix(1_000))) + "…"
    }

    // MARK: - Parameters

    /// Where a parameter's name and value lie in ``FindingList/bytes``.
    public struct StoredParameter: Sendable {
        /// The bytes of the name.
        public var name: Range<Int>
        /// The bytes of the value, UTF-8.
        public var value: Range<Int>
        /// Who may see the value.
        public var privacy: Privacy
    }

    /// Hands over, one after the other, where the parameters of a finding of this list lie.
    public func stored(of finding: Finding, _ take: (StoredParameter) -> Void) {
        var position = Int(finding.parametersStart)
        let end = position + Int(finding.parametersLength)
        while position < end {
            let name = position + 1..<position + 1 + Int(bytes[position])
            let length = Int(bytes[name.upperBound + 1]) << 8 | Int(bytes[name.upperBound + 2])
            let value = name.upperBound + 3..<name.upperBound + 3 + length
            take(
                StoredParameter(
                    name: name, value: value, privacy: Privacy(rawValue: bytes[name.upperBound]) ?? .hidden))
            position = value.upperBound
        }
    }

    /// The parameters of a finding of this list, in the order given.
    public func parameters(of finding: Finding) -> [Parameter] {
        var parameters: [Parameter] = []
        stored(of: finding) { stored in
            parameters.append(
                Parameter(
                    String(decoding: bytes[stored.name], as: UTF8.self),
                    String(decoding: bytes[stored.value], as: UTF8.self), stored.privacy))
        }
        return parameters
    }
}
