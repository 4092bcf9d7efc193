import SimulatedCSN

extension SimulatedYear {
    // MARK: - A run

    /// Runs the program, and judges what then lies in the outbox.
    mutating func runProgram() throws {
        let before = try readOutbox(program.outbox())
        let promised = promised(before)
        if let delivered {
            noteMany(leaving: delivered)
            processed = delivered
        }
        delivered = nil
        let now = now
        var status = 0
        try use("körning") { status = try $0.nightly(at: now) }
        guard status <= 1 else { throw failure("körningen slutade med \(status)") }
        tally.runs += 1
        let after = try judgeOutbox(before)
        try judgeToldToMigrate()
        guard let processed, !isHeld else { return }
        try judgeCompleteness(after, processed)
        try judgeKept(promised, after, processed)
        try judgeBroken(after, processed)
    }

    /// Judges what lies in the outbox after a run.
    @discardableResult
    mutating func judgeOutbox(_ before: [Lying]) throws -> [Lying] {
        let after = try readOutbox(program.outbox())
        try judgeNames(after)
        record(after, lyingBefore: before)
        try judgeMoved(toBeRead(after))
        return after
    }

    /// Whether so many are gone that the program must ask.
    private mutating func noteMany(leaving export: Export) {
        guard let processed else { return }
        let here = Set(export.students.map(\.number))
        let gone = processed.students.count { !here.contains($0.number) }
        if gone * 5 > processed.students.count { isHeld = true }
    }

    /// A file in the outbox, read as the authority would read it.
    struct Lying {
        var file: OutboxFile
        var readingDay: CalendarDay
        var students: [String: [ReportedCourse]]
    }

    func readOutbox(_ files: [OutboxFile]) throws -> [Lying] {
        try files.map { file in
            guard let day = SimulatedYear.readingDay(of: file.name) else {
                throw failure("\(file.name) är ingen fil för en läsdag")
            }
            do throws(UploadedFile.Refusal) {
                // A file may wait until its day; what is in the future today is so then, too, or the file is made anew.
                let read = try UploadedFile(file.bytes, today: now.day)
                guard read.school == SimulatedYear.skolkod else { throw UploadedFile.Refusal(reasons: ["annan skola"]) }
                return Lying(file: file, readingDay: day, students: read.students)
            } catch {
                throw failure("CSN skulle inte ta emot \(file.name): \(error)")
            }
        }
    }

    private func judgeNames(_ files: [Lying]) throws {
        for lying in files {
            let day = lying.readingDay
            guard authority.calendar.reads(on: day) else {
                throw failure("\(lying.file.name): ingen läsning den dagen")
            }
            guard WallTime(day, ReadingCalendar.hour) > now || isSent(lying.file) else {
                throw failure("\(lying.file.name) ligger kvar efter sin läsning")
            }
        }
        guard Set(files.map(\.readingDay)).count == files.count else { throw failure("två filer för en läsning") }
    }

    /// Whether somebody has said that the file is uploaded, and CSN has not read it yet.
    private func isSent(_ file: OutboxFile) -> Bool {
        guard let index = history.index(of: file), let time = history.versions[index].sent(knownAt: now) else {
            return false
        }
        return WallTime(authority.calendar.readingOfUpload(at: time), ReadingCalendar.hour) > now
    }

    private mutating func record(_ files: [Lying], lyingBefore before: [Lying]) {
        for lying in files {
            let wasThere = before.contains { $0.file == lying.file }
            if let index = history.index(of: lying.file), wasThere, !history.versions[index].isVoid(at: now) {
                continue
            }
            history.versions.append(
                FileHistory.Version(
                    file: lying.file, readingDay: lying.readingDay, students: lying.students, made: now))
            tally.files += 1
            note("ny fil \(lying.file.name) (\(history.versions.count - 1)): \(lying.students.count) studerande")
        }
        let coming = files.map(\.readingDay).sorted()
        tally.longestQueue = max(tally.longestQueue, coming.count - 1)
    }

    // MARK: - What CSN will have

