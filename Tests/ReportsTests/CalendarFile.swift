/// An iCalendar file as a reader of RFC 5545 sees it, written from the RFC alone.
struct CalendarFile {
    struct Broken: Error, CustomStringConvertible { var description: String }

    /// A component with its properties and the components in it.
    struct Component {
        var name: String
        var properties: [Property] = []
        var components: [Component] = []

        /// The value of the one property of a name; nil when there is none or several.
        subscript(name: String) -> String? {
            let found = properties.filter { $0.name == name }
            return found.count == 1 ? found.first?.value : nil
        }

        /// The text (3.3.11) of the one property of a name.
        func text(_ name: String) -> String? { self[name].flatMap(CalendarFile.text) }

        func all(_ name: String) -> [Component] { components.filter { $0.name == name } }
    }

    struct Property {
        var name: String
        var parameters: [String: String]
        var value: String
    }

    let calendar: Component

    init(_ bytes: [UInt8]) throws {
        var stack = [Component(name: "")]
        for line in try CalendarFile.lines(bytes) {
            let property = try CalendarFile.property(line)
            switch property.name {
            case "BEGIN": stack.append(Component(name: property.value))
            case "END":
                guard let last = stack.popLast(), last.name == property.value, !stack.isEmpty else {
                    throw Broken(description: "END:\(property.value) ends nothing")
                }
                stack[stack.count - 1].components.append(last)
            default: stack[stack.count - 1].properties.append(property)
            }
        }
        guard stack.count == 1, stack[0].properties.isEmpty, stack[0].components.count == 1,
            let calendar = stack[0].components.first, calendar.name == "VCALENDAR"
        else { throw Broken(description: "not one VCALENDAR") }
        self.calendar = calendar
    }

    /// Content lines (3.1): CRLF, at most 75 octets, whole characters, folded by one blank.
    private static func lines(_ bytes: [UInt8]) throws -> [String] {
        var lines: [String] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: 13), end + 1 < rest.endIndex, rest[end + 1] == 10 else {
                throw Broken(description: "a line does not end in CRLF")
            }
            let line = rest[..<end]
            guard line.count <= 75 else { throw Broken(description: "\(line.count) octets in a line") }
            guard !line.contains(10), let text = String(validating: line, as: UTF8.self) else {
                throw Broken(description: "a line is not whole UTF-8")
            }
            if text.unicodeScalars.first == " ", !lines.isEmpty {
                lines[lines.count - 1] += String(text.unicodeScalars.dropFirst())
            } else {
                lines.append(text)
            }
            rest = rest[(end + 2)...]
        }
        return lines
    }

    private static func property(_ line: String) throws -> Property {
        guard let colon = line.firstIndex(of: ":") else { throw Broken(description: "no colon: \(line)") }
        let head = line[..<colon].split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        let parameters = head.dropFirst().map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        guard let name = head.first, !name.isEmpty, parameters.allSatisfy({ $0.count == 2 }) else {
            throw Broken(description: "not a property: \(line)")
        }
        return Property(
            name: name, parameters: Dictionary(parameters.map { ($0[0], $0[1]) }) { first, _ in first },
            value: String(line[line.index(after: colon)...]))
    }

    /// The text that a value stands for; nil where something is not escaped that has to be.
    static func text(_ value: String) -> String? {
        var text = ""
        var rest = value.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\":
                guard let next = rest.popFirst() else { return nil }
                switch next {
                case "n", "N": text += "\n"
                case "\\", ";", ",": text.unicodeScalars.append(next)
                default: return nil
                }
            case ";", ",": return nil
            case _ where scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7F: return nil
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
