import CSN

/// An examination without studying (prövning), as its two rules see it.
///
/// The handbook: "Du ska rapportera om en studerande gör en så kallad prövning i en kurs och då uppnår godkänt betyg."
/// It says nothing of how an export tells one: the profile finds the mark.
enum Examination {
    /// Why a row marked as an examination cannot be taken for one.
    enum Doubt {
        /// The course was reported as studied at that time.
        case reportedAsStudied
        /// The row itself says that the student started and studied for a time.
        case showsStudies
    }

    /// The grade that counts today: passed, not passed, or none yet.
    enum Outcome {
        case passed
        case failed
        case notYetGraded
        /// Graded on a day that has not come.
        case later
    }

    /// What the grade comes to on the day of the run.
    static func outcome(of betyg: Betyg?, on betygsdatum: Day?, today: Day) -> Outcome {
        guard let betyg else { return .notYetGraded }
        if let betygsdatum, betygsdatum > today { return .later }
        return betyg.isPass(on: betygsdatum) ? .passed : .failed
    }

    /// Whether a row shows studies: started, and more than one day long.
    static func showsStudies(started: Bool, from start: Day, to end: Day) -> Bool { started && start < end }

    /// Whether one of the records that were reported is of the same course and shows studies: the same record, or one whose
    /// dates hold the day of the grade. Studies that were over before the examination say nothing against it.
    static func wasStudied(_ course: CourseIndex?, from start: Day, graded: Day?, in earlier: [Record]) -> Bool {
        earlier.contains { record in
            guard record.course == course, let earlierStart = record.startdatum, let earlierEnd = record.slutdatum,
                showsStudies(started: record.registrering, from: earlierStart, to: earlierEnd)
            else { return false }
            return earlierStart == start || graded.map { earlierStart <= $0 && $0 <= earlierEnd } ?? false
        }
    }

    /// What speaks against taking the record for an examination; nil when nothing does.
    static func doubt(about record: Record, _ context: RuleContext) -> Doubt? {
        guard let start = record.startdatum, let end = record.slutdatum else { return nil }
        if showsStudies(started: record.registrering, from: start, to: end) { return .showsStudies }
        let earlier = context.earlier.all.map(\.reported)
        return wasStudied(record.course, from: start, graded: record.betygsdatum, in: earlier)
            ? .reportedAsStudied : nil
    }
}
