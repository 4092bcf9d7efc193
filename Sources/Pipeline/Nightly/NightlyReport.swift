import CSN
import CSNRules
import DeliveryLedger
import Exports
import Findings
import Foundation
import Reports
import Uploads

extension NightlyRun {
    // MARK: - What is said

    /// The sentences and log lines about what the run did, beside the findings.
    mutating func sayWhatHappened() {
        for (file, next) in commitment?.movedOn ?? [] {
            request.log.record(
                .fileMovedOn(file.facts.skolkod, readingDay: file.facts.readingDay, name: file.facts.name, to: next))
        }
        account.notices += commitment?.notices ?? []
        for (skolkod, school) in schools {
            sayFiles(of: skolkod, school)
            sayQueue(of: skolkod, school)
            sayOldExport(of: skolkod, school)
            if school.isDoubted { sayDoubted(skolkod, school) }
        }
        orLeaveUndone { run throws(RunFailure) in try run.sayLeftToMigrate() }
        account.sayNothingStarted()
        account.sayOmitted(exports, after: last)
        if exports.isEmpty {
            account.notices.append(
                Text(
                    sv:
                        "Det finns ingen export, varken i inkorgen eller i arkivet. Lägg skolsystemets export i inkorgen.",
                    en: "There is no export, neither in the inbox nor in the archive. Put the school system's export "
                        + "into the inbox."))
        }
        if newFiles.isEmpty { request.log.record(.nothingToDo) }
    }

    private var newFiles: [FileWriting.Written] { schools.flatMap { $0.school.files.compactMap(\.written) } }

    private func sayFiles(of skolkod: Skolkod, _ school: QueuedSchool) {
        for file in school.files {
            if let written = file.written {
                request.log.record(
                    .filePlanned(
                        skolkod, readingDay: written.readingDay, name: written.draft.planned.file,
                        records: written.facts.records, students: written.facts.students,
                        bytes: written.draft.contents.size, sha256: written.draft.contents.sha256))
            } else if let existing = file.existing {
                request.log.record(
                    .fileKept(skolkod, readingDay: existing.facts.readingDay, name: existing.facts.name))
            }
        }
    }

    /// What was in files that were refused or withdrawn of late, and that no nightly run brings.
    private mutating func sayLeftToMigrate() throws(RunFailure) {
        let left = LeftToMigrate(
            session.store, outbox: session.folder.path, show: FileShowing(setup.request.settings.configuration))
        for (skolkod, school) in schools where school.deliveries.files.values.contains(where: \.outcome.isVoid) {
            account.notices += try left.files(of: skolkod, since: session.now.day - OutboxListing.recentDays)
                .map { OutboxNote.stillToMigrate($0).text }
        }
    }

    /// A queue so long that it is not done within a week.
    private mutating func sayQueue(of skolkod: Skolkod, _ school: QueuedSchool) {
        guard let last = school.files.map(\.content.readingDay).max(), last > session.now.day + 7 else { return }
        request.log.record(.queueLong(skolkod, readingDays: school.files.count))
        account.notices.append(
            Text(
                sv: """
                    Skola \(skolkod) har \(school.files.count) filer som väntar, den sista till läsningen \(last). Ladda \
                    upp en varje läsdag och säg det med csnfil outbox sent.
                    """,
                en: """
                    School \(skolkod) has \(school.files.count) files that wait, the last for the reading of \(last). \
                    Upload one each reading day and say so with csnfil outbox sent.
                    """))
    }

    /// A school that goes by an export which is not of today.
    private mutating func sayOldExport(of skolkod: Skolkod, _ school: QueuedSchool) {
        let all = inputs.filter { $0.schools.contains(skolkod.number) && $0.file == nil }
        for input in all where session.now.day - input.taken.modified.day > 1 {
            account.notices.append(
                Text(
                    sv: "Skola \(skolkod): ingen ny export ur \(input.taken.system) sedan \(input.taken.modified.day).",
                    en: "School \(skolkod): no new export of \(input.taken.system) since \(input.taken.modified.day)."))
        }
    }

    private func sayDoubted(_ skolkod: Skolkod, _ school: QueuedSchool) {
        let rules: [RuleName] = ["students-missing", "reported-value-missing"]
        for name in rules {
            guard let number = Catalogue.shared.number(of: name) else { continue }
            let found = school.converted.findings.findings.contains { $0.rule == number && $0.action == .hold }
            if found {
                request.log.record(.schoolHeld(skolkod, rule: name, students: school.converted.students.students))
            }
        }
    }

    // MARK: - The report

    /// What the run has to say.
    func makeReport() -> RunReport {
        let settings = setup.request.settings
        var report = RunReport(
            purpose: .convert, program: .csnfil,
            run: RunReport.Run(
                id: id, started: clock.timestamp(of: started), finished: clock.timestamp(of: Date()),
                today: session.now.day),
            inputs: exports.map { $0.report(rows: rowCounts[Int($0.number)]) },
            courses: setup.knowledge.courses.table)
        account.fill(&report)
        report.isIncomplete = account.isIncomplete
        report.undone = undone
        report.files = schools.flatMap { school in school.school.files.compactMap { $0.report(setup.readingDays) } }
            .sorted { ($0.readingDay, $0.skolkod) < ($1.readingDay, $1.skolkod) }
        var delivery = RunReport.Delivery()
        delivery.newFiles = newFiles.count
        delivery.sentFiles = schools.reduce(0) { sum, school in
            sum + school.school.deliveries.files.values.count { $0.outcome == .sent }
        }
        report.delivery = delivery
        report.layoutTitle = setup.layout.title
        report.outPath = session.folder.path
        report.reportPath = settings.reportPath
        report.studentNames = studentNames
        return report
    }

    /// The numbers of those of whom something was found: a name for each of all students would take more room than the
    /// findings.
    private var studentNames: [UInt64: String]? {
        commitment.map { commitment in
            let found = Set(account.findings.findings.map { account.aliases[$0.student] ?? $0.student })
            return found.reduce(into: [:]) { names, student in
                names[student] = commitment.studentNumbers[student].map { "\($0.number)" }
            }
        }
    }
}
