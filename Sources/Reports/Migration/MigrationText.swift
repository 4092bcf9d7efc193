import CSN
import Findings

/// What a person reads of a migration: what came of it, which file goes on which day, and what to do next.
struct MigrationText {
    let report: RunReport
    let plan: MigrationPlan
    let plain: PlainWords
    private let emphasis: Emphasis

    /// The text of a run; nil for one that is no migration.
    init?(_ report: RunReport, plain: PlainWords, emphasis: Emphasis) {
        guard let plan = report.migration else { return nil }
        self.report = report
        self.plan = plan
        self.plain = plain
        self.emphasis = emphasis
    }

    /// More files of several schools than this are shown day by day and school by school, not one by one.
    private static let mostFilesShown = 15

    func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[plain.language] }

    private func title(_ sv: String, _ en: String) -> String { emphasis(.bold, say(sv, en)) + "\n" }

    func files(_ number: Int) -> String {
        plain.count(number, Text(sv: "fil", en: "file"), Text(sv: "filer", en: "files"))
    }

    // MARK: - What came of it

    /// That nothing was written, of a rehearsal; empty otherwise.
    var rehearsal: String {
        guard plan.isRehearsal else { return "" }
        let place = report.reportPath.map { say(" i \($0)", " in \($0)").forTerminal } ?? ""
        return emphasis(
            .yellow,
            say(
                "Övning (--dry-run): ingen fil till CSN har skrivits, och liggaren är orörd. Bara planen och rapporten "
                    + "finns\(place).",
                "Rehearsal (--dry-run): no file for CSN was written, and the ledger is untouched. There is only the "
                    + "plan and the report\(place).")) + "\n"
    }

    /// Nothing in the exports belongs to the migration.
    var isNothingChosen: Bool { report.rows.read > 0 && report.rows.read == report.rows.ignored }

    /// Of a run without errors in which nothing is held.
    var headline: String {
        if isNothingChosen {
            return emphasis(.yellow, say("Ingenting valdes.", "Nothing was chosen.")) + "\n"
        }
        if plan.files.isEmpty {
            return title("Klart. Det finns inget att rapportera.", "Done. There is nothing to report.")
        }
        if plan.filesAhead.isEmpty {
            return title(
                "Klart. Allt som flytten gäller är redan uppladdat.",
                "Done. All that the migration is about is uploaded already.")
        }
        return plan.isRehearsal
            ? title("Allt som ska rapporteras ryms i planen.", "All that is to be reported has its place in the plan.")
            : title("Klart. Allt som ska rapporteras står i en fil.", "Done. All that is to be reported is in a file.")
    }

    // MARK: - The plan

    /// What was chosen, how many files there are, and which goes when.
    func text() -> String {
        var text = title("Planen: \(selection.sv)", "The plan: \(selection.en)")
        if !plan.files.isEmpty { text += "  \(extent)\n" }
        if !plan.filesAhead.isEmpty { text += "  \(fewest)\n" }
        if plan.rowsOutside > 0 { text += "  \(outside)\n" }
        if isNothingChosen { text += "  \(daysOfExports)\n" }
        guard !plan.files.isEmpty else { return text }
        text += "\n" + (isGrouped ? days + "\n" + schools : lines) + notes
        if let title = report.layoutTitle {
            text += "  " + say("filernas form: ", "form of the files: ") + title[plain.language] + "\n"
        }
        return text
    }

    private var selection: Text {
        let (first, last) = (plan.days.lowerBound, plan.days.upperBound)
        return switch plan.basis {
        case .grade:
            Text(
                sv: "studieperioder med betyg från \(first) till \(last)",
                en: "study periods with grades from \(first) to \(last)")
        case .period:
            Text(
                sv: "studieperioder som pågår någon dag från \(first) till \(last)",
                en: "study periods that go on on a day from \(first) to \(last)")
        }
    }

    /// How many files, on how many days, until when, and how far that has come.
    private var extent: String {
        let ahead = plan.filesAhead.count
        let done = plan.files.count - ahead
        let days = Set(plan.files.map(\.readingDay)).count
        let last = plan.lastDay.map { plain.day($0) } ?? ""
        let schools = Set(plan.files.map(\.skolkod)).count
        var text = files(plan.files.count)
        if schools > 1 { text += say(" för \(schools) skolor", " of \(schools) schools") }
        text += say(" på \(days) läsdag\(days == 1 ? "" : "ar")", " on \(days) reading day\(days == 1 ? "" : "s")")
        text += say(", den sista \(last).", ", the last \(last).")
        return text
            + say(
                " Uppladdade: \(plain.number(done)), återstår: \(plain.number(ahead)).",
                " Uploaded: \(plain.number(done)), to go: \(plain.number(ahead)).")
    }

    private var fewest: String {
        let together = plan.isPlannedByDays
        return say(
            "Färre filer går inte: en fil spänner över högst 365 dagar, och en studieperiod ligger hel i en fil"
                + (together ? ". Det som väntar på en senare dag är räknat för sig." : "."),
            "There can be no fewer: a file spans at most 365 days, and a study period is whole in one file"
                + (together ? ". What waits for a later day is counted by itself." : "."))
    }

    private var outside: String {
        let rows = plain.rows(plan.rowsOutside)
        return switch plan.basis {
        case .grade:
            say(
                "\(rows) hör till studieperioder utan betyg de dagarna och går inte nu.",
                "\(rows) belong to study periods without a grade of those days and do not go now.")
        case .period:
            say(
                "\(rows) hör till studieperioder som inte pågår de dagarna och går inte nu.",
                "\(rows) belong to study periods that do not go on then and do not go now.")
        }
    }

    /// Where the days that were asked for find nothing: which days there are.
    private var daysOfExports: String {
        switch (plan.basis, plan.exportDays) {
        case (.grade, let days?):
            say(
                "Betygen i exporterna är satta från \(days.lowerBound) till \(days.upperBound). Välj --from och --to "
                    + "så att de täcker dem.",
                "The grades in the exports are from \(days.lowerBound) to \(days.upperBound). Choose --from and --to "
                    + "so that they hold them.")
        case (.grade, nil):
            say(
                "Exporterna har inga betyg med en dag. Välj efter när kurserna pågår: --by period.",
                "The exports have no grades with a day. Choose by when the courses go on: --by period.")
        case (.period, let days?):
            say(
                "Kurserna i exporterna pågår från \(days.lowerBound) till \(days.upperBound). Välj --from och --to "
                    + "däremellan.",
                "The courses in the exports go on from \(days.lowerBound) to \(days.upperBound). Choose --from and "
                    + "--to between them.")
        case (.period, nil):
            say(
                "Ingen kurs i exporterna har en dag som går att läsa: se iakttagelserna.",
                "No course in the exports has a day that can be read: see the findings.")
        }
    }

    // MARK: - Tables

    private var isGrouped: Bool {
        plan.files.count > MigrationText.mostFilesShown && Set(plan.files.map(\.skolkod)).count > 1
    }

    private var dayHead: String { say("läsning kl. 17", "reading, 17:00") }
    private var fromHead: String { say("tidigast", "not before") }

    /// From when on, seen from the day itself: `lör 11-21`.
    private func from(_ file: MigrationPlan.File) -> String {
        let day = file.window.from.day
        return day == file.readingDay
            ? say("samma dag", "same day") : plain.shortWeekday(day) + " " + day.description.dropFirst(5)
    }

    private func dayCell(_ day: Day) -> String { "\(plain.shortWeekday(day)) \(day)" }

    /// A line a file.
    private var lines: String {
        let isOneSchool = Set(plan.files.map(\.skolkod)).count == 1
        var table = AlignedTable(
            [(dayHead, .left), (fromHead, .left)] + (isOneSchool ? [] : [(say("skola", "school"), .left)]) + [
                (say("poster", "records"), .right), (say("studerande", "students"), .right),
                (say("datum i filen", "dates in it"), .left), (say("läge", "state"), .left),
            ])
        for file in plan.files {
            table.add(
                [dayCell(file.readingDay), from(file)] + (isOneSchool ? [] : [schoolCell(file.skolkod)]) + [
                    plain.number(file.records), plain.number(file.students), "\(file.firstDate) – \(file.lastDate)",
                    state(file),
                ])
        }
        return table.text()
    }

    /// A line a day.
    private var days: String {
        var table = AlignedTable([
            (dayHead, .left), (fromHead, .left), (say("filer", "files"), .right), (say("klara", "done"), .right),
            (say("poster", "records"), .right), (say("studerande", "students"), .right), ("", .left),
        ])
        for (day, files) in Dictionary(grouping: plan.files, by: \.readingDay).sorted(by: { $0.key < $1.key }) {
            table.add([
                dayCell(day), files.first.map(from) ?? "", plain.number(files.count),
                plain.number(files.count { !$0.isAhead }), plain.number(files.reduce(0) { $0 + $1.records }),
                plain.number(files.reduce(0) { $0 + $1.students }),
                !plan.isRehearsal && files.contains { $0.mayGo(on: report.run.today) } ? uploadNow : "",
            ])
        }
        return title("Dag för dag", "Day by day") + table.text()
    }

    /// Schools of which the same is to be said.
    private struct Course: Hashable {
        var files: Int
        var done: Int
        var next: Day?
        var last: Day?
    }

    /// A line for the schools with as many files on the same days, however many they are.
    private var schools: String {
        let ofSchool = Dictionary(grouping: plan.files, by: \.skolkod).mapValues { files in
            let ahead = files.filter(\.isAhead).map(\.readingDay)
            return Course(
                files: files.count, done: files.count - ahead.count, next: ahead.min(),
                last: files.map(\.readingDay).max())
        }
        let groups = Dictionary(grouping: ofSchool.keys.sorted(), by: { ofSchool[$0] })
        var table = AlignedTable([
            (say("skolor", "schools"), .right), (say("filer", "files"), .right), (say("klara", "done"), .right),
            (say("nästa läsning", "next reading"), .left), (say("sista läsning", "last reading"), .left),
            (say("vilka", "which"), .left),
        ])
        for (course, schools) in groups.sorted(by: { $0.value.lexicographicallyPrecedes($1.value) }) {
            guard let course else { continue }
            let names = names(of: schools)
            table.add([
                plain.number(schools.count), plain.number(course.files), plain.number(course.done),
                course.next.map(dayCell) ?? say("klar", "done"), course.last.map(dayCell) ?? "", names.first ?? "",
            ])
            for line in names.dropFirst() { table.add(["", "", "", "", "", line]) }
        }
        return title("Skola för skola", "School by school") + table.text()
    }

    /// A few schools by name, one a line; more by their codes, ten a line.
    private func names(of schools: [Skolkod]) -> [String] {
        guard schools.count > 3 else { return schools.map(schoolCell) }
        return stride(from: 0, to: schools.count, by: 10).map { start in
            schools[start..<min(start + 10, schools.count)].map(\.description).joined(separator: ", ")
        }
    }

    private func schoolCell(_ school: Skolkod) -> String {
        let name = plan.title(of: school).forTerminal
        return name.count > 36 ? name.prefix(35) + "…" : name
    }

    private var uploadNow: String { say("ladda upp nu", "upload now") }

    private func state(_ file: MigrationPlan.File) -> String {
        var text =
            switch file.state {
            case .accepted: say("läst av CSN", "read by CSN")
            case .sent: say("uppladdad", "uploaded")
            case .planned: file.mayGo(on: report.run.today) ? uploadNow : say("väntar", "waits")
            case .rehearsed: say("skulle skrivas", "would be written")
            }
        if let own = file.ownFile { text += MigrationText.mark(of: own) }
        if let chosen = file.chosenRecords, chosen < file.records {
            let number = plain.number(chosen)
            text +=
                chosen == 0
                ? say(" (inget ur flytten)", " (nothing of the migration)")
                : say(" (\(number) ur flytten)", " (\(number) of the migration)")
        }
        return text
    }

    private static func mark(of reason: MigrationPlan.OwnFile) -> String {
        switch reason {
        case .lateDate: "¹"
        case .courseOfExactly365Days: "²"
        }
    }

    /// Why study periods have files for themselves.
    private var notes: String {
        MigrationPlan.OwnFile.allCases.map { reason in
            let count = plan.files.count { $0.ownFile == reason }
            guard count > 0 else { return "" }
            let why =
                switch reason {
                case .lateDate:
                    say(
                        "en händelse eller ett betyg ligger mer än ett år från kursen",
                        "an event or a grade lies more than a year from the course")
                case .courseOfExactly365Days:
                    say("kursen är exakt 365 dagar lång", "the course is exactly 365 days long")
                }
            let rule = "[\(reason.rawValue)]"
            return isGrouped
                ? say(
                    "  Filer med en enda studieperiod, för att \(why): \(plain.number(count)) \(rule)\n",
                    "  Files with a single study period, because \(why): \(plain.number(count)) \(rule)\n")
                : say(
                    "  \(MigrationText.mark(of: reason)) Studieperioden är ensam i filen, för att \(why) \(rule).\n",
                    "  \(MigrationText.mark(of: reason)) The study period is alone in its file, because \(why) \(rule).\n"
                )
        }.joined()
    }
}
