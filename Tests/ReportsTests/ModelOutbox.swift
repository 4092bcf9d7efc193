import CSN
import Testing

@testable import Reports

/// An outbox made by hand: a file in every state, and every note.
enum ModelOutbox {
    static func now() throws -> Moment { try #require(Moment("2026-11-23T09:00")) }

    static func file(
        _ number: Int64, _ day: String, _ state: OutboxFile.State = .planned, made: String = "2026-11-23T02:00",
        reading: String? = nil, sent: String? = nil, closed: String? = nil, lying: OutboxFile.Lying? = nil
    ) throws -> OutboxFile {
        let readingDay = try #require(Day(iso: day))
        return OutboxFile(
            number: number, path: "1234/1234_\(day).xml", skolkod: try #require(Skolkod(1234)),
            schoolName: "Exempelskolan", readingDay: readingDay, state: state, records: 1_200 + Int(number),
            students: 310, firstDate: try #require(Day(iso: "2026-08-17")),
            lastDate: try #require(Day(iso: "2027-06-11")), bytes: 90_000,
            sha256: "3fa9c1d27be4" + String(repeating: "0", count: 52), made: try #require(Moment(made)),
            madeBy: "nightly", window: ReadingDays().uploadWindow(of: readingDay),
            reading: try reading.map { try #require(Day(iso: $0)) } ?? readingDay,
            sent: try sent.map { try #require(Moment($0)) }, closed: try closed.map { try #require(Moment($0)) },
            lying: lying)
    }

    static func listing() throws -> OutboxListing {
        var listing = OutboxListing(now: try now(), outPath: "/srv/csnfil/outbox")
        let today = try file(21, "2026-11-23", lying: .same)
        let tomorrow = try file(22, "2026-11-24", lying: .missing)
        let overdue = try file(19, "2026-11-20")
        listing.toUpload = [today]
        listing.later = [tomorrow]
        listing.overdue = [overdue]
        listing.sent = [try file(20, "2026-11-20", .sent, reading: "2026-11-23", sent: "2026-11-20T17:05")]
        listing.recent = [
            try file(18, "2026-11-19", .accepted, sent: "2026-11-19T08:00", closed: "2026-11-20T02:00"),
            try file(17, "2026-11-18", .rejected, closed: "2026-11-18T10:00"),
            try file(16, "2026-11-17", .withdrawn, closed: "2026-11-17T10:00"),
            try file(15, "2026-11-16", .replaced, sent: "2026-11-16T10:00", closed: "2026-11-16T11:00"),
            try file(14, "2026-11-13", .replaced, closed: "2026-11-16T02:00"),
        ]
        let school = today.skolkod
        listing.notes = [
            .overdue(overdue), .missing(tomorrow), .different(today), .otherVersion(overdue, under: today),
            .longQueue(school, files: [today, tomorrow], until: try #require(Day(iso: "2026-12-04"))),
            .silent(school, since: try #require(Day(iso: "2026-11-13")), today), .noLedger("/srv/csnfil/ledger.sqlite"),
        ]
        return listing
    }

    static func course() throws -> OutboxCourse {
        OutboxCourse(
            student: 17, personnummer: "19720120-****", skolkod: try #require(Skolkod(1234)), kurskod: "MATMAT01a",
            kursdel: try #require(Kursdel(12)), startdatum: try #require(Day(iso: "2026-08-17")))
    }

    /// An answer in which everything is said that a verb can say.
    static func answer() throws -> OutboxAnswer {
        let sent = try file(21, "2026-11-20", .sent, reading: "2026-11-23", sent: "2026-11-20T17:05:30")
        let other = try file(20, "2026-11-20", .replaced, reading: "2026-11-23", sent: "2026-11-20T17:01")
        let waiting = try file(22, "2026-11-23")
        let course = try course()
        let at = try #require(Moment("2026-11-20T17:05:30"))
        let asked = MigrateAgain.Asked(
            days: try #require(Day(iso: "2024-01-01"))...(try #require(Day(iso: "2026-06-30"))), basis: .grade,
            last: try #require(Day(iso: "2026-11-19")))
        var byPeriod = asked
        byPeriod.basis = .period
        return OutboxAnswer(
            verb: "sent", now: try now(), outPath: "/srv/csnfil/outbox", hasChanged: true, files: [sent, other],
            course: course, skolkod: course.skolkod,
            notes: [
                .uploaded(sent, at: at), .read(sent), .already(sent), .corrected(sent, before: .rejected),
                .timeCorrected(sent, before: at), .late(sent), .early(waiting), .superseded(other, by: sent),
                .taken(sent, not: other), .takenBack(other, for: sent), .othersWait([waiting], beside: sent),
                .twoOnOneDay(sent, other), .standsAgain(sent), .refused(sent), .afterRefusal(sent), .withdrawn(waiting),
                .migrateAgain(MigrateAgain(file: waiting, records: 1, students: 1, asked: [asked])),
                .migrateAgain(MigrateAgain(file: waiting, records: waiting.records, students: 2, asked: [])),
                .stillToMigrate(
                    MigrateAgain(
                        file: try file(17, "2026-11-18", .rejected, closed: "2026-11-18T10:00"), records: 2,
                        students: 1,
                        asked: [asked, byPeriod])),
                .removed(waiting), .notOurs(waiting, in: "/srv/csnfil/outbox"), .forgotten(course),
                .forgottenBefore(course), .saidByNextFile(course, remaining: 1), .saidByNextFile(course, remaining: 2),
                .tellCSN(course), .notWithCSN(course), .stillInFiles([waiting], course), .confirmed(course.skolkod),
                .nothingToConfirm(course.skolkod),
            ])
    }

    static func history() throws -> HistoryReport {
        let content = HistoryReport.Content([
            .init(.poang, "100"), .init(.niva, "GY"), .init(.slutdatum, "2027-01-15"), .init(.registrering, "N"),
        ])
        let course = try course()
        let files: [(OutboxFile, HistoryReport.Content?)] = [
            (try file(14, "2026-11-13", .replaced, closed: "2026-11-16T02:00"), content),
            (try file(17, "2026-11-18", .rejected, closed: "2026-11-18T10:00"), content),
            (try file(18, "2026-11-19", .accepted, sent: "2026-11-19T08:00"), content),
            (try file(20, "2026-11-20", .sent, reading: "2026-11-23", sent: "2026-11-20T17:05"), content),
            (try file(22, "2026-11-24"), nil),
        ]
        return HistoryReport(
            now: try now(),
            students: [
                HistoryReport.Student(
                    key: 17, personnummer: "19720120-****", skolkod: course.skolkod, schoolName: "Exempelskolan",
                    courses: [
                        HistoryReport.Course(
                            kurskod: course.kurskod, kursdel: course.kursdel, startdatum: course.startdatum,
                            csn: content,
                            forgotten: HistoryReport.Forgotten(at: try now(), reason: "antagningen återkallad"),
                            files: files.map { HistoryReport.Entry(file: $0, content: $1) })
                    ]),
                HistoryReport.Student(
                    key: 31, personnummer: "********-****", skolkod: try #require(Skolkod(1235)), schoolName: nil,
                    courses: []),
            ])
    }
}
