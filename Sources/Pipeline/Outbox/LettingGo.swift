import CSN
import DeliveryLedger
import Findings
import Reports

/// `forget`: a reported course that is not to be reported any more.
struct LettingGo {
    let student: LedgerStudent
    let school: SchoolDeliveries
    let now: Moment
    let show: FileShowing

    /// What the ledger knows of a course of the student.
    private typealias Known = (key: CourseKey, standing: CourseStanding)

    /// Lets the one course go that fits.
    ///
    /// - Throws: no course fits, or several do; each is named.
    func decision(
        kurskod: String, kursdel: Kursdel?, startdatum: Day?, reason: String
    ) throws(RunFailure) -> OutboxDecision {
        let all = school.standing(of: student.key).sorted { $0.key < $1.key }.map { (key: $0.key, standing: $0.value) }
        let matching = all.filter {
            $0.key.kurskod.uppercased() == kurskod.uppercased() && (kursdel == nil || $0.key.kursdel == kursdel)
                && (startdatum == nil || $0.key.startdatum == startdatum)
        }
        let reported = matching.filter { $0.standing.reported != nil }
        guard reported.count <= 1 else { throw several(reported) }
        guard let course = reported.first else { return try forgottenBefore(matching, all, kurskod) }
        return forget(course, among: all, reason: reason)
    }

    private func forget(_ course: Known, among all: [Known], reason: String) -> OutboxDecision {
        let shown = shown(course.key)
        var decision = OutboxDecision(course: shown, skolkod: school.skolkod, notes: [.forgotten(shown)])
        let last = school.files.keys.max() ?? DeliveredFile.ID(number: 0)
        var changes = LedgerChanges(at: now)
        changes.forgotten = [
            (
                school.skolkod,
                ForgottenCourse(
                    student: student.key, course: course.key, upTo: last, reason: Masking.withoutNumbers(reason),
                    at: now)
            )
        ]
        decision.changes = changes
        let remaining = others(of: course.key, among: all)
        let holding = files(with: course.key)
        if remaining > 0 {
            decision.notes.append(.saidByNextFile(shown, remaining: remaining))
        } else if holding.allSatisfy({ $0.outcome == .planned }) {
            decision.notes.append(.notWithCSN(shown))
        } else {
            decision.notes.append(.tellCSN(shown))
        }
        let waiting = holding.filter { $0.outcome == .planned }.map { show($0) }
        if !waiting.isEmpty { decision.notes.append(.stillInFiles(waiting, shown)) }
        decision.files = waiting
        return decision
    }

    /// How many other courses of the same study period are reported.
    private func others(of course: CourseKey, among all: [Known]) -> Int {
        let reported = all.compactMap { known in known.standing.reported.map { (key: known.key, content: $0.content) } }
        let table = CourseTable([])
        let records = reported.map { known in
            known.content.record(at: school.skolkod) { table.index(ofUnregistered: $0) }
        }
        for range in StudyUnits.ranges(in: records) where reported[range].contains(where: { $0.key == course }) {
            return range.count - 1
        }
        return 0
    }

    /// The files that hold the course and are not void, in the order of their making.
    private func files(with course: CourseKey) -> [DeliveredFile] {
        let versions = school.versions[student.key]?[course] ?? []
        return versions.filter { $0.record != nil }.compactMap { school.files[$0.file] }
            .filter { !$0.outcome.isVoid }.sorted { $0.id < $1.id }
    }

    private func shown(_ course: CourseKey) -> OutboxCourse {
        OutboxCourse(
            student: student.key.number,
            personnummer: student.isProtected ? Personnummer.maskedWhole : student.personnummer.masked,
            skolkod: school.skolkod, kurskod: course.kurskod, kursdel: course.kursdel, startdatum: course.startdatum)
    }

    // MARK: - What cannot be let go

    private func forgottenBefore(
        _ matching: [Known], _ all: [Known], _ kurskod: String
    ) throws(RunFailure) -> OutboxDecision {
        let before = school.forgotten[student.key] ?? []
        if matching.count == 1, let course = matching.first, before.contains(where: { $0.course == course.key }) {
            let shown = shown(course.key)
            return OutboxDecision(course: shown, skolkod: school.skolkod, notes: [.forgottenBefore(shown)])
        }
        let reported = all.filter { $0.standing.reported != nil }
        let list = LettingGo.list(reported)
        let code = Masking.withoutNumbers(kurskod)
        guard !reported.isEmpty else {
            throw RunFailure(
                .unusable,
                Text(
                    sv: "Inget är rapporterat för studerande \(student.key.number) som kan släppas.",
                    en: "Nothing was reported of student \(student.key.number) that could be let go."))
        }
        throw RunFailure(
            .unusable,
            Text(
                sv:
                    "Studerande \(student.key.number) har ingen rapporterad kurs \(code) som passar. Rapporterat är: \(list)",
                en: "Student \(student.key.number) has no reported course \(code) that fits. Reported are: \(list)"))
    }

    private func several(_ courses: [Known]) -> RunFailure {
        let list = LettingGo.list(courses)
        return RunFailure(
            .unusable,
            Text(
                sv: "Flera kurser passar: \(list). Säg vilken med --kursdel och --startdatum.",
                en: "Several courses fit: \(list). Say which with --kursdel and --startdatum."))
    }

    /// `MATMAT01a --kursdel 1:1 --startdatum 2026-08-17, …`
    private static func list(_ courses: [Known]) -> String {
        courses.map { course in
            let part = course.key.kursdel
            return "\(course.key.kurskod) --kursdel \(part.part):\(part.parts) --startdatum \(course.key.startdatum)"
        }.joined(separator: ", ")
    }
}
