/// How two sets of files differ, so that a person can see it: each line that only one of them has.
struct Difference: CustomStringConvertible {
    private static let shownLines = 12
    private var lines: [String] = []

    /// - Parameters:
    ///   - expected: by their paths.
    ///   - found: by their paths.
    init(expected: [String: [UInt8]], found: [String: [UInt8]]) {
        for path in Set(expected.keys).union(found.keys).sorted() {
            switch (expected[path], found[path]) {
            case (nil, _): lines.append("\(path): was not expected")
            case (_, nil): lines.append("\(path): is missing")
            case (let expected?, let found?) where expected != found:
                lines.append("\(path):")
                lines += Difference.lines(expected, found)
            default: break
            }
        }
    }

    var isEmpty: Bool { lines.isEmpty }

    var description: String { lines.joined(separator: "\n") }

    private static func lines(_ expected: [UInt8], _ found: [UInt8]) -> [String] {
        let old = text(expected)
        let new = text(found)
        let changes = new.difference(from: old)
        guard !changes.isEmpty else { return ["  the same lines, other bytes"] }
        let shown = changes.sorted { place(of: $0) < place(of: $1) }.prefix(shownLines).map { change in
            switch change {
            case .remove(let place, let line, _): "  expected, line \(place + 1): \(line)"
            case .insert(let place, let line, _): "  found,    line \(place + 1): \(line)"
            }
        }
        return shown + (changes.count > shownLines ? ["  … and \(changes.count - shownLines) lines more"] : [])
    }

    private static func place(of change: CollectionDifference<String>.Change) -> Int {
        switch change {
        case .remove(let place, _, _), .insert(let place, _, _): place
        }
    }

    /// The lines; a byte that is no UTF-8 is taken as Latin-1.
    private static func text(_ bytes: [UInt8]) -> [String] {
        let text = String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { .init($0) }))
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
