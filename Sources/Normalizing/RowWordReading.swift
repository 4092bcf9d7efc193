import CSN
import Profiles

// The part of a row that is written in words.
extension RowNormalizer {
    /// The code of the slot's word; 0 for a blank, nil (and a note) for a word that is not known.
    private mutating func word(_ reader: inout WordReader, _ slot: Slot, _ field: Field?) -> UInt8? {
        let bytes = cell(slot)
        guard !bytes.isEmpty else { return 0 }
        let code = reader.read(bytes)
        guard code == WordReader.unknown else { return code }
        if let field { note(field, .failed(.notAllowed), slot) }
        return nil
    }

    mutating func readWords(_ words: RowWords, _ candidate: inout Candidate) {
        candidate.fardighetstraning = word(&words.skillTraining, .fardighetstraning, .fardighetstraning) == 1
        candidate.uppdragsutbildning = word(&words.commissioned, .uppdragsutbildning, .uppdragsutbildning) == 1
        candidate.traineejobb = word(&words.trainee, .traineejobb, .traineejobb) == 1
        candidate.omfattning = word(&words.scope, .omfattning, .omfattning).flatMap { Omfattning(rawValue: $0) }
        candidate.niva = word(&words.level, .niva, .niva).flatMap { Niva(rawValue: $0) }
        candidate.meddelandeorsak = word(&words.event, .meddelandeorsak, .meddelandeorsak)
            .flatMap { Meddelandeorsak(rawValue: $0) }
        candidate.eventReason =
            word(&words.reason, .handelseorsak, nil).flatMap { EventReason(rawValue: $0) } ?? .none
        readGrade(words, &candidate)
        readMarks(words, &candidate)
    }

    private mutating func readGrade(_ words: RowWords, _ candidate: inout Candidate) {
        var bytes = cell(.betyg)
        guard !bytes.isEmpty else { return }
        // A trailing * marks a final grade in some systems; *** is a grade of its own (not graded).
        if bytes.count > 1, bytes[bytes.count - 1] == UInt8(ascii: "*"), bytes[0] != UInt8(ascii: "*") {
            bytes = CellBytes(rebasing: bytes[0..<bytes.count - 1])
            while let last = bytes.last, last == 0x20 { bytes = CellBytes(rebasing: bytes[0..<bytes.count - 1]) }
        }
        let code = words.grade.read(bytes)
        switch code {
        case WordReader.unknown: note(.betyg, .failed(.notAllowed), .betyg)
        case RowWords.dropOut: readDropOutInGradeColumn(&candidate)
        default: candidate.betyg = Betyg(rawValue: code)
        }
    }

    /// A drop-out written in the grade column ("Avbrott", "AVB") is an event 99 with the grade's date, not a grade.
    private mutating func readDropOutInGradeColumn(_ candidate: inout Candidate) {
        let date = candidate.betygsdatum
        candidate.betygsdatum = nil
        // An event that could not be read holds the record already.
        if notes.contains(where: { $0.field == .meddelandeorsak }) { return }
        guard candidate.meddelandeorsak == nil || candidate.meddelandeorsak == .dropOut else {
            // Another event on the same row: one row holds one event, and nobody knows which is meant.
            note(.betyg, .failed(.notAllowed), .betyg)
            return
        }
        candidate.meddelandeorsak = .dropOut
        if cell(.handelsedatum).isEmpty { candidate.handelsedatum = date }
    }

    private mutating func readMarks(_ words: RowWords, _ candidate: inout Candidate) {
        if word(&words.examination, .provning, nil) == RowWords.yes { candidate.marks.insert(.examination) }
        if word(&words.programme, .program, nil) == RowWords.yes { candidate.marks.insert(.introductoryProgramme) }
        if word(&words.status, .status, nil) == RowWords.yes { candidate.marks.insert(.deceased) }
        // A word nobody knows in this column protects: showing too little harms nobody.
        if !cell(.skyddad).isEmpty, word(&words.protected, .skyddad, nil) != RowWords.no {
            candidate.marks.insert(.protectedIdentity)
        }
    }

    /// J from a column in which the school certifies the start; where the export has none, from what the school has
    /// declared as that certificate. Nothing is inferred otherwise.
    mutating func readStart(_ reading: SchoolReading, _ candidate: inout Candidate) {
        guard column(.registrering) == nil else {
            candidate.registrering =
                word(&reading.words.started, .registrering, .registrering) == RowWords.yes
            return
        }
        // A grade of a day that is still to come certifies nothing yet.
        let isGiven = candidate.betygsdatum.map { $0 <= knowledge.today } ?? true
        let isGraded = isGiven && candidate.betyg.map { $0 != .notGraded && $0 != .z } ?? false
        candidate.registrering = reading.certifies(status: cell(.status), isGraded: isGraded)
    }
}
