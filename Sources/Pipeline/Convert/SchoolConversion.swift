import CSN
import CSNRules
import Findings
import Planning
import Reports
import Uploads

/// What became of one school's rows.
struct ConvertedSchool: Sendable {
    var skolkod: UInt16
    var findings = FindingList()
    var notChecked = NotChecked()
    var fates = RowFates()
    var held = HeldCount()
    var aliases: [UInt64: UInt64] = [:]
    var students = SchoolNumbers()
    /// The keys of students with protected identity who stand in no row.
    var protected: Set<UInt64> = []
    /// What CSN will conclude from the files; nil for rows whose school could not be told.
    var forecast: Forecast?
    /// Units to be sent, by the file they are planned in.
    var files: [SchoolFile] = []

    /// How much is held back, with the students by their keys.
    struct HeldCount: Sendable {
        var students: Set<UInt64> = []
        var units = 0
        var records = 0
    }
}

/// A file of one school for one reading day: what is to stand in it.
struct SchoolFile: Sendable {
    var readingDay: Day
    /// In the order of the file.
    var records: [Record]
    var dates: DateSpan
}

/// Rows that hold a student's units at every school of an export, because their own school could not be told.
struct SchoollessRows: Sendable {
    private var holders: [Key: RowOrigin] = [:]

    private struct Key: Hashable {
        var input: UInt16
        var student: UInt64
    }

    /// The rows whose school could not be told; those whose student cannot be told either hold nobody else.
    init(_ rows: [Candidate]) {
        for row in rows where !row.marks.contains(.unknownStudent) {
            let key = Key(input: row.origin.input, student: row.studentKey)
            holders[key] = min(holders[key] ?? row.origin, row.origin)
        }
    }

    /// The row that holds a student of these rows; nil when none does.
    func holder(of rows: [Candidate]) -> RowOrigin? {
        guard !holders.isEmpty else { return nil }
        var holder: RowOrigin?
        var last: Key?
        // A student's rows nearly always share one key.
        for row in rows {
            let key = Key(input: row.origin.input, student: row.studentKey)
            if key == last { continue }
            last = key
            if let found = holders[key] { holder = holder.map { min($0, found) } ?? found }
        }
        return holder
    }

    /// Whether a student of whom a school has no row stands in one whose school could not be told.
    func holds(_ student: EarlierStudent) -> Bool {
        let key = student.identity.key
        return holders.keys.contains { $0.student == key }
    }
}

/// A study period of a student as it is to be sent, with what planning must know of it.
struct SendableUnit: Sendable {
    /// The key under which the run knows the student.
    var student: UInt64
    var records: [Record]
    var dates: DateSpan
    var allowance: Allowance
}

/// What the rules say of a school's rows.
struct SchoolJudgement {
    /// The students, with their units in the order of the keys.
    struct Student {
        var key: UInt64
        var identity: StudentIdentity
        var judged: JudgedStudent
        /// By which inputs the student is known; none for one of whom no export has a row.
        var inputs: Set<UInt16>
        /// The numbers of the exports' own ids.
        var ids: Set<UInt32>
        var isProtected: Bool
    }

    var result: ConvertedSchool
    var students: [Student] = []
    /// Nothing of the school goes, by a rule about the school or by `--hold file`.
    var isHeld = false
    /// The exports have lost so much that they are not taken for the school's new state.
    var isDoubted = false
    var context: RuleContext
}

/// From one school's rows to the files planned for it.
struct SchoolConversion: Sendable {
    let engine: RuleEngine
    let today: Day
    let firstReading: Day
    let readingDays: ReadingDays
    let schoolless: SchoollessRows
    /// What the last conversion into the same folder counted.
    let last: LastConversion

    /// Judges and plans a school's rows: all that can be sent.
    func run(_ rows: [Candidate], skolkod: UInt16) -> ConvertedSchool {
        var judgement = judge(rows, skolkod: skolkod)
        let sent = judgement.students.flatMap { student in
            judgement.isHeld
                ? [] : student.judged.units.map { (student.key, $0.recordsToSend) }.filter { !$0.1.isEmpty }
        }
        let units = sent.flatMap { parts(of: $0.1, student: $0.0) }
        let unread = Skolkod(Int(skolkod)).flatMap { engine.settings.delivered.unreadFile(of: $0) }
        judgeAll(units, of: sent.count, skolkod, replaces: unread, &judgement.context)
        judgement.result.files = plan(units)
        return judgement.finished
    }

