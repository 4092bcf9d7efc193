import CSN
import Findings

/// In what two rows of a course differ in a field, in words that name both values.
struct FieldDifference {
    private let field: Field
    private let here: Candidate
    private let there: Candidate

    /// The difference between two rows in one of the fields of a course.
    init(_ field: Field, here: Candidate, there: Candidate) {
        self.field = field
        self.here = here
        self.there = there
    }

    /// "poäng 100 här och 150 där".
    var text: Text {
        let (one, other) = (value(in: here), value(in: there))
        return Text(
            sv: "\(field.swedish) \(one ?? "tomt") här och \(other ?? "tomt") där",
            en: "\(field.swedish) \(one ?? "blank") here and \(other ?? "blank") there")
    }

    /// What stands in a field, as people write it; nil where nothing does, or where it is about who the student is.
    private func value(in row: Candidate) -> String? {
        switch field {
        case .skolkod: row.skolkod?.description
        case .personnummer, .kurskod, .meddelandeorsak, .handelsedatum: nil
        case .kursdel: row.kursdel.map { "\($0.part):\($0.parts)" }
        case .fardighetstraning: row.fardighetstraning ? "J" : nil
        case .omfattning: row.omfattning?.code
        case .poang: row.poang.map { String($0) }
        case .niva: row.niva?.code
        case .startdatum: row.startdatum?.description
        case .slutdatum: row.slutdatum?.description
        case .uppdragsutbildning: row.uppdragsutbildning ? "U" : nil
        case .traineejobb: row.traineejobb ? "J" : nil
        case .registrering: row.registrering ? "J" : "N"
        case .betyg: row.betyg?.code
        case .betygsdatum: row.betygsdatum?.description
        }
    }
}
