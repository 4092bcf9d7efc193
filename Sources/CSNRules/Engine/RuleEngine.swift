import CSN
import Findings

/// Runs the catalogue over rows, students and files.
///
/// Stages: field, record, unit, student, file. Within a stage first drops, then repairs, then checks, each in the
/// order of the catalogue's tables and each seeing the result of the one before. After the student stage all ● and ○
/// rules run once more over what a repair or a drop has touched.
public struct RuleEngine: Sendable {
    /// How the run wants its rules.
    public let settings: RuleSettings

    /// How far a hold reaches.
    public enum HoldScope: String, Sendable, CaseIterable {
        /// The unit (default).
        case unit
        /// All of the student's units at the school.
        case student
        /// The school's whole file: carried out by who plans the files.
        case file
    }

    /// How far a hold reaches in this run.
    public let holdScope: HoldScope

    private let gates: [RuleGate]

    /// An engine with a run's settings.
    public init(_ settings: RuleSettings, holdScope: HoldScope = .unit) {
        self.settings = settings
        self.holdScope = holdScope
        gates = RuleGate.all(for: settings)
    }

    /// A context for one worker, with no findings yet.
    public func makeContext() -> RuleContext { RuleContext(settings, gates) }

    // MARK: - Field stage

    /// Runs the field rules and turns what was left in a row's fields into findings: first what is not to be reported
    /// goes, so that nobody is asked to mend its value.
    ///
    /// - Parameter isShifted: the row's cells may stand in the wrong columns: no value of it is shown.
    public func judgeFields(
        of candidate: inout Candidate, _ notes: [FieldNote], isShifted: Bool = false, _ context: inout RuleContext
    ) {
        if !notes.isEmpty, let note = notes.first(where: { $0.isAboutRow }) {
            take(note, &candidate, hidesValues: true, &context)
            judgeFields(of: &candidate, [], hidesValues: true, &context)
        } else {
            judgeFields(of: &candidate, notes, hidesValues: isShifted, &context)
        }
    }

    private func judgeFields(
        of candidate: inout Candidate, _ notes: [FieldNote], hidesValues: Bool, _ context: inout RuleContext
    ) {
        // Nearly every row is one of which nothing is to be said yet.
        if notes.isEmpty {
            RulePass.fieldDrops(&candidate, &context)
        } else {
            judge(notes, of: &candidate, hidesValues: hidesValues, &context)
        }
        RulePass.fieldRepairs(&candidate, &context)
        RulePass.fieldChecks(&candidate, &context)
    }

    /// The drops of the field stage, then the notes that they leave over.
    private func judge(
        _ notes: [FieldNote], of candidate: inout Candidate, hidesValues: Bool, _ context: inout RuleContext
    ) {
        // Three cells of a row that cannot be read are no slips: its values stand in the wrong columns.
        let hidesValues =
            hidesValues || notes.contains { $0.field.isPersonal && $0.isUnreadable }
            || notes.count(where: \.isUnreadable) >= 3
        for note in notes {
            if case .failed = note.outcome { candidate.failed.insert(note.field) }
        }
        let before = context.findings.count
        RulePass.fieldDrops(&candidate, &context)
        // What a drop has taken away, or has held, needs no second finding about its value.
        let held = context.findings.findings[before...].reduce(into: FieldSet()) { held, finding in
            if finding.action == .hold, let field = Field(rawValue: finding.field) { held.insert(field) }
        }
        let open = candidate.failed.subtracting(held)
        for note in notes where open.contains(note.field) || !note.isAboutValue {
            take(note, &candidate, hidesValues: hidesValues, &context)
        }
    }

