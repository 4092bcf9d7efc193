import CSN
import Findings
import Testing

@testable import CSNRules

/// What a rule does about rows that are laid over the model row.
extension Judgement {
    /// What a rule did, in the order in which it spoke.
    func actions(of rule: RuleName) -> [Action] { found.filter { $0.rule == rule }.map(\.action) }

    /// The levels of what a rule said.
    func levels(of rule: RuleName) -> [Level] {
        findings.findings.filter { Catalogue.shared.rule($0.rule)?.name == rule }.map(\.level)
    }

    /// What is sent of the only record.
    func onlyRecord() throws -> Record {
        try #require(records.count == 1)
        return records[0]
    }

    /// What reaches the file, without where it came from and in an order of its own: to compare runs over the same rows
    /// in another order.
    var sent: Set<String> {
        Set(
            students.flatMap { student in
                student.units.flatMap { unit in unit.present.map { "\(unit.isHeld ? "held" : "sent") \(Self.text($0))" }
                }
            })
    }

    private static func text(_ record: Record) -> String {
        let events = record.events.map { "\($0.orsak?.rawValue ?? 0) \($0.date?.description ?? "-")" }
        let fields = record.fields
        return """
            \(fields.course?.number ?? 0) \(fields.kursdel?.number ?? 0) \(fields.startdatum?.description ?? "-") \
            \(fields.slutdatum?.description ?? "-") \(fields.registrering) \(fields.betyg?.code ?? "") \
            \(fields.betygsdatum?.description ?? "") \(events)
            """
    }
}

extension RuleSettings {
    /// The configuration's word on a rule.
    mutating func set(_ policy: RulePolicy, for rule: RuleName) throws {
        policies[try #require(Catalogue.shared.number(of: rule))] = policy
    }
}

/// What CSN has, given as rows over the model row.
struct Delivered: EarlierDelivery {
    let all: [Record]

    init(_ rows: [String: String]...) throws { all = try Delivered.records(rows) }

    /// The records of rows over the model row.
    static func records(_ rows: [[String: String]]) throws -> [Record] {
        let table = CourseTable(ModelRow.courses)
        return try rows.map { Record(try ModelRow($0, line: 1, isCheck: false, table: table).candidate) }
    }

    func records(of student: Personnummer, at school: Skolkod) -> [Record] {
        all.filter { $0.personnummer == student && $0.skolkod == school }
    }
}

/// The day of an ISO date that a test states.
func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }
