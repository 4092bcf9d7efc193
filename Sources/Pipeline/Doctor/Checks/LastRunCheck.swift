import CSN
import DeliveryLedger
import Findings
import Reports

/// Runs come every night and go through.
enum LastRunCheck: DoctorCheck {
    static let name = "last-run"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard let store = installation.ledger.store, let last = try? store.runs(limit: 1).first else {
            return installation.ledger.store == nil
                ? []
                : [
                    warning(
                        Text(sv: "ingen körning än", en: "no run yet"),
                        advice: Text(
                            sv: "Kör csnfil nightly en gång för hand, och slå sedan på timern.",
                            en: "Run csnfil nightly once by hand, then switch the timer on."))
                ]
        }
        let hours = installation.now.seconds(since: last.now) / 3_600
        let text = Text(
            sv: "\(last.now), slutade med \(last.status)", en: "\(last.now), ended with \(last.status)")
        guard hours < mostHours else {
            return [
                warning(
                    Text(sv: "\(text.sv), för \(hours) timmar sedan", en: "\(text.en), \(hours) hours ago"),
                    advice: Text(
                        sv: "Går timern? systemctl list-timers csnfil.timer, och journalctl -u csnfil.service.",
                        en: "Does the timer run? systemctl list-timers csnfil.timer, and journalctl -u csnfil.service.")
                )
            ]
        }
        guard last.status <= 1 else {
            return [
                error(
                    text,
                    advice: Text(
                        sv: "Se varför: journalctl -u csnfil.service.", en: "See why: journalctl -u csnfil.service."))
            ]
        }
        return [ok(text)]
    }

    /// A night that was missed, and some hours to spare.
    private static let mostHours = 36
}
