import Foundation
import Testing

/// An export whose names cannot be mistaken for any other word, and what of it must never be seen.
struct PrivateExport {
    /// The rows' cells, without the header.
    var rows: [[String]]
    private(set) var names: [String] = []

    static let personnummer = 1
    static let nameColumns = [2, 3]

    /// A sample of the program's own in which every row has names of its own, of letters only.
    init(_ sample: [UInt8]) throws {
        rows = Scratch.lines(sample).dropFirst().map { $0.split(separator: ";", omittingEmptySubsequences: false) }
            .map { $0.map(String.init) }
        try #require(rows.allSatisfy { $0.count > 3 })
        for row in rows.indices {
            for column in Self.nameColumns {
                let name = Self.name(row * 2 + column)
                names.append(name)
                rows[row][column] = column == 2 ? name : "von " + name
            }
        }
    }

    /// A name for a number: "Qwy" and letters.
    private static func name(_ number: Int) -> String {
        let syllables = ["ba", "de", "fi", "go", "hu", "jå", "kä", "lö", "my", "na"]
        return "Qwy" + String(number).compactMap { $0.wholeNumberValue }.map { syllables[$0] }.joined()
    }

    var text: String { Export.text(rows.map { $0.joined(separator: ";") }) }

    /// Every spelling of every number of the export.
    var numbers: [String] {
        var numbers = Set<String>()
        for row in rows {
            for cell in row {
                let digits = cell.filter(\.isNumber)
                guard digits.count >= 10, cell.count <= digits.count + 2 else { continue }
                for count in [10, 12] where digits.count >= count {
                    let last = digits.suffix(count)
                    numbers.formUnion([
                        String(last), "\(last.dropLast(4))-\(last.suffix(4))", "\(last.dropLast(4))+\(last.suffix(4))",
                    ])
                }
            }
        }
        return numbers.sorted()
    }

    /// What of the export is seen in a text: names first, then numbers.
    func seen(in text: String) -> [String] {
        // A name's first letters tell whether there is anything to look for.
        let lower = text.lowercased()
        let found = lower.contains("qwy") ? names.filter { lower.contains($0.lowercased()) } : []
        return found + seenNumbers(in: text)
    }

    func seenNumbers(in text: String) -> [String] {
        // Only runs of ten characters or more that are digits and signs can hold a number.
        let pieces: [Substring] = text.split { !($0.isNumber || $0 == "-" || $0 == "+") }
        let joined: String = Set(pieces.filter { $0.count >= 10 }.map { String($0) }).joined(separator: " ")
        return numbers.filter { joined.contains($0) }
    }
}

extension Scratch {
    /// Everything that the program left below a folder but the upload files, and drafts of them, as one text.
    func left(below out: String) throws -> String {
        var text = ""
        for name in files(below: out) where name.hasPrefix("report/") || name.hasPrefix(".work/") {
            if name.hasPrefix(".work/draft-") { continue }
            text += String(decoding: try read(out + "/" + name), as: UTF8.self) + "\n"
        }
        return text
    }
}