    private func take(
        _ note: FieldNote, _ candidate: inout Candidate, hidesValues: Bool, _ context: inout RuleContext
    ) {
        let key = Catalogue.NoteKey(purpose: settings.purpose, field: note.field, outcome: note.outcome)
        guard let claim = Catalogue.claims[key] else {
            // A cause that no rule knows must never read as valid.
            if case .failed = note.outcome { candidate.failed.insert(note.field) }
            context.fault("no rule claims \(note.field.name) \(note.outcome)", fields: candidate)
            return
        }
        let (number, rule) = (claim.number, claim.rule)
        context.current = number
        let own = hidesValues && !note.isAboutRow ? [] : rule.parameters(for: note, context)
        let message = rule.message(for: note, own)
        let (action, level) = context.effect(of: rule, message)
        let privacy = privacy(of: note, hidesValues: hidesValues)
        var parameters = [Parameter(Parameter.value, note.value, privacy)]
        if !note.became.isEmpty { parameters.append(Parameter(Parameter.became, note.became, privacy)) }
        context.add(
            rule: number, message: message, action: action, level: level, fields: candidate,
            at: note.isAboutRow ? nil : note.field, column: note.isAboutRow ? nil : note.column,
            from: note.origin(in: candidate), parameters + own)
        context.sayMisread(note, fields: candidate)
        switch action {
        case .hold where note.isAboutRow: candidate.failAllButOwner()
        case .hold: candidate.failed.insert(note.field)
        case .none where context.isCheck && rule.standing.refuses: candidate.failed.insert(note.field)
        case .none, .repair, .drop:
            if candidate.hasValue(note.field) { candidate.failed.remove(note.field) }
        }
    }

    private func privacy(of note: FieldNote, hidesValues: Bool) -> Privacy {
        if hidesValues { return .hidden }
        if note.field.isPersonal { return .personal }
        if case .failed(let problem) = note.outcome, problem != .range, Masking.mayBeName(note.value) {
            return .nameLike
        }
        return .open
    }

    // MARK: - Record, unit and student stage

    /// Judges all rows of one student at one school.
    ///
    /// - Parameters:
    ///   - rows: the student's rows after the field stage, in any order.
    ///   - holder: a row elsewhere that holds all of the student's units (its school could not be told), if any.
    public func judge(_ rows: [Candidate], heldBy holder: RowOrigin? = nil, _ context: inout RuleContext)
        -> JudgedStudent
    {
        var student = StudentRows(rows: rows)
        student.nameCoursesAlike(in: settings.courses)
        RulePass.rowsDrops(&student, &context)
        RulePass.rowsRepairs(&student, &context)
        RulePass.rowsChecks(&student, &context)
        return judge(assembled: RecordAssembly.records(of: student.rows), heldBy: holder, &context)
    }

    /// Judges all records of one student at one school.
    ///
    /// - Parameters:
    ///   - records: as ``RecordAssembly`` made them, or as they stand in a finished file. Taken over, because rules
    ///     change them in place.
    ///   - holder: as in ``judge(_:heldBy:_:)-(_,_,RuleContext)``.
    public func judge(
        assembled records: consuming [Record], heldBy holder: RowOrigin? = nil, _ context: inout RuleContext
    ) -> JudgedStudent {
        let findingsBefore = context.findings.count
        var records = consume records
        context.open(StudentIdentity(of: records), at: records.first?.skolkod)
        for index in records.indices { judge(&records[index], &context) }
        let missing = context.earlier.missing(from: records, settings.courses)

        var result = JudgedStudent()
        if records.contains(where: { $0.isDropped || $0.startdatum == nil }) {
            result.dropped = records.filter(\.isDropped)
            result.withoutStart = records.filter { !$0.isDropped && $0.startdatum == nil }
            records.removeAll { $0.isDropped || $0.startdatum == nil }
        }
        var student = StudentRecords(RuleEngine.units(of: records, and: missing, context.earlier))
        if !missing.isEmpty { student.units.removeAll { !context.earlier.concerns($0, today: context.today) } }
        if holder != nil || !result.withoutStart.isEmpty {
            for index in student.units.indices { student.units[index].hasUnplacedRows = true }
        }
        judge(&student, into: &result, findingsBefore: findingsBefore, &context)
        resolveHolds(of: &result, heldBy: holder, &context)
        return result
    }

