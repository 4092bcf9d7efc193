import CSN
import CSNRules
import Findings
import Reports

/// Brings together what became of a migration's rows, school by school.
struct Reconciling {
    private var schools: [Skolkod: ReconciledSchool] = [:]
    private var schoolless: ReconciledSchool?
    private var rowsOutside = 0
    /// Rows that hold no course to report.
    var rowsLeftOut = 0

    /// Takes a school.
    mutating func take(_ school: QueuedSchool, _ skolkod: Skolkod) {
        schools[skolkod] = school.reconciled
        rowsOutside += school.rowsOutside
    }

    /// Takes the rows whose school could not be told.
    mutating func takeSchoolless(_ rows: ReconciledSchool) { schoolless = rows }

    /// The files of all other schools have no place in the outbox.
    ///
    /// - Returns: how many rows were to go in them.
    mutating func holdBackAll(but placed: Set<Skolkod>) -> Int {
        schools.keys.filter { !placed.contains($0) }.reduce(0) { $0 + (schools[$1]?.holdBack() ?? 0) }
    }

    /// The reconciliation for a report that has its rows, findings and migration.
    func made(for report: RunReport) -> Reconciliation {
        let names = CourseNaming(report.courses)
        let isRehearsal = report.migration?.isRehearsal ?? false
        let reasons = HoldReasons(schools.values.map(\.held) + [schoolless?.held ?? []], report.findings)
        var all: [Reconciliation.School] = []
        for (skolkod, school) in schools.sorted(by: { $0.key < $1.key }) where !school.counts.isEmpty {
            var made = school.made(skolkod, names, reasons, isRehearsal: isRehearsal)
            let files = report.migration?.files.filter { $0.skolkod == skolkod && $0.chosenRecords != 0 } ?? []
            made.filesToUpload = files.count(where: \.isAhead)
            made.filesToBeRead = files.count { $0.state == .sent }
            all.append(made)
        }
        if let schoolless { all.append(schoolless.made(nil, names, reasons, isRehearsal: isRehearsal)) }
        return Reconciliation(
            schools: all, rowsOutside: rowsOutside, rowsLeftOut: rowsLeftOut,
            rowsRead: report.inputs.reduce(0) { $0 + $1.rows })
    }
}

/// The rules that hold rows, row by row.
private struct HoldReasons {
    private var rules: [ReconciledSchool.Place: Set<UInt16>] = [:]

    init(_ held: [Set<ReconciledSchool.Place>], _ findings: FindingList) {
        for finding in findings.findings where finding.action == .hold {
            let place = ReconciledSchool.Place(finding.place)
            if held.contains(where: { $0.contains(place) }) { rules[place, default: []].insert(finding.rule) }
        }
    }

    /// What holds these rows, and how many of them nothing holds but others.
    func reasons(for rows: Set<ReconciledSchool.Place>) -> (reasons: [Reconciliation.Reason], others: Int) {
        var counts: [UInt16: Int] = [:]
        var others = 0
        for row in rows {
            guard let found = rules[row] else {
                others += 1
                continue
            }
            for rule in found { counts[rule, default: 0] += 1 }
        }
        let reasons = counts.map { Reconciliation.Reason(rule: $0.key, rows: $0.value) }
        return (reasons.sorted { ($1.rows, $0.rule) < ($0.rows, $1.rule) }, others)
    }
}

/// How courses are named where nothing personal may stand.
private struct CourseNaming {
    private let courses: CourseTable

    init(_ courses: CourseTable) { self.courses = courses }

    func course(_ key: ReconciledSchool.Key) -> Reconciliation.Course {
        guard let index = key.course else { return Reconciliation.Course(kurskod: nil, isKnown: false) }
        let course = courses[index]
        let isListed = index.number < courses.knownCount
        guard key.isKnown || isListed || Self.looksLikeCode(course.code) else {
            return Reconciliation.Course(kurskod: nil, isKnown: false)
        }
        return Reconciliation.Course(kurskod: course.code, name: course.name, isKnown: key.isKnown)
    }

    /// Whether a code that nothing knows can be no name and no personnummer: two cells of a row may have changed places.
    private static func looksLikeCode(_ code: String) -> Bool {
        code.contains(where: \.isNumber) && code.contains(where: \.isLetter) && Masking.withoutNumbers(code) == code
    }
}

extension ReconciledSchool {
    fileprivate func made(
        _ skolkod: Skolkod?, _ names: CourseNaming, _ holds: HoldReasons, isRehearsal: Bool
    ) -> Reconciliation.School {
        // Several entries of the table may have one code.
        var lines: [LineKey: Reconciliation.Counts] = [:]
        for (key, counted) in counts {
            var counted = counted
            if isRehearsal { (counted.waiting, counted.rehearsed) = (0, counted.waiting) }
            let course = names.course(key)
            let line = LineKey(kurskod: course.kurskod, isKnown: course.isKnown, grade: key.grade)
            lines[line, default: Reconciliation.Counts()] += counted
        }
        let courseNames = Dictionary(
            counts.keys.map(names.course).map { ($0.kurskod, $0.name) }, uniquingKeysWith: max)
        var school = Reconciliation.School(
            skolkod: skolkod,
            lines: lines.map { key, counts in
                let course = Reconciliation.Course(
                    kurskod: key.kurskod, name: courseNames[key.kurskod] ?? "", isKnown: key.isKnown)
                return Reconciliation.Line(course: course, grade: key.grade, counts: counts)
            }.sorted())
        (school.reasons, school.heldWithOthers) = holds.reasons(for: held)
        school.heldByOccupied = heldByOccupied
        return school
    }

    private struct LineKey: Hashable {
        var kurskod: String?
        var isKnown: Bool
        var grade: Reconciliation.Grade
    }
}