    /// The files that are to be read, as far as anybody has said: what was uploaded and waits, and what lies in the
    /// outbox, which takes the place of what was uploaded for the same reading. In the order of the readings.
    private func toBeRead(_ lying: [Lying]) -> [(day: CalendarDay, students: [String: [ReportedCourse]])] {
        var files = lying.filter { WallTime($0.readingDay, ReadingCalendar.hour) > now }
            .map { (day: $0.readingDay, students: $0.students) }
        var sent: [CalendarDay: (time: WallTime, students: [String: [ReportedCourse]])] = [:]
        for version in history.versions.suffix(60) {
            guard let uploaded = version.sent(knownAt: now) else { continue }
            let day = authority.calendar.readingOfUpload(at: uploaded)
            guard WallTime(day, ReadingCalendar.hour) > now, sent[day].map({ $0.time <= uploaded }) ?? true else {
                continue
            }
            sent[day] = (uploaded, version.students)
        }
        for (day, file) in sent where !files.contains(where: { $0.day == day }) { files.append((day, file.students)) }
        return files.sorted { $0.day < $1.day }
    }

    /// If everything that waits is uploaded in time and nothing else happens, CSN has all that the school says now.
    private func judgeCompleteness(_ lying: [Lying], _ processed: Export) throws {
        let files = toBeRead(lying)
        for student in processed.students where !isUnsettled(student.number) {
            var register = authority.register[student.number] ?? []
            for file in files {
                guard let courses = file.students[student.number] else { continue }
                register = Authority.replacing(register, by: courses)
            }
            let broken = student.broken
            let will = StudyPeriods.of(register)
            for period in student.reported where broken.isDisjoint(with: period.map(\.key)) {
                guard !will.contains(period), !waits(period, for: broken, of: student.number) else { continue }
                throw failure(
                    """
                    en studieperiod når inte CSN.
                      skolan: \(period.map(\.description).joined(separator: " | "))
                      CSN:    \(register.map(\.description).joined(separator: " | "))
                    """, of: student.number)
            }
        }
        for (student, courses) in school.gone where !processed.students.contains(where: { $0.number == student }) {
            var register = authority.register[student] ?? []
            for file in files {
                if let new = file.students[student] { register = Authority.replacing(register, by: new) }
            }
            guard (oldTerms?.without(register, of: student) ?? register) == courses else {
                throw failure("en studerande som slutat står inte kvar som senast rapporterat", of: student)
            }
        }
    }

    /// Whether the authority may have a study period as one with a course whose end date is lost: sent alone, it would
    /// take that course away, so it waits. What it may have is what it has, and what stood in one of the last files of
    /// which nobody has said that they are void.
    private func waits(_ period: [ReportedCourse], for broken: Set<ReportedCourse.Key>, of student: String) -> Bool {
        guard !broken.isEmpty else { return false }
        let files = history.versions.suffix(60).filter { !$0.isVoid(at: now) }.compactMap { $0.students[student] }
        let possible = (authority.register[student] ?? []) + files.flatMap(\.self)
        return StudyPeriods.of(possible + period).contains { former in
            !broken.isDisjoint(with: former.map(\.key)) && former.contains { course in period.contains(course) }
        }
    }

    /// Whether nobody has said yet what a vanished course of the student is.
    private func isUnsettled(_ student: String) -> Bool { school.vanished.contains { $0.student == student } }

    /// By student, the courses that stand in a file which is still to be read.
    private func promised(_ lying: [Lying]) -> [String: [ReportedCourse]] {
        var promised: [String: [ReportedCourse]] = [:]
        let unread = lying.filter { lying in
            WallTime(lying.readingDay, ReadingCalendar.hour) > now
                && history.index(of: lying.file).map { !history.versions[$0].isVoid(at: now) } ?? true
        }
        for file in toBeRead(unread) where WallTime(file.day, ReadingCalendar.hour) > now {
            for (student, courses) in file.students {
                promised[student] = Authority.replacing(promised[student] ?? [], by: courses)
            }
        }
        return promised
    }