    /// Judges a student of whom something was reported and who stands in none of the school's exports: what is not over
    /// is kept as it was last reported.
    public func judge(absent student: EarlierStudent, at school: Skolkod, _ context: inout RuleContext)
        -> JudgedStudent
    {
        var result = JudgedStudent()
        context.open(student.identity, at: school)
        let missing = context.earlier.missing(from: [], settings.courses)
        var records = StudentRecords(RuleEngine.units(of: [], and: missing, context.earlier))
        records.units.removeAll { !context.earlier.concerns($0, today: context.today) }
        judge(&records, into: &result, findingsBefore: context.findings.count, &context)
        resolveHolds(of: &result, heldBy: nil, &context)
        return result
    }

    /// The unit and student stage, and all that CSN would refuse once more.
    private func judge(
        _ student: inout StudentRecords, into result: inout JudgedStudent, findingsBefore: Int,
        _ context: inout RuleContext
    ) {
        for index in student.units.indices { RulePass.unitDrops(&student.units[index], &context) }
        student.untie(context.earlier)
        for index in student.units.indices {
            RulePass.unitRepairs(&student.units[index], &context)
            RulePass.unitChecks(&student.units[index], &context)
        }
        RulePass.studentDrops(&student, &context)
        RulePass.studentRepairs(&student, &context)
        RulePass.studentChecks(&student, &context)
        let wasTouched =
            context.findings.count > findingsBefore
            && context.findings.findings[findingsBefore...].contains { $0.action == .repair || $0.action == .drop }
        if wasTouched && !context.isCheck { readAgain(&student, &context) }

        for unit in student.units { checkComplete(unit, &context) }
        result.units = student.units.map { JudgedUnit($0) }
    }

    /// The records as units, each sorted by startdatum, with those that are kept as they were last reported.
    /// A record whose end date cannot be read joins by the one that was last reported, for CSN has it so.
    private static func units(
        of records: [Record], and carried: [Record], _ earlier: EarlierRecords
    ) -> [UnitRecords] {
        func start(_ record: borrowing Record) -> Int32 { record.startdatum?.number ?? 0 }
        let all = carried.isEmpty ? records : records + carried
        // Assembly has sorted them; a repair may have moved a startdatum.
        let isSorted = all.indices.dropFirst().allSatisfy { start(all[$0 - 1]) <= start(all[$0]) }
        let sorted = isSorted ? all : all.sorted { start($0) < start($1) }
        let ranges = StudyUnits.ranges(in: earlier.completed(sorted))
        return ranges.count == 1 ? [UnitRecords(sorted)] : ranges.map { UnitRecords(Array(sorted[$0])) }
    }

    private func judge(_ record: inout Record, _ context: inout RuleContext) {
        if !record.failed.isEmpty && !context.isCheck { record.isHeld = true }
        RulePass.recordDrops(&record, &context)
        RulePass.recordRepairs(&record, &context)
        RulePass.recordChecks(&record, &context)
    }

    /// All ● and ○ rules once more, over copies: what they find in a record that nothing held so far was made by a
    /// repair. One finding a record.
    private func readAgain(_ student: inout StudentRecords, _ context: inout RuleContext) {
        context.isSecondReading = true
        defer { context.isSecondReading = false }
        for unit in student.units.indices where !student.units[unit].isHeld {
            for index in student.units[unit].present {
                var copy = student.units[unit].records[index]
                RulePass.recordDrops(&copy, &context)
                if !copy.isHeld { RulePass.recordRepairs(&copy, &context) }
                if !copy.isHeld { RulePass.recordChecks(&copy, &context) }
                if copy.isHeld { student.units[unit].records[index].isHeld = true }
            }
            guard !student.units[unit].isHeld else { continue }
            var copy = student.units[unit]
            RulePass.unitChecks(&copy, &context)
            if copy.isHeld { student.units[unit] = copy }
        }
    }

