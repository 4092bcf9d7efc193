import CSN
import DeliveryLedger
import Findings
import Reports

/// What a verb of `outbox` has decided, before it is written.
struct OutboxDecision {
    /// For the ledger; nil when it says so already.
    var changes: LedgerChanges?
    /// The files concerned, as they stand then.
    var files: [OutboxFile] = []
    /// The course concerned.
    var course: OutboxCourse?
    /// The school concerned, where the verb is about a school.
    var skolkod: Skolkod?
    /// What is said.
    var notes: [OutboxNote] = []
    /// A file that is to be gone from the outbox.
    var removing: DeliveredFile?
}

/// The verbs by which a person tells what became of a file.
struct FileVerbs {
    private(set) var files: DeliveredFiles
    let now: Moment
    let show: FileShowing
    private var notes: [OutboxNote] = []
    private var concerned: [DeliveredFile.ID] = []

    init(_ files: DeliveredFiles, now: Moment, show: FileShowing) {
        self.files = files
        self.now = now
        self.show = show
    }

    /// - Parameter hasChanged: false where the ledger says so already.
    private func decision(
        about file: DeliveredFile, hasChanged: Bool = true, removing: DeliveredFile? = nil
    ) -> OutboxDecision {
        var changes: LedgerChanges?
        if hasChanged {
            changes = LedgerChanges(at: now)
            changes?.closings = files.closings
        }
        let ids = [file.id] + concerned.filter { $0 != file.id }
        return OutboxDecision(
            changes: changes, files: ids.compactMap { files[$0] }.map { show($0) }, notes: notes, removing: removing)
    }

    private mutating func note(_ note: OutboxNote) { notes.append(note) }

    /// The file as it stands now, for reports.
    private func shown(_ file: DeliveredFile) -> OutboxFile { show(files[file.id] ?? file) }

    private func already(_ file: DeliveredFile, removing: DeliveredFile? = nil) -> OutboxDecision {
        var decision = decision(about: file, hasChanged: false, removing: removing)
        decision.notes = [.already(show(file))]
        return decision
    }

    private mutating func noteCorrection(of file: DeliveredFile) {
        guard file.outcome.isVoid else { return }
        note(.corrected(shown(file), before: FileShowing.state(file.outcome)))
    }

    // MARK: - sent

    /// The file was uploaded.
    ///
    /// - Parameters:
    ///   - at: when, as typed; nil: now.
    ///   - isName: the file was named by a name that other versions may have.
    mutating func sent(_ file: DeliveredFile, at: Moment?, isName: Bool) -> OutboxDecision {
        if file.outcome.isConfirmed, at == nil || at == file.sent { return already(file) }
        let time = at ?? now
        let reading = show.readingDays.reading(atOrAfter: time)
        files.close(
            file.id, DeliveredFiles.outcome(of: reading, at: now), reading: reading, sent: time, at: now)
        let rival = strongerRival(of: file)
        if rival != nil { files.close(file.id, .replaced, reading: reading, sent: time, at: now) }
        let said = shown(file)
        note(said.state == .accepted ? .read(said) : .uploaded(said, at: time))
        noteCorrection(of: file)
        if file.outcome.isConfirmed, let before = file.sent { note(.timeCorrected(said, before: before)) }
        if let rival { lose(file, to: rival) } else { win(file) }
        if file.outcome.isConfirmed, file.reading != reading { standAgain(before: file) }
        noteReading(of: file, at: time)
        if isName, at == nil { noteOtherVersion(of: file) }
        return decision(about: file)
    }

    /// The file of the same reading that CSN reads instead of this one: uploaded later, or seen in Mina tjänster.
    /// Another version of the same name is none: the one that was said last is taken to be the one uploaded, and of
    /// the other one nobody knows any more.
    private func strongerRival(of file: DeliveredFile) -> DeliveredFile? {
        guard let file = files[file.id] else { return nil }
        return files.all.filter { other in
            guard other.id != file.id, other.facts.skolkod == file.facts.skolkod, other.reading == file.reading else {
                return false
            }
            if other.outcome == .accepted, other.sent == nil { return true }
            guard other.outcome.isConfirmed || (other.outcome == .replaced && other.sent != nil) else { return false }
            return other.facts.name != file.facts.name && other.isSentAfter(file)
        }.max { $1.sent == nil || $1.isSentAfter($0) }
    }

    private mutating func lose(_ file: DeliveredFile, to rival: DeliveredFile) {
        if !rival.outcome.isConfirmed {
            let outcome = DeliveredFiles.outcome(of: rival.reading, at: now)
            files.close(rival.id, outcome, reading: rival.reading, at: now)
            note(.standsAgain(shown(rival)))
        }
        concerned.append(rival.id)
        note(.superseded(shown(file), by: shown(rival)))
    }

