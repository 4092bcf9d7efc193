import CSN
import CSNRules
import Findings

/// A report's findings in the order of every output: by file, line, rule, column and value. It depends on nothing but
/// what was found, so neither on the number of threads nor on which of them came first.
struct SortedFindings {
    let findings: [Finding]
    /// `s1`, `s2` … by the order in which students appear in the sorted findings, by canonical key.
    private let studentNames: [UInt64: Int]
    private let report: RunReport

    /// Sorts the findings of a report.
    init(_ report: RunReport) {
        self.report = report
        let words = FindingWords(report, in: .sv)
        let paths = SortedFindings.ranks(of: report.inputs.map(\.path))
        let columns = report.inputs.map { SortedFindings.ranks(of: $0.columns) }
        let keys = report.findings.findings.map { finding in
            let input = Int(finding.place.input)
            let column = Int(finding.place.column)
            return Key(
                path: paths.indices.contains(input) ? paths[input] + 1 : 0, line: finding.place.line,
                rule: finding.rule,
                column: columns.indices.contains(input) && columns[input].indices.contains(column)
                    ? columns[input][column] + 1 : 0)
        }
        let all = report.findings.findings
        // Values are looked at only where two findings have the same place and rule: making each would cost more
        // than the sorting.
        findings = all.indices.sorted { left, right in
            if keys[left] != keys[right] { return keys[left] < keys[right] }
            let one = Tie(all[left], words)
            let other = Tie(all[right], words)
            return one == other ? left < right : one < other
        }.map { all[$0] }
        var names: [UInt64: Int] = [:]
        for finding in findings where finding.student != 0 {
            let key = report.canonicalKey(of: finding.student)
            if names[key] == nil { names[key] = names.count + 1 }
        }
        studentNames = names
    }

    /// The key under which the run's outputs speak of a student: the number in the ledger where there is one, e.g.
    /// `17`, else the order of appearance, e.g. `s1`; nil for no student.
    func name(of student: UInt64) -> String? {
        guard student != 0 else { return nil }
        let key = report.canonicalKey(of: student)
        return report.studentNames?[key] ?? studentNames[key].map { "s\($0)" }
    }

    /// For each text its place among all of them in the order of their bytes; equal texts have the same.
    private static func ranks(of texts: [String]) -> [Int] {
        let sorted = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, $0.offset) })
        return texts.map { places[$0] ?? 0 }
    }

    private struct Key: Comparable {
        var path: Int
        var line: UInt32
        var rule: UInt16
        var column: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.path, left.line, left.rule, left.column) < (right.path, right.line, right.rule, right.column)
        }
    }

    private struct Tie: Comparable {
        var value: String
        var message: String
        var school: UInt16
        var kurskod: String
        var student: UInt64

        init(_ finding: Finding, _ words: FindingWords) {
            let shown = words.words(for: finding)
            value = shown.value ?? ""
            message = shown.message
            school = finding.school
            kurskod = words.kurskod(of: finding) ?? ""
            student = words.report.canonicalKey(of: finding.student)
        }

        static func < (left: Tie, right: Tie) -> Bool {
            (left.value, left.message, left.school, left.kurskod, left.student)
                < (right.value, right.message, right.school, right.kurskod, right.student)
        }
    }
}
