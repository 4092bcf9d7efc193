import CSN
import Documents
import Findings
import Profiles

/// Words and what they stand for. Words are compared without regard to letter case; `*sjuk*` means any text that holds
/// "sjuk". A word as a whole goes before a part, a longer part before a shorter.
struct Vocabulary: Sendable {
    private var whole: [String: String] = [:]
    private var parts: [(part: String, value: String)] = []

    /// Puts a word in; a later one replaces an earlier one of the same spelling.
    mutating func add(_ spelling: String, _ value: String) {
        let folded = spelling.lowercased()
        guard folded.count > 2, folded.hasPrefix("*"), folded.contains(where: { $0 != "*" }), folded.hasSuffix("*")
        else {
            whole[folded] = value
            return
        }
        let part = String(folded.dropFirst().dropLast())
        parts.removeAll { $0.part == part }
        parts.append((part, value))
        parts.sort { ($1.part.count, $0.part) < ($0.part.count, $1.part) }
    }

    /// What a word stands for; nil when it is not known.
    func value(of text: String) -> String? {
        let folded = text.lowercased()
        return whole[folded] ?? parts.first { folded.contains($0.part) }?.value
    }
}

/// The words that exports use for values: the common ones, those of a profile, and each school's own grades.
struct Vocabularies: Sendable {
    private var bySlot: [Slot: Vocabulary] = [:]
    private var gradesBySchool: [UInt16: Vocabulary] = [:]

    /// Loads `national/words.csv`, `national/grades.csv` and each school's `grades.csv`.
    ///
    /// - Throws: an unknown slot, or a value that the slot does not have, with its line.
    init(folders: MappingFolders) throws(DocumentProblem) {
        let rows = try MappingRow.read(
            path: folders.require("national/words.csv"), required: ["slot", "spelling", "value"])
        var met: [String: Int] = [:]
        for row in rows {
            guard let slot = Slot(name: row["slot"]), !slot.values.isEmpty else {
                throw row.problem(
                    "slot",
                    Text(
                        sv: "”\(row["slot"])” är ingen kolumn som läses med ord.",
                        en: "“\(row["slot"])” is no slot that is read by words."))
            }
            try Vocabularies.check(row, "value", slot)
            try Vocabularies.refuseTwice(row, "\(slot.name);", &met)
            bySlot[slot, default: Vocabulary()].add(row["spelling"], row["value"])
        }
        bySlot[.betyg] = try Vocabularies.grades(folders.require("national/grades.csv"))
        bySlot[.andrabetyg] = bySlot[.betyg]
        for (school, folder) in try folders.schools() {
            guard let path = folders.find("\(folder)/grades.csv") else { continue }
            gradesBySchool[school.number] = try Vocabularies.grades(path)
        }
    }

    private static func grades(_ path: String) throws(DocumentProblem) -> Vocabulary {
        var words = Vocabulary()
        var met: [String: Int] = [:]
        for row in try MappingRow.read(path: path, required: ["spelling", "betyg"], optional: ["note"]) {
            try check(row, "betyg", .betyg)
            try refuseTwice(row, "", &met)
            words.add(row["spelling"], row["betyg"])
        }
        return words
    }

    /// A word stands for one value, so it stands once; letter case does not count.
    private static func refuseTwice(
        _ row: MappingRow, _ slot: String, _ met: inout [String: Int]
    ) throws(DocumentProblem) {
        if let line = met.updateValue(row.line, forKey: slot + row["spelling"].lowercased()) {
            throw row.problem(
                "spelling",
                Text(
                    sv: "Ordet ”\(row["spelling"])” står redan på rad \(line). Låt ett stå.",
                    en: "The word “\(row["spelling"])” stands on line \(line) already. Keep one of them."))
        }
    }

    private static func check(_ row: MappingRow, _ column: String, _ slot: Slot) throws(DocumentProblem) {
        guard !row["spelling"].isEmpty else {
            throw row.problem("spelling", Text(sv: "Ordet saknas.", en: "The word is missing."))
        }
        guard slot.values.contains(row[column]) else {
            let known = slot.values.map { $0.isEmpty ? "tomt" : $0 }.joined(separator: ", ")
            let knownInEnglish = slot.values.map { $0.isEmpty ? "nothing" : $0 }.joined(separator: ", ")
            throw row.problem(
                column,
                Text(
                    sv: "”\(row[column])” är inget värde för \(slot.name). Här får stå: \(known).",
                    en: "“\(row[column])” is no value of \(slot.name). What may stand here: \(knownInEnglish)."))
        }
    }

    /// What a word of a slot stands for at a school: the school's own words go before the profile's, those before the
    /// common ones.
    ///
    /// - Parameter school: 0 for a school without words of its own.
    func reader(for slot: Slot, school: UInt16, profile: Profile) -> @Sendable (String) -> String? {
        var own = Vocabulary()
        // A system writes its second grade in the words of the first.
        let first = slot == .andrabetyg ? profile.columns[.betyg]?.words ?? [:] : [:]
        for (spelling, value) in first { own.add(spelling, value) }
        for (spelling, value) in profile.columns[slot]?.words ?? [:] { own.add(spelling, value) }
        let isGrade = slot == .betyg || slot == .andrabetyg
        let layers = [isGrade ? gradesBySchool[school] : nil, own, bySlot[slot]].compactMap { $0 }
        return { text in layers.lazy.compactMap { $0.value(of: text) }.first }
    }

    /// What a word stands for in any export, by the common words alone; nil when it is not known.
    func common(_ text: String, in slot: Slot) -> String? { bySlot[slot]?.value(of: text) }

    /// Whether the school has grade words of its own.
    func hasOwnGrades(_ school: UInt16) -> Bool { gradesBySchool[school] != nil }
}
