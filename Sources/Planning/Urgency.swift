import CSN

/// How soon something must reach CSN; the lesser is the more urgent.
///
/// csnfil's own order: what holds today first, since starts and drop-outs there move money now; then what is coming,
/// the soonest first; then what is past, the newest first. The handbook asks only that it be sent "så snart du har
/// registrerat förändringar".
struct Urgency: Hashable, Comparable {
    private enum Time: Int {
        case holdsToday, coming, past
    }

    private let time: Time
    private let daysAway: Int

    init(_ dates: DateSpan, today: Day) {
        if dates.holds(today) {
            (time, daysAway) = (.holdsToday, 0)
        } else if dates.first > today {
            (time, daysAway) = (.coming, dates.first - today)
        } else {
            (time, daysAway) = (.past, today - dates.last)
        }
    }

    static func < (left: Urgency, right: Urgency) -> Bool {
        (left.time.rawValue, left.daysAway) < (right.time.rawValue, right.daysAway)
    }
}
