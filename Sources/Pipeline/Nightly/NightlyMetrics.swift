import CSN
import DeliveryLedger
import Foundation
import Reports

extension NightlyRun {
    /// The numbers for monitoring that the report of the run does not say by itself.
    func numbers() throws(LedgerProblem) -> NightlyNumbers {
        var numbers = NightlyNumbers()
        numbers.runs = try session.store.runs(limit: Int(Int32.max)).count
        numbers.lastSuccess = Int(Date().timeIntervalSince1970)
        if let path = setup.request.settings.configuration.ledger {
            numbers.ledgerBytes = FileLook(path)?.bytes ?? 0
        }
        numbers.schools = schools.map { self.numbers(of: $0.school, $0.skolkod) }
        return numbers
    }

    private func numbers(of school: QueuedSchool, _ skolkod: Skolkod) -> NightlyNumbers.School {
        var numbers = NightlyNumbers.School(skolkod: skolkod)
        numbers.filesWaiting = school.files.count
        numbers.isHeld = school.isDoubted
        numbers.studentsHeld = school.converted.held.students.count
        if let last = school.files.map(\.content.readingDay).max() {
            var day = session.readingDays.reading(atOrAfter: session.now)
            numbers.queueReadingDays = 1
            while day < last {
                day = session.readingDays.next(after: day)
                numbers.queueReadingDays += 1
            }
        }
        if let since = school.files.flatMap(\.versions).map(\.waitingSince).min() {
            numbers.oldestUnconfirmedSeconds = max(0, session.now.seconds(since: ReadingDays.hour(of: since)))
        }
        return numbers
    }
}

extension RunNumbers {
    /// What a run's report says, for the log.
    init(_ report: RunReport, milliseconds: Int) {
        self.init()
        files = report.delivery?.newFiles ?? report.files.count
        records = report.files.reduce(0) { $0 + $1.records }
        students = report.files.reduce(0) { $0 + $1.students }
        heldStudents = report.held.students
        heldSchools = report.nightly?.schools.count(where: \.isHeld) ?? 0
        inputs = report.inputs.count
        rows = report.rows.read
        self.milliseconds = milliseconds
    }
}
