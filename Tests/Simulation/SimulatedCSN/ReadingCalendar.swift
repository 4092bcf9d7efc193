/// On which days the authority reads, by its own table.
///
/// Weekdays that are no public holiday in Sweden (lag 1989:253) and neither Midsummer Eve, Christmas Eve nor New Year's
/// Eve. That the eves have no reading is csnfil's reading of CSN's word "vardag"; the authority played here shares it.
public struct ReadingCalendar: Sendable {
    /// The hour of the reading.
    public static let hour = 17

    /// The calendar.
    public init() {}

    /// Easter Sunday by Gauss's rule with the constants of 1900–2099.
    public static func easter(_ year: Int) -> CalendarDay? {
        guard (1900...2099).contains(year) else { return nil }
        let golden = year % 19
        let moon = (19 * golden + 24) % 30
        let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
        var afterMarch = 22 + moon + sunday
        if moon == 29 && sunday == 6 { afterMarch -= 7 }
        if moon == 28 && sunday == 6 && golden > 10 { afterMarch -= 7 }
        return CalendarDay(year, 3, 1).map { $0 + (afterMarch - 1) }
    }

    /// Whether nobody works at the authority that day although it is no Saturday or Sunday.
    public func isFree(_ day: CalendarDay) -> Bool {
        let (year, month, date) = day.parts
        switch (month, date) {
        case (1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31): return true
        // Midsummer Eve: the Friday that is 19–25 June.
        case (6, 19...25) where day.weekday == 4: return true
        default: break
        }
        guard let easter = ReadingCalendar.easter(year) else { return false }
        // Good Friday, Easter Monday, Ascension Day.
        return [-2, 1, 39].contains(day - easter)
    }

    /// Whether there is a reading at 17:00 that day.
    public func reads(on day: CalendarDay) -> Bool { day.weekday < 5 && !isFree(day) }

    /// The first reading that is after a moment, or at it.
    public func reading(from time: WallTime) -> CalendarDay {
        var day = time.day
        if time > WallTime(day, ReadingCalendar.hour) { day = day + 1 }
        while !reads(on: day) { day = day + 1 }
        return day
    }

    /// The reading to which a file comes that is uploaded at a moment: at 17:00:00 today's is under way.
    public func readingOfUpload(at time: WallTime) -> CalendarDay {
        reading(from: WallTime(time.day, 0, 0, time.second + 1))
    }

    /// The last reading day before a day.
    public func readingDay(before day: CalendarDay) -> CalendarDay {
        var day = day - 1
        while !reads(on: day) { day = day - 1 }
        return day
    }
}
