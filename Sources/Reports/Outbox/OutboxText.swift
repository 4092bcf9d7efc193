import CSN
import Findings

/// What a person reads of the outbox.
public struct OutboxText: Sendable {
    private let language: Language
    private let plain: PlainWords
    private let emphasis: Emphasis

    /// Text in a language.
    public init(in language: Language, isColoured: Bool = false) {
        self.language = language
        plain = PlainWords(language: language)
        emphasis = Emphasis(isColoured: isColoured)
    }

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[language] }

    // MARK: - A verb's answer

    /// What a verb has done.
    public func text(_ answer: OutboxAnswer) -> String {
        answer.notes.map(line).joined()
    }

    private func line(_ note: OutboxNote) -> String {
        let text = note.text[language].forTerminal
        return note.isWarning ? "\(emphasis(.yellow, say("Obs", "Note"))): \(text)\n" : "\(text)\n"
    }

    // MARK: - The list

    /// What waits, what was sent and what became of it.
    public func text(_ listing: OutboxListing) -> String {
        var parts = [
            section(
                "Att ladda upp nu i CSN:s Mina tjänster", "To be uploaded now in CSN's Mina tjänster", listing.toUpload
            ) {
                waiting($0, listing) + command("säg sedan", "then say", "sent \($0.name)")
            },
            section("Väntar på en senare dag", "For a later day", listing.later) { waiting($0, listing) },
            section("Läsningen har passerat", "Their reading has passed", listing.overdue) { head($0, listing) },
            section("Uppladdat, ännu inte läst", "Uploaded, not read yet", listing.sent) { file in
                head(file, listing) + uploaded(file)
            },
            section(
                "De senaste \(OutboxListing.recentDays) dagarna", "The last \(OutboxListing.recentDays) days",
                listing.recent
            ) { head($0, listing) + became($0) },
        ].filter { !$0.isEmpty }
        if listing.toUpload.isEmpty {
            let nothing = say("Inget är att ladda upp nu.", "There is nothing to upload now.")
            parts.insert(emphasis(.bold, nothing) + "\n", at: 0)
        }
        if !listing.notes.isEmpty { parts.append(listing.notes.map(line).joined()) }
        return parts.joined(separator: "\n")
    }

    private func section(
        _ sv: String, _ en: String, _ files: [OutboxFile], _ body: (OutboxFile) -> String
    ) -> String {
        files.isEmpty ? "" : emphasis(.bold, say(sv, en)) + "\n" + files.map(body).joined()
    }

    private func head(_ file: OutboxFile, _ listing: OutboxListing) -> String {
        let path = listing.outPath.isEmpty ? file.path : "\(listing.outPath)/\(file.path)"
        let school = file.schoolName.map { "\(file.skolkod) \($0)" } ?? file.skolkod.description
        var text = "  \(emphasis(.bold, path.forTerminal))  #\(file.number)\n"
        text += "    " + say("skola \(school)", "school \(school)").forTerminal
        text += ", \(plain.records(file.records)), \(plain.students(file.students))"
        text += say(", för läsningen ", ", for the reading on ") + plain.day(file.readingDay)
        text += ", sha256 \(file.sha256.prefix(12))\n"
        return text
    }

    private func waiting(_ file: OutboxFile, _ listing: OutboxListing) -> String {
        head(file, listing) + "    \(plain.upload(file.window, seenFrom: listing.now))\n"
    }

    private func command(_ sv: String, _ en: String, _ words: String) -> String {
        "    \(say(sv, en)): csnfil outbox \(words.forTerminal)\n"
    }

    private func uploaded(_ file: OutboxFile) -> String {
        let when = file.sent.map { plain.moment($0) } ?? ""
        let day = plain.day(file.reading)
        return "    "
            + say(
                "uppladdad \(when); CSN läser den \(day) efter kl. 17.00",
                "uploaded \(when); CSN reads it on \(day) after 17:00") + "\n"
    }

    /// What became of a file, and what to do next.
    private func became(_ file: OutboxFile) -> String {
        let reading = plain.day(file.reading)
        let when = file.closed.map { plain.moment($0) } ?? ""
        let sentence: String =
            switch file.state {
            case .accepted: say("läst av CSN \(reading)", "read by CSN on \(reading)")
            case .rejected:
                say(
                    "nekad av CSN, sagt \(when). Rätta i skolans system och kör csnfil nightly: allt skickas igen",
                    "refused by CSN, said \(when). Mend the school's system and run csnfil nightly: all is sent again")
            case .withdrawn: say("återtagen \(when); aldrig uppladdad", "withdrawn \(when); never uploaded")
            case .replaced where file.sent != nil:
                say(
                    "uppladdad, men en annan fil laddades upp före samma läsning; innehållet skickas igen",
                    "uploaded, but another file was uploaded before the same reading; its content is sent again")
            case .replaced:
                say(
                    "ingen har sagt att den laddades upp; innehållet skickas igen. Gjordes det: csnfil outbox sent "
                        + "\(file.number) --at ÅÅÅÅ-MM-DDTHH:MM",
                    "nobody has said that it was uploaded; its content is sent again. If it was: csnfil outbox sent "
                        + "\(file.number) --at YYYY-MM-DDTHH:MM")
            case .planned, .sent: plain.state(file.state)
            }
        return "    \(sentence)\n"
    }
}
