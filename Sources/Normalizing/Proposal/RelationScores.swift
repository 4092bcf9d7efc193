import CSN
import Profiles

/// How much columns speak for slots by what stands beside them in the same rows: a grade's date stands where a grade
/// stands, a protected identity is the same in all rows of a student.
struct RelationScores {
    let columns: [ColumnContent]
    let rowCount: Int
    /// The columns that tell what a row is about, as far as they are found.
    let anchors: [Slot: Int]

    /// So few rows tell nothing.
    private static let fewest = 3

    func points(_ slot: Slot, _ column: Int) -> Double {
        let content = columns[column]
        guard !content.isBlank else { return 0 }
        switch slot {
        case .betygsdatum: return standsWith(.betyg, content)
        case .handelsedatum: return standsWith(.meddelandeorsak, content)
        case .andrabetygsdatum: return standsWith(.andrabetyg, content)
        case .andrabetyg: return isSecond(content)
        case .startdatum, .slutdatum:
            return isBirthday(content) ? -20 : content.fill >= 0.95 ? 4 : content.fill >= 0.7 ? 2 : -6
        case .poang: return staysWithin(content)
        case .kurspoang: return isWholeCourse(content) ? 4.5 : 0
        case .registrering: return certifies(content)
        case .skyddad: return isOfStudents(content)
        case .fardighetstraning: return isOfBasicLevel(content)
        case .skola, .skolkod: return isOfFew(content)
        case .studentid: return identifies(content)
        default: return 0
        }
    }

    private func anchor(_ slot: Slot) -> ColumnContent? { anchors[slot].map { columns[$0] } }

    /// Whether a date stands in the rows in which another column is filled, and in no others.
    private func standsWith(_ slot: Slot, _ content: ColumnContent) -> Double {
        if isBirthday(content) { return -20 }
        guard let other = anchor(slot), other.filled >= 1 else { return -1 }
        var (both, either) = (0, 0)
        for row in 0..<rowCount {
            let (here, there) = (content.cells[row] != nil, other.cells[row] != nil)
            if here || there { either += 1 }
            if here && there { both += 1 }
        }
        let share = Double(both) / Double(max(1, either))
        // Where both are always filled they would be with any other column too.
        let tells = other.fill < 0.95
        if share >= 0.9 { return tells ? 9 : 2 }
        return share >= 0.75 ? (tells ? 5 : 1) : -4
    }

    /// Whether grades stand only where the first grade does, seldomer, and each with a day of its own.
    private func isSecond(_ content: ColumnContent) -> Double {
        guard let first = anchor(.betyg), content.filled >= 1, content.filled < first.filled else { return -10 }
        let beside = (0..<rowCount).count { content.cells[$0] != nil && first.cells[$0] != nil }
        let hasDay = columns.contains { other in
            other.isMostly(.date) && 10 * abs(other.filled - content.filled) <= content.filled
                && 10 * (0..<rowCount).count { content.cells[$0] != nil && other.cells[$0] != nil } >= 9
                    * content.filled
        }
        return 20 * beside >= 19 * content.filled && hasDay ? 3 : -10
    }

    private func isBirthday(_ content: ColumnContent) -> Bool {
        guard let number = anchor(.personnummer) else { return false }
        let rows = (0..<rowCount).filter { content[$0]?.day != nil && number[$0]?.birth != nil }
        guard !rows.isEmpty else { return false }
        return 5 * rows.count { content[$0]?.day == number[$0]?.birth } >= 4 * rows.count
    }

    private func nationalPoints(_ row: Int) -> Int? { anchor(.kurskod)?[row]?.course?.points }

    private func staysWithin(_ content: ColumnContent) -> Double {
        let rows = (0..<rowCount).filter { content[$0]?.number != nil && nationalPoints($0) != nil }
        guard rows.count >= RelationScores.fewest else { return 0 }
        let within = rows.count { (content[$0]?.number ?? 0) <= nationalPoints($0) ?? 0 }
        return 20 * within >= 19 * rows.count ? 3 : -2
    }

    private func isWholeCourse(_ content: ColumnContent) -> Bool {
        let rows = (0..<rowCount).filter { content[$0]?.number != nil && nationalPoints($0) != nil }
        guard rows.count >= RelationScores.fewest else { return false }
        return 20 * rows.count { content[$0]?.number == nationalPoints($0) } >= 19 * rows.count
    }

    private func isYes(_ content: ColumnContent, _ row: Int) -> Bool { content[row]?.kinds.contains(.yes) == true }

