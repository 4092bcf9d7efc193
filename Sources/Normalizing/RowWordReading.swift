import CSN
import Profiles

// The part of a row that is written in words.
extension RowNormalizer {
    /// The code of the slot's word; 0 for a blank, nil (and a note) for a word that is not known.
    mutating func word(_ reader: inout WordReader, _ slot: Slot, _ field: Field?) -> UInt8? {
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
        readStatus(words, &candidate)
        readGrades(words, &candidate)
        readMarks(words, &candidate)
    }

    /// A status may say that the student has died, or tell an event where its own column says nothing.
    private mutating func readStatus(_ words: RowWords, _ candidate: inout Candidate) {
        guard let code = word(&words.status, .status, nil), code != RowWords.no else { return }
        if code == RowWords.yes {
            candidate.marks.insert(.deceased)
        } else if cell(.meddelandeorsak).isEmpty {
            candidate.meddelandeorsak = Meddelandeorsak(rawValue: code)
        }
    }

    private mutating func readMarks(_ words: RowWords, _ candidate: inout Candidate) {
        if word(&words.examination, .provning, nil) == RowWords.yes { candidate.marks.insert(.examination) }
        if word(&words.programme, .program, nil) == RowWords.yes { candidate.marks.insert(.introductoryProgramme) }
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