    /// Judges a school's rows, and those of whom something was reported and no export has a row.
    func judge(_ rows: [Candidate], skolkod: UInt16) -> SchoolJudgement {
        var result = ConvertedSchool(skolkod: skolkod)
        var context = engine.makeContext()
        let grouping = StudentGrouping(rows)
        result.aliases = grouping.aliases
        result.students.students = grouping.keys.count
        let facts = Skolkod(Int(skolkod)).map {
            engine.judge(
                SchoolFacts(
                    school: $0, students: grouping.groups, earlier: engine.settings.delivered,
                    courses: engine.settings.courses), &context)
        }
        var students: [SchoolJudgement.Student] = []
        for (key, group) in zip(grouping.keys, grouping.groups) {
            let isProtected = group.contains { $0.marks.contains(.protectedIdentity) }
            if isProtected { result.students.protected += 1 }
            let holder = skolkod == 0 ? nil : schoolless.holder(of: group)
            var judged = engine.judge(group, heldBy: holder, &context)
            if skolkod == 0 { judged.holdAll() }
            students.append(
                SchoolJudgement.Student(
                    key: key, identity: StudentIdentity(of: group), judged: judged,
                    inputs: group.distinct { $0.origin.input }, ids: group.distinct { $0.studentID },
                    isProtected: isProtected))
        }
        let isDoubted = facts?.isHeld ?? false
        if let facts, !isDoubted {
            for student in facts.absentStudents where !schoolless.holds(student) {
                if student.isProtected { result.protected.insert(student.identity.key) }
                students.append(
                    SchoolJudgement.Student(
                        key: student.identity.key, identity: student.identity,
                        judged: engine.judge(absent: student, at: facts.school, &context), inputs: [], ids: [],
                        isProtected: student.isProtected))
            }
        }
        var judgement = SchoolJudgement(result: result, students: students, isDoubted: isDoubted, context: context)
        count(&judgement, skolkod)
        return judgement
    }

    /// What became of the rows, and what CSN will conclude from what goes.
    private func count(_ judgement: inout SchoolJudgement, _ skolkod: UInt16) {
        var forecast = ForecastCounting(today: today)
        for index in judgement.students.indices {
            let judged = judgement.students[index].judged
            judgement.result.fates += judged.fates
            judgement.result.held.count(judged, judgement.students[index].key)
            forecast.count(judged)
        }
        judgement.isHeld = judgement.isDoubted || engine.holdScope == .file && judgement.result.held.records > 0
        if judgement.isHeld {
            judgement.result.holdAll(
                judgement.students.flatMap { student in
                    student.judged.units.filter { !$0.isHeld }.map { (student.key, $0.present) }
                })
            forecast = ForecastCounting(today: today)
        }
        guard let school = Skolkod(Int(skolkod)) else { return }
        judgement.result.forecast = forecast.forecast(of: school, before: last[skolkod]?.sent)
        // Where everybody is held there is no file: the last one goes on being the last.
        let sent = judgement.result.forecast?.students ?? 0
        judgement.result.students.sent = sent > 0 ? sent : last[skolkod]?.sent
    }

    /// The rules about a file, over all that the school sends: whether it fits one file is said before it is divided.
    ///
    /// - Parameter count: how many units there were before the too long ones were divided.
    func judgeAll(
        _ units: [SendableUnit], of count: Int, _ skolkod: UInt16, replaces unread: UnreadFile? = nil,
        _ context: inout RuleContext
    ) {
        guard let school = Skolkod(Int(skolkod)), !units.isEmpty else { return }
        engine.judge(
            FileFacts(
                firstDate: units.map(\.dates.first).min(), lastDate: units.map(\.dates.last).max(), schools: [school],
                recordCount: units.reduce(0) { $0 + $1.records.count }, unitCount: count,
                isOneUnitException: units.count == 1 && units[0].allowance != .shared,
                replaces: unread),
            &context)
    }

