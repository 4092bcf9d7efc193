import CSN
import CSNRules
import Findings
import Testing

@testable import Reports

/// A run made by hand: two exports, two files, five students, one of them with protected identity, and a row with
/// shifted cells.
enum ModelReport {
    static let erik: UInt64 = 197_201_209_983
    static let protected: UInt64 = 199_001_019_802
    static let graded: UInt64 = 199_505_059_816
    /// The key of a row of Erik's in which only the export's own student id could be read.
    static let erikByID: UInt64 = 1 << 62 | 7

    static func make(_ add: (inout RunReport) throws -> Void = { _ in }) throws -> RunReport {
        let courses = CourseTable([Course(code: "SVESVE01"), Course(code: "KEMKEM01")])
        let day = try #require(Day(iso: "2026-11-23"))
        var report = RunReport(
            purpose: .convert, program: RunReport.Program(name: "csnfil", version: "1.2.3"),
            run: RunReport.Run(
                id: "run-1", started: "2026-11-23T08:00:00+01:00", finished: "2026-11-23T08:00:01+01:00", today: day),
            inputs: [
                RunReport.Input(
                    path: "exports/b.csv", system: "SchoolSoft", profile: "schoolsoft-list", encoding: "UTF-8",
                    encodingEvidence: Text(sv: "Filen är giltig UTF-8.", en: "The file is valid UTF-8."), rows: 1_200,
                    sha256: "b0", columns: ["Skola", "Personnummer", "Slut"],
                    taken: [RunReport.TakenColumn(header: "Slut", slot: "slutdatum")]),
                RunReport.Input(
                    path: "exports/a.xml", system: "Edlevo", profile: "edlevo-xml", encoding: "UTF-8", rows: 46,
                    sha256: "a0", columns: ["end", "personid"], elements: ["course/end", "course/personid"]),
            ],
            courses: courses)
        report.files = [try file("1234", "2026-11-24", last: "2027-06-11"), try file("1000", "2026-11-23")]
        report.rows = RowFates()
        report.rows.sent = 1_230
        report.rows.held = 9
        report.rows.dropped = 5
        report.rows.ignored = 2
        report.held = RunReport.Held(students: 4, units: 5, records: 9)
        report.protected = [protected]
        report.studentAliases = [erikByID: erik]
        let rule = Int(try number("not-started-date"))
        for _ in 1...2 { report.notChecked.count(rule, because: FieldSet(.startdatum, .handelsedatum)) }
        report.notChecked.count(rule, because: [])
        report.notices = [Text(sv: "En äldre fil ligger kvar.", en: "An older file lies there.")]
        report.forecasts = try forecasts()
        report.outPath = "out"
        report.reportPath = "out/report"
        report.findings = try findings()
        try add(&report)
        return report
    }

    static func number(_ rule: RuleName) throws -> UInt16 { try #require(Catalogue.shared.number(of: rule)) }

    private static func file(_ school: String, _ day: String, last: String = "2026-12-18") throws
        -> RunReport.OutputFile
    {
        let reading = try #require(Day(iso: day))
        return RunReport.OutputFile(
            path: "\(school)/\(school)_\(day).xml", skolkod: try #require(Int(school).flatMap { Skolkod($0) }),
            readingDay: reading, records: 615, students: 201, firstDate: Day(iso: "2026-08-17"),
            lastDate: Day(iso: last), bytes: 90_000, sha256: "f-\(school)",
            window: ReadingDays().uploadWindow(of: reading))
    }

    /// One school like last time's, and one of which a quarter is missing and nobody has started.
    private static func forecasts() throws -> [Forecast] {
        var whole = Forecast(skolkod: try #require(Skolkod(1000)))
        whole.students = 201
        whole.started = 180
        whole.studentsBefore = 198
        whole.begunCourses = 40
        whole.groups = [
            Forecast.Group(
                group: .studyAidAge, students: 21, started: 20,
                levels: [try #require(Forecast.Level(niva: .gy, periods: [(400, 126), (200, 126), (450, 120)]))]),
            Forecast.Group(
                group: .older, students: 180, started: 160,
                levels: [
                    try #require(Forecast.Level(niva: .gr, periods: [(600, 210)])),
                    try #require(Forecast.Level(niva: .gy, periods: [(1_000, 63), (100, 126)])),
                ]),
        ]
        var doubtful = Forecast(skolkod: try #require(Skolkod(1234)))
        doubtful.students = 636
        doubtful.studentsBefore = 848
        doubtful.begunCourses = 14
        doubtful.begunThisWeek = 14
        doubtful.groups = [Forecast.Group(group: .older, students: 636, started: 0, levels: [])]
        return [whole, doubtful]
    }

    static func finding(
        _ rule: RuleName, _ level: Level, _ action: Action, line: UInt32, input: UInt16 = 0, column: UInt16 = .max,
        student: UInt64 = 0, school: UInt16 = 1000, field: Field? = nil, variant: UInt8 = 0
    ) throws -> Finding {
        var finding = Finding(
            rule: try number(rule), level: level, action: action,
            place: Place(input: input, line: line, column: column))
        finding.variant = variant
        finding.field = field?.rawValue ?? .max
        finding.student = student
        finding.school = school
        finding.course = 0
        return finding
    }

    private static func findings() throws -> FindingList {
        var list = FindingList()
        list.add(
            try finding("unit-held", .info, .none, line: 20, student: erikByID, variant: 1),
            [Parameter("line", "7"), Parameter("records", "3")])
        list.add(
            try finding("end-before-start", .error, .hold, line: 7, column: 2, student: erik, field: .slutdatum),
            [Parameter("value", "2026-08-01"), Parameter("startdatum", "2026-08-17")])
        list.add(
            try finding(
                "personnummer-check-digit", .error, .hold, line: 9, column: 1, student: protected,
                field: .personnummer),
            [Parameter("value", "199001019802", .personal)])
        list.add(
            try finding(
                "personnummer-check-digit", .error, .hold, line: 3, input: 1, column: 1, student: erik,
                school: 1234, field: .personnummer),
            [Parameter("value", "19720120-9983", .personal)])
        // A shifted row: a name stands where the end date should.
        list.add(
            try finding("end-before-start", .error, .hold, line: 11, column: 2, field: .slutdatum),
            [Parameter("value", "Lindström", .hidden), Parameter("startdatum", "Erik", .hidden)])
        list.add(
            try finding(
                "not-started-date", .info, .repair, line: 2, input: 1, column: 0, student: graded,
                field: .handelsedatum),
            [Parameter("value", "2026-08-20"), Parameter("became", "2026-08-17")])
        return list
    }
}
