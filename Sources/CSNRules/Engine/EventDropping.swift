import CSN
import Findings

extension RuleContext {
    /// Reports each event of a record for which a message is said, and leaves out those that are to be left out.
    ///
    /// The sentence gets the meddelandeorsak as `{value}` and the event's day as `{date}`.
    ///
    /// - Parameter message: which of the rule's messages an event gets; nil for an event that the rule is not about.
    mutating func dropEvents(of record: inout Record, saying message: (Meddelandeorsak, Event) -> Int?) {
        var dropped: Set<Int> = []
        for index in record.events.indices {
            let event = record.events[index]
            guard let orsak = event.orsak, let message = message(orsak, event) else { continue }
            let action = report(
                message, on: &record, at: .meddelandeorsak, from: event.origin, value: String(orsak.rawValue),
                [Parameter("date", event.date?.description ?? "–")])
            if action == .drop { dropped.insert(index) }
        }
        record.dropEvents(at: dropped)
    }
}
