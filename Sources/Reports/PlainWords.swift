import CSN
import Findings

/// Days, hours and numbers as people write them in a language.
struct PlainWords {
    let language: Language

    /// `måndag 23 november 2026`, `Monday 23 November 2026`.
    func day(_ day: Day) -> String {
        let (year, month, dayOfMonth) = day.civil
        return "\(weekdays[day.weekday - 1]) \(dayOfMonth) \(months[month - 1]) \(year)"
    }

    /// The day and the hour: `måndag 23 november 2026 kl. 17.00`, `Monday 23 November 2026, 17:00`.
    func moment(_ moment: Moment) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hour = two(moment.secondOfDay / 3_600)
        let minute = two(moment.secondOfDay / 60 % 60)
        return language == .sv
            ? "\(day(moment.day)) kl. \(hour).\(minute)" : "\(day(moment.day)), \(hour):\(minute)"
    }

    /// When a file may be uploaded, whenever that is read: `tisdag 24 november 2026, före kl. 17.00`, or with the day
    /// from which on when that is an earlier one.
    func upload(_ window: UploadWindow) -> String {
        let (from, before) = (window.from.day, window.before.day)
        let hour = clock(window.before)
        if from == before {
            return language == .sv ? "\(day(before)), före \(hour)" : "on \(day(before)), before \(hour)"
        }
        return language == .sv
            ? "från \(day(from)) och före \(day(before)) \(hour)"
            : "from \(day(from)) on, and before \(day(before)), \(hour)"
    }

    /// With its thousands apart: `12 345` (a no-break space), `12,345`.
    func number(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += language == .sv ? "\u{A0}" : "," }
            text.append(digit)
        }
        return text
    }

    /// A number with its noun, in the singular for 1.
    func count(_ count: Int, _ one: Text, _ many: Text) -> String {
        "\(number(count)) \((count == 1 ? one : many)[language])"
    }

    /// What stands before the remedy.
    var help: String { Text(sv: "åtgärd", en: "help")[language] }

    /// How grave a finding is.
    func level(_ level: Level) -> String {
        switch level {
        case .error: Text(sv: "fel", en: "error")[language]
        case .warning: Text(sv: "varning", en: "warning")[language]
        case .info: "info"
        }
    }

    /// `mån`, `Mon`.
    func shortWeekday(_ day: Day) -> String { String(weekdays[day.weekday - 1].prefix(3)) }

    private var weekdays: [String] {
        language == .sv
            ? ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
            : ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    }

    private var months: [String] {
        language == .sv
            ? [
                "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
                "november", "december",
            ]
            : [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
    }
}

extension PlainWords {
    func records(_ number: Int) -> String {
        count(number, Text(sv: "post", en: "record"), Text(sv: "poster", en: "records"))
    }

    func rows(_ number: Int) -> String { count(number, Text(sv: "rad", en: "row"), Text(sv: "rader", en: "rows")) }

    func students(_ number: Int) -> String {
        count(number, Text(sv: "studerande", en: "student"), Text(sv: "studerande", en: "students"))
    }

    func units(_ number: Int) -> String {
        count(number, Text(sv: "studieperiod", en: "study period"), Text(sv: "studieperioder", en: "study periods"))
    }
}

/// How text is set off where a person watches.
struct Emphasis {
    let isColoured: Bool

    enum Kind: String {
        case bold = "1"
        case red = "1;31"
        case yellow = "1;33"
        case blue = "1;34"
        case faint = "2"
    }

    func callAsFunction(_ kind: Kind, _ text: String) -> String { begin(kind) + text + end }

    /// What goes before the text.
    func begin(_ kind: Kind) -> String { isColoured ? "\u{1B}[\(kind.rawValue)m" : "" }

    /// What goes behind it.
    var end: String { isColoured ? "\u{1B}[0m" : "" }

    func level(_ level: Level, _ text: String) -> String {
        switch level {
        case .error: self(.red, text)
        case .warning: self(.yellow, text)
        case .info: self(.blue, text)
        }
    }
}

extension String {
    /// The text with every character that could steer a terminal or turn the direction of writing made visible:
    /// cells of an export go to the screen, and nobody knows what stands in them.
    public var forTerminal: String {
        guard unicodeScalars.contains(where: { $0.steersTerminals }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if scalar.value < 0x20 {
                text.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            } else {
                text.unicodeScalars.append(scalar.steersTerminals ? "\u{FFFD}" : scalar)
            }
        }
        return text
    }
}

extension [UInt8] {
    /// Makes the text that begins at `start`, in bytes of UTF-8, what ``Swift/String/forTerminal`` is.
    mutating func makeHarmlessForTerminals(from start: Int) {
        guard mayHoldSteering(from: start) else { return }
        let text = String(decoding: self[start...], as: UTF8.self).forTerminal
        removeSubrange(start...)
        append(contentsOf: text.utf8)
    }

    /// Whether there is a byte with which a character begins that steers terminals: all of them are below U+0020, or
    /// U+007F, or begin with C2 80 … C2 9F, E2 80 or E2 81. Quotation marks and dashes, which stand in nearly every
    /// sentence, are E2 80 90 … E2 80 A7.
    private func mayHoldSteering(from start: Int) -> Bool {
        var before: (UInt8, UInt8) = (0, 0)
        for byte in self[start...] {
            if byte < 0x20 || byte == 0x7F { return true }
            if before.1 == 0xC2, byte < 0xA0 { return true }
            if before.0 == 0xE2, before.1 == 0x81 || (before.1 == 0x80 && !(0x90...0xA7).contains(byte)) { return true }
            before = (before.1, byte)
        }
        return false
    }
}

extension Unicode.Scalar {
    /// Control characters (C0, DEL, C1), line separators and the marks that turn the direction of writing.
    fileprivate var steersTerminals: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
