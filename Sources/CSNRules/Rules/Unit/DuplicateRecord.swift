import CSN
import Findings

/// `duplicate-record`: the same record, or the same event of a record, once more: the copy is left out.
enum DuplicateRecord: UnitRule {
    static let name: RuleName = "duplicate-record"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields: FieldSet = []
    static let turn = Turn(.drop, 10)
    static let concerns: RecordTraits = .repetition
    static let inputs: FieldSet = []

    /// Whether two records say the same in every value that reaches the file, their events apart.
    static func isSame(_ left: Record, _ right: Record) -> Bool {
        [left, right].allSatisfy { $0.failed.isEmpty && !$0.isDropped && !$0.isHeld }
            && left.fields.hasSameContent(as: right.fields)
    }

    static func apply(to unit: inout UnitRecords, _ context: inout RuleContext) {
        if !context.isCheck, unit.hasCourseTwice { bringTogether(&unit.records) }
        for index in unit.records.indices where unit.records[index].hasCopies && !unit.records[index].isDropped {
            let kept = unit.records[index].fields.origin
            for copy in unit.records[index].copies {
                context.report(
                    on: &unit.records[index], at: nil, from: copy, Parameter.line(of: kept, seenFrom: copy))
            }
        }
    }

    /// Rows that differed as they were read can have become the same by now: a date without a grade went, an end date
    /// moved. They are one record, as if they had come so.
    private static func bringTogether(_ records: inout [Record]) {
        var index = 0
        while index < records.count {
            var next = index + 1
            while next < records.count, records[next].startdatum == records[index].startdatum {
                if isSame(records[index], records[next]) {
                    records[index].absorb(records.remove(at: next))
                } else {
                    next += 1
                }
            }
            index += 1
        }
    }

    static let title = Text(
        sv: "Samma post eller händelse förekommer mer än en gång.",
        en: "The same record or event occurs more than once.")
    static let explanation = Text(
        sv: """
            Två rader är samma post när alla uppgifter som når CSN:s fil är lika; grupp, namn och kursnamn räknas inte. \
            Rader som bara skiljer sig i händelse är olika händelser på en och samma post. Kopian utelämnas, ingenting \
            går förlorat.
            """,
        en: """
            Two rows are the same record when everything that reaches CSN's file is equal; group, names and course \
            name do not count. Rows that differ only in their event are several events of one record. The copy is left \
            out, nothing is lost.
            """)
    static let remedy = Text(
        sv:
            "Ingenting behöver göras. Står många rader dubbelt, se om exporten gör en rad för varje grupp eller lärare.",
        en:
            "Nothing needs doing. If many rows stand twice, see whether the export makes a row for each group or teacher."
    )
    static let messages = [
        Message.drop(
            sv: "samma uppgifter som på rad {line}: kopian skickas inte",
            en: "the same as line {line}: the copy is not sent")
    ]
    static let source = Source.own(
        Text(
            sv: "En kurs som står två gånger i filen skulle kunna räknas två gånger.",
            en: "A course that stands in the file twice might be counted twice."))
    static let broken = Example([:], [:])
    static let satisfied = Example([:], ["kurskod": "ENGENG05"])
}

extension Record {
    /// Takes in a record of the same content: what it says anew is an event of this one, what it says again is a copy.
    fileprivate mutating func absorb(_ other: Record) {
        fields.marks.formUnion(other.marks)
        if let day = other.fields.exportDay { fields.exportDay = max(day, fields.exportDay ?? day) }
        copies += other.copies
        let known = events
        for row in [other.fields.origin] + other.mergedRows {
            let fresh = other.events.filter { event in
                event.origin == row && !known.contains { $0.orsak == event.orsak && $0.date == event.date }
            }
            let saysNothingMore = other.events.allSatisfy { $0.origin != row } && !known.isEmpty
            events += fresh
            if fresh.isEmpty && !saysNothingMore { copies.append(row) } else { mergedRows.append(row) }
        }
        sortEvents()
    }

    /// Brings the events into the order of date, then kind.
    mutating func sortEvents() {
        func key(_ event: Event) -> (Int32, UInt8) { (event.date?.number ?? .max, event.orsak?.rawValue ?? .max) }
        events.sort { key($0) < key($1) }
    }

    /// Makes an event another kind, on the course's first day. Where the record already says so, the event goes.
    mutating func change(event index: Int, to orsak: Meddelandeorsak) {
        let isSaid = events.contains { $0.orsak == orsak && $0.date == startdatum }
        if isSaid {
            events.remove(at: index)
        } else {
            events[index].orsak = orsak
            events[index].date = startdatum
            sortEvents()
        }
    }
}
