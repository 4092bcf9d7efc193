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

/// The records of rows over the model row, each of its own.
func recordsOf(_ rows: [[String: String]]) throws -> [Record] {
    let table = CourseTable(ModelRow.courses)
    return try rows.map { Record(try ModelRow($0, line: 1, isCheck: false, table: table).candidate) }
}

/// The day of an ISO date that a test states.
func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }
