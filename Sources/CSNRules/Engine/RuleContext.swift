import CSN
import Findings

/// What a rule knows beside its subject, and where it says what it found. One for each worker.
public struct RuleContext: Sendable {
    /// How the run wants its rules.
    public let settings: RuleSettings
    /// What the rules have found so far, in the order in which they found it.
    public var findings = FindingList()
    /// For each rule of the catalogue, how often it was not checked because what it needs had failed.
    public internal(set) var notChecked: NotChecked
    /// The input that a finding about a whole file names; 0xFFFF for none.
    public var fileInput: UInt16 = .max
    /// What was reported before of the student who is judged.
    var earlier = EarlierRecords()
    /// The columns of the school's exports that went empty, and hold the school.
    var emptiedColumns: FieldSet = []
    /// The catalogue number of the rule whose turn it is.
    var current: UInt16 = 0
    /// By catalogue number, what the pass asks of a rule for each subject.
    private let gates: [RuleGate]
    private let asksRefusalsOnly: Bool
    /// After the student stage all ● and ○ rules run once more; whatever they then find holds.
    var isSecondReading = false
    /// Every rule is asked of every record, whatever its traits: what the traits leave out is tested against that.
    var ignoresTraits = false

    /// - Parameter gates: those of the settings (``RuleGate/all(for:)``), laid out once for all contexts of a run.
    init(_ settings: RuleSettings, _ gates: [RuleGate]) {
        self.settings = settings
        self.gates = gates
        asksRefusalsOnly = settings.asksRefusalsOnly
        notChecked = NotChecked()
    }

    /// The day of the run.
    public var today: Day { settings.today }
    /// Whether a finished file is judged: then nothing is changed.
    public var isCheck: Bool { settings.purpose == .check }

    /// What is known of a record's course; nothing where the course failed.
    public func facts(of course: CourseIndex?) -> CourseFacts {
        course.map { settings.courses.facts($0) } ?? CourseFacts()
    }

    // MARK: - The pass asks

    /// Whether a rule's turn comes for a subject: not when it is left out already, not for a rule that this reading
    /// does not ask, and not when a field that the rule needs failed, which is counted.
    ///
    /// - Parameters:
    ///   - isDropped, failed: the subject's. Where it was handed over itself, it was copied for each rule.
    mutating func runs(_ number: Int, isDropped: Bool, failed: @autoclosure () -> FieldSet) -> Bool {
        guard !isDropped else { return false }
        let gate = gates[number]
        if asksRefusalsOnly || isSecondReading, !gate.refuses { return false }
        let failed = failed()
        guard failed.isDisjoint(with: gate.inputs) else {
            if !isSecondReading { notChecked.count(number, because: failed.intersection(gate.inputs)) }
            return false
        }
        current = UInt16(number)
        return true
    }

    /// Counts that the rule whose turn it is could not be asked of a unit or student: something that it needs had
    /// failed in one of the records.
    ///
    /// - Parameter failed: what had failed there; empty when nobody can say.
    mutating func countNotChecked(because failed: FieldSet = []) {
        if !isSecondReading { notChecked.count(Int(current), because: failed) }
    }

    /// Whether a rule has said anything in this context.
    func hasSaid(_ name: RuleName) -> Bool {
        guard let number = Catalogue.shared.number(of: name) else { return false }
        return findings.findings.contains { $0.rule == number }
    }

    // MARK: - Rules report

    /// Says what was found in a record and does the part of it that is the same for every rule: a hold marks the
    /// record and the field.
    ///
    /// - Parameters:
    ///   - message: which of the rule's messages.
    ///   - field: the field it is about, which names the export's column; nil for the whole row.
    ///   - origin: the row that says so, where it is not the record's own (an event from another row).
    ///   - value: what stands there, as it was understood.
    /// - Returns: what is to be done: `.repair` and `.drop` only when the rule is to carry them out.
    @discardableResult
    public mutating func report(
        _ message: Int = 0, on record: inout Record, at field: Field?, from origin: RowOrigin? = nil,
        value: String = "", _ parameters: [Parameter] = []
    ) -> Action {
        let action = report(
            message, fields: record.fields, at: field, from: origin ?? record.fields.origin, value: value, parameters)
        if action == .hold {
            record.isHeld = true
            mark(field, in: &record)
        } else if isRefusal(message) {
            mark(field, in: &record)
        }
        return action
    }

    /// Says what was found in a row's field; a hold marks the field as failed.
    @discardableResult
    public mutating func report(
        _ message: Int = 0, on candidate: inout Candidate, at field: Field, value: String = "",
        _ parameters: [Parameter] = []
    ) -> Action {
        let action = report(
            message, fields: candidate, at: field, from: candidate.origin, value: value, parameters)
        if action == .hold || isRefusal(message) { candidate.failed.insert(field) }
        return action
    }

