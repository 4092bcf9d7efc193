import CSN
import Profiles

extension FaultMaking {
    // MARK: - School and student

    func breakIdentity(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        let number = student.person.number
        switch kind {
        case .unknownSchool:
            let name = ["Komvux Norra", "Vuxenskolan", "K7", "Åsö", "12345"][random.below(5)]
            return write(name, in: .skolkod, kind, .everywhere, &student, &random) { $0.isWholeRecord }
        case .skolkodRange:
            let code = ["999", "2000", "12345678", "100"][random.below(4)]
            // What a school declares as the certificate of a start counts for nobody where the school is not known.
            return write(code, in: .skolkod, kind, .everywhere, &student, &random) {
                $0.isWholeRecord && (showing.start == .column || $0.isPlain)
            }
        case .kommunkod:
            guard let code = random.pick(kommunkoder.filter { (1000...1999).contains($0) }) else { return false }
            return write(String(code), in: .skolkod, kind, .everywhere, &student, &random) { $0.isWholeRecord }
        case .personnummerFormat:
            // One digit lost, or one too many.
            let text = random.happens(500) ? spelled(number / 10, width: 11) : spelled(number, width: 12) + "1"
            return writeNumber(text, kind, &student, &random)
        case .temporaryPersonnummer:
            let date = spelled(number / 10_000, width: 8)
            let short = String(date.dropFirst(2))
            return writeNumber(
                ["\(date)TF10", "\(short)-TF10", "\(date)T123"][random.below(3)], kind, &student, &random)
        case .personnummerDate:
            // Month 13, or day 0, with a check digit that fits.
            let monthless = number / 100_000_000 * 10_000 + 1300 + number / 10_000 % 100
            let date = random.happens(500) ? monthless : number / 1_000_000 * 100
            return writeNumber(checked(date: date, number), kind, &student, &random)
        default:
            let last = (number % 10 + UInt64(random.within(1...9))) % 10
            let serial = spelled(number % 10_000 / 10 * 10 + last, width: 4)
            return writeNumber("\(spelled(number / 10_000, width: 8))-\(serial)", kind, &student, &random)
        }
    }

    /// Without an id of the export's own nobody can tell whose row it is: it is a student of its own, and held alone.
    /// Then what is left of the unit has to be judged the same without it.
    private func writeNumber(
        _ text: String, _ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom
    ) -> Bool {
        if showing.isOfStudent(.personnummer) {
            return student.rows.count == 1
                && write(text, in: .personnummer, kind, .row, &student, &random) { $0.isWholeRecord }
        }
        let hasID = showing.shows(.studentid)
        if !hasID && student.rows.contains(where: { $0.shown.isMissed }) { return false }
        return write(text, in: .personnummer, kind, hasID ? .school : .row, &student, &random) { $0.isWholeRecord }
    }

