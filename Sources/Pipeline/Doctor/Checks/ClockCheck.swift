import CSN
import DeliveryLedger
import Findings
import Foundation
import Reports

/// The clock shows Stockholm's time, summer and winter, and has not gone back.
enum ClockCheck: DoctorCheck {
    static let name = "clock"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard isStockholm else {
            return [
                error(
                    Text(
                        sv: "datorns uppgifter om tidszonen Europe/Stockholm saknas eller är fel",
                        en: "the machine's data of the time zone Europe/Stockholm is missing or wrong"),
                    advice: Text(sv: "Installera paketet tzdata.", en: "Install the package tzdata."))
            ]
        }
        let now = installation.now
        guard let last = try? installation.ledger.store?.lastMoment(), now < last else {
            return [ok(Text(sv: "\(now) i Stockholm", en: "\(now) in Stockholm"))]
        }
        let text = Text(
            sv: "klockan är \(now), men liggaren har redan sett \(last)",
            en: "the clock says \(now), but the ledger has already seen \(last)")
        if last.seconds(since: now) <= LedgerSession.mostSecondsBack {
            return [
                warning(
                    text,
                    advice: Text(
                        sv: "Så lite gör inget: nästa körning räknar från den senare tiden. Se ändå till att klockan "
                            + "ställs av tidstjänsten.",
                        en: "So little does no harm: the next run counts from the later time. See to it that a time "
                            + "service sets the clock all the same."))
            ]
        }
        return [
            error(
                text,
                advice: Text(
                    sv: "Ställ klockan rätt. Är det klockan som nu är rätt: kör nightly en gång med --accept-clock.",
                    en: "Set the clock. If it is the clock that is right now: run nightly once with --accept-clock."))
        ]
    }

    /// 2026-01-01T12:00Z is 13:00 there, 2026-07-01T12:00Z is 14:00.
    private static var isStockholm: Bool {
        guard let clock = StockholmClock() else { return false }
        let winter = clock.moment(of: Date(timeIntervalSince1970: 1_767_268_800))
        let summer = clock.moment(of: Date(timeIntervalSince1970: 1_782_907_200))
        return winter?.secondOfDay == 13 * 3_600 && summer?.secondOfDay == 14 * 3_600
    }
}
