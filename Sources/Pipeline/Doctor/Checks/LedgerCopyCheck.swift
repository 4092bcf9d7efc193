import CSN
import DeliveryLedger
import Findings
import Reports

/// The copy that every run leaves beside the ledger is about as young as the ledger.
enum LedgerCopyCheck: DoctorCheck {
    static let name = "ledger-copy"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard case .open(let path, let store) = installation.ledger,
            let ledger = FileLook(path), !((try? store.runs(limit: 1)) ?? []).isEmpty
        else { return [] }
        let copy = path + ".copy"
        let advice = Text(
            sv: "Kör nightly igen och se vad den säger om kopian. Ta själv en säkerhetskopia så länge.",
            en: "Run nightly again and see what it says of the copy. Take a backup yourself meanwhile.")
        guard let look = FileLook(copy), let made = StockholmClock()?.moment(of: look.modified) else {
            return [
                warning(
                    Text(sv: "det finns ingen kopia av liggaren", en: "there is no copy of the ledger"), at: copy,
                    advice: advice)
            ]
        }
        // By the machine's clock, both of them.
        let days = Int(ledger.modified.timeIntervalSince(look.modified)) / 86_400
        guard days < 2 else {
            return [
                warning(
                    Text(
                        sv: "kopian är \(days) dagar äldre än liggaren",
                        en: "the copy is \(days) days older than the ledger"), at: copy, advice: advice)
            ]
        }
        return [ok(Text(sv: "från \(made)", en: "of \(made)"), at: copy)]
    }
}
