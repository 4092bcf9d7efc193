import CSN
import Profiles

// The part of a row that is about grades.
extension RowNormalizer {
    /// The grade that counts, and its date.
    mutating func readGrades(_ candidate: inout Candidate) {
        guard !takeOutAssessment(&candidate) else { return }
        let isLocked = column(.betyglast) == nil || word(.betyglast, nil) == RowWords.yes
        readGrade(isLocked: isLocked, &candidate)
        if isLocked { readSecondGrade(&candidate) }
    }

    /// The grade in a cell as it is looked up. A trailing * marks a final grade in some systems; *** is a grade of its
    /// own (not graded).
    private func gradeBytes(_ slot: Slot) -> CellBytes {
        var bytes = cell(slot)
        if bytes.count > 1, bytes[bytes.count - 1] == UInt8(ascii: "*"), bytes[0] != UInt8(ascii: "*") {
            bytes = CellBytes(rebasing: bytes[0..<bytes.count - 1])
            while let last = bytes.last, last == 0x20 { bytes = CellBytes(rebasing: bytes[0..<bytes.count - 1]) }
        }
        return bytes
    }

    /// A grade that is not locked is none yet; a drop-out in its column is one all the same.
    private mutating func readGrade(isLocked: Bool, _ candidate: inout Candidate) {
        guard cells.has(.betyg) else { return }
        let bytes = gradeBytes(.betyg)
        let code = code(of: bytes, in: .betyg)
        if code == RowWords.dropOut {
            readDropOutInGradeColumn(&candidate)
        } else if isLocked {
            if code == WordReader.unknown { note(.betyg, .failed(.notAllowed), .betyg) }
            if code == RowWords.outOfScale { note(.betyg, .failed(.range), .betyg) }
            candidate.betyg = Betyg(rawValue: code)
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

    // MARK: - Assessments

    /// Takes out what is an assessment (omdöme) and no grade, with its date.
    ///
    /// - Returns: whether there is no grade to read: it is one, or nobody knows the word that says whether.
    private mutating func takeOutAssessment(_ candidate: inout Candidate) -> Bool {
        guard cells.has(.omdome) else { return false }
        let code = word(.omdome, nil)
        if code == RowWords.no { return false }
        if code == RowWords.yes {
            candidate.betygsdatum = nil
            removeNotes(of: .betygsdatum)
        } else if !cell(.betyg).isEmpty || !cell(.andrabetyg).isEmpty {
            note(.betyg, .failed(.notAllowed), .omdome)
        }
        return true
    }

    // MARK: - The second grade

    /// A second grade counts in place of the first where its day is later, or where there is no first.
    private mutating func readSecondGrade(_ candidate: inout Candidate) {
        guard cells.has(.andrabetyg) else { return }
        let bytes = gradeBytes(.andrabetyg)
        let code = code(of: bytes, in: .andrabetyg)
        guard code != WordReader.unknown, code != RowWords.outOfScale else {
            note(.betyg, .failed(code == RowWords.outOfScale ? .range : .notAllowed), .andrabetyg)
            return
        }
        guard let second = Betyg(rawValue: code) else { return }
        var date: Day?
        switch read(.andrabetygsdatum) {
        case .value(let day), .doubtful(let day, _): date = day
        case .blank: break
        case .failed(let problem):
            note(.betygsdatum, .failed(problem), .andrabetygsdatum)
            return
        }
        // A first one that could not be read holds the record already.
        if notes.contains(where: { $0.field == .betyg || $0.field == .betygsdatum }) { return }
        settle(second, date, &candidate)
    }

    private mutating func settle(_ second: Betyg, _ secondDate: Day?, _ candidate: inout Candidate) {
        guard let first = candidate.betyg else {
            (candidate.betyg, candidate.betygsdatum) = (second, secondDate)
            return
        }
        let became = second.code + (secondDate.map { " (\($0))" } ?? "")
        guard let firstDate = candidate.betygsdatum, let secondDate, firstDate != secondDate else {
            let isSame = first == second && (secondDate == nil || secondDate == candidate.betygsdatum)
            if !isSame { note(.betyg, .failed(.contradictory), .betyg, became: became) }
            return
        }
        guard firstDate < secondDate else {
            noteReplaced(.andrabetyg, of: secondDate, by: "\(first.code) (\(firstDate))")
            return
        }
        noteReplaced(.betyg, of: firstDate, by: became)
        (candidate.betyg, candidate.betygsdatum) = (second, secondDate)
    }

    /// The grade that does not count, with its date: who reads of it is to find it again.
    private mutating func noteReplaced(_ slot: Slot, of date: Day, by became: String) {
        note(.betyg, .repaired(.secondGrade), slot, value: "\(cell(slot).text) (\(date))", became: became)
    }
}
