import CSN
import Findings
import Testing

@testable import CSNRules

/// A finding as tests compare it: nothing of its wording.
struct Found: Hashable, CustomStringConvertible {
    var rule: RuleName
    var line: Int
    var field: Field?
    var action: Action

    var description: String { "\(rule) line \(line) \(field?.name ?? "row") \(action)" }
}

/// What the whole catalogue says of an example's rows.
struct Judgement {
    /// The findings, in the order in which they were made.
    let found: [Found]
    /// The students after all stages, at the end those of whom only something was reported before.
    let students: [JudgedStudent]
    /// What the schools' exports hold.
    let schools: [SchoolFacts]
    /// The same findings, with parameters.
    let findings: FindingList
    /// How often each rule was not checked.
    let notChecked: [RuleName: Int]
    /// The same, with why.
    let reasons: NotChecked

    /// The rules that spoke.
    var rules: Set<RuleName> { Set(found.map(\.rule)) }
    /// All records that are not left out.
    var records: [Record] { students.flatMap { $0.units.flatMap(\.present) } }

    /// Judges an example: each row's fields, each school, then each of its students.
    ///
    /// - Parameters:
    ///   - judgesFile: judges the rows as one file too.
    ///   - ignoresTraits: asks every rule of every record.
    ///   - setUp: changes the run's settings (what CSN has, a policy, suggestions).
    init(
        _ example: Example, purpose: RuleSettings.Purpose = .convert, judgesFile: Bool = false,
        ignoresTraits: Bool = false, setUp: (inout RuleSettings) -> Void = { _ in }
    ) throws {
        let today = try #require(Day(iso: example.today))
        var settings = RuleSettings(
            purpose: purpose, today: today, courses: CourseTable(ModelRow.courses),
            delivered: try Delivered(example.reported),
            // The model row has a column for each field, in the exports of both systems.
            column: { _, field in Int(field.rawValue) }, system: { input in input < 2 ? Int(input) : nil })
        setUp(&settings)
        let engine = RuleEngine(settings)
        var context = engine.makeContext()
        context.ignoresTraits = ignoresTraits

        var rows: [Candidate] = []
        for (input, overlays) in [example.rows, example.otherSystem].enumerated() {
            for (index, overlay) in overlays.enumerated() {
                // Line 1 holds the headers.
                let row = try ModelRow(
                    overlay, line: index + 2, input: UInt16(input), isCheck: purpose == .check,
                    table: settings.courses)
                var candidate = row.candidate
                engine.judgeFields(of: &candidate, row.notes, &context)
                rows.append(candidate)
            }
        }
        let groups = Judgement.students(of: rows)
        schools = Set(rows.compactMap(\.skolkod)).sorted().map { school in
            let own = groups.map(\.rows).filter { $0.first?.skolkod == school }
            return engine.judge(
                SchoolFacts(school: school, students: own, earlier: settings.delivered, courses: settings.courses),
                &context)
        }
        var students = groups.map { group, holder in engine.judge(group, heldBy: holder, &context) }
        for school in schools where !school.isHeld {
            for absent in school.absentStudents {
                students.append(engine.judge(absent: absent, at: school.school, &context))
            }
        }
        self.students = students
        if judgesFile { engine.judge(Judgement.file(of: students), &context) }
        findings = context.findings
        found = context.findings.found
        reasons = context.notChecked
        notChecked = Dictionary(
            zip(Catalogue.shared.rules.map { $0.name }, context.notChecked.totals), uniquingKeysWith: { $1 })
    }

    /// All of the students' records as one file.
    private static func file(of students: [JudgedStudent]) -> FileFacts {
        let units = students.flatMap(\.units).map(\.present).filter { !$0.isEmpty }
        let records = units.flatMap(\.self)
        let dates = records.flatMap(\.dates)
        return FileFacts(
            firstDate: dates.min(), lastDate: dates.max(), schools: Set(records.compactMap(\.skolkod)),
            recordCount: records.count, unitCount: units.count,
            isOneUnitException: units.count == 1 && UnitShape.of(records).needsOwnFile)
    }

    /// The rows of each student at each school, in the order in which they first appear; a row without a school holds
    /// its student's others.
    private static func students(of rows: [Candidate]) -> [(rows: [Candidate], holder: RowOrigin?)] {
        struct Key: Hashable {
            var student: UInt64
            var school: Skolkod?
        }
        func student(_ row: Candidate) -> UInt64 { row.studentID != 0 ? UInt64(row.studentID) : row.studentKey }
        var groups: [Key: [Candidate]] = [:]
        var order: [Key] = []
        var holders: [UInt64: RowOrigin] = [:]
        for row in rows {
            let key = Key(student: student(row), school: row.skolkod)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(row)
            if row.skolkod == nil, holders[key.student] == nil { holders[key.student] = row.origin }
        }
        return order.map { (groups[$0] ?? [], holders[$0.student]) }
    }

    /// The findings' sentences in a language, as a report would show them.
    func sentences(in language: Language) -> [String] { findings.sentences(in: language) }
}

extension FindingList {
    /// The findings as tests compare them.
    var found: [Found] {
        findings.map { finding in
            Found(
                rule: Catalogue.shared.rule(finding.rule)?.name ?? "?", line: Int(finding.place.line),
                field: Field(rawValue: finding.field), action: finding.action)
        }
    }

    /// The findings' sentences in a language, as a report would show them.
    func sentences(in language: Language) -> [String] {
        findings.map { finding in
            guard let rule = Catalogue.shared.rule(finding.rule) else { return "" }
            var values = Dictionary(
                parameters(of: finding).map { ($0.name, Masking.shown($0)) }, uniquingKeysWith: { $1 })
            if let field = Field(rawValue: finding.field) {
                values["field"] = field.swedish
                values["column"] = field.swedish
            }
            // As in a report: a phrase is given in both languages.
            if language == .en {
                for (name, value) in values where name.hasSuffix("English") { values[String(name.dropLast(7))] = value }
            }
            return rule.messages[Int(finding.variant)].text.filled(in: language, values)
        }
    }
}