    /// Who has a grade has begun, and who never began has no J. A column that says J in every row certifies nothing.
    private func certifies(_ content: ColumnContent) -> Double {
        let yes = (0..<rowCount).count { isYes(content, $0) }
        guard yes >= RelationScores.fewest, yes < rowCount else { return 0 }
        var points = 0.0
        if let grade = anchor(.betyg) {
            let graded = (0..<rowCount).filter { grade[$0] != nil }
            if graded.count >= RelationScores.fewest {
                let share = Double(graded.count { isYes(content, $0) }) / Double(graded.count)
                points += share >= 0.9 ? 5 : -5
            }
        }
        if let event = anchor(.meddelandeorsak) {
            let never = (0..<rowCount).filter { event[$0]?.number == 81 }
            if never.count >= RelationScores.fewest {
                let share = Double(never.count { isYes(content, $0) }) / Double(never.count)
                points += share <= 0.1 ? 3 : -5
            }
        }
        return points
    }

    /// Whether a mark is the same in all rows of a student, and seldom.
    private func isOfStudents(_ content: ColumnContent) -> Double {
        guard content.isMostly(.flag), let number = anchor(.personnummer) else { return 0 }
        let yes = (0..<rowCount).count { isYes(content, $0) }
        guard yes >= RelationScores.fewest, 4 * yes <= rowCount else { return 0 }
        var rowsOf: [Int: (yes: Int, all: Int)] = [:]
        for row in 0..<rowCount {
            guard let student = number.cells[row] else { continue }
            rowsOf[student, default: (0, 0)].all += 1
            if isYes(content, row) { rowsOf[student, default: (0, 0)].yes += 1 }
        }
        let marked = rowsOf.values.filter { $0.yes > 0 && $0.all > 1 }
        guard marked.count >= RelationScores.fewest else { return 0 }
        // A number written in another way makes two students of one.
        return 10 * marked.count { $0.yes == $0.all } >= 9 * marked.count ? 6 : -5
    }

    /// Färdighetsträning is of grundläggande nivå only (CSN's handbook).
    private func isOfBasicLevel(_ content: ColumnContent) -> Double {
        guard content.isMostly(.flag) else { return 0 }
        let marked = (0..<rowCount).filter { isYes(content, $0) }
        let all = (0..<rowCount).compactMap { niva($0) }
        guard marked.count >= RelationScores.fewest, 10 * all.count(where: { $0 == .gr }) <= 8 * all.count else {
            return 0
        }
        let levels = marked.compactMap { niva($0) }
        return 20 * levels.count { $0 == .gr } >= 19 * levels.count && !levels.isEmpty ? 5 : -5
    }

    private func niva(_ row: Int) -> Niva? { anchor(.niva)?[row]?.niva ?? anchor(.kurskod)?[row]?.course?.niva }

    /// Whether each value stands for one person, and each person has one: rows of a student whose number is wrong are
    /// then known for the student's.
    private func identifies(_ content: ColumnContent) -> Double {
        guard content.fill >= 0.95, let number = anchor(.personnummer) else { return 0 }
        var persons: [Int: UInt64] = [:]
        var ids: [UInt64: Int] = [:]
        var rows = 0
        for row in 0..<rowCount {
            guard let id = content.cells[row], let person = number[row]?.person else { continue }
            rows += 1
            guard persons[id, default: person] == person, ids[person, default: id] == id else { return 0 }
            persons[id] = person
            ids[person] = id
        }
        return ids.count >= 5 && 2 * rows >= 3 * ids.count ? 6 : 0
    }

    /// An export has fewer schools than students.
    private func isOfFew(_ content: ColumnContent) -> Double {
        guard let number = anchor(.personnummer) else { return 0 }
        let students = number.distinct.count
        return students >= 10 && 2 * content.distinct.count > students ? -8 : content.fill >= 0.9 ? 2 : 0
    }

    /// How well two columns of dates fit as first and last day.
    func span(_ start: Int, _ end: Int) -> Double {
        var (rows, ordered, equal) = (0, 0, 0)
        for row in 0..<rowCount {
            guard let first = columns[start][row]?.day, let last = columns[end][row]?.day else { continue }
            rows += 1
            if first <= last { ordered += 1 }
            if first == last { equal += 1 }
        }
        guard rows > 0 else { return 0 }
        let share = Double(ordered) / Double(rows)
        let points: Double = share >= 0.97 ? 6 : share >= 0.93 ? 4 : share >= 0.8 ? 0 : -8
        return 2 * equal > rows ? points - 4 : points
    }

    /// How well dates fit that do not come before a course's first day.
    func isAfter(_ start: Int, _ column: Int) -> Double {
        var (rows, ordered) = (0, 0)
        for row in 0..<rowCount {
            guard let first = columns[start][row]?.day, let day = columns[column][row]?.day else { continue }
            rows += 1
            if first <= day { ordered += 1 }
        }
        guard rows > 0 else { return 0 }
        return 10 * ordered >= 9 * rows ? 1 : -4
    }
}
