import CSN
import Documents
import Findings
import Profiles

/// The words that exports use for values, from `national/words.csv`, `national/grades.csv`, a profile and a school, to
/// the values of CSN's record. Words are compared without regard to letter case; `*sjuk*` in the table means any text
/// that holds "sjuk".
struct Vocabulary: Sendable {
    private var exact: [String: String] = [:]
    private var contained: [(part: String, value: String)] = []

    /// Puts a word in; a later one replaces an earlier one of the same spelling.
    mutating func add(_ spelling: String, _ value: String) {
        let folded = spelling.lowercased()
        if folded.count > 2, folded.hasPrefix("*"), folded.hasSuffix("*") {
            contained.append((String(folded.dropFirst().dropLast()), value))
        } else {
            exact[folded] = value
        }
    }

    /// What a word stands for; nil when it is not known.
    func value(of text: String) -> String? {
        let folded = text.lowercased()
        return exact[folded] ?? contained.first { folded.contains($0.part) }?.value
    }
}

/// The common words, by slot.
struct Vocabularies: Sendable {
    private var bySlot: [Slot: Vocabulary] = [:]
    private var gradesBySchool: [UInt16: Vocabulary] = [:]

    /// Loads the common words and grades and each school's own grades.
    init(folders: MappingFolders) throws(DocumentProblem) {
        let words = try MappingRow.read(
            path: folders.require("national/words.csv"), required: ["slot", "spelling", "value"], optional: [])
        for row in words {
            guard let slot = Slot(name: row["slot"]) else {
                throw row.problem(
                    "slot", Text(sv: "Okänd kolumn ”\(row["slot"])”.", en: "Unknown slot “\(row["slot"])”."))
            }
            bySlot[slot, default: Vocabulary()].add(row["spelling"], row["value"])
        }
        let common = try Vocabularies.grades(folders.require("national/grades.csv"), onto: Vocabulary())
        bySlot[.betyg] = common
        for name in folders.folders(in: "schools") {
            guard let number = Int(name), let school = Skolkod(number),
                let path = folders.find("schools/\(name)/grades.csv")
            else { continue }
            gradesBySchool[school.number] = try Vocabularies.grades(path, onto: common)
        }
    }

    private static func grades(_ path: String, onto words: Vocabulary) throws(DocumentProblem) -> Vocabulary {
        var words = words
        let rows = try MappingRow.read(path: path, required: ["spelling", "betyg"], optional: ["note"])
        let values = Set(Betyg.allCases.map(\.code) + Meddelandeorsak.allCases.map { String($0.rawValue) } + [""])
        for row in rows {
            guard values.contains(row["betyg"]) else {
                throw row.problem(
                    "betyg",
                    Text(
                        sv: "”\(row["betyg"])” är inget betyg som CSN tar emot.",
                        en: "“\(row["betyg"])” is no grade that CSN takes."))
            }
            words.add(row["spelling"], row["betyg"])
        }
        return words
    }

    /// The words of a slot at a school, a profile's own words before the common ones.
    func words(for slot: Slot, school: UInt16, profile: Profile) -> Vocabulary {
        var words = (slot == .betyg ? gradesBySchool[school] : nil) ?? bySlot[slot] ?? Vocabulary()
        for (spelling, value) in profile.columns[slot]?.words ?? [:] { words.add(spelling, value) }
        return words
    }

    /// Whether the school has grade words of its own.
    func hasOwnGrades(_ school: UInt16) -> Bool { gradesBySchool[school] != nil }
}
