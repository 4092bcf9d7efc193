import CSN
import Findings

/// What is said when a course is let go or a school is confirmed.
extension OutboxNote {
    private static func name(_ course: OutboxCourse, _ words: PlainWords) -> String {
        let part = "\(course.kursdel.part):\(course.kursdel.parts)"
        return words.language == .sv
            ? "\(course.kurskod) \(part) från \(course.startdatum) för studerande \(course.student) "
                + "(\(course.personnummer)) på skola \(course.skolkod)"
            : "\(course.kurskod) \(part) from \(course.startdatum) of student \(course.student) "
                + "(\(course.personnummer)) at school \(course.skolkod)"
    }

    /// The course is let go.
    public static func forgotten(_ course: OutboxCourse) -> OutboxNote {
        OutboxNote(
            "forgotten", skolkod: course.skolkod,
            said {
                "\(name(course, $0)) släpps: den rapporteras inte längre."
            } en: {
                "\(name(course, $0)) is let go: it is not reported any more."
            })
    }

    /// Somebody has said so before.
    public static func forgottenBefore(_ course: OutboxCourse) -> OutboxNote {
        OutboxNote(
            "forgotten-before", skolkod: course.skolkod,
            said {
                "\(name(course, $0)) är redan släppt. Inget har ändrats."
            } en: {
                "\(name(course, $0)) was let go before. Nothing was changed."
            })
    }

    /// The next file says so by holding the study period without the course.
    public static func saidByNextFile(_ course: OutboxCourse, remaining: Int) -> OutboxNote {
        OutboxNote(
            "said-by-next-file", skolkod: course.skolkod,
            said {
                "Av studieperioden återstår \($0.count(remaining, Text(sv: "kurs", en: ""), Text(sv: "kurser", en: ""))). "
                    + "Nästa fil från csnfil nightly har perioden utan den släppta kursen."
            } en: {
                "Of the study period "
                    + "\($0.count(remaining, Text(sv: "", en: "course remains"), Text(sv: "", en: "courses remain"))). "
                    + "The next file of csnfil nightly holds the period without the course let go."
            })
    }

    /// Nothing of the study period is left, so that no file can say so.
    public static func tellCSN(_ course: OutboxCourse) -> OutboxNote {
        OutboxNote(
            "tell-csn", isWarning: true, skolkod: course.skolkod,
            Text(
                sv:
                    "Inget annat är rapporterat av studieperioden, och en fil kan inte säga att en hel period är borta. "
                    + "Säg det till CSN själv.",
                en: "Nothing else of the study period was reported, and no file can say that a whole period is gone. "
                    + "Tell CSN yourself."))
    }

    /// CSN has nothing of the course for certain, and no file in which it waits is uploaded.
    public static func notWithCSN(_ course: OutboxCourse) -> OutboxNote {
        OutboxNote(
            "not-with-csn", skolkod: course.skolkod,
            Text(
                sv: "Ingen fil med kursen är uppladdad, så CSN behöver inte få veta något.",
                en: "No file with the course was uploaded, so CSN need not be told anything."))
    }

    /// Files that are still to be uploaded hold the course.
    public static func stillInFiles(_ files: [OutboxFile], _ course: OutboxCourse) -> OutboxNote {
        let names = files.map { "\($0.path) (\($0.number))" }.joined(separator: ", ")
        return OutboxNote(
            "still-in-files", isWarning: true, files: files.map(\.number), skolkod: course.skolkod,
            Text(
                sv: "Kursen står kvar i \(names). Kör csnfil nightly innan någon laddar upp.",
                en: "The course still stands in \(names). Run csnfil nightly before anybody uploads."))
    }

    /// Somebody has confirmed that students are gone.
    public static func confirmed(_ school: Skolkod) -> OutboxNote {
        OutboxNote(
            "confirmed", skolkod: school,
            Text(
                sv: "Skola \(school): bekräftat att studerande har försvunnit ur exporten. Nästa csnfil nightly tar "
                    + "exporten som den är.",
                en: "School \(school): confirmed that students are gone from the export. The next csnfil nightly takes "
                    + "the export as it is."))
    }

    /// There is nothing to confirm.
    public static func nothingToConfirm(_ school: Skolkod) -> OutboxNote {
        OutboxNote(
            "nothing-to-confirm", skolkod: school,
            Text(
                sv: "Skola \(school): det finns inget att bekräfta; nästa csnfil nightly tar exporten som den är.",
                en: "School \(school): there is nothing to confirm; the next csnfil nightly takes the export as it is.")
        )
    }
}
