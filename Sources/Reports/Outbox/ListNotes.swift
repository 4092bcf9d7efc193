import CSN
import Findings

/// What is to be seen to in the outbox.
extension OutboxNote {
    /// A file that is to be uploaded is not there.
    public static func missing(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "missing", isWarning: true, files: [file.number], skolkod: file.skolkod,
            Text(
                sv:
                    "\(file.path) (nr \(file.number)) ligger inte i utkorgen. Kör csnfil nightly: den lägger dit den igen.",
                en:
                    "\(file.path) (no. \(file.number)) is not in the outbox. Run csnfil nightly: it puts it there again."
            ))
    }

    /// What lies under a file's name is something else.
    public static func different(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "different", isWarning: true, files: [file.number], skolkod: file.skolkod,
            Text(
                sv:
                    "\(file.path) (nr \(file.number)) är inte den fil som csnfil gjorde. Ladda inte upp den. Flytta bort "
                    + "den och kör csnfil nightly.",
                en:
                    "\(file.path) (no. \(file.number)) is not the file that csnfil made. Do not upload it. Move it away "
                    + "and run csnfil nightly."))
    }

    /// Under a file's name another version of it lies: a run was interrupted, or is under way.
    public static func otherVersion(_ other: OutboxFile, under file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "other-version", isWarning: true, files: [file.number, other.number], skolkod: file.skolkod,
            Text(
                sv: "Under namnet \(file.path) ligger en annan version (nr \(other.number)) än den som gäller "
                    + "(nr \(file.number)). Vänta tills pågående körning är klar, eller kör csnfil nightly.",
                en: "Under the name \(file.path) lies another version (no. \(other.number)) than the one that counts "
                    + "(no. \(file.number)). Wait until the present run is done, or run csnfil nightly."))
    }

    /// A file's reading has passed, and nobody has said that it was uploaded.
    public static func overdue(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "overdue", isWarning: true, files: [file.number], skolkod: file.skolkod,
            said {
                "\(file.path) (nr \(file.number)) skulle ha laddats upp före \($0.moment(file.window.before)). Gjordes "
                    + "det, säg när: csnfil outbox sent \(file.number) --at ÅÅÅÅ-MM-DDTHH:MM. Annars: ladda inte upp den "
                    + "nu; csnfil nightly gör en ny."
            } en: {
                "\(file.path) (no. \(file.number)) was to be uploaded before \($0.moment(file.window.before)). If it "
                    + "was, say when: csnfil outbox sent \(file.number) --at YYYY-MM-DDTHH:MM. If not, do not upload it "
                    + "now; csnfil nightly makes a new one."
            })
    }

    /// A school's files reach far ahead.
    public static func longQueue(_ school: Skolkod, files: [OutboxFile], until day: Day) -> OutboxNote {
        OutboxNote(
            "long-queue", isWarning: true, files: files.map(\.number), skolkod: school,
            said {
                "Skola \(school): kön når till \($0.day(day)), mer än en vecka fram (\(files.count) filer). Ladda upp "
                    + "varje fil på sin dag; en dag som missas skjuter upp resten."
            } en: {
                "School \(school): the queue reaches to \($0.day(day)), more than a week ahead (\(files.count) files). "
                    + "Upload each file on its day; a day missed puts off the rest."
            })
    }

    /// Nobody has said for long that anything of a school was uploaded.
    ///
    /// - Parameter file: one that waits, or the last that did.
    public static func silent(_ school: Skolkod, since day: Day, _ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "silent", isWarning: true, files: [file.number], skolkod: school,
            said {
                "Skola \(school): sedan \($0.day(day)) har det funnits filer att ladda upp, men ingen har sagt att någon "
                    + "är uppladdad. Säg det efter varje uppladdning: csnfil outbox sent \(file.name)"
            } en: {
                "School \(school): since \($0.day(day)) there have been files to upload, but nobody has said that one "
                    + "was. Say so after each upload: csnfil outbox sent \(file.name)"
            })
    }

    /// There is no ledger as yet.
    public static func noLedger(_ path: String) -> OutboxNote {
        OutboxNote(
            "no-ledger", isWarning: true,
            Text(
                sv: "Det finns ingen liggare ännu (\(path)). Kör csnfil nightly: den gör den.",
                en: "There is no ledger yet (\(path)). Run csnfil nightly: it makes it."))
    }
}
