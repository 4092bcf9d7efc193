/// A pattern in which `*` is any text; letter case does not count.
public struct Glob: Sendable {
    private let parts: [String]

    /// A pattern; `*` is any text, letter case does not count.
    public init(_ pattern: String) {
        parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether the whole text is like the pattern.
    public func matches(_ text: String) -> Bool {
        let text = text.lowercased()
        guard let first = parts.first, let last = parts.last else { return false }
        guard parts.count > 1 else { return text == first }
        guard text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.count >= last.count && rest.hasSuffix(last)
    }
}
