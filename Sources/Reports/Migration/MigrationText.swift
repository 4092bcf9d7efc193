import CSN
import Findings

/// The plan of a migration as a table: which file on which day.
struct MigrationText {
    let plan: MigrationPlan
    let plain: PlainWords
    let emphasis: Emphasis

    func text() -> String {
        var text = emphasis(.bold, say("Planen", "The plan")) + "\n"
        for file in plan.files {
            text += "  \(file.readingDay)  \(file.skolkod)  \(state(file.state))  "
            text += "\(plain.records(file.records)), \(plain.students(file.students))"
            text += say(", \(file.firstDate) till \(file.lastDate)", ", \(file.firstDate) to \(file.lastDate)") + "\n"
        }
        return text
    }

    private func state(_ state: MigrationPlan.State) -> String {
        switch state {
        case .accepted: say("inläst", "read")
        case .sent: say("uppladdad", "uploaded")
        case .planned: say("att ladda upp", "to be uploaded")
        case .rehearsed: say("skulle skrivas", "would be written")
        }
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[plain.language] }
}
