/// A Swedish public holiday, or one of the three eves on which nobody works: days on which CSN is taken to read no
/// file.
///
/// CSN's handbook, "Så rapporterar du via fil", says "CSN läser in filerna efter klockan 17 varje vardag" and not
/// what a *vardag* is. csnfil's own reading: the red days of lag (1989:253) om allmänna helgdagar, with
/// midsommarafton, julafton and nyårsafton, which lag (1930:173) om beräkning av lagstadgad tid puts beside Sundays and
/// Saturdays. Calculated by today's law for any year: what was a holiday before 2005, when nationaldagen took annandag
/// pingst's place, is not asked for.
public enum Holiday: CaseIterable, Hashable, Sendable {
    case nyarsdagen
    case trettondedagJul
    case langfredagen
    case paskdagen
    case annandagPask
    case forstaMaj
    case kristiHimmelsfardsdag
    case pingstdagen
    case nationaldagen
    case midsommarafton
    case midsommardagen
    case allaHelgonsDag
    case julafton
    case juldagen
    case annandagJul
    case nyarsafton

    /// The holiday on a day; nil when it is none. Where two meet (första maj and Kristi himmelsfärdsdag in 2008) the
    /// one with a fixed date is given.
    public init?(on day: Day) {
        let (year, month, dayOfMonth) = day.civil
        if let fixed = Holiday(month: month, day: dayOfMonth) {
            self = fixed
        } else if let saturday = Holiday(month: month, day: dayOfMonth, weekday: day.weekday) {
            self = saturday
        } else if let easter = Day.easterSunday(of: year), let movable = Holiday(daysAfterEaster: day - easter) {
            self = movable
        } else {
            return nil
        }
    }

    private init?(month: Int, day: Int) {
        switch (month, day) {
        case (1, 1): self = .nyarsdagen
        case (1, 6): self = .trettondedagJul
        case (5, 1): self = .forstaMaj
        case (6, 6): self = .nationaldagen
        case (12, 24): self = .julafton
        case (12, 25): self = .juldagen
        case (12, 26): self = .annandagJul
        case (12, 31): self = .nyarsafton
        default: return nil
        }
    }

    /// Midsommardagen is the Saturday of 20–26 June, alla helgons dag that of 31 October–6 November.
    private init?(month: Int, day: Int, weekday: Int) {
        switch (month, day, weekday) {
        case (6, 19...25, 5): self = .midsommarafton
        case (6, 20...26, 6): self = .midsommardagen
        case (10, 31, 6), (11, 1...6, 6): self = .allaHelgonsDag
        default: return nil
        }
    }

    private init?(daysAfterEaster days: Int) {
        switch days {
        case -2: self = .langfredagen
        case 0: self = .paskdagen
        case 1: self = .annandagPask
        case 39: self = .kristiHimmelsfardsdag
        case 49: self = .pingstdagen
        default: return nil
        }
    }

    /// The name in Swedish, in lower case as inside a sentence.
    public var name: String {
        switch self {
        case .nyarsdagen: "nyårsdagen"
        case .trettondedagJul: "trettondedag jul"
        case .langfredagen: "långfredagen"
        case .paskdagen: "påskdagen"
        case .annandagPask: "annandag påsk"
        case .forstaMaj: "första maj"
        case .kristiHimmelsfardsdag: "Kristi himmelsfärdsdag"
        case .pingstdagen: "pingstdagen"
        case .nationaldagen: "nationaldagen"
        case .midsommarafton: "midsommarafton"
        case .midsommardagen: "midsommardagen"
        case .allaHelgonsDag: "alla helgons dag"
        case .julafton: "julafton"
        case .juldagen: "juldagen"
        case .annandagJul: "annandag jul"
        case .nyarsafton: "nyårsafton"
        }
    }
}

extension Day {
    /// Easter Sunday of a year of the Gregorian calendar (1583–9998); nil for any other year.
    ///
    /// Source: the anonymous Gregorian algorithm (Nature, 20 April 1876; also Meeus/Jones/Butcher), with its letters.
    public static func easterSunday(of year: Int) -> Day? {
        guard year >= 1583 else { return nil }
        let a = year % 19
        let (b, c) = year.quotientAndRemainder(dividingBy: 100)
        let (d, e) = b.quotientAndRemainder(dividingBy: 4)
        let f = (b + 8) / 25
        let g = (b - f + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let (i, k) = c.quotientAndRemainder(dividingBy: 4)
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let (month, day) = (h + l - 7 * m + 114).quotientAndRemainder(dividingBy: 31)
        return Day(year: year, month: month, day: day + 1)
    }
}
