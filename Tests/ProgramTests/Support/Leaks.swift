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
    private var numbers: Set<String> {
        var numbers = Set<String>()
        for row in rows {
            for cell in row where cell.utf8.count >= 10 {
                let digits = String(decoding: cell.utf8.filter(Self.isDigit), as: UTF8.self)
                guard digits.utf8.count >= 10, cell.utf8.count <= digits.utf8.count + 2 else { continue }
                for count in [10, 12] where digits.utf8.count >= count {
                    let last = digits.suffix(count)
                    for sign in ["", "-", "+"] { numbers.insert("\(last.dropLast(4))\(sign)\(last.suffix(4))") }
                }
            }
        }
        return numbers
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// What of the export is seen in a text: names first, then numbers.
    func seen(in text: String) -> [String] {
        // Every name begins alike, so there is mostly nothing to look for.
        let lower = text.lowercased()
        let found = lower.contains("qwy") ? names.filter { lower.contains($0.lowercased()) } : []
        return found + seenNumbers(in: text)
    }

    /// A number stands in a run of digits and signs: all parts of the run are looked up.
    func seenNumbers(in text: String) -> [String] {
        let isOfNumber = { (byte: UInt8) in Self.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        }
        let runs = Set(
            Array(text.utf8).split(whereSeparator: { !isOfNumber($0) }).filter { $0.count >= 10 }.map(Array.init))
        let numbers = numbers
        var seen = Set<String>()
        for run in runs {
            for start in run.indices {
                for length in 10...13 where start + length <= run.count {
                    let part = String(decoding: run[start..<start + length], as: UTF8.self)
                    if numbers.contains(part) { seen.insert(part) }
                }
            }
        }
        return seen.sorted()
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
