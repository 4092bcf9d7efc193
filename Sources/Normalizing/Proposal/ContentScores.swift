import CSN
import Profiles

/// How much the content of a column speaks for each slot by itself: 10 where hardly anything else could stand there, 0
/// where the column could hold it as well as others, nil where it cannot.
struct ContentScores {
    let column: ColumnContent
    /// The header speaks for the slot.
    let isNamed: (Slot) -> Bool

    func points(_ slot: Slot) -> Double? {
        if column.isBlank { return isNamed(slot) ? 0 : nil }
        switch slot {
        case .startdatum, .slutdatum, .handelsedatum, .betygsdatum, .exportdag, .andrabetygsdatum:
            guard column.share(.date) >= 0.9 else { return nil }
            return isNamed(slot) || slot != .exportdag ? 0 : nil
        case .registrering, .traineejobb, .fortsatter, .betyglast, .omdome, .fardighetstraning:
            return column.isMostly(.flag) ? 0 : nil
        default: return isFreeSlot(slot) ? freePoints(slot) : ownPoints(slot)
        }
    }

    /// Slots whose values are anything: only a header tells them.
    private func isFreeSlot(_ slot: Slot) -> Bool { [.studentid, .status, .kursnamn, .handelseorsak].contains(slot) }

    private func freePoints(_ slot: Slot) -> Double? {
        switch slot {
        case .kursnamn:
            let share = column.share(.courseName)
            if share >= 0.3 { return 8 * share }
            return isNamed(slot) && column.isMostly(.text) && !column.isMostly([.courseCode, .decoratedCode]) ? 0 : nil
        case .handelseorsak:
            let share = column.share(.reason)
            return share >= 0.5 ? 8 * share : isNamed(slot) && column.share(.date) < 0.1 ? 0 : nil
        case .studentid:
            if column.isMostly(.guid) { return 5 }
            let isOther = column.isMostly([.date, .personnummer, .flag, .skolkod, .grade])
            return !isOther && (isNamed(slot) || column.isMostly(.wholeNumber)) ? 0 : nil
        default: return isNamed(slot) && !column.isMostly(.date) ? 0 : nil
        }
    }

    /// Slots whose values are known by themselves.
    private func ownPoints(_ slot: Slot) -> Double? {
        switch slot {
        case .personnummer: return atLeast(0.5, .personnummer, 10)
        case .kurskod: return coursePoints
        case .kursdel:
            return atLeast(0.7, .dividedPart, 9) ?? (column.isMostly(.partNumber) ? 5 : nil)
        case .poang: return amountPoints.map { $0 + 4 }
        case .kurspoang: return amountPoints
        case .niva: return levelPoints
        case .omfattning: return atLeast(0.85, .scope, 9)
        case .meddelandeorsak: return atLeast(0.8, .event, 9)
        case .betyg: return gradePoints
        case .andrabetyg: return gradePoints.map { isNamed(slot) ? $0 : $0 - 4 }
        case .skolkod: return isNamed(slot) ? atLeast(0.9, .skolkod, 6) : nil
        case .skola: return schoolPoints
        case .uppdragsutbildning:
            return column.has(.commission) && column.isMostly([.commission, .flag]) ? 8 : flagPoints
        case .provning:
            return column.has(.examination) && column.isMostly([.examination, .flag]) && isNamed(slot) ? 6 : flagPoints
        case .skyddad: return atLeast(0.8, .protection, 8) ?? flagPoints ?? levelsOfProtection
        case .program: return isNamed(slot) ? (column.has(.introductory) ? 5 : 0) : nil
        default: return nil
        }
    }

    private var flagPoints: Double? { column.isMostly(.flag) ? 0 : nil }

    /// 0–3, for a column whose header says so.
    private var levelsOfProtection: Double? {
        isNamed(.skyddad) && column.share { ($0.number ?? 9) <= 3 } >= 0.9 ? 0 : nil
    }

    private func atLeast(_ least: Double, _ kinds: CellKinds, _ points: Double) -> Double? {
        let share = column.share(kinds)
        return share >= least ? points * share : nil
    }

    private var coursePoints: Double? {
        let points =
            10 * column.share(.courseCode) + 5 * column.share(.decoratedCode)
            + 4 * column.share { $0.kinds.contains(.codeForm) && !$0.kinds.contains(.courseCode) }
        if points >= 2 { return points }
        // A school may write nothing but codes of its own.
        let isOther = column.isMostly([.date, .personnummer, .wholeNumber, .flag, .courseName])
        return isNamed(.kurskod) && !isOther ? 0 : nil
    }

    /// Numbers that points could be: whole, below a thousand, and mostly fives.
    private var amountPoints: Double? {
        guard column.isMostly(.smallNumber) else { return nil }
        let fives = column.share { ($0.number ?? 1) % 5 == 0 && ($0.number ?? 0) >= 5 }
        return fives >= 0.6 ? 3 * fives : nil
    }

    private var levelPoints: Double? {
        guard column.isMostly([.level, .emptyLevel]) else { return nil }
        let share = column.share(.level)
        return share >= 0.3 ? 9 * share : isNamed(.niva) ? 0 : nil
    }

    private var gradePoints: Double? {
        guard column.isMostly(.grade) else { return nil }
        // X, V, 1 are grades too; a column of nothing but marks is one only where the header says so.
        if column.isMostly(.flag), !isNamed(.betyg) { return nil }
        let kinds = column.distinct.filter { $0.kinds.contains(.grade) }.count
        // Of two columns with grades the fuller one is the grade.
        return (kinds >= 3 ? 9 : kinds == 2 ? 7 : isNamed(.betyg) ? 4 : nil).map { $0 + column.fill }
    }

    private var schoolPoints: Double? {
        if let points = atLeast(0.9, .skolkod, 6) { return points }
        if let points = atLeast(0.8, .knownSchool, 9) { return points }
        let isOther = column.isMostly([.date, .personnummer, .flag, .courseCode])
        return isNamed(.skola) && !isOther ? 0 : nil
    }
}
