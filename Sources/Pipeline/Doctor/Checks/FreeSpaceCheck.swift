import Findings
import Foundation
import Reports

/// There is room for what the next run writes.
enum FreeSpaceCheck: DoctorCheck {
    static let name = "free-space"

    /// A run holds the exports once more in the archive, at most as much again in drafts and upload files, and the
    /// ledger twice more (its copy, and what is not yet in the file itself).
    private static func needed(_ installation: Installation) -> Int {
        let configuration = installation.configuration
        let inbox = configuration.inbox ?? ""
        let exports = ((try? FileManager.default.contentsOfDirectory(atPath: inbox)) ?? [])
            .compactMap { FileLook("\(inbox)/\($0)") }.filter { !$0.isFolder }.reduce(0) { $0 + $1.bytes }
        let ledger = configuration.ledger.flatMap { FileLook($0) }?.bytes ?? 0
        return least + 2 * exports + 2 * ledger
    }

    /// What an installation without exports and ledger needs: reports, drafts, the first pages of a ledger.
    private static let least = 16 << 20

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        let needed = needed(installation)
        var seen: Set<UInt64> = []
        var results: [DoctorReport.Result] = []
        let ledger = installation.configuration.ledger.map { $0.folderOfPath }
        for path in installation.folders.map(\.path) + [ledger].compactMap(\.self) {
            guard let look = FileLook.nearestFolder(path.isEmpty ? "." : path), seen.insert(look.device).inserted,
                let free = free(look.path)
            else { continue }
            results.append(result(free: free, needed: needed, at: look.path))
        }
        return results
    }

    /// Several runs' worth is enough to have time to do something.
    static func result(free: Int, needed: Int, at path: String) -> DoctorReport.Result {
        let (has, needs) = (free >> 20, (needed + (1 << 20) - 1) >> 20)
        let text = Text(
            sv: "\(has) MiB lediga, en körning behöver upp till \(needs) MiB",
            en: "\(has) MiB free, a run needs up to \(needs) MiB")
        let advice = Text(sv: "Frigör utrymme.", en: "Free some space.")
        if free < needed { return error(text, at: path, advice: advice) }
        return free < 5 * needed ? warning(text, at: path, advice: advice) : ok(text, at: path)
    }

    /// Bytes that this user may still write; nil where the file system does not say.
    private static func free(_ path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }
}