    /// Says what was found about a whole file. `line` from 1, 0 for none; `school` where it is one school's.
    @discardableResult
    public mutating func reportFile(
        _ message: Int = 0, line: Int = 0, school: Skolkod? = nil, _ parameters: [Parameter] = []
    ) -> Action {
        guard let rule = Catalogue.shared.rule(current) else { return .none }
        let (action, level) = effect(of: rule, message)
        var finding = Finding(
            rule: current, level: level, action: action,
            place: Place(input: fileInput, line: UInt32(max(0, line))))
        finding.school = school?.number ?? 0
        finding.variant = UInt8(message)
        findings.add(finding, parameters)
        return action
    }

    /// Whether a message of the rule whose turn it is makes a finished file one that CSN would refuse, or csnfil would
    /// not send.
    private func isRefusal(_ message: Int) -> Bool {
        guard isCheck, let rule = Catalogue.shared.rule(current) else { return false }
        return rule.standing.refuses && rule.messages[message].action != .none
    }

    private func mark(_ field: Field?, in record: inout Record) {
        guard let field else { return }
        if Event.fields.contains(field) {
            for index in record.events.indices { record.events[index].failed.insert(field) }
        } else {
            record.fields.failed.insert(field)
        }
    }

    private mutating func report(
        _ message: Int, fields: Candidate, at field: Field?, from origin: RowOrigin, value: String,
        _ parameters: [Parameter]
    ) -> Action {
        guard let rule = Catalogue.shared.rule(current) else { return .none }
        // What a rule only advises was said in the first reading.
        if isSecondReading && rule.messages[message].action == .none { return .none }
        let (action, level) = effect(of: rule, message)
        add(
            rule: current, message: message, action: action, level: level, fields: fields, at: field,
            column: field.flatMap { settings.column(origin.input, $0) }, from: origin,
            (value.isEmpty ? [] : [Parameter(Parameter.value, value, field?.isPersonal == true ? .personal : .open)])
                + parameters)
        return action
    }

    mutating func add(
        rule: UInt16, message: Int, action: Action, level: Level, fields: Candidate, at field: Field?, column: Int?,
        from origin: RowOrigin, _ parameters: [Parameter]
    ) {
        var finding = Finding(
            rule: rule, level: level, action: action,
            place: Place(
                input: origin.input, line: origin.line, column: column.map { UInt16(clamping: $0) } ?? .max,
                offset: origin.offset))
        finding.variant = UInt8(message)
        finding.field = field?.rawValue ?? .max
        finding.student = fields.studentKey
        finding.school = fields.skolkod?.number ?? 0
        finding.course = fields.course?.number ?? .max
        findings.add(finding, parameters)
    }

    /// What a message comes to in this run: by the configuration, by `--strict`, by what is judged, and in the second
    /// reading always a hold.
    func effect(of rule: any Rule.Type, _ message: Int) -> (action: Action, level: Level) {
        let said = rule.messages[message]
        if isSecondReading { return (.hold, .error) }
        if isCheck {
            if rule.standing.refuses && said.action != .none { return (.none, .error) }
            return (.none, said.level == .error ? .warning : said.level)
        }
        var action = said.action
        var level = said.level
        if !settings.policies.isEmpty, let number = Catalogue.shared.number(of: rule.name),
            let policy = settings.policies[number]
        {
            (action, level) = policy.applied(to: said, standing: rule.standing)
            // What CSN would refuse is never sent as it stands, whatever the level at which it is said.
            if action == .none && !rule.standing.canBeLowered { action = said.action }
        }
        if settings.isStrict, level == .warning, action != .hold { return (.hold, .error) }
        return (action, level)
    }
}

/// What the pass asks of a rule for each rule and subject: laid out once a run, because asking the rule's type took
/// longer than the rule.
struct RuleGate: Sendable {
    /// The fields a rule needs.
    let inputs: FieldSet
    /// A ● or ○ that the configuration has not lowered.
    let refuses: Bool

    /// Those of the whole catalogue, by a rule's number.
    static func all(for settings: RuleSettings) -> [RuleGate] {
        Catalogue.shared.rules.enumerated().map { number, rule in
            RuleGate(
                inputs: Catalogue.listedInputs[number],
                refuses: rule.standing.refuses && !settings.isLowered(UInt16(number), rule.standing))
        }
    }
}

extension RulePolicy {
    /// What a message comes to under a policy of the configuration. A repair or drop that the message does not have
    /// cannot be had by a policy; a hold that may not be lowered stays, and so does a repair without which no record
    /// can be written.
    func applied(to message: Message, standing: Standing) -> (action: Action, level: Level) {
        switch self {
        case .hold: (.hold, .error)
        case .warning where standing == .repairOrHold && message.action == .repair: (.repair, .warning)
        case .info where standing == .repairOrHold && message.action == .repair: (.repair, .info)
        case .warning where message.action != .hold || standing.canBeLowered: (.none, .warning)
        case .info where message.action != .hold || standing.canBeLowered: (.none, .info)
        default: (message.action, message.level)
        }
    }
}