    /// Lines of a student who is held now, in a file that is still to be read, stay in what is to be read.
    private func judgeKept(_ before: [String: [ReportedCourse]], _ lying: [Lying], _ processed: Export) throws {
        let after = promised(lying)
        for student in processed.students where !isUnsettled(student.number) {
            for key in student.broken {
                guard let course = before[student.number]?.first(where: { $0.key == key }) else { continue }
                let kept = after[student.number]?.contains(course) ?? false
                let isThere = authority.register[student.number]?.contains(course) ?? false
                guard kept || isThere else {
                    throw failure(
                        "en rad i en oläst fil försvann när perioden hölls tillbaka: \(course)", of: student.number)
                }
            }
        }
    }

    /// A course that CSN has and whose end date is lost stays with CSN: no file that is made meanwhile holds its study
    /// period without it.
    private func judgeBroken(_ lying: [Lying], _ processed: Export) throws {
        let new = lying.filter { lying in
            history.index(of: lying.file).map { history.versions[$0].made == now } ?? false
        }
        let newDays = Set(new.map(\.readingDay))
        let files = toBeRead(lying)
        for student in processed.students where !isUnsettled(student.number) {
            let broken = student.broken
            guard !broken.isEmpty else { continue }
            var register = authority.register[student.number] ?? []
            var taken: Set<ReportedCourse.Key> = []
            for file in files {
                guard let courses = file.students[student.number] else { continue }
                let before = broken.intersection(register.map(\.key))
                register = Authority.replacing(register, by: courses)
                if newDays.contains(file.day) { taken.formUnion(before.subtracting(register.map(\.key))) }
            }
            guard let key = taken.subtracting(register.map(\.key)).first else { continue }
            throw failure(
                "\(key.code) från \(key.start) har tappat sitt slutdatum, och en ny fil tar den från CSN",
                of: student.number)
        }
    }

    // MARK: - A reading

    /// What the authority has read must not have been sent before without a reason.
    mutating func judge(_ reading: Authority.Reading) throws {
        guard let index = uploads[reading.upload.number] else { throw failure("CSN läste en okänd fil") }
        note("CSN läser \(history.versions[index].file.name) (\(index))")
        tally.readings += 1
        tally.overtaken += reading.unread.count
        for (student, courses) in reading.upload.file.students {
            let before = StudyPeriods.of(reading.before[student] ?? [])
            let text = courses.map(\.description).joined(separator: " | ")
            lives[student, default: []].append(
                "\(now) CSN läser \(history.versions[index].file.name) (\(index)): \(text)")
            for period in StudyPeriods.of(courses) {
                tally.periods += 1
                guard before.contains(period) else { continue }
                let wasForgotten = forgotten[student].map { $0 > history.versions[index].made - 10 } ?? false
                let calendar = authority.calendar
                guard
                    wasForgotten || history.hasReason(toSend: period, of: student, again: index, calendar)
                else {
                    throw failure(
                        "skickad igen utan skäl: \(period.map(\.description).joined(separator: " | "))", of: student)
                }
                tally.again += 1
            }
        }
        history.versions[index].read = reading.day
    }

    // MARK: - The end

    /// CSN's register against the school's truth, student by student.
    func compareAtEnd() throws {
        var truth: [String: [ReportedCourse]] = school.gone
        for student in school.export.students {
            truth[student.number] = student.reported.flatMap(\.self).sorted { $0.key < $1.key }
        }
        for (student, courses) in oldTerms?.told ?? [:] {
            truth[student] = ((truth[student] ?? []) + courses).sorted { $0.key < $1.key }
        }
        for number in Set(truth.keys).union(authority.register.keys).sorted() {
            let wanted = truth[number] ?? []
            let had = authority.register[number] ?? []
            guard wanted != had else { continue }
            throw failure(
                """
                CSN:s register är ett annat än skolans.
                  skolan: \(wanted.map(\.description).joined(separator: " | "))
                  CSN:    \(had.map(\.description).joined(separator: " | "))
                """, of: number)
        }
    }
}

extension WallTime {
    /// So many days earlier.
    static func - (time: WallTime, days: Int) -> WallTime {
        WallTime(time.day - days, 0, 0, time.second)
    }
}