    private func spelled(_ number: UInt64, width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private func checked(date: UInt64, _ number: UInt64) -> String {
        let birthNumber = number % 10_000 / 10
        let check = Person.checkDigit(of: date % 1_000_000 * 1000 + birthNumber)
        return "\(spelled(date, width: 8))-\(birthNumber)\(check)"
    }

    // MARK: - Course

    func breakCode(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        guard
            let index = row(
                of: student, &random, where: { $0.isWholeRecord && stock.courses[$0.shown.course].isGradable })
        else { return false }
        let code = stock.courses[student.rows[index].shown.course].code
        var text: [UInt8]
        var reach: HoldReach? = .unit
        switch kind {
        case .codeLetterCase:
            text = code.map(SampleText.lowered)
            reach = nil
            if text == code { return false }
        case .codeDecoration:
            let before = ["", "KH ", "", "NA21A/"][random.below(4)]
            text = Array(before.utf8) + code + Array((before.isEmpty ? ["-3", " KV/DG"][random.below(2)] : "").utf8)
            reach = nil
        // Without a national code in it: that one would be unknown, with the code as its candidate.
        case .codeTooLong:
            text = SampleText.bytes(["FORTSÄTTNINGSKURS", "SAMLÄSNINGSKURS", "YRKESPAKETET"][random.below(3)])
        case .codeEmpty: text = []
        default: text = SampleText.bytes(["MENTORSRÅD", "STA", "LOKAL12", "KURS7", "VÄGLEDNING"][random.below(5)])
        }
        student.rows[index].cell = (.kurskod, text)
        student.rows[index].mark(kind, reach)
        return true
    }

    // MARK: - Part, points, level

    func breakExtent(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        switch kind {
        case .delkursDivided:
            return write("1:2", in: .kursdel, kind, nil, &student, &random) {
                $0.isWholeRecord && stock.courses[$0.shown.course].isDelkurs
            }
        case .kursdelRange:
            return write(
                ["8", "123", "100"][random.below(3)], in: .kursdel, kind, .unit, &student, &random, where: isNoDelkurs)
        case .kursdelOrder:
            return write(
                ["3:2", "2:1"][random.below(2)], in: .kursdel, kind, .unit, &student, &random, where: isNoDelkurs)
        case .kursdelMissing:
            return write("", in: .kursdel, kind, nil, &student, &random) {
                isNoDelkurs($0) && $0.shown.kursdel == 11 && $0.shown.start.halfYear == $0.shown.end.halfYear
            }
        case .kursdelUnknown where showing.shows(.kurspoang): return readPart(&student, &random)
        case .kursdelUnknown where !showing.shows(.kursdel): return runIntoNextHalfYear(&student, &random)
        case .kursdelUnknown:
            return write("", in: .kursdel, kind, .unit, &student, &random) {
                isNoDelkurs($0) && $0.shown.start.halfYear != $0.shown.end.halfYear
            }
        case .poangRange:
            return write(["1000", "1500", "-5"][random.below(3)], in: .poang, kind, .unit, &student, &random) {
                $0.isWholeRecord && (showing.shows(.kursdel) || $0.shown.start.halfYear == $0.shown.end.halfYear)
            }
        case .poangMissing:
            return write("", in: .poang, kind, nil, &student, &random) {
                $0.isWholeRecord && $0.shown.kursdel == 11 && stock.courses[$0.shown.course].hasNationalPoints
            }
        case .poangUnknown:
            return write("", in: .poang, kind, .unit, &student, &random) { $0.isWholeRecord && $0.shown.kursdel != 11 }
        case .nivaValue: return write("XY", in: .niva, kind, .unit, &student, &random) { $0.isWholeRecord }
        default: return write("", in: .niva, kind, nil, &student, &random) { $0.isWholeRecord }
        }
    }

    /// A national delkurs is put right as 1:1, whatever its kursdel said.
    private func isNoDelkurs(_ row: DraftRow) -> Bool {
        row.isWholeRecord && !stock.courses[row.shown.course].isDelkurs
    }

    /// Without a column for it, the part of a course over two half-years is not known.
    private func runIntoNextHalfYear(_ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        guard let index = row(of: student, &random, where: { $0.isPlain && isNoDelkurs($0) }) else { return false }
        let start = student.rows[index].shown.start
        guard let term = stock.terms.first(where: { $0.firstStart.halfYear == start.halfYear }) else { return false }
        student.rows[index].shown.end = term.lastEnd + random.within(40...90)
        student.rows[index].meant.end = student.rows[index].shown.end
        student.rows[index].unitEnd = student.rows[index].shown.end
        student.rows[index].mark(.kursdelUnknown, .unit)
        return true
    }

    /// Fewer points than the whole course has, and nothing that says which part they are.
    private func readPart(_ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        let index = row(of: student, &random) { isNoDelkurs($0) && stock.courses[$0.shown.course].hasNationalPoints }
        guard let index, student.rows[index].shown.points >= 2 else { return false }
        student.rows[index].shown.points /= 2
        student.rows[index].meant.points = student.rows[index].shown.points
        student.rows[index].mark(.kursdelUnknown, .unit)
        return true
    }

    // MARK: - Values

    func breakValue(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        switch kind {
        case .betygValue: write("Q", in: .betyg, kind, .unit, &student, &random) { $0.isGraded }
        case .registreringValue:
            write("Q", in: .registrering, kind, .unit, &student, &random) { $0.isPlain }
        case .eventValue:
            write(["98", "82"][random.below(2)], in: .meddelandeorsak, kind, .unit, &student, &random) {
                $0.isWholeRecord && $0.shown.event == .dropOut && $0.shown.isStarted
            }
        case .scopeValue: write("Q", in: .omfattning, kind, .unit, &student, &random) { $0.isWholeRecord }
        case .skillsValue: write("Q", in: .fardighetstraning, kind, .unit, &student, &random) { $0.isWholeRecord }
        default: write("Q", in: .uppdragsutbildning, kind, .unit, &student, &random) { $0.isWholeRecord }
        }
    }

    func breakDate(_ kind: FaultKind, _ student: inout StudentDraft, _ random: inout SeededRandom) -> Bool {
        let choice = random.below(3)
        func unreal(_ slot: Slot) -> String {
            let form = showing.form(of: slot)
            return switch choice {
            case 0: form.text(today.year, 2, 30)
            case 1: form.text(today.year, 13, 1)
            default: form.text(today.year, 0, 10)
            }
        }
        switch kind {
        case .startFormat, .startMissing:
            let text = kind == .startFormat ? unreal(.startdatum) : ""
            guard write(text, in: .startdatum, kind, .school, &student, &random, where: { $0.isWholeRecord }) else {
                return false
            }
        case .endFormat, .endMissing, .endOpen:
            let open = showing.form(of: .slutdatum).text(9999, 12, 31)
            let text = kind == .endFormat ? unreal(.slutdatum) : kind == .endOpen ? open : ""
            guard write(text, in: .slutdatum, kind, .unit, &student, &random, where: { $0.isWholeRecord }) else {
                return false
            }
        case .eventDateFormat:
            return write(unreal(.handelsedatum), in: .handelsedatum, kind, .unit, &student, &random) {
                $0.isWholeRecord && $0.shown.event == .dropOut && $0.shown.isStarted
            }
        default:
            return write(unreal(.betygsdatum), in: .betygsdatum, kind, .unit, &student, &random) { $0.isGraded }
        }
        for index in student.rows.indices where student.rows[index].fault == kind {
            if student.rows[index].cell?.field == .startdatum { student.rows[index].unitStart = nil }
            student.rows[index].unitEnd = nil
        }
        return true
    }
}
