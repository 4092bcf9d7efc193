import CSN
import DeliveryLedger
import Findings
import Reports

/// Somebody says which files are uploaded: without that everything is made anew day after day.
enum ConfirmationsCheck: DoctorCheck {
    static let name = "confirmations"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard let store = installation.ledger.store, let files = try? store.files(since: nil) else { return [] }
        return look(at: files, now: installation.now)
    }

    /// Files of the week before the last day are enough to have said something of.
    static func look(at files: [DeliveredFile], now: Moment) -> [DoctorReport.Result] {
        let week = 7 * 86_400
        let lastSaid = files.compactMap(\.sent).max()
        let silentSince = lastSaid ?? files.map(\.facts.made).min()
        let unanswered = files.filter { file in
            file.outcome.isUncertain && now.seconds(since: file.facts.made) <= week
                && (lastSaid.map { $0 < file.facts.made } ?? true)
        }
        guard let silentSince, now.seconds(since: silentSince) > week, !unanswered.isEmpty else {
            let text = lastSaid.map { Text(sv: "senast \($0)", en: "last \($0)") }
            return [ok(text ?? Text(sv: "inga ännu", en: "none yet"))]
        }
        return [
            warning(
                Text(
                    sv: "ingen har sagt att en fil är uppladdad sedan \(silentSince)",
                    en: "nobody has said that a file was uploaded since \(silentSince)"),
                advice: Text(
                    sv:
                        "Den som laddar upp säger till: csnfil outbox sent FIL. Annars görs samma fil om dag efter dag.",
                    en:
                        "Whoever uploads says so: csnfil outbox sent FILE. Otherwise the same file is made day after day."
                ))
        ]
    }
}
