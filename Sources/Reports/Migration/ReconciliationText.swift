import CSN
import Findings

/// A reconciliation on the terminal: the sums, and the whole table where it is short.
struct ReconciliationText {
    let reconciliation: Reconciliation
    let emphasis: Emphasis
    /// Where the files of it lie; nil when none is written.
    let folder: String?
    private let words: ReconciliationWords

    /// So many lines of the table fit a screen.
    static let longestTable = 30

    init(_ reconciliation: Reconciliation, in language: Language, _ emphasis: Emphasis, folder: String?) {
        self.reconciliation = reconciliation
        self.emphasis = emphasis
        self.folder = folder
        words = ReconciliationWords(language)
    }

    func text() -> String {
        var text = emphasis(.bold, words.title(reconciliation.stage, reconciliation.schools)) + "\n"
        text += table()
        text += "  \(words.whole(reconciliation))\n"
        if let folder {
            let path = "\(folder)/\(ReconciliationFiles.page)".forTerminal
            text += words.say("  Att skriva under: \(path)\n", "  To be signed: \(path)\n")
        }
        return text
    }

    private func table() -> String {
        let schools = reconciliation.schools
        let isWhole = schools.reduce(0) { $0 + $1.lines.count } <= Self.longestTable
        var rows: [[String]] = [[""] + ReconciliationWords.columns.map { $0.name[words.plain.language] }]
        for school in schools {
            rows.append(row(words.school(school.skolkod), school.total))
            guard isWhole else { continue }
            rows += school.lines.map { line in
                row("  \(words.kurskod(line.course).forTerminal) \(words.grade(line.grade))", line.counts)
            }
        }
        if schools.count != 1 { rows.append(row(words.say("Alla", "All"), reconciliation.total)) }
        return laidOut(rows)
    }

    private func row(_ name: String, _ counts: Reconciliation.Counts) -> [String] {
        [name] + ReconciliationWords.columns.map { words.plain.number($0.number(counts)) }
    }

    /// The first column to the left, numbers to the right.
    private func laidOut(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + blanks : blanks + row[column]
            }
            return "  " + cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}
