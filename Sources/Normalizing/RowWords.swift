import CSN
import Profiles

/// The words of one slot at one school, looked up by bytes; what was not met before is looked up as text once.
struct WordReader {
    private let vocabulary: Vocabulary
    private var met = ShortKeyTable<UInt8>()
    /// From a value of the vocabulary ("J", "99") to its code.
    private let code: (String) -> UInt8?

    /// What stands for a word that is not known.
    static let unknown: UInt8 = 255

    init(_ vocabulary: Vocabulary, code: @escaping (String) -> UInt8?) {
        self.vocabulary = vocabulary
        self.code = code
    }

    /// The code of a word; ``unknown`` when it is not known.
    mutating func read(_ cell: CellBytes) -> UInt8 {
        guard let key = ShortKey(cell) else { return lookUp(cell) }
        if let known = met[key] { return known }
        let found = lookUp(cell)
        // Words are few; what is no word (a shifted column) must not fill the table.
        if met.count < 1_000 { met.set(key, found) }
        return found
    }

    private func lookUp(_ cell: CellBytes) -> UInt8 {
        guard let value = vocabulary.value(of: cell.text) else { return WordReader.unknown }
        return code(value) ?? WordReader.unknown
    }
}

/// The words of all slots that hold words, at one school. Codes are the raw values of CSN's types; 0 is "nothing" (a
/// word that means no). A class, so that a row's reading changes it in place without a copy; one for each worker.
final class RowWords {
    var started: WordReader
    var skillTraining: WordReader
    var commissioned: WordReader
    var trainee: WordReader
    var scope: WordReader
    var level: WordReader
    var event: WordReader
    var reason: WordReader
    /// A grade, or `eventBase` + 1 for a drop-out written in the grade column.
    var grade: WordReader
    var status: WordReader
    var examination: WordReader
    var protected: WordReader
    var programme: WordReader

    /// What the grade column's "Avbrott" becomes: above every ASCII letter.
    static let dropOut: UInt8 = 200
    static let yes: UInt8 = 1
    static let no: UInt8 = 0

    init(_ vocabularies: Vocabularies, school: UInt16, profile: Profile) {
        func reader(_ slot: Slot, _ code: @escaping (String) -> UInt8?) -> WordReader {
            WordReader(vocabularies.words(for: slot, school: school, profile: profile), code: code)
        }
        func flag(_ slot: Slot, _ letter: String) -> WordReader {
            reader(slot) { $0 == letter ? RowWords.yes : $0 == "N" || $0.isEmpty ? RowWords.no : nil }
        }
        started = flag(.registrering, "J")
        skillTraining = flag(.fardighetstraning, "J")
        commissioned = flag(.uppdragsutbildning, "U")
        trainee = flag(.traineejobb, "J")
        examination = flag(.provning, "J")
        protected = flag(.skyddad, "J")
        programme = flag(.program, "J")
        scope = reader(.omfattning) { text in
            text.isEmpty ? 0 : Omfattning.allCases.first { $0.code == text }?.rawValue
        }
        level = reader(.niva) { text in text.isEmpty ? 0 : Niva.allCases.first { $0.code == text }?.rawValue }
        event = reader(.meddelandeorsak) { text in
            text.isEmpty ? 0 : UInt8(text).flatMap { Meddelandeorsak(rawValue: $0)?.rawValue }
        }
        reason = reader(.handelseorsak) { text in
            EventReason.allCases.first { String(describing: $0) == text }?.rawValue
        }
        status = reader(.status) { $0 == "death" ? RowWords.yes : RowWords.no }
        grade = reader(.betyg) { text in
            if text.isEmpty { return 0 }
            if text == "99" { return RowWords.dropOut }
            return Betyg.allCases.first { $0.code == text }?.rawValue
        }
    }
}
