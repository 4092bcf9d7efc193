import CSN

/// What kind of value stands in a slot, and so what a profile may say of its column.
public enum SlotContent: Sendable, Equatable {
    /// A number, code or id, read by its own form.
    case code
    /// A date, in one of the forms that the profile names.
    case date
    /// A word that stands for one of these values; "" is a word that says nothing ("KV" as a level).
    case word([String])
}

extension Slot {
    /// Without a column for each of these no row can be reported.
    public static let needed: [Slot] = [.personnummer, .kurskod, .startdatum, .slutdatum]

    /// What kind of value stands in the slot.
    public var content: SlotContent {
        switch self {
        case .startdatum, .slutdatum, .handelsedatum, .betygsdatum, .exportdag: .date
        case .skolkod, .skola, .personnummer, .studentid, .kurskod, .kursdel, .poang: .code
        case .registrering, .fardighetstraning, .traineejobb, .provning, .skyddad, .program: .word(["J", "N"])
        case .uppdragsutbildning: .word(["U", "N"])
        case .omfattning: .word(Omfattning.allCases.map(\.code) + [""])
        case .niva: .word(Niva.allCases.map(\.code) + [""])
        case .meddelandeorsak: .word(Meddelandeorsak.allCases.map { String($0.rawValue) } + [""])
        case .betyg: .word(Betyg.allCases.map(\.code) + [Slot.dropOutAsGrade, ""])
        case .handelseorsak: .word(EventReason.allCases.map { String(describing: $0) })
        case .status: .word([Slot.deathAsStatus])
        }
    }

    /// The values that a word of the slot can stand for; empty where the slot holds no words.
    public var values: [String] {
        guard case .word(let values) = content else { return [] }
        return values
    }

    /// What a drop-out written in the grade column ("Avbrott") stands for: an event, not a grade.
    public static let dropOutAsGrade = String(Meddelandeorsak.dropOut.rawValue)
    /// What a status stands for that says that the student has died.
    public static let deathAsStatus = String(describing: EventReason.death)
}
