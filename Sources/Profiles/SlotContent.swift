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

    /// The slots without which a row of a profile says nothing: those of a course, with the student's id where a side
    /// table has the number, or those of a side table.
    static func needed(_ records: Profile.Records, hasPersonTables: Bool) -> [Slot] {
        switch records {
        case .persons: [.studentid, .personnummer]
        case .courses: hasPersonTables ? [.studentid] + needed.filter { $0 != .personnummer } : needed
        }
    }

    /// What kind of value stands in the slot.
    public var content: SlotContent {
        switch self {
        case .startdatum, .slutdatum, .handelsedatum, .betygsdatum, .exportdag, .andrabetygsdatum: .date
        case .skolkod, .skola, .personnummer, .studentid, .kurskod, .kursdel, .poang, .kurspoang, .kursnamn: .code
        case .registrering, .fardighetstraning, .traineejobb, .provning, .skyddad, .program, .fortsatter, .betyglast,
            .omdome:
            .word(["J", "N"])
        case .uppdragsutbildning: .word(["U", "N"])
        case .omfattning: .word(Omfattning.allCases.map(\.code) + [""])
        case .niva: .word(Niva.allCases.map(\.code) + [""])
        case .meddelandeorsak: .word(Meddelandeorsak.allCases.map { String($0.rawValue) } + [""])
        case .andrabetyg: .word(Betyg.allCases.map(\.code) + [""])
        case .betyg: .word(Betyg.allCases.map(\.code) + [Slot.dropOutAsGrade, ""])
        case .handelseorsak: .word(EventReason.allCases.map { String(describing: $0) })
        case .status: .word([Slot.deathAsStatus, Slot.dropOutAsGrade, Slot.notStartedAsStatus, ""])
        }
    }

    /// The values that a word of the slot can stand for; empty where the slot holds no words.
    public var values: [String] {
        guard case .word(let values) = content else { return [] }
        return values
    }

    /// Whether a date of the slot can be read from that form: a term has a first and a last day and no other.
    func canBeRead(as form: DateForm) -> Bool {
        content == .date && (form != .term || self == .startdatum || self == .slutdatum)
    }

    /// Whether the slot holds grades.
    var isGrade: Bool { self == .betyg || self == .andrabetyg }

    /// What a drop-out written in the grade column ("Avbrott") stands for: an event, not a grade.
    public static let dropOutAsGrade = String(Meddelandeorsak.dropOut.rawValue)
    /// What a status stands for that says that the student started none of the studies.
    public static let notStartedAsStatus = String(Meddelandeorsak.notStarted.rawValue)
    /// What a status stands for that says that the student has died.
    public static let deathAsStatus = String(describing: EventReason.death)
}

extension Slot {
    /// What a column of the slot holds, in one line, for the schema and `docs/profiles.md`.
    public var meaning: String {
        switch self {
        case .skolkod: "CSN's code of the school, 1000–1999, from a column that is CSN's by name."
        case .skola: "What the export calls the school; schools.csv or the configuration says its skolkod."
        case .personnummer: "Personnummer or samordningsnummer."
        case .studentid: "The export's own number of the student."
        case .kurskod: "The course code."
        case .kursdel: "Which part of the course: 13, 1:3, 1/3, 1(3) or 1 av 3."
        case .fardighetstraning: "Whether it is färdighetsträning."
        case .omfattning: "H (full time) or D (part time)."
        case .poang: "The points, 0–999."
        case .niva: "The level."
        case .startdatum: "The student's first day on the course."
        case .slutdatum: "The student's last day on the course; 9999-12-31 is an open end."
        case .uppdragsutbildning: "Whether it is uppdragsutbildning."
        case .traineejobb: "Whether the education can be combined with a trainee job."
        case .registrering: "Whether the school certifies that the student started."
        case .meddelandeorsak: "What happened: 31, 32, 81 or 99."
        case .handelsedatum: "When it happened."
        case .handelseorsak: "Why it happened; illness and care also with their extent (sjukskriven 50 %)."
        case .betyg: "The grade; 99 is a drop-out written in the grade column."
        case .betygsdatum: "The day of the grade."
        case .status:
            "Where the course stands, in the system's own words; 99 and 81 are events, a school may declare others as started."
        case .provning: "Whether the row is an examination without studying (prövning)."
        case .skyddad: "Whether the student's identity is protected; a word that is not known protects."
        case .program: "Whether the programme is an introductory one of gymnasieskolan."
        case .exportdag: "The day the export was made."
        case .kurspoang: "The points of the whole course, beside or instead of those of this occasion."
        case .fortsatter: "Whether the course goes on after this occasion; then it is read in parts."
        case .betyglast: "Whether the grade is locked; one that is not is no grade yet."
        case .omdome: "Whether what stands as a grade is an assessment (omdöme), and no grade."
        case .andrabetyg: "A second grade, of an examination or a correction; the later one counts."
        case .andrabetygsdatum: "The day of the second grade."
        case .kursnamn: "The name of the course, for suggestions; never sent."
        }
    }
}
