import CSN
import Findings

/// `plan.ics`: the files of a migration that are still to be uploaded, as events of a calendar (iCalendar, RFC 5545).
///
/// Nothing of a person is in it, nor a path of the machine.
public struct MigrationCalendar {
    private let report: RunReport
    private let plan: MigrationPlan
    private let plain: PlainWords

    /// The calendar of a run, with sentences in a language; nil for a run that is no migration.
    public init?(_ report: RunReport, in language: Language) {
        guard let plan = report.migration else { return nil }
        self.report = report
        self.plan = plan
        plain = PlainWords(language: language)
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[plain.language] }

    /// The file's bytes.
    public func bytes() -> [UInt8] {
        var writer = CalendarWriter()
        writer.component("VCALENDAR") { calendar in
            calendar.line("VERSION", "2.0")
            calendar.text("PRODID", "-//\(report.program.name)//migrate \(report.program.version)//EN")
            calendar.line("CALSCALE", "GREGORIAN")
            calendar.line("METHOD", "PUBLISH")
            calendar.text("X-WR-CALNAME", say("Filer till CSN", "Files for CSN"))
            calendar.text("X-WR-TIMEZONE", MigrationCalendar.zone)
            MigrationCalendar.writeZone(to: &calendar)
            for file in plan.filesAhead { write(file, to: &calendar) }
        }
        return writer.bytes
    }

    // MARK: - Time

    /// CSN's hours are those of Swedish clocks, so times are local ones with their zone: a reader that knows the zone by
    /// name goes by its own rules, any other by those that stand in the file.
    private static let zone = "Europe/Stockholm"

    /// The zone as it has been since 1996 (directive 2000/84/EC: the last Sundays of March and October).
    private static func writeZone(to calendar: inout CalendarWriter) {
        calendar.component("VTIMEZONE") { component in
            component.line("TZID", zone)
            component.component("DAYLIGHT") {
                $0.line("DTSTART", "19960331T020000")
                $0.line("RRULE", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU")
                $0.line("TZOFFSETFROM", "+0100")
                $0.line("TZOFFSETTO", "+0200")
                $0.line("TZNAME", "CEST")
            }
            component.component("STANDARD") {
                $0.line("DTSTART", "19961027T030000")
                $0.line("RRULE", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
                $0.line("TZOFFSETFROM", "+0200")
                $0.line("TZOFFSETTO", "+0100")
                $0.line("TZNAME", "CET")
            }
        }
    }

    /// `20261123T170000`
    private static func time(_ moment: Moment) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let second = moment.secondOfDay
        return "\(moment.day.description.replacing("-", with: ""))T"
            + "\(two(second / 3_600))\(two(second / 60 % 60))\(two(second % 60))"
    }

    /// When the run began, in UTC; `2026-11-23T08:00:00+01:00` is taken apart by its places. The beginning of the run's
    /// day where it has another form.
    private var began: Moment? {
        let text = report.run.started
        guard let local = Moment(text.prefix(19)), let offset = MigrationCalendar.seconds(ofOffset: text.dropFirst(19))
        else { return Moment(report.run.today, hour: 0) }
        let second = local.secondOfDay - offset
        let day = local.day + (second < 0 ? -1 : second / 86_400)
        let utc = (second + 86_400) % 86_400
        return Moment(day, hour: utc / 3_600, minute: utc / 60 % 60, second: utc % 60)
    }

    /// `+01:00`, `Z`
    private static func seconds(ofOffset text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let found = text.wholeMatch(of: /([+-])(\d\d):(\d\d)/), let hours = Int(found.2),
            let minutes = Int(found.3)
        else { return nil }
        return (found.1 == "-" ? -1 : 1) * (hours * 3_600 + minutes * 60)
    }

    // MARK: - Events

    /// Eight in the morning: on a reading day before that nobody uploads, and the day is still whole.
    private static let morning = 8

    private func write(_ file: MigrationPlan.File, to calendar: inout CalendarWriter) {
        calendar.component("VEVENT") { event in
            event.line("UID", "migrate-\(file.skolkod)-\(file.readingDay)@csnfil")
            if let began {
                event.line("DTSTAMP", MigrationCalendar.time(began) + "Z")
                // A reader that knows the event takes a higher number for its newer version.
                event.line("SEQUENCE", "\(Int(began.day.number) * 1_440 + began.secondOfDay / 60)")
            }
            if let start = Moment(file.readingDay, hour: MigrationCalendar.morning) {
                event.line("DTSTART;TZID=\(MigrationCalendar.zone)", MigrationCalendar.time(start))
            }
            event.line("DTEND;TZID=\(MigrationCalendar.zone)", MigrationCalendar.time(file.window.before))
            event.text("SUMMARY", summary(of: file))
            event.text("DESCRIPTION", description(of: file))
            event.line("STATUS", plan.isRehearsal ? "TENTATIVE" : "CONFIRMED")
            event.line("TRANSP", "TRANSPARENT")
            // Nobody is to be reminded of a file that is not there.
            if !plan.isRehearsal {
                event.component("VALARM") {
                    $0.line("ACTION", "DISPLAY")
                    $0.line("TRIGGER", "PT0S")
                    $0.text("DESCRIPTION", summary(of: file))
                }
            }
        }
    }

    private func summary(of file: MigrationPlan.File) -> String {
        let school = plan.title(of: file.skolkod)
        return (plan.isRehearsal ? say("(övning) ", "(rehearsal) ") : "")
            + say("Ladda upp filen till CSN: skola \(school)", "Upload the file to CSN: school \(school)")
    }

    private func description(of file: MigrationPlan.File) -> String {
        let when = plain.upload(file.window)
        var lines = [
            say("Filen i utkorgen: \(file.path)", "The file in the outbox: \(file.path)"),
            say(
                "Skola \(plan.title(of: file.skolkod)), \(plain.records(file.records)), \(plain.students(file.students)).",
                "School \(plan.title(of: file.skolkod)), \(plain.records(file.records)), "
                    + "\(plain.students(file.students))."),
            say(
                "Ladda upp den i CSN:s Mina tjänster \(when), och vänta tills CSN bekräftar på skärmen.",
                "Upload it in CSN's Mina tjänster \(when), and wait until CSN confirms on the screen."),
            say("Säg sedan: csnfil outbox sent \(file.name)", "Then say: csnfil outbox sent \(file.name)"),
            say(
                "Planen är från \(report.run.today) och kan ha ändrats sedan dess: csnfil outbox visar vilken fil som "
                    + "gäller i dag.",
                "The plan is of \(report.run.today) and may have changed since: csnfil outbox shows which file it is "
                    + "today."),
        ]
        if plan.isRehearsal {
            lines.insert(
                say(
                    "Det här är en övning (--dry-run): filen finns inte.",
                    "This is a rehearsal (--dry-run): there is no such file."), at: 0)
        }
        return lines.joined(separator: "\n")
    }
}
