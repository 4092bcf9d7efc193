import SimulatedCSN

extension SimulatedYear {
    mutating func note(_ text: String) {
        journal.append("\(now) \(text)")
        if journal.count > 400 { journal.removeFirst(200) }
    }

    /// By student, what the exports have said and what CSN has read.
    private mutating func noteLives(of export: Export) {
        for student in export.students {
            let text = student.courses.map { course in
                course.reported.description + (course.brokenUntil == nil ? "" : " utan slutdatum")
            }.joined(separator: " | ")
            if lastExported[student.number] != text {
                lastExported[student.number] = text
                lives[student.number, default: []].append("\(now) exporten: \(text)")
            }
        }
    }

    func failure(_ what: String, of student: String? = nil) -> YearFailure {
        YearFailure(
            seed: seed, time: now, student: student, what: what,
            journal: (student.flatMap { lives[$0] } ?? []).suffix(24) + journal.suffix(40) + program.lastWords())
    }

    /// What the program makes of what somebody says or what time brings; anything that it does not take is a failure.
    mutating func use(_ what: String, _ body: (inout Used) throws -> Void) throws {
        note(what)
        do { try body(&program) } catch { throw failure("\(what): programmet säger nej: \(error)") }
    }

    mutating func perform(_ act: Act) throws {
        let now = now
        switch act {
        case .export:
            let export = school.export
            try use("export med \(export.students.count) studerande") {
                try $0.deliver(export.text(school: SimulatedYear.skolkod), at: now)
            }
            noteLives(of: export)
            delivered = export
        case .run: try runProgram()
        case .migrate(let firstDay): try migrate(firstDay: firstDay)
        case .upload(let isUnlucky, let says):
            for file in try filesForComingReading() { try upload(file, isUnlucky: isUnlucky, says) }
        case .fetch(let later):
            for file in try filesForComingReading() { schedule(.uploadFetched(file), at: later) }
        case .uploadFetched(let file): try upload(file, isUnlucky: false, .atOnce)
        case .say(let file, let uploaded): try say(file, uploaded: uploaded)
        case .withdraw:
            for file in try filesForComingReading() {
                guard let index = history.index(of: file), history.versions[index].uploaded == nil else { continue }
                try use("drar tillbaka \(file.name)") { try $0.withdraw(file, now: now) }
                history.versions[index].said = FileHistory.Said(at: now, verdict: .withdrawn)
            }
        case .forget:
            let reported = Set(
                (processed?.students ?? []).flatMap { student in
                    student.courses.map { "\(student.number) \($0.code) \($0.part)" }
                })
            // Nobody lets a course go that the program has still seen in its last export.
            for course in school.toForget(now.day, isSeen: { reported.contains("\($0.student) \($0.code) \($0.part)") })
            {
                try use("glöm \(course.code) för \(course.student)") {
                    try $0.forget(
                        student: course.student, code: course.code, part: course.part, start: course.start, now: now)
                }
                forgotten[course.student] = now
            }
        case .confirm:
            guard isHeld else { return }
            try use("bekräftar att så många har slutat") { try $0.confirm(now: now) }
            school.confirmed()
            isHeld = false
        }
    }

    /// The file that a person takes: in the outbox, and its window is open, or was until today's reading.
    private func filesForComingReading() throws -> [OutboxFile] {
        try program.outbox().filter { file in
            guard let day = SimulatedYear.readingDay(of: file.name) else { return false }
            let opens = authority.calendar.readingDay(before: day) + 1
            return opens <= now.day && now.day <= day
        }
    }

    private mutating func upload(_ file: OutboxFile, isUnlucky: Bool, _ says: Act.Saying) throws {
        guard let index = history.index(of: file), history.versions[index].uploaded == nil else { return }
        let now = now
        switch authority.upload(file.bytes, at: now, isUnlucky: isUnlucky) {
        case .taken(let number):
            note("laddar upp \(file.name) (\(index))")
            uploads[number] = index
            history.versions[index].uploaded = now
            tally.uploads += 1
            switch says {
            case .atOnce: try say(file, uploaded: now)
            case .at(let later): schedule(.say(file, uploaded: now), at: max(later, now))
            case .never: break
            }
        case .refused(let reason):
            guard isUnlucky else { throw failure("CSN tar inte emot \(file.name): \(reason)") }
            note("CSN tar inte emot \(file.name): \(reason)")
            guard case .atOnce = says else { return }
            try use("säger att \(file.name) inte togs emot") { try $0.rejected(file, now: now) }
            history.versions[index].said = FileHistory.Said(at: now, verdict: .rejected)
        }
    }

    private mutating func say(_ file: OutboxFile, uploaded: WallTime) throws {
        guard let index = history.index(of: file) else { return }
        let now = now
        try use("säger att \(file.name) (\(index)) laddades upp \(uploaded)") {
            try $0.sent(file, uploaded: uploaded, now: now)
        }
        history.versions[index].said = FileHistory.Said(at: now, verdict: .sent(uploaded))
    }

    /// `1234_2026-11-23.txt`; nil for any other name.
    static func readingDay(of name: String) -> CalendarDay? {
        guard name.hasPrefix("\(skolkod)_"), name.hasSuffix(".txt") else { return nil }
        return CalendarDay(iso: name.dropFirst(5).dropLast(4))
    }
}
