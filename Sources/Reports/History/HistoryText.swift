import CSN
import Findings

/// What a person reads of a student's history.
public struct HistoryText: Sendable {
    private let report: HistoryReport
    private let language: Language
    private let plain: PlainWords
    private let emphasis: Emphasis

    /// The text of a report in a language.
    public init(_ report: HistoryReport, in language: Language, isColoured: Bool = false) {
        self.report = report
        self.language = language
        plain = PlainWords(language: language)
        emphasis = Emphasis(isColoured: isColoured)
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    /// School by school, course by course.
    public func text() -> String {
        guard !report.students.isEmpty else {
            return say(
                "Inget är rapporterat för den studerande.\n", "Nothing was reported of the student.\n")
        }
        return report.students.map(part).joined(separator: "\n")
    }

    private func part(_ student: HistoryReport.Student) -> String {
        let school = student.schoolName.map { "\(student.skolkod) \($0)" } ?? student.skolkod.description
        let title = say(
            "Studerande \(student.key) (\(student.personnummer)), skola \(school)",
            "Student \(student.key) (\(student.personnummer)), school \(school)")
        guard !student.courses.isEmpty else {
            return emphasis(.bold, title.forTerminal) + "\n  "
                + say("inget de senaste 12 månaderna eller framåt", "nothing in the last 12 months or ahead") + "\n"
        }
        return emphasis(.bold, title.forTerminal) + "\n" + student.courses.map(part).joined()
    }

    private func part(_ course: HistoryReport.Course) -> String {
        let name = "\(course.kurskod) \(course.kursdel.part):\(course.kursdel.parts)"
        var text = "  " + emphasis(.bold, say("\(name) från \(course.startdatum)", "\(name) from \(course.startdatum)"))
        text += "\n    " + say("CSN har:", "CSN has:") + " "
        text += (course.csn.map(content) ?? say("inget", "nothing")) + "\n"
        if let forgotten = course.forgotten {
            text += "    " + say("släppt", "let go") + " \(plain.moment(forgotten.at)): \(forgotten.reason)".forTerminal
            text += "\n"
        }
        return text + course.files.map(line).joined()
    }

    private func line(_ entry: HistoryReport.Entry) -> String {
        let file = entry.file
        var text = "    \(file.path) #\(file.number): ".forTerminal
        text += entry.content.map(content) ?? say("utan kursen", "without the course")
        return text + "\n      \(became(file))\n"
    }

    /// What became of the file, with the day that matters.
    private func became(_ file: OutboxFile) -> String {
        let state = plain.state(file.state)
        let reading = plain.day(file.reading)
        switch file.state {
        case .planned: return "\(state), \(plain.upload(file.window, seenFrom: report.now))"
        case .sent:
            let when = file.sent.map { plain.moment($0) } ?? ""
            return say("\(state) \(when), läses \(reading)", "\(state) \(when), to be read on \(reading)")
        case .accepted: return "\(state) \(reading)"
        case .rejected, .withdrawn, .replaced:
            let when = file.closed.map { " " + plain.moment($0) } ?? ""
            guard file.state == .replaced, file.sent == nil else { return state + when }
            return state + when + say("; ingen har sagt att den laddades upp", "; nobody has said that it was uploaded")
        }
    }

    private func content(_ content: HistoryReport.Content) -> String {
        content.values.map { value in
            let name = language == .sv ? value.field.swedish : value.field.name
            return "\(name) \(value.text)"
        }.joined(separator: ", ")
    }
}
