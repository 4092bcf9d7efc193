import CSN
import Findings

/// What is said when somebody tells what became of a file.
extension OutboxNote {
    private static func sha(_ file: OutboxFile) -> String { String(file.sha256.prefix(8)) }

    /// The file was uploaded, and its reading is to come.
    public static func uploaded(_ file: OutboxFile, at: Moment) -> OutboxNote {
        OutboxNote(
            "uploaded", files: [file.number],
            said {
                "\(file.path) (nr \(file.number)) är uppladdad \($0.moment(at)). CSN läser den \($0.day(file.reading)) "
                    + "efter kl. 17.00."
            } en: {
                "\(file.path) (no. \(file.number)) was uploaded \($0.moment(at)). CSN reads it on "
                    + "\($0.day(file.reading)) after 17:00."
            })
    }

    /// The file was uploaded, and its reading has passed.
    public static func read(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "read", files: [file.number],
            said {
                "\(file.path) (nr \(file.number)) räknas som läst av CSN \($0.day(file.reading))."
            } en: {
                "\(file.path) (no. \(file.number)) counts as read by CSN on \($0.day(file.reading))."
            })
    }

    /// The ledger said so already.
    public static func already(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "already", files: [file.number],
            said {
                "\(file.path) (nr \(file.number)) är redan \($0.state(file.state)). Inget har ändrats."
            } en: {
                "\(file.path) (no. \(file.number)) is already \($0.state(file.state)). Nothing was changed."
            })
    }

    /// Another time of uploading was said before.
    public static func timeCorrected(_ file: OutboxFile, before: Moment) -> OutboxNote {
        OutboxNote(
            "time-corrected", files: [file.number],
            said {
                "Tidigare var sagt att den laddades upp \($0.moment(before)); det gäller inte längre."
            } en: {
                "It was said before that it was uploaded \($0.moment(before)); that does not count any more."
            })
    }

    /// The file was uploaded after the reading that it was made for.
    public static func late(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "late", isWarning: true, files: [file.number],
            said {
                "Den var menad för läsningen \($0.day(file.readingDay)) men kom efter den. CSN läser den i stället "
                    + "\($0.day(file.reading)), och då bara om ingen annan fil för skolan laddas upp efter den. "
                    + "Laddades den upp tidigare, säg när: csnfil outbox sent \(file.number) --at ÅÅÅÅ-MM-DDTHH:MM"
            } en: {
                "It was meant for the reading on \($0.day(file.readingDay)) but came after it. CSN reads it on "
                    + "\($0.day(file.reading)) instead, and only if no other file of the school is uploaded after it. "
                    + "If it was uploaded earlier, say when: csnfil outbox sent \(file.number) --at YYYY-MM-DDTHH:MM"
            })
    }

    /// The file was uploaded before its time, for a reading that it was not made for.
    public static func early(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "early", isWarning: true, files: [file.number],
            said {
                "Den var menad för läsningen \($0.day(file.readingDay)) men kom före \($0.moment(file.window.from)). "
                    + "CSN läser den redan \($0.day(file.reading)), och då bara den fil som laddades upp sist."
            } en: {
                "It was meant for the reading on \($0.day(file.readingDay)) but came before "
                    + "\($0.moment(file.window.from)). CSN reads it on \($0.day(file.reading)) already, and only the "
                    + "file that was uploaded last."
            })
    }

    /// Of two files for one reading the one sent last counts; the other goes again.
    public static func superseded(_ other: OutboxFile, by file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "superseded", isWarning: true, files: [other.number, file.number],
            said {
                "CSN läser bara den fil som laddades upp sist före läsningen \($0.day(file.reading)): \(file.path) "
                    + "(nr \(file.number)). \(other.path) (nr \(other.number)) räknas som ersatt; det som stod i den "
                    + "skickas igen av nästa csnfil nightly."
            } en: {
                "CSN reads only the file that was uploaded last before the reading on \($0.day(file.reading)): "
                    + "\(file.path) (no. \(file.number)). \(other.path) (no. \(other.number)) counts as replaced; what "
                    + "stood in it is sent again by the next csnfil nightly."
            })
    }

    /// Which of two versions of one name was taken to be the one uploaded.
    public static func taken(_ file: OutboxFile, not other: OutboxFile) -> OutboxNote {
        OutboxNote(
            "version-taken", files: [file.number, other.number],
            said {
                "Filen gjordes flera gånger. Den som gjordes \($0.moment(file.made)) (nr \(file.number), "
                    + "\($0.records(file.records))) räknas som uppladdad, inte den som gjordes \($0.moment(other.made)) "
                    + "(nr \(other.number), \($0.records(other.records))). Var det den andra, säg när den laddades upp: "
                    + "csnfil outbox sent \(other.number) --at ÅÅÅÅ-MM-DDTHH:MM"
            } en: {
                "The file was made several times. The one made \($0.moment(file.made)) (no. \(file.number), "
                    + "\($0.records(file.records))) counts as uploaded, not the one made \($0.moment(other.made)) "
                    + "(no. \(other.number), \($0.records(other.records))). If it was the other, say when it was "
                    + "uploaded: csnfil outbox sent \(other.number) --at YYYY-MM-DDTHH:MM"
            })
    }

    /// Another version of the same name had been said to be uploaded; the one that was said last counts.
    public static func takenBack(_ other: OutboxFile, for file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "version-taken-back", isWarning: true, files: [other.number, file.number],
            said {
                _ in
                "Tidigare var sagt att nr \(other.number) av samma fil laddades upp; nu räknas nr \(file.number) i "
                    + "stället. Laddades båda upp, säg det igen om den senare: csnfil outbox sent \(other.number) --at "
                    + "ÅÅÅÅ-MM-DDTHH:MM"
            } en: {
                _ in
                "It was said before that no. \(other.number) of the same file was uploaded; no. \(file.number) counts "
                    + "instead now. If both were uploaded, say so again of the later one: csnfil outbox sent "
                    + "\(other.number) --at YYYY-MM-DDTHH:MM"
            })
    }

    /// Another file for the same reading waits in the outbox.
    public static func othersWait(_ others: [OutboxFile], beside file: OutboxFile) -> OutboxNote {
        let names = others.map { "\($0.path) (\($0.number))" }.joined(separator: ", ")
        return OutboxNote(
            "others-wait", isWarning: true, files: others.map(\.number) + [file.number],
            Text(
                sv:
                    "I utkorgen väntar en annan fil för samma läsning: \(names). CSN läser bara den som laddas upp sist. "
                    + "Kör csnfil nightly innan någon laddar upp den: då görs den om.",
                en: "Another file for the same reading waits in the outbox: \(names). CSN reads only the one uploaded "
                    + "last. Run csnfil nightly before anybody uploads it: it is made anew then."))
    }

    /// The opposite was said before.
    public static func corrected(_ file: OutboxFile, before: OutboxFile.State) -> OutboxNote {
        OutboxNote(
            "corrected", files: [file.number],
            said {
                "Tidigare var sagt att den är \($0.state(before)); det gäller inte längre."
            } en: {
                "It was said before that it is \($0.state(before)); that does not count any more."
            })
    }

    /// Two files of a school on one calendar day, for two readings.
    public static func twoOnOneDay(_ file: OutboxFile, _ other: OutboxFile) -> OutboxNote {
        OutboxNote(
            "two-on-one-day", isWarning: true, files: [file.number, other.number],
            said {
                _ in
                "Samma dag laddades också \(other.path) (nr \(other.number)) upp. CSN skriver att bara den sista filen "
                    + "samma dag tas emot. Se i Mina tjänster att CSN har båda; har CSN inte nr \(other.number): "
                    + "csnfil outbox rejected \(other.number)"
            } en: {
                _ in
                "\(other.path) (no. \(other.number)) was uploaded on the same day. CSN writes that only the last file "
                    + "of a day is taken. See in Mina tjänster that CSN has both; if CSN does not have "
                    + "no. \(other.number): csnfil outbox rejected \(other.number)"
            })
    }

    /// A file that had counted as replaced by a later one counts again.
    public static func standsAgain(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "stands-again", files: [file.number],
            said {
                "\(file.path) (nr \(file.number)), som laddades upp före den, gäller igen: \($0.state(file.state))."
            } en: {
                "\(file.path) (no. \(file.number)), which was uploaded before it, counts again: "
                    + "\($0.state(file.state))."
            })
    }

    /// CSN took nothing.
    public static func refused(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "refused", files: [file.number],
            said {
                _ in
                "\(file.path) (nr \(file.number)) är nekad: CSN tog inget ur den. Allt som stod i den skickas igen."
            } en: {
                _ in
                "\(file.path) (no. \(file.number)) was refused: CSN took nothing of it. All that stood in it is sent "
                    + "again."
            })
    }

    /// What to do after a refusal.
    public static func afterRefusal(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "after-refusal", files: [file.number],
            Text(
                sv: "Läs CSN:s felmeddelande, rätta i skolans system, exportera igen och kör csnfil nightly. Pröva den "
                    + "nya filen med csnfil check FIL innan den laddas upp. Ändra aldrig i en fil för hand.",
                en: "Read CSN's message, mend the school's system, export again and run csnfil nightly. Try the new "
                    + "file with csnfil check FILE before it is uploaded. Never change a file by hand."))
    }

    /// The file was taken back before it was uploaded.
    public static func withdrawn(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "withdrawn", files: [file.number],
            said {
                _ in
                "\(file.path) (nr \(file.number)) är återtagen. Nästa csnfil nightly gör en ny fil av det som ska "
                    + "rapporteras."
            } en: {
                _ in
                "\(file.path) (no. \(file.number)) was withdrawn. The next csnfil nightly makes a new file of what is "
                    + "to be reported."
            })
    }

    /// The file was removed from the outbox.
    public static func removed(_ file: OutboxFile) -> OutboxNote {
        OutboxNote(
            "removed", files: [file.number],
            Text(
                sv: "Filen är borttagen ur utkorgen.",
                en: "The file was removed from the outbox."))
    }

    /// What lies under the file's name is nobody's.
    public static func notOurs(_ file: OutboxFile, in outPath: String) -> OutboxNote {
        OutboxNote(
            "not-ours", isWarning: true, files: [file.number],
            Text(
                sv:
                    "\(outPath)/\(file.path) är inte som csnfil gjorde den och ligger kvar. Ta bort den för hand; ladda "
                    + "inte upp den.",
                en: "\(outPath)/\(file.path) is not as csnfil made it and still lies there. Remove it by hand; do not "
                    + "upload it."))
    }
}
