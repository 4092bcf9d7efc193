import Findings
import Foundation
import Reports

/// What holds personal data is its owner's alone.
enum PermissionsCheck: DoctorCheck {
    static let name = "permissions"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        let configuration = installation.configuration
        var open: [FileLook] = []
        for folder in [configuration.outbox, configuration.archive].compactMap(\.self) {
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
            open += ([folder] + names.map { "\(folder)/\($0)" }).compactMap(readableByOthers)
        }
        for ending in ["", "-wal", "-shm", ".copy"] {
            if let ledger = configuration.ledger { open += [readableByOthers(ledger + ending)].compactMap(\.self) }
        }
        var results = open.prefix(mostNamed).map { look in
            error(
                Text(
                    sv: "kan läsas av andra än ägaren (\(look.modeText))",
                    en: "can be read by others than its owner (\(look.modeText))"),
                at: look.path, advice: Text(sv: "chmod go= \(look.path)", en: "chmod go= \(look.path)"))
        }
        if open.count > mostNamed {
            let rest = open.count - mostNamed
            results.append(
                error(
                    Text(sv: "och \(rest) till", en: "and \(rest) more"),
                    advice: Text(
                        sv: "chmod -R go= på utkorgen och arkivet tar allt på en gång.",
                        en: "chmod -R go= on the outbox and the archive takes all at once.")))
        }
        if let inbox = configuration.inbox, let look = FileLook(inbox), look.mode & 0o007 != 0 {
            results.append(
                warning(
                    Text(
                        sv: "vem som helst på datorn kommer in i inkorgen (\(look.modeText))",
                        en: "anybody on the machine can get into the inbox (\(look.modeText))"), at: inbox,
                    advice: Text(
                        sv: "Låt bara skolsystemets grupp skriva: chmod 0770 \(inbox)",
                        en: "Let only the school system's group write: chmod 0770 \(inbox)")))
        }
        guard results.isEmpty else { return results }
        return [
            ok(
                Text(
                    sv: "utkorg, arkiv och liggare kan bara läsas av ägaren",
                    en: "outbox, archive and ledger can be read by their owner only"))
        ]
    }

    /// So many are named one by one.
    private static let mostNamed = 5

    private static func readableByOthers(_ path: String) -> FileLook? {
        guard let look = FileLook(path), look.mode & 0o077 != 0 else { return nil }
        return look
    }
}
