/// Writes the content lines of iCalendar (RFC 5545).
struct CalendarWriter {
    /// What was written so far, UTF-8.
    private(set) var bytes: [UInt8] = []

    /// RFC 5545, section 3.1: "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break."
    private static let mostOctets = 75

    /// A component with what stands in it.
    mutating func component(_ name: String, _ content: (inout CalendarWriter) -> Void) {
        line("BEGIN", name)
        content(&self)
        line("END", name)
    }

    /// A property whose value is a text: section 3.3.11 has backslashes, semicolons, commas and line ends escaped.
    mutating func text(_ name: String, _ value: String) {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                escaped.unicodeScalars.append("\\")
                escaped.unicodeScalars.append(scalar)
            case "\n": escaped += "\\n"
            // CONTROL, which a text may not hold.
            case _ where scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F: escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        line(name, escaped)
    }

    /// A property whose value stands as it is. The line is folded before a character that would go beyond 75 octets;
    /// the blank that a folded line begins with is one of its octets.
    mutating func line(_ name: String, _ value: String) {
        var octets = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let size = UTF8.width(scalar)
            if octets + size > CalendarWriter.mostOctets {
                bytes.append(contentsOf: "\r\n ".utf8)
                octets = 1
            }
            bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
            octets += size
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }
}
