import CSN
import DeliveryLedger
import Findings
import Reports

/// Nothing waits for more than a week to reach CSN.
enum WaitingFilesCheck: DoctorCheck {
    static let name = "waiting-files"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard let store = installation.ledger.store, let schools = try? store.schools() else { return [] }
        var results: [DoctorReport.Result] = []
        for school in schools {
            guard let deliveries = try? store.deliveries(of: school) else { continue }
            let since = deliveries.versions.keys
                .flatMap { deliveries.standing(of: $0).values.compactMap(\.waitingSince) }.min()
            guard let since, installation.now.day - since > mostDays else { continue }
            results.append(
                warning(
                    Text(
                        sv: "skola \(school): något väntar sedan \(since) på att skickas",
                        en: "school \(school): something has waited to be sent since \(since)"),
                    advice: Text(
                        sv: "Ladda upp filen i Mina tjänster före klockan 17 och säg till med csnfil outbox sent. Är "
                            + "det redan gjort: säg till nu, med tiden.",
                        en: "Upload the file in Mina tjänster before 17:00 and say so with csnfil outbox sent. If that "
                            + "was done already, say so now, with the time.")))
        }
        guard results.isEmpty else { return results }
        return [ok(Text(sv: "ingenting väntar sedan mer än en vecka", en: "nothing has waited for more than a week"))]
    }

    private static let mostDays = 7
}
