import CSN
import DeliveryLedger
import Findings
import Foundation
import Normalizing
import Reports

/// `history`: what was reported for a student. Takes no lock and changes nothing.
struct HistoryRun {
    let settings: RunSettings
    let store: any DeliveryStore
    private let show: FileShowing

    /// Opens the ledger.
    init(_ settings: RunSettings) throws(RunFailure) {
        let (_, ledger) = try LedgerSession.paths(settings.configuration)
        guard FileManager.default.fileExists(atPath: ledger) else {
            throw RunFailure(
                .unusable, at: ledger,
                Text(
                    sv: "Det finns ingen liggare ännu. Kör csnfil nightly: den gör den.",
                    en: "There is no ledger yet. Run csnfil nightly: it makes it."))
        }
        do throws(LedgerProblem) { store = try SQLiteLedger(path: ledger) } catch { throw RunFailure(error) }
        self.settings = settings
        show = FileShowing(settings.configuration)
    }

    /// The history of the person with a number.
    func report(personnummer text: String) throws(RunFailure) -> HistoryReport {
        guard let number = TypedPersonnummer.read(text, today: settings.now.day) else {
            throw RunFailure(
                .usage,
                Text(
                    sv: "Det är inget personnummer, eller så stämmer inte kontrollsiffran. Skriv ÅÅÅÅMMDD-XXXX.",
                    en: "That is no personnummer, or its check digit is wrong. Write YYYYMMDD-XXXX."))
        }
        return try report(numbers: [number])
    }

    /// The history of a student by the number in the ledger.
    func report(student text: String) throws(RunFailure) -> HistoryReport {
        let key = StudentKey(number: try TypedValue.studentNumber(text))
        let found: (school: Skolkod, student: LedgerStudent)?
        do throws(LedgerProblem) { found = try store.student(key) } catch { throw RunFailure(error) }
        guard let found else {
            throw RunFailure(
                .unusable,
                Text(
                    sv: "Liggaren har ingen studerande med nummer \(key.number).",
                    en: "The ledger has no student with the number \(key.number)."))
        }
        return try report(numbers: found.student.numbers)
    }

    private func report(numbers: Set<Personnummer>) throws(RunFailure) -> HistoryReport {
        var report = HistoryReport(now: settings.now, students: [])
        do throws(LedgerProblem) {
            var found: [StudentKey: (school: Skolkod, student: LedgerStudent)] = [:]
            for number in numbers { for entry in try store.students(number) { found[entry.student.key] = entry } }
            for (key, entry) in found.sorted(by: { ($0.value.school, $0.key) < ($1.value.school, $1.key) }) {
                let courses = try courses(of: key, try store.deliveries(of: entry.school))
                report.students.append(
                    HistoryReport.Student(
                        key: key.number,
                        personnummer: entry.student.isProtected
                            ? Personnummer.maskedWhole : entry.student.personnummer.masked,
                        skolkod: entry.school, schoolName: show.schoolNames[entry.school], courses: courses))
            }
        } catch {
            throw RunFailure(error)
        }
        return report
    }

    // MARK: - One student

    /// The courses that reach into the last twelve months, or lie ahead.
    private func courses(
        of key: StudentKey, _ school: SchoolDeliveries
    ) throws(LedgerProblem) -> [HistoryReport.Course] {
        let entries = try store.history(of: key)
        var school = school
        school.files = school.files.mapValues { $0.settled(among: school.files.values, at: settings.now) }
        let standings = school.standing(of: key)
        let forgotten = school.forgotten[key] ?? []
        let first = settings.now.day.yearBefore
        return Dictionary(grouping: entries, by: \.course).sorted { $0.key < $1.key }.compactMap { course, versions in
            let last = versions.compactMap { $0.version.record?.content.span.upperBound }.max() ?? course.startdatum
            let read = versions.map(\.file.reading).max() ?? last
            guard max(last, read) >= first else { return nil }
            let newest = versions.map(\.file.id).max() ?? DeliveredFile.ID(number: 0)
            let letGo = forgotten.last { $0.course == course && newest <= $0.upTo }
            return HistoryReport.Course(
                kurskod: course.kurskod, kursdel: course.kursdel, startdatum: course.startdatum,
                csn: standings[course]?.read.map { HistoryReport.Content($0) },
                forgotten: letGo.map {
                    HistoryReport.Forgotten(at: $0.at, reason: Masking.withoutNumbers($0.reason))
                },
                files: versions.map { entry in
                    HistoryReport.Entry(
                        file: show(entry.file.settled(among: school.files.values, at: settings.now)),
                        content: entry.version.record.map { HistoryReport.Content($0.content) })
                })
        }
    }
}

extension Day {
    /// The same day a year before; 28 February for 29 February.
    fileprivate var yearBefore: Day {
        let (year, month, day) = civil
        return Day(year: year - 1, month: month, day: min(day, Day.length(ofMonth: month, year: year - 1))) ?? self
    }
}

extension HistoryReport.Content {
    /// A record's values beside those that name the course, as the file writes them.
    init(_ content: RecordContent) {
        var values: [Value] = []
        func add(_ field: Field, _ text: String?) { if let text { values.append(Value(field, text)) } }
        add(.fardighetstraning, content.fardighetstraning ? "J" : nil)
        add(.omfattning, content.omfattning?.code)
        add(.poang, String(content.poang))
        add(.niva, content.niva.code)
        add(.slutdatum, content.slutdatum.description)
        add(.uppdragsutbildning, content.uppdragsutbildning ? "U" : nil)
        add(.traineejobb, content.traineejobb ? "J" : nil)
        add(.registrering, content.registrering ? "J" : "N")
        for event in content.events {
            add(.meddelandeorsak, event.orsak.map { String($0.rawValue) })
            add(.handelsedatum, event.date?.description)
        }
        add(.betyg, content.betyg?.code)
        add(.betygsdatum, content.betygsdatum?.description)
        self.init(values)
    }
}

extension Invocation {
    /// `history`
    ///
    /// - Parameters:
    ///   - student: `--student KEY`
    ///   - personnummer: asks for a number, with the prompt given; nil when there is none.
    public func history(student: String?, personnummer: (String) -> String?) -> Outcome {
        outcome { _ throws(RunFailure) in
            let settings = try Resolving.settings(options, surroundings)
            let language = settings.language
            let run = try HistoryRun(settings)
            let report: HistoryReport
            if let student {
                report = try run.report(student: student)
            } else {
                let prompt = Text(
                    sv: "Personnummer (visas inte): ", en: "Personnummer (is not shown): ")
                guard let number = personnummer(prompt[language]) else {
                    throw RunFailure(
                        .usage,
                        Text(
                            sv: "Inget personnummer kom. Skriv det när det efterfrågas, eller på standard in.",
                            en: "No personnummer came. Type it when asked, or give it on standard input."))
                }
                report = try run.report(personnummer: number)
            }
            let text = HistoryText(report, in: language, isColoured: surroundings.allowsColour(options))
            let isJSON = options.format == OutputFormat.json.rawValue
            return Outcome(
                output: isJSON ? report.json(of: .csnfil) : Array(text.text().utf8), error: "",
                status: ExitStatus.success.rawValue)
        }
    }
}
