import Findings

/// What a person reads of files that were looked at: what each is, by which profile, and what to do where none fits.
public struct DetectText: Sendable {
    private let report: DetectReport
    private let language: Language
    private let emphasis: Emphasis
    private let plain: PlainWords

    /// The text of a report in a language.
    public init(_ report: DetectReport, in language: Language, isColoured: Bool = false) {
        self.report = report
        self.language = language
        emphasis = Emphasis(isColoured: isColoured)
        plain = PlainWords(language: language)
    }

    /// The files one by one, and a closing line where there are several.
    public func text() -> String {
        var parts = report.files.map(part)
        if report.files.count > 1 {
            let known = report.files.count(where: \.isRecognised)
            parts.append(
                say(
                    "\(known) av \(report.files.count) filer känns igen.",
                    "\(known) of \(report.files.count) files are recognised.") + "\n")
        }
        return parts.joined(separator: "\n")
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    private func part(_ file: DetectReport.File) -> String {
        let path = file.path.forTerminal
        var text: String
        if let reading = file.readings.first, file.isRecognised {
            let what = say(
                "\(reading.system), profilen \(reading.profile)", "\(reading.system), profile \(reading.profile)")
            text = emphasis(.bold, "\(path): \(what.forTerminal)") + "\n" + lines(for: reading, of: file)
        } else {
            text =
                emphasis(
                    .red,
                    "\(path): "
                        + (file.readings.isEmpty
                            ? say("känns inte igen", "is not recognised")
                            : say("flera profiler passar", "several profiles fit"))) + "\n"
            text += line(say("filen är", "the file is"), file.kind.text[language])
            if let encoding = file.encoding { text += line(say("teckenkodning", "encoding"), encoding[language]) }
            for reading in file.readings {
                text += "\n  \(emphasis(.bold, reading.profile.forTerminal))\n" + lines(for: reading, of: file)
            }
            if !file.distinctions.isEmpty {
                text += "\n  " + emphasis(.bold, say("Det som skiljer dem", "What tells them apart")) + "\n"
                for distinction in file.distinctions { text += "    \(distinction[language].forTerminal)\n" }
            }
            if let nearest = file.nearest { text += near(nearest) }
        }
        if !file.otherProfiles.isEmpty {
            text += line(say("läses likadant av", "read alike by"), file.otherProfiles.joined(separator: ", "))
        }
        if let problem = file.problem { text += "  \(problem[language].forTerminal)\n" }
        if let next = file.next {
            text += "  \(emphasis(.bold, say("gör så här", "what to do next"))): \(next[language].forTerminal)\n"
        }
        return text
    }

    private func line(_ label: String, _ value: String) -> String {
        "  \(label): \(value.forTerminal)\n"
    }

    // MARK: - One reading

    private func lines(for reading: DetectReport.Reading, of file: DetectReport.File) -> String {
        var text = "  \(reading.title.forTerminal)\n"
        if !reading.known.isEmpty { text += line(say("känt", "known"), reading.known.onOneLine) }
        if !reading.ours.isEmpty {
            text += line(say("csnfils egen tolkning", "csnfil's own reading"), reading.ours.onOneLine)
        }
        text += line(say("form", "form"), form(reading.container))
        let encoding =
            reading.encoding.isByProfile
            ? say("\(reading.encoding.name): profilen säger det", "\(reading.encoding.name): the profile says so")
            : file.encoding?[language] ?? reading.encoding.name
        text += line(say("teckenkodning", "encoding"), encoding)
        text += line(say("skolform", "school form"), reading.schoolForm)
        if reading.records == "persons" {
            text += line(
                say("varje rad är", "each row is"),
                say("en studerandes id och nummer (en sidotabell)", "a student's id and number (a side table)"))
        }
        if !reading.sideTables.isEmpty {
            text += line(
                say("läses tillsammans med en fil av profilen", "read together with a file of the profile"),
                reading.sideTables.joined(separator: ", "))
        }
        if let header = reading.headerLine {
            text += line(say("rubrikernas rad", "line of the headers"), "\(header)")
        } else if case .delimited = reading.container {
            text +=
                "  " + say("ingen rubrikrad: kolumnerna går efter plats", "no headers: columns go by position") + "\n"
        }
        text += columns(of: reading)
        if !reading.unused.isEmpty {
            text += line(say("används inte", "not used"), reading.unused.joined(separator: ", "))
        }
        for rule in reading.leavesOut {
            text += line(say("utelämnar rader efter", "leaves out rows by"), "”\(rule.header)” (\(rule.reason))")
        }
        return text
    }

    private func form(_ container: DetectReport.Container) -> String {
        switch container {
        case .xml(let row): return say("XML, en rad är elementet \(row)", "XML, a row is the element \(row)")
        case .delimited(let delimiter, let quote):
            let name =
                switch delimiter {
                case ";": say("semikolon", "semicolons")
                case ",": say("komma", "commas")
                case "\t": say("tabb", "tabs")
                default: delimiter
                }
            let quotes =
                quote.map { say("citattecken \($0)", "quotes \($0)") } ?? say("inga citattecken", "no quotes")
            return say("text med \(name) mellan cellerna, \(quotes)", "text with \(name) between the cells, \(quotes)")
        }
    }

    private func columns(of reading: DetectReport.Reading) -> String {
        let (found, all) = (reading.found, reading.columns.count)
        var text =
            "  "
            + say(
                "\(found) av profilens \(all) kolumner finns:", "\(found) of the profile's \(all) columns are there:")
            + "\n"
        let width = reading.columns.filter { $0.header != nil }.map(\.slot.count).max() ?? 0
        for column in reading.columns {
            guard let header = column.header else { continue }
            let blanks = String(repeating: " ", count: width - column.slot.count)
            let needed = column.isNeeded ? say(" (behövs)", " (needed)") : ""
            text += "    \(column.slot)\(blanks) ← ”\(header.forTerminal)”\(needed)\n"
        }
        let absent = reading.columns.filter { $0.header == nil && $0.claims.isEmpty }
        let later = absent.filter(\.mayComeLater).map(\.slot)
        if !later.isEmpty {
            text += line(
                say("inte i filens början, kan komma längre fram", "not at the file's beginning, may come later"),
                later.joined(separator: ", "))
        }
        let missing = absent.filter { !$0.mayComeLater }
        text += self.absent(missing.filter(\.isNeeded), say("saknas och behövs", "missing and needed"))
        let optional = missing.filter { !$0.isNeeded }.map(\.slot)
        if !optional.isEmpty {
            text += line(say("finns inte, behövs inte", "not there, not needed"), optional.joined(separator: ", "))
        }
        for column in reading.columns where !column.claims.isEmpty {
            let claims = column.claims.map { "”\($0)”" }.joined(separator: ", ")
            text += line(say("flera rubriker för \(column.slot)", "several headers for \(column.slot)"), claims)
        }
        return text
    }

    private func absent(_ columns: [DetectReport.Column], _ label: String) -> String {
        columns.map { column in
            line(label, "\(column.slot) (\(column.accepted.joined(separator: ", ")))")
        }.joined()
    }

    private func near(_ reading: DetectReport.Reading) -> String {
        line(
            say("närmast är profilen", "the nearest profile is"),
            "\(reading.profile) (\(reading.system)): \(reading.title)")
            + columns(of: reading)
    }
}

extension String {
    /// Paragraphs of a profile's head, as one line.
    fileprivate var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
