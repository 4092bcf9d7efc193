import CSN
import Exports
import Profiles

/// The words of one slot at one school, looked up by bytes; what was not met before is looked up as text once.
struct WordReader {
    private var met = CellTable<UInt8>(limit: 1_000)
    private let code: (String) -> UInt8?

    /// What stands for a word that is not known.
    static let unknown: UInt8 = 255

    /// - Parameter code: from a word to its code; nil for a word that is not known.
    init(code: @escaping (String) -> UInt8?) { self.code = code }

    /// The code of a word; ``unknown`` when it is not known.
    mutating func read(_ cell: CellBytes) -> UInt8 {
        if let known = met[cell] { return known }
        let found = code(cell.text) ?? WordReader.unknown
        met.set(cell, found)
        return found
    }
}

/// The words of all slots that hold words, at one school. Codes are the raw values of CSN's types; 0 is "nothing" (a
/// word that means no). A class, so that a row's reading changes it in place without a copy; one for each worker.
final class RowWords {
    /// Sets the words of schools apart that have words of their own; 0 is for all others.
    let number: UInt32
    /// By slot; nil where the slot holds no words.
    private var readers: [WordReader?]

    /// What the grade column's "Avbrott" becomes: above every ASCII letter.
    static let dropOut: UInt8 = 200
    /// A grade that none of the scales has which the profile declares.
    static let outOfScale: UInt8 = 201
    static let yes: UInt8 = 1
    static let no: UInt8 = 0

    init(_ vocabularies: Vocabularies, school: UInt16, profile: Profile, number: UInt32) {
        self.number = number
        readers = Slot.allCases.map { slot in
            guard !slot.values.isEmpty else { return nil }
            let value = vocabularies.reader(for: slot, school: school, profile: profile)
            let scale = profile.columns[slot]?.scale ?? []
            return WordReader { text in
                let known = value(text) ?? MisreadText.undone(text).flatMap(value)
                guard let word = known, let code = RowWords.code(of: word, in: slot) else { return nil }
                // What is no grade ("Avbrott") is of no scale.
                if !scale.isEmpty, !scale.contains(word), Betyg(rawValue: code) != nil { return RowWords.outOfScale }
                guard slot == .handelseorsak, code == EventReason.illUnknownExtent.rawValue else { return code }
                return IllnessExtent.reason(in: text).rawValue
            }
        }
    }

    /// The code of a word of a slot; ``WordReader/unknown`` when it is not known.
    func read(_ cell: CellBytes, in slot: Slot) -> UInt8 {
        readers[Int(slot.rawValue)]?.read(cell) ?? WordReader.unknown
    }

    /// The code of one of a slot's values; nil for what is none.
    static func code(of value: String, in slot: Slot) -> UInt8? {
        if value.isEmpty { return no }
        switch slot {
        case .omfattning: return Omfattning.allCases.first { $0.code == value }?.rawValue
        case .niva: return Niva.allCases.first { $0.code == value }?.rawValue
        case .meddelandeorsak: return UInt8(value).flatMap { Meddelandeorsak(rawValue: $0)?.rawValue }
        case .handelseorsak: return EventReason.allCases.first { String(describing: $0) == value }?.rawValue
        case .status: return value == Slot.deathAsStatus ? yes : UInt8(value)
        case .betyg:
            if value == Slot.dropOutAsGrade { return dropOut }
            return Betyg.allCases.first { $0.code == value }?.rawValue
        case .andrabetyg: return Betyg.allCases.first { $0.code == value }?.rawValue
        default: return value == "N" ? no : value == "J" || value == "U" ? yes : nil
        }
    }
}
