import SimulatedCSN

/// Every file that has lain in the outbox, and what people have said of it: what the program can know.
struct FileHistory {
    /// One version of a file.
    struct Version {
        var file: OutboxFile
        /// The day in its name.
        var readingDay: CalendarDay
        /// What stands in it, as the authority reads it.
        var students: [String: [ReportedCourse]]
        /// The run after which it was there.
        var made: WallTime
        /// What somebody has said of it.
        var said: Said?
        /// The reading at which the authority read it.
        var read: CalendarDay?
        /// When it was last uploaded.
        var uploaded: WallTime?
    }

    /// What somebody has said.
    struct Said {
        var at: WallTime
        var verdict: Verdict
    }

    enum Verdict: Equatable {
        /// Uploaded at that moment, and confirmed.
        case sent(WallTime)
        case rejected
        case withdrawn
    }

    var versions: [Version] = []

    /// The newest version that is this file.
    func index(of file: OutboxFile) -> Int? { versions.lastIndex { $0.file == file } }
}

extension FileHistory.Version {
    /// Whether somebody had said by then that CSN has nothing of it.
    func isVoid(at time: WallTime) -> Bool {
        guard let said, said.at <= time else { return false }
        return said.verdict == .rejected || said.verdict == .withdrawn
    }

    /// When it was uploaded, as somebody had said by then.
    func sent(knownAt time: WallTime) -> WallTime? {
        guard let said, said.at <= time, case .sent(let uploaded) = said.verdict else { return nil }
        return uploaded
    }
}

extension FileHistory {
    /// Whether another file lay in the outbox for the reading to which one came by its upload, of which nobody has said
    /// what became of it: the authority reads the last one alone, whoever said that the other was uploaded.
    private func mayBeOvertaken(
        _ source: Int, _ uploaded: WallTime, knownAt time: WallTime, _ calendar: ReadingCalendar
    ) -> Bool {
        let coming = calendar.readingOfUpload(at: uploaded)
        return versions.indices.contains { other in
            let one = versions[other]
            guard other != source, one.readingDay == coming, one.made <= time, !one.isVoid(at: time),
                one.sent(knownAt: time) == nil
            else { return false }
            let isGone = versions.contains {
                $0.readingDay == coming && $0.made > one.made && $0.made <= uploaded
            }
            return !isGone
        }
    }

    /// Whether a study period that the authority had already exactly so was sent again without a reason.
    ///
    /// There is one when nobody had said of the file from which CSN has it that it was uploaded; when the file was made
    /// for the reading of that one, or of another that was uploaded with it, whose content it then carries; and when CSN may have something else of the period
    /// from another file of which nobody has said what became of it, or that came after.
    func hasReason(toSend period: [ReportedCourse], of student: String, again index: Int, _ calendar: ReadingCalendar)
        -> Bool
    {
        let version = versions[index]
        let sources = versions.indices.filter { other in
            versions[other].read != nil && contains(other, period, student)
        }
        guard let source = sources.last(where: { $0 != index }), let read = versions[source].read else { return true }
        guard let uploaded = versions[source].sent(knownAt: version.made) else { return true }
        if version.readingDay <= read { return true }
        if mayBeOvertaken(source, uploaded, knownAt: version.made, calendar) { return true }
        for other in versions.indices where other != index && other != source {
            let one = versions[other]
            if contains(other, period, student), let said = one.sent(knownAt: version.made),
                calendar.readingOfUpload(at: said) >= version.readingDay
            {
                return true
            }
            guard one.made <= version.made, !one.isVoid(at: version.made),
                let courses = one.students[student],
                courses.contains(where: { course in
                    period.contains { $0.isLinked(to: course) || $0.key == course.key }
                }), !contains(other, period, student)
            else { continue }
            if let said = one.sent(knownAt: version.made) {
                if said < uploaded { continue }
                return true
            }
            // Uploaded at the latest while it lay in the outbox, or replaced by the one CSN has read.
            if other > source || one.readingDay >= read { return true }
        }
        return false
    }

    private func contains(_ index: Int, _ period: [ReportedCourse], _ student: String) -> Bool {
        versions[index].students[student].map { StudyPeriods.of($0).contains(period) } ?? false
    }
}
