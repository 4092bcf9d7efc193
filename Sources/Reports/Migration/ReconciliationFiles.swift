import CSN
import Findings

/// The files of a reconciliation: a page to be signed, and the table for a spreadsheet.
public struct ReconciliationFiles: Sendable {
    /// The page's name in the report's folder.
    public static let page = "reconciliation.html"
    /// The table's name in the report's folder.
    public static let table = "reconciliation.csv"

    private let report: RunReport
    private let language: Language

    /// The files for a run's report.
    public init(_ report: RunReport, in language: Language) {
        self.report = report
        self.language = language
    }

    /// By name, the bytes; none for a run that reconciles nothing.
    public var contents: [(name: String, bytes: [UInt8])] {
        guard let reconciliation = report.reconciliation else { return [] }
        return [
            (Self.page, Array(ReconciliationPage(report, reconciliation, in: language).html().utf8)),
            (Self.table, spreadsheet(of: reconciliation)),
        ]
    }

    /// One row a line of the table, without sums, so that a spreadsheet can make its own.
    private func spreadsheet(of reconciliation: Reconciliation) -> [UInt8] {
        let words = ReconciliationWords(language)
        var text = SpreadsheetText()
        let course = words.say("Kursens namn", "Name of the course")
        let names = [words.name(of: .skolkod), words.name(of: .kurskod), course, words.name(of: .betyg)]
        text.row((names + ReconciliationWords.columns.map { $0.name[language] }).map { .text($0) })
        for school in reconciliation.schools {
            for line in school.lines {
                let cells: [SpreadsheetText.Cell] = [
                    .text(school.skolkod?.description ?? ""), .text(words.kurskod(line.course)),
                    .text(line.course.name), .text(words.grade(line.grade)),
                ]
                text.row(cells + ReconciliationWords.columns.map { .number($0.number(line.counts)) })
            }
        }
        return text.bytes
    }
}
