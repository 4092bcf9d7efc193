import Foundation

/// A list as cells, so that a test can rename and shuffle its columns. Written for these tests alone: it takes no part
/// of what reads exports.
struct ListText {
    var delimiter: Character
    var rows: [[String]]

    /// Cuts text at the mark that stands in its first line most often; a cell in quotes may hold it.
    init(_ bytes: [UInt8]) {
        let text = String(
            decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let first = lines.first ?? ""
        let delimiter = ";\t,".max { first.split(separator: $0).count < first.split(separator: $1).count } ?? ";"
        self.delimiter = delimiter
        rows = lines.map { line in
            var cells = [""]
            var isQuoted = false
            for letter in line {
                if letter == "\"" {
                    isQuoted.toggle()
                } else if letter == delimiter, !isQuoted {
                    cells.append("")
                } else {
                    cells[cells.count - 1].append(letter)
                }
            }
            return cells
        }
    }

    /// The list with its columns in another order and other names. A row cut short keeps its fault.
    func rearranged(_ order: [Int], headers: [String]) -> ListText {
        var other = self
        other.rows = rows.map { row in row.count == order.count ? order.map { row[$0] } : row }
        other.rows[0] = order.map { headers[$0] }
        return other
    }

    var bytes: [UInt8] {
        let lines = rows.map { row in
            row.map { $0.contains(delimiter) ? "\"\($0)\"" : $0 }.joined(separator: String(delimiter))
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }
}

/// Numbers that are the same at every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
