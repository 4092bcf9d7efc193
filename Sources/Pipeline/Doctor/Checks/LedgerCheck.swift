import DeliveryLedger
import Findings
import Reports

/// The ledger can be read and is whole.
enum LedgerCheck: DoctorCheck {
    static let name = "ledger"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        switch installation.ledger {
        case .notConfigured: return []
        case .missing(let path):
            return [
                ok(
                    Text(
                        sv: "finns inte än och skapas av den första körningen",
                        en: "is not there yet; the first run makes it"), at: path)
            ]
        case .unusable(_, let problem): return errors(RunFailure(problem))
        case .open(let path, let store):
            do throws(LedgerProblem) {
                let schools = try store.schools().count
                let files = try store.files(since: nil).count
                let size = ((FileLook(path)?.bytes ?? 0) + 1_023) / 1_024
                return [
                    ok(
                        Text(
                            sv: "hel, \(schools) skolor, \(files) filer, \(size) KiB",
                            en: "whole, \(schools) school\(schools == 1 ? "" : "s"), "
                                + "\(files) file\(files == 1 ? "" : "s"), \(size) KiB"), at: path)
                ]
            } catch {
                return errors(RunFailure(error))
            }
        }
    }
}
