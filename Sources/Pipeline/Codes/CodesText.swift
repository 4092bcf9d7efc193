import Findings
import Normalizing
import Reports

/// What `codes` says, for people and for programs.
struct CodesText {
    let report: CodesReport
    let language: Language

    /// For people.
    func text() -> String {
        var lines = [headline[language]]
        var school: UInt16?
        for entry in report.entries where entry.code != nil {
            if entry.school != school {
                lines += ["", heading(of: entry.school)]
                school = entry.school
            }
            lines += self.lines(of: entry)
        }
        let hidden = report.entries.filter { $0.code == nil }
        if !hidden.isEmpty { lines += ["", hiddenText(hidden)[language]] }
        if report.rowsWithoutCode > 0 { lines += ["", withoutCode[language]] }
        lines += closing
        return lines.map { $0.forTerminal + "\n" }.joined()
    }

    private var headline: Text {
        guard !report.entries.isEmpty else {
            return Text(sv: "Alla kurskoder är kända.", en: "All course codes are known.")
        }
        let rows = report.entries.reduce(0) { $0 + $1.rows }
        let count = report.entries.count
        return Text(
            sv: "\(count) \(count == 1 ? "kurskod är okänd" : "kurskoder är okända"), i \(rows) rader.",
            en: "\(count) \(count == 1 ? "course code is" : "course codes are") unknown, in \(rows) rows.")
    }

    private func heading(of school: UInt16) -> String {
        school == 0
            ? Text(sv: "Skola som inte är känd", en: "A school that is not known")[language]
            : Text(sv: "Skola \(school)", en: "School \(school)")[language]
    }

    private func lines(of entry: CodesReport.Entry) -> [String] {
        let counts = Text(
            sv: "\(entry.rows) rader, \(entry.students) elever, först \(entry.place)",
            en: "\(entry.rows) rows, \(entry.students) students, first \(entry.place)")[language]
        let name = entry.name.map { "  ”\($0)”" } ?? ""
        var lines = ["  \(entry.code ?? "")\(name)  \(counts)"]
        if entry.isTooLong {
            lines.append(
                "    "
                    + Text(
                        sv: "längre än CSN:s tio tecken", en: "longer than CSN's ten characters")[language])
        }
        for candidate in entry.candidates {
            lines.append(
                "    \(candidate.course.code)  \(candidate.course.name)  (\(CodesText.reasons(candidate, language)))")
        }
        if let place = entry.waitsAt {
            lines.append("    " + Text(sv: "väntar i \(place)", en: "waits in \(place)")[language])
        }
        return lines
    }

    /// Why a course is a candidate, in words.
    static func reasons(_ candidate: CourseCandidate, _ language: Language) -> String {
        var words: [Text] = []
        if candidate.reasons.contains(.code) { words.append(Text(sv: "kod", en: "code")) }
        if candidate.reasons.contains(.name) { words.append(Text(sv: "namn", en: "name")) }
        return words.map { $0[language] }.joined(separator: ", ")
    }

    private func hiddenText(_ hidden: [CodesReport.Entry]) -> Text {
        let places = hidden.prefix(5).map(\.place).joined(separator: ", ")
        let count = hidden.count
        return Text(
            sv: "\(count) värden visas inte: de kan vara namn eller personnummer i fel kolumn. Se \(places).",
            en: "\(count) values are not shown: they may be names or numbers in the wrong column. See \(places).")
    }

    private var withoutCode: Text {
        Text(
            sv: "\(report.rowsWithoutCode) rader har ingen kurskod alls.",
            en: "\(report.rowsWithoutCode) rows have no course code at all.")
    }

    private var closing: [String] {
        var lines: [String] = []
        for file in report.written {
            lines.append(
                Text(
                    sv: "\(file.path): \(file.added) rader tillagda. Fyll i kurskod, eller skriv ja i leaveOut.",
                    en: "\(file.path): \(file.added) rows added. Fill in kurskod, or write ja in leaveOut.")[language])
        }
        lines += report.notices.map { $0[language] }
        if lines.isEmpty, report.entries.contains(where: { $0.code != nil && $0.waitsAt == nil && $0.school != 0 }) {
            lines.append(
                Text(
                    sv: "Rätta koderna i skolans system, eller kör om med --write och fyll i skolans kurslista.",
                    en: "Correct the codes in the school's system, or run again with --write and fill in the list.")[
                        language])
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// For programs: one object.
    func json() -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.head(.csnfil)
            writer.array("codes") { list in
                for entry in report.entries where entry.code != nil { list.object { append(entry, &$0) } }
            }
            writer.array("hidden") { list in
                for entry in report.entries where entry.code == nil {
                    list.object {
                        $0.number("skolkod", entry.school == 0 ? nil : Int(entry.school))
                        $0.number("rows", entry.rows)
                        $0.number("students", entry.students)
                        $0.string("first", entry.place)
                    }
                }
            }
            writer.number("rowsWithoutCode", report.rowsWithoutCode)
            writer.array("written") { list in
                for file in report.written {
                    list.object {
                        $0.string("path", file.path)
                        $0.number("skolkod", Int(file.school))
                        $0.number("added", file.added)
                    }
                }
            }
            writer.strings("notices", report.notices.map { $0[language] })
        }
        writer.newline()
        return writer.take()
    }

    private func append(_ entry: CodesReport.Entry, _ writer: inout JSONWriter) {
        writer.number("skolkod", entry.school == 0 ? nil : Int(entry.school))
        writer.string("code", entry.code)
        writer.string("name", entry.name)
        writer.number("rows", entry.rows)
        writer.number("students", entry.students)
        writer.string("problem", entry.isTooLong ? "too-long" : "unknown")
        writer.string("first", entry.place)
        writer.array("candidates") { list in
            for candidate in entry.candidates {
                list.object {
                    $0.string("kurskod", candidate.course.code)
                    $0.string("name", candidate.course.name)
                    $0.number("points", candidate.course.facts.points)
                    var reasons: [String] = []
                    if candidate.reasons.contains(.code) { reasons.append("code") }
                    if candidate.reasons.contains(.name) { reasons.append("name") }
                    $0.strings("by", reasons)
                }
            }
        }
        writer.string("waitsAt", entry.waitsAt)
    }
}
