/// The days on which CSN reads the file that lies in Mina tjänster, at 17:00.
///
/// CSN's handbook, "Så rapporterar du via fil": "CSN läser in filerna efter klockan 17 varje vardag. Det innebär att
/// om du skickar en fil till oss på söndagen och sedan en på måndagen, är det endast filen på måndagen som vi kommer
/// att läsa in." That a Saturday, a ``Holiday`` and the three eves are no *vardag* is csnfil's own reading: a file
/// planned for a day too late is read, one planned for a day without a reading is lost to the next.
public struct ReadingDays: Sendable {
    /// Days without a reading beyond weekends and holidays, as a school has learnt of them.
    public let additional: Set<Day>

    /// - Parameter additional: the configuration's `noReadingDays`.
    public init(additional: Set<Day> = []) {
        self.additional = additional
    }

    /// Whether CSN reads a file that day.
    public func isReadingDay(_ day: Day) -> Bool {
        day.weekday <= 5 && Holiday(on: day) == nil && !additional.contains(day)
    }

    /// The first reading day after a day.
    public func next(after day: Day) -> Day {
        var candidate = day + 1
        while !isReadingDay(candidate) { candidate = candidate + 1 }
        return candidate
    }

    /// The last reading day before a day.
    public func previous(before day: Day) -> Day {
        var candidate = day - 1
        while !isReadingDay(candidate) { candidate = candidate - 1 }
        return candidate
    }

    /// The reading that a file sent at a moment comes to: today's on a reading day before 17:00:00, from 17:00:00 on
    /// the next reading day's. The handbook's "efter klockan 17" names no grace, so there is none.
    public func reading(atOrAfter moment: Moment) -> Day {
        let today = moment.day
        return isReadingDay(today) && moment < ReadingDays.hour(of: today) ? today : next(after: today)
    }

    /// The moment the file of a reading day is read: 17:00:00.
    public static func hour(of readingDay: Day) -> Moment {
        Moment(day: readingDay, secondOfDay: 17 * 3_600)
    }

    /// When the file of a reading day may be uploaded without taking another one's place.
    ///
    /// The previous reading is over at 17:00 on its own day, but the window opens at the midnight after. The handbook
    /// gives both limits: what lies unread is replaced (Sunday's file by Monday's), and "Om du skickar två filer
    /// samma dag, tar vi bara emot den senast inskickade filen." So there are never two uploads on one calendar day.
    public func uploadWindow(of readingDay: Day) -> UploadWindow {
        UploadWindow(
            from: Moment(day: previous(before: readingDay) + 1, secondOfDay: 0),
            before: ReadingDays.hour(of: readingDay))
    }
}

/// From when and until when a file may be uploaded.
public struct UploadWindow: Hashable, Sendable {
    /// The first moment.
    public let from: Moment
    /// The first moment that is too late.
    public let before: Moment

    /// Whether a file uploaded at that moment comes to the reading the window belongs to.
    public func contains(_ moment: Moment) -> Bool {
        from <= moment && moment < before
    }
}
