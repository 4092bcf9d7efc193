import Testing

/// A finished file written by this test and not by the program, from records as words by field name, in the order in
/// which they stand in the file. It knows on which line each field stands.
struct FinishedFile {
    /// The shipped layouts.
    enum Form: String, CaseIterable, CustomTestStringConvertible {
        case xml = "komvux"
        case fixed = "komvux-fixed"

        var testDescription: String { rawValue }
        var fileName: String { self == .xml ? "file.xml" : "file.txt" }
    }

    typealias Words = [String: String]

    let form: Form
    private(set) var text = ""
    /// By record, the line of each of its fields that is written; and of the elements that
    /// hold them, by position all one.
    private(set) var lines: [[String: Int]] = []
    private var line = 1

    init(_ records: [Words], _ form: Form) throws {
        self.form = form
        switch form {
        case .xml: writeXML(records)
        case .fixed: try writeFixed(records)
        }
    }

    /// UTF-8, or by position ISO-8859-1.
    var bytes: [UInt8] {
        form == .xml ? Array(text.utf8) : text.unicodeScalars.map { UInt8(clamping: $0.value) }
    }

    private mutating func add(_ text: String) {
        self.text += text + (form == .xml ? "\n" : "\r\n")
        line += 1
    }

    // MARK: - By position

    /// The fields with their widths, in order.
    static let widths: [(field: String, width: Int)] = [
        ("skolkod", 4), ("personnummer", 12), ("kurskod", 10), ("kursdel", 2), ("fardighetstraning", 1),
        ("omfattning", 1), ("poang", 3), ("niva", 2), ("startdatum", 8), ("slutdatum", 8), ("uppdragsutbildning", 1),
        ("traineejobb", 1), ("registrering", 1), ("meddelandeorsak", 2), ("handelsedatum", 8), ("betyg", 1),
        ("betygsdatum", 8),
    ]

    /// How `check` names a field by position: its characters from 1.
    static func position(of field: String) throws -> String {
        let index = try #require(widths.firstIndex { $0.field == field })
        let first = widths[..<index].reduce(1) { $0 + $1.width }
        let last = first + widths[index].width - 1
        return first == last ? "\(field) (\(first))" : "\(field) (\(first)–\(last))"
    }

    private mutating func writeFixed(_ records: [Words]) throws {
        for record in records {
            var places = Dictionary(
                uniqueKeysWithValues: ["skola", "studerande", "kurs", "handelse"].map { ($0, line) })
            var text = ""
            for (field, width) in FinishedFile.widths {
                let isDate = field.hasSuffix("datum")
                let word = (record[field] ?? "").filter { !isDate || $0 != "-" }
                try #require(word.count <= width, "\(field) has no room for \(word)")
                text += word + String(repeating: " ", count: width - word.count)
                if !word.isEmpty { places[field] = line }
            }
            lines.append(places)
            add(text)
        }
    }

    // MARK: - XML

    private static let namespace = "urn:csnfil:komvux:1"
    private static let before = [
        "kurskod", "kursdel", "fardighetstraning", "omfattning", "poang", "niva", "startdatum", "slutdatum",
        "uppdragsutbildning", "traineejobb", "registrering",
    ]
    private static let event = ["meddelandeorsak", "handelsedatum"]
    private static let after = ["betyg", "betygsdatum"]

    /// How `check` names a field of XML.
    static func path(of field: String) -> String {
        let student = "/komvuxrapport/skola/studerande"
        switch field {
        case "skolkod": return "/komvuxrapport/skola/skolkod"
        case "personnummer": return student + "/personnummer"
        case "meddelandeorsak", "handelsedatum": return student + "/kurs/handelse/" + field
        default: return student + "/kurs/" + field
        }
    }

    private mutating func writeXML(_ records: [Words]) {
        add(#"<?xml version="1.0" encoding="UTF-8"?>"#)
        add(#"<komvuxrapport xmlns="\#(FinishedFile.namespace)">"#)
        var school: String?
        var student: String?
        var places: [String: Int] = [:]
        for record in records {
            if record["skolkod"] != school {
                if school != nil { add("    </studerande>\n  </skola>", lines: 2) }
                (school, student) = (record["skolkod"], nil)
                places = ["skola": line]
                add("  <skola>")
                write("skolkod", of: record, indent: 4, &places)
            }
            if record["personnummer"] != student {
                if student != nil { add("    </studerande>") }
                student = record["personnummer"]
                (places["personnummer"], places["studerande"]) = (nil, line)
                add("    <studerande>")
                write("personnummer", of: record, indent: 6, &places)
            }
            var own = places
            own["kurs"] = line
            add("      <kurs>")
            for field in FinishedFile.before { write(field, of: record, indent: 8, &own) }
            if FinishedFile.event.contains(where: { !(record[$0] ?? "").isEmpty }) {
                own["handelse"] = line
                add("        <handelse>")
                for field in FinishedFile.event { write(field, of: record, indent: 10, &own) }
                add("        </handelse>")
            }
            for field in FinishedFile.after { write(field, of: record, indent: 8, &own) }
            add("      </kurs>")
            lines.append(own)
        }
        add("    </studerande>\n  </skola>", lines: 2)
        add("</komvuxrapport>")
    }

    private mutating func add(_ text: String, lines: Int) {
        add(text)
        line += lines - 1
    }

    private mutating func write(_ field: String, of record: Words, indent: Int, _ places: inout [String: Int]) {
        guard let word = record[field], !word.isEmpty else { return }
        places[field] = line
        add(String(repeating: " ", count: indent) + "<\(field)>\(word)</\(field)>")
    }
}
