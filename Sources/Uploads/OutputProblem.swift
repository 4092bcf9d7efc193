import Findings
import Glibc

/// Why a file could not be written, read or placed.
public enum OutputProblem: Error, Hashable, Sendable {
    /// What was being done to a file or folder.
    public enum Operation: String, Sendable {
        case create, open, read, write, flush, rename, remove, lock
    }

    /// The operating system refused: disk full, no permission, read-only … `code` is its errno.
    case system(Operation, path: String, code: Int32)
    /// Another run holds the output folder's lock; 0 when its process number is not known.
    case locked(path: String, process: Int32)
    /// Files that would be replaced and are not this command's to replace.
    case occupied([Occupied])
    /// The list of reservations cannot be understood; nothing is guessed about who wrote what.
    case reservations(path: String, reason: Text)

    /// A planned file whose place is taken.
    public struct Occupied: Hashable, Sendable {
        /// The file's path.
        public let path: String
        /// Who reserved it; nil when nobody did.
        public let owner: Reservation.Owner?
    }

    static func system(_ operation: Operation, _ path: String) -> OutputProblem {
        .system(operation, path: path, code: errno)
    }

    /// What people are told: what is wrong, where, and what to do.
    public var text: Text {
        switch self {
        case .system(let operation, let path, let code): OutputProblem.system(operation, path, code)
        case .locked(let path, let process):
            Text(
                sv: "En annan körning\(process > 0 ? " (process \(process))" : "") skriver till \(path). "
                    + "Vänta tills den är klar och kör igen.",
                en: "Another run\(process > 0 ? " (process \(process))" : "") is writing to \(path). "
                    + "Wait until it is done and run again.")
        case .occupied(let files):
            Text(
                sv: files.map(\.text.sv).joined(separator: "\n"), en: files.map(\.text.en).joined(separator: "\n"))
        case .reservations(let path, let reason):
            Text(
                sv: "\(path) går inte att förstå: \(reason.sv) Återställ filen från en säkerhetskopia, eller välj en "
                    + "annan utmapp.",
                en: "\(path) cannot be understood: \(reason.en) Restore the file from a backup, or choose another "
                    + "output folder.")
        }
    }

    private static func system(_ operation: Operation, _ path: String, _ code: Int32) -> Text {
        // The C library's strerror gives each thread its own text (glibc 2.32 and later).
        let reason = String(cString: strerror(code))
        let advice: Text =
            switch code {
            case ENOSPC, EDQUOT: Text(sv: " Frigör utrymme och kör igen.", en: " Free some space and run again.")
            case EACCES, EPERM, EROFS:
                Text(
                    sv: " Ge användaren som kör rätt att skriva där, eller välj en annan utmapp.",
                    en: " Let the user who runs this write there, or choose another output folder.")
            case EIO: Text(sv: " Kontrollera disken och kör igen.", en: " Check the disk and run again.")
            default: Text(sv: "", en: "")
            }
        return Text(
            sv: "\(path): \(operation.swedish) misslyckades: \(reason).\(advice.sv)",
            en: "\(path): \(operation.rawValue) failed: \(reason).\(advice.en)")
    }
}

extension OutputProblem.Operation {
    fileprivate var swedish: String {
        switch self {
        case .create: "skapa"
        case .open: "öppna"
        case .read: "läsa"
        case .write: "skriva"
        case .flush: "spara på disk"
        case .rename: "byta namn"
        case .remove: "ta bort"
        case .lock: "låsa"
        }
    }
}

extension OutputProblem.Occupied {
    /// What people are told about one file.
    public var text: Text {
        guard let owner else {
            return Text(
                sv: "\(path) är inte skriven av csnfil, eller har ändrats sedan dess. Flytta den och kör igen.",
                en: "\(path) was not written by csnfil, or was changed since. Move it and run again.")
        }
        return Text(
            sv: "\(path) hör till csnfil \(owner.rawValue). Välj en annan utmapp eller en annan dag.",
            en: "\(path) belongs to csnfil \(owner.rawValue). Choose another output folder or another day.")
    }
}
