import CSN
import CSNRules
import Findings

/// A report's findings in the order of every output: by file, line, rule, column and value. It depends on nothing but
/// what was found, so neither on the number of threads nor on which of them came first.
///
/// A run's outputs all need it, so it is made once a run.
public struct SortedFindings: Sendable {
    let words: FindingWords
    private let findings: [Finding]
    /// For each finding in order, its place in the report's list.
    private let order: [UInt32]
    /// For each finding in order, its student's place in ``students`` and one; 0 for no student.
    private let owners: [UInt32]
    /// The students in the order in which they appear.
    private let students: [Student]

    /// Whom a finding is about.
    struct Student {
        /// The student's number; nil when none is known.
        let number: Personnummer?
        /// What is shown of the number.
        let masked: String?
        /// The key under which the run's outputs speak of the student: the number in the ledger where there is one,
        /// e.g. `17`, else the order of appearance, e.g. `s1`.
        let name: String
        let isProtected: Bool

        init(key: UInt64, name: String, isProtected: Bool) {
            number = Personnummer(digits: key)
            masked = isProtected ? Masking.protected : number?.masked
            self.name = name
            self.isProtected = isProtected
        }
    }

    /// Sorts the findings of a report.
    public init(_ report: RunReport) {
        words = FindingWords(report, in: .sv)
        findings = report.findings.findings
        order = SortedFindings.order(of: report, words)
        (owners, students) = SortedFindings.students(of: report, order)
    }

    /// How many there are.
    var count: Int { order.count }

    /// The finding at a place of the order, from 0.
    func finding(_ position: Int) -> Finding { findings[Int(order[position])] }

    /// The student of the finding at a place of the order; nil for none.
    func student(_ position: Int) -> Student? {
        let owner = Int(owners[position])
        return owner == 0 ? nil : students[owner - 1]
    }

    // MARK: - Students

    private static func students(of report: RunReport, _ order: [UInt32]) -> (owners: [UInt32], students: [Student]) {
        var owners: [UInt32] = []
        owners.reserveCapacity(order.count)
        var students: [Student] = []
        var places: [UInt64: UInt32] = [:]
        let protected = report.protected.union(report.protected.map { report.canonicalKey(of: $0) })
        // A row's findings stand together.
        var last: (key: UInt64, owner: UInt32) = (0, 0)
        let findings = report.findings.findings
        for index in order {
            let student = findings[Int(index)].student
            if student != last.key {
                last = (student, 0)
                if student != 0 {
                    let key = report.canonicalKey(of: student)
                    if let place = places[key] {
                        last.owner = place
                    } else {
                        let name = report.studentNames?[key] ?? "s\(students.count + 1)"
                        students.append(Student(key: key, name: name, isProtected: protected.contains(key)))
                        last.owner = UInt32(students.count)
                        places[key] = last.owner
                    }
                }
            }
            owners.append(last.owner)
        }
        return (owners, students)
    }

    // MARK: - Sorting

    private static func order(of report: RunReport, _ words: FindingWords) -> [UInt32] {
        let paths = ranks(of: report.inputs.map(\.path))
        let columns = report.inputs.map { ranks(of: $0.columns) }
        let findings = report.findings.findings
        var keys = findings.indices.map { index in
            let place = findings[index].place
            let (input, column) = (Int(place.input), Int(place.column))
            return Key(
                path: paths.indices.contains(input) ? paths[input] + 1 : 0, line: place.line,
                rule: findings[index].rule,
                column: columns.indices.contains(input) && columns[input].indices.contains(column)
                    ? columns[input][column] + 1 : 0,
                index: UInt32(index))
        }
        keys.sort()
        // Values are looked at only where findings have the same place and rule.
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].hasPlace(of: keys[start]) { end += 1 }
            if end - start > 1 { sortByValue(&keys[start..<end], findings, words) }
            start = end
        }
        return keys.map(\.index)
    }

    private static func sortByValue(_ keys: inout ArraySlice<Key>, _ findings: [Finding], _ words: FindingWords) {
        let wording = Wording(words)
        let sorted = keys.map { (key: $0, tie: Tie(findings[Int($0.index)], wording)) }
            .sorted { $0.tie == $1.tie ? $0.key < $1.key : $0.tie < $1.tie }
        for (place, entry) in zip(keys.indices, sorted) { keys[place] = entry.key }
    }

    /// For each text its place among all of them in the order of their bytes; equal texts have the same.
    private static func ranks(of texts: [String]) -> [Int] {
        let sorted = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, $0.offset) })
        return texts.map { places[$0] ?? 0 }
    }

    /// Two numbers that sort as file, line and rule, then column and place in the list.
    private struct Key: Comparable {
        private let fileLineRule: UInt64
        private let columnIndex: UInt64

        /// Ranks are below 65,536: a place's input and column have sixteen bits, of which the last stands for none.
        init(path: Int, line: UInt32, rule: UInt16, column: Int, index: UInt32) {
            fileLineRule = UInt64(path) << 48 | UInt64(line) << 16 | UInt64(rule)
            columnIndex = UInt64(column) << 32 | UInt64(index)
        }

        var index: UInt32 { UInt32(truncatingIfNeeded: columnIndex) }

        func hasPlace(of other: Key) -> Bool {
            fileLineRule == other.fileLineRule && columnIndex >> 32 == other.columnIndex >> 32
        }

        static func < (left: Key, right: Key) -> Bool {
            left.fileLineRule == right.fileLineRule
                ? left.columnIndex < right.columnIndex : left.fileLineRule < right.fileLineRule
        }
    }

    private struct Tie: Comparable {
        var value: String
        var message: String
        var school: UInt16
        var kurskod: String
        var student: UInt64

        init(_ finding: Finding, _ wording: Wording) {
            let report = wording.words.report
            wording.take(finding, isProtected: report.isProtected(finding.student))
            var bytes: [UInt8] = []
            _ = wording.value(to: &bytes)
            value = String(decoding: bytes, as: UTF8.self)
            bytes = []
            wording.message(to: &bytes)
            message = String(decoding: bytes, as: UTF8.self)
            school = finding.school
            kurskod = wording.words.kurskod(of: finding) ?? ""
            student = report.canonicalKey(of: finding.student)
        }

        static func < (left: Tie, right: Tie) -> Bool {
            (left.value, left.message, left.school, left.kurskod, left.student)
                < (right.value, right.message, right.school, right.kurskod, right.student)
        }
    }
}
