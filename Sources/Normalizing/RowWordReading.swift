import CSN
import Profiles

// The part of a row that is written in words.
extension RowNormalizer {
    /// The code of the slot's word; 0 for a blank, nil (and a note) for a word that is not known.
    @inline(__always)
    mutating func word(_ slot: Slot, _ field: Field?) -> UInt8? {
        guard cells.has(slot) else { return 0 }
        return filledWord(slot, field)
    }

    private mutating func filledWord(_ slot: Slot, _ field: Field?) -> UInt8? {
        let code = code(of: cell(slot), in: slot)
        guard code == WordReader.unknown else { return code }
        if let field { note(field, .failed(.notAllowed), slot) }
        return nil
    }

    /// The code of a word of a slot at the row's school; ``WordReader/unknown`` when it is not known.
    mutating func code(of word: CellBytes, in slot: Slot) -> UInt8 {
        let kind = current.words.number << 8 | UInt32(slot.rawValue)
        if let known = recentWords[word, kind] { return known }
        let code = current.words.read(word, in: slot)
        recentWords.set(word, kind, code)
        return code
    }

    mutating func readWords(_ candidate: inout Candidate) {
        candidate.fardighetstraning = word(.fardighetstraning, .fardighetstraning) == 1
        candidate.uppdragsutbildning = word(.uppdragsutbildning, .uppdragsutbildning) == 1
        candidate.traineejobb = word(.traineejobb, .traineejobb) == 1
        candidate.omfattning = word(.omfattning, .omfattning).flatMap { Omfattning(rawValue: $0) }
        candidate.niva = word(.niva, .niva).flatMap { Niva(rawValue: $0) }
        candidate.meddelandeorsak = word(.meddelandeorsak, .meddelandeorsak)
            .flatMap { Meddelandeorsak(rawValue: $0) }
        candidate.eventReason =
            word(.handelseorsak, nil).flatMap { EventReason(rawValue: $0) } ?? .none
        readStatus(&candidate)
        readGrades(&candidate)
        readMarks(&candidate)
    }

    /// A status may say that the student has died, or tell an event where its own column says nothing.
    private mutating func readStatus(_ candidate: inout Candidate) {
        guard let code = word(.status, nil), code != RowWords.no else { return }
        if code == RowWords.yes {
            candidate.marks.insert(.deceased)
        } else if cell(.meddelandeorsak).isEmpty {
            candidate.meddelandeorsak = Meddelandeorsak(rawValue: code)
        }
    }

    private mutating func readMarks(_ candidate: inout Candidate) {
        if word(.provning, nil) == RowWords.yes { candidate.marks.insert(.examination) }
        if word(.program, nil) == RowWords.yes { candidate.marks.insert(.introductoryProgramme) }
        // A word nobody knows in this column protects: showing too little harms nobody.
        if cells.has(.skyddad), word(.skyddad, nil) != RowWords.no {
            candidate.marks.insert(.protectedIdentity)
        }
    }

    /// J from a column in which the school certifies the start; where the export has none, from what the school has
    /// declared as that certificate. Nothing is inferred otherwise.
    mutating func readStart(_ candidate: inout Candidate) {
        guard column(.registrering) == nil else {
            candidate.registrering =
                word(.registrering, .registrering) == RowWords.yes
            return
        }
        // A grade of a day that is still to come certifies nothing yet.
        let isGiven = candidate.betygsdatum.map { $0 <= knowledge.today } ?? true
        let isGraded = isGiven && candidate.betyg.map { $0 != .notGraded && $0 != .z } ?? false
        candidate.registrering = current.certifies(status: cell(.status), isGraded: isGraded)
    }
}