    /// - Parameter isSeen: CSN is known to have read this one; otherwise it was the last to be said of its name.
    private mutating func win(_ file: DeliveredFile, isSeen: Bool = false) {
        guard let won = files[file.id] else { return }
        for other in files.confirmed(besides: won, at: won.reading) {
            files.close(other.id, .replaced, reading: other.reading, at: now)
            concerned.append(other.id)
            let isTakenBack = !isSeen && other.facts.name == won.facts.name && other.isSentAfter(won)
            note(isTakenBack ? .takenBack(shown(other), for: show(won)) : .superseded(shown(other), by: show(won)))
        }
    }

    /// - Parameter file: as it stood before.
    private mutating func standAgain(before file: DeliveredFile) {
        guard let restored = files.restore(before: file, at: now) else { return }
        concerned.append(restored.id)
        note(.standsAgain(show(restored)))
    }

    /// Which reading it came to, if that is not its own, and what else comes to that.
    private mutating func noteReading(of file: DeliveredFile, at time: Moment) {
        guard let sent = files[file.id] else { return }
        if sent.reading > sent.facts.readingDay { note(.late(show(sent))) }
        if sent.reading < sent.facts.readingDay { note(.early(show(sent))) }
        for other in files.all where other.id != sent.id && other.facts.skolkod == sent.facts.skolkod {
            guard other.outcome.isConfirmed, other.reading != sent.reading, other.sent?.day == time.day else {
                continue
            }
            note(.twoOnOneDay(show(sent), show(other)))
        }
        guard sent.outcome == .sent else { return }
        let waiting = files.all.filter {
            $0.outcome == .planned && $0.facts.skolkod == sent.facts.skolkod && $0.facts.readingDay == sent.reading
        }
        if !waiting.isEmpty { note(.othersWait(waiting.map { show($0) }, beside: show(sent))) }
    }

    private mutating func noteOtherVersion(of file: DeliveredFile) {
        let other = files.versions(named: file.facts.name).last {
            $0.id != file.id && $0.facts.made.day == file.facts.made.day && !$0.outcome.isVoid
        }
        if let other { note(.taken(shown(file), not: show(other))) }
    }

    // MARK: - accepted, rejected, withdraw

    /// CSN has the file.
    mutating func accepted(_ file: DeliveredFile) throws(RunFailure) -> OutboxDecision {
        if file.outcome == .accepted { return already(file) }
        guard ReadingDays.hour(of: file.reading) <= now else {
            throw RunFailure(
                .unusable,
                Text(
                    sv: """
                        \(file.facts.name) (nr \(file.id.number)) läses av CSN först \(file.reading) efter kl. 17.00. Är \
                        den uppladdad: csnfil outbox sent \(file.id.number)
                        """,
                    en: """
                        \(file.facts.name) (no. \(file.id.number)) is read by CSN on \(file.reading) after 17:00, not \
                        before. If it is uploaded: csnfil outbox sent \(file.id.number)
                        """))
        }
        files.close(file.id, .accepted, reading: file.reading, at: now)
        note(.read(shown(file)))
        noteCorrection(of: file)
        win(file, isSeen: true)
        return decision(about: file)
    }

    /// CSN took nothing of the file.
    mutating func rejected(_ file: DeliveredFile) -> OutboxDecision {
        if file.outcome == .rejected { return already(file, removing: file) }
        files.close(file.id, .rejected, reading: file.reading, at: now)
        note(.refused(shown(file)))
        if file.outcome.isConfirmed { standAgain(before: file) }
        note(.afterRefusal(shown(file)))
        return decision(about: file, removing: file)
    }

    /// The file is not to be uploaded.
    mutating func withdraw(_ file: DeliveredFile) throws(RunFailure) -> OutboxDecision {
        switch file.outcome {
        case .withdrawn: return already(file, removing: file)
        case .planned:
            files.close(file.id, .withdrawn, reading: file.reading, at: now)
            note(.withdrawn(shown(file)))
            return decision(about: file, removing: file)
        case .sent, .accepted:
            throw refusal(
                file,
                Text(
                    sv:
                        "är sagd vara uppladdad och kan inte tas tillbaka. Laddades den aldrig upp, eller tog CSN inget ur "
                        + "den: csnfil outbox rejected \(file.id.number). Annars ersätter nästa fil det som var fel.",
                    en: "was said to be uploaded and cannot be taken back. If it never was, or if CSN took nothing of "
                        + "it: csnfil outbox rejected \(file.id.number). If not, the next file replaces what was wrong."
                ))
        case .rejected:
            throw refusal(
                file,
                Text(
                    sv: "är nekad av CSN; det finns inget att ta tillbaka.",
                    en: "was refused by CSN; there is nothing to take back."))
        case .replaced:
            throw refusal(
                file,
                Text(
                    sv: "är redan ersatt och ligger inte i utkorgen; det finns inget att ta tillbaka.",
                    en: "was replaced already and is not in the outbox; there is nothing to take back."))
        }
    }

    private func refusal(_ file: DeliveredFile, _ reason: Text) -> RunFailure {
        let name = "\(file.facts.name) (\(file.id.number))"
        return RunFailure(.unusable, Text(sv: "\(name) \(reason.sv)", en: "\(name) \(reason.en)"))
    }
}