    /// A record without one of the fields that every record has cannot be written. That it came so far is a fault of
    /// the program: its unit is held and the run says so.
    private func checkComplete(_ unit: UnitRecords, _ context: inout RuleContext) {
        guard !context.isCheck else { return }
        for index in unit.present where !unit.records[index].isHeld && !unit.records[index].isComplete {
            context.fault("record without an obligatory field", fields: unit.records[index].fields)
        }
    }

    // MARK: - School and file stage

    /// Judges all that a school's exports hold, before its students: that so many students or values are gone that
    /// nothing of the school is to be sent stands in ``SchoolFacts/isHeld``.
    public func judge(_ school: SchoolFacts, _ context: inout RuleContext) -> SchoolFacts {
        var school = school
        RulePass.schoolDrops(&school, &context)
        RulePass.schoolRepairs(&school, &context)
        RulePass.schoolChecks(&school, &context)
        context.emptiedColumns = school.emptied
        return school
    }

    /// Judges a whole file; the findings stand in the context.
    public func judge(_ file: FileFacts, _ context: inout RuleContext) {
        var file = file
        RulePass.fileDrops(&file, &context)
        RulePass.fileRepairs(&file, &context)
        RulePass.fileChecks(&file, &context)
    }
}

extension FieldNote {
    /// The place of its value: the row's, but for a line of its own.
    func origin(in row: Candidate) -> RowOrigin {
        guard let line else { return row.origin }
        var origin = row.origin
        origin.line = UInt32(clamping: line)
        return origin
    }

    /// Whether it is about the row as a whole: nobody knows which cell is which, and whatever else the cells seem to
    /// say has this one cause.
    var isAboutRow: Bool { outcome == .failed(.cellCount) || outcome == .failed(.cutShort) }

    /// Whether the note says that the field's own value is wrong, and not that something was mended or that nobody
    /// can read the cell.
    var isAboutValue: Bool {
        switch outcome {
        case .failed(.cellCount), .failed(.cutShort), .failed(.invalidBytes), .repaired: false
        case .failed: true
        }
    }

    /// Whether nothing could be made of the cell, so that nobody knows what stands in it.
    var isUnreadable: Bool {
        switch outcome {
        case .failed(.missing), .failed(.checkDigit), .failed(.unrealDate), .repaired: false
        case .failed: true
        }
    }
}

extension Candidate {
    /// Marks every field as failed but whose row it is, where that could be told.
    mutating func failAllButOwner() {
        for field in Field.allCases where !([.skolkod, .personnummer].contains(field) && hasValue(field)) {
            failed.insert(field)
        }
    }

    /// Whether the field has a value that could be sent.
    func hasValue(_ field: Field) -> Bool {
        switch field {
        case .skolkod: skolkod != nil
        case .personnummer: personnummer != nil
        case .kurskod: course != nil
        case .kursdel: kursdel != nil
        case .poang: poang != nil
        case .niva: niva != nil
        case .startdatum: startdatum != nil
        case .slutdatum: slutdatum != nil
        case .fardighetstraning, .omfattning, .uppdragsutbildning, .traineejobb, .registrering, .meddelandeorsak,
            .handelsedatum, .betyg, .betygsdatum:
            true
        }
    }
}

extension Record {
    /// Whether every field that each record of the file has is there. An event may lack its kind or its date where a
    /// configuration lowers event-date-missing.
    public var isComplete: Bool {
        fields.skolkod != nil && fields.personnummer != nil && fields.course != nil && fields.kursdel != nil
            && fields.poang != nil && fields.niva != nil && fields.startdatum != nil && fields.slutdatum != nil
            && events.allSatisfy { $0.failed.isEmpty && ($0.orsak != nil || $0.date != nil) }
    }
}