    /// The unit as planning takes it: whole, or divided when its own dates span more than a file may.
    func parts(of records: [Record], student: UInt64) -> [SendableUnit] {
        guard let dates = span(of: records) else { return [] }
        let shape = dates.fitsOneFile ? UnitShape.fitsOneFile : UnitShape.of(records)
        if shape != .overLimit {
            return [SendableUnit(student: student, records: records, dates: dates, allowance: shape.allowance)]
        }
        let divisible = records.compactMap { record in
            record.startdatum.flatMap { start in
                span(of: [record]).map { DivisibleRecord(startdatum: start, dates: $0) }
            }
        }
        return UnitDivision.parts(of: divisible, today: today).map { part in
            let records = part.records.map { records[$0] }
            // A part that is too long after all is a single record; it harms nobody else in a file of its own.
            let shape = UnitShape.of(records)
            return SendableUnit(
                student: student, records: records, dates: part.dates,
                allowance: shape == .overLimit ? .ownFile(.lateDate) : shape.allowance)
        }
    }

    private func span(of records: [Record]) -> DateSpan? {
        var first: Day?
        var last: Day?
        for record in records {
            record.forEachDate { day in
                first = first.map { min($0, day) } ?? day
                last = last.map { max($0, day) } ?? day
            }
        }
        guard let first, let last else { return nil }
        return DateSpan(first: first, last: last)
    }

    private func plan(_ units: [SendableUnit]) -> [SchoolFile] {
        let plannable = units.enumerated().compactMap { number, unit in
            PlannableUnit(id: number, student: unit.student, dates: unit.dates, allowance: unit.allowance)
        }
        let planned = UploadPlan.files(
            for: plannable, today: today, from: firstReading, readingDays: readingDays)
        return planned.map { file in
            let chosen = file.units.map { units[$0] }
            var records = chosen.flatMap(\.records)
            RecordOrder.sort(&records, courses: engine.settings.courses)
            return SchoolFile(
                readingDay: file.readingDay, records: records, dates: file.dates)
        }
    }
}

extension [Candidate] {
    /// The different values among the rows. A student's rows nearly always share one, so most are not put in.
    fileprivate func distinct<Value: Hashable>(_ value: (Candidate) -> Value) -> Set<Value> {
        var values: Set<Value> = []
        var last: Value?
        for row in self where value(row) != last {
            last = value(row)
            values.insert(value(row))
        }
        return values
    }
}

extension SchoolJudgement {
    /// The school with all that was found.
    var finished: ConvertedSchool {
        var school = result
        school.findings = context.findings
        school.notChecked = context.notChecked
        return school
    }
}

extension UnitShape {
    /// What planning is to do with a unit of this shape.
    fileprivate var allowance: Allowance {
        switch self {
        case .fitsOneFile, .overLimit: .shared
        case .ownFileForLateDate: .ownFile(.lateDate)
        case .ownFileForCourseOf365Days: .ownFile(.courseOfExactly365Days)
        }
    }
}

extension JudgedUnit {
    /// What goes into a file: the unit whole, or, when it is held, what CSN has not read of it yet.
    var recordsToSend: [Record] { isHeld ? unreadRecords : present }

    /// Whether anything of the export is to be reported in it.
    fileprivate var hasRows: Bool { present.contains { !$0.isCarried } }
}

extension StudentIdentity {
    /// The key under which the run knows the student.
    fileprivate var key: UInt64 {
        var row = Candidate(origin: .nowhere)
        row.studentID = studentID
        row.personnummer = personnummer
        return row.studentKey
    }
}

extension ConvertedSchool.HeldCount {
    /// Counts what is held of one student at one school.
    mutating func count(_ student: JudgedStudent, _ key: UInt64) {
        let heldUnits = student.units.filter { $0.isHeld && $0.hasRows }
        let records =
            heldUnits.reduce(0) { $0 + $1.present.count { !$0.isCarried } } + student.withoutStart.count
        guard records > 0 else { return }
        students.insert(key)
        units += heldUnits.count
        self.records += records
    }
}

extension ConvertedSchool {
    /// Nothing of the school goes: with `--hold file` because somebody is held, or because the school is.
    mutating func holdAll(_ units: [(student: UInt64, records: [Record])]) {
        for unit in units {
            let records = unit.records.filter { !$0.isCarried }
            guard !records.isEmpty else { continue }
            held.students.insert(unit.student)
            held.units += 1
            held.records += records.count
            let rows = records.reduce(0) { $0 + 1 + $1.mergedRows.count }
            fates.sent -= rows
            fates.held += rows
        }
    }
}
