import Documents
import Findings
import Profiles

// The proposal as a file that a person reads and csnfil reads back.
extension ProfileProposal {
    /// The profile, with comments that say how sure each column is and what is missing.
    public func yaml(in language: Language) -> String {
        var lines = opening.map { "# " + $0[language] }
        lines += [
            "profile: 1", "system: \(ProfileProposal.quoted(name))",
            "title: \(ProfileProposal.quoted(Text(sv: "förslag ur \(fileName)", en: "proposed from \(fileName)")[language]))",
            "basis:", "  known: \"\"",
            "  ours: "
                + ProfileProposal.quoted(
                    Text(
                        sv: "allt: föreslaget av csnfil ur rubriker och innehåll",
                        en: "all of it: proposed by csnfil from headers and content")[language]),
            "container:", "  kind: csv", "  delimiter: \(delimiter)",
        ]
        if usesPositions { lines += ["  header: none", "  cells: \(width)"] }
        if preamble > 0 { lines.append("  preamble: \(preamble)") }
        lines += ["# \(encoding.text[language])", "encoding: detect", "columns:"]
        for column in columns { lines += self.lines(of: column, language) }
        if !leftOut.isEmpty { lines += ["leaveOut:"] + leftOut.flatMap { self.lines(of: $0, language) } }
        lines += closing.map { "# " + $0[language] }
        return lines.joined(separator: "\n") + "\n"
    }

    private var opening: [Text] {
        [
            Text(
                sv: "Förslag från csnfil profile, ur \(rowCount) rader. Läs igenom det innan det används.",
                en: "Proposed by csnfil profile, from \(rowCount) rows. Read it before it is used."),
            Text(
                sv: "Lägg filen i systems/ i en mapp som anges med --mappings, eller ange den med --system.",
                en: "Put the file into systems/ in a folder named with --mappings, or name it with --system."),
        ]
    }

    private var closing: [Text] {
        var lines: [Text] = []
        for slot in missing {
            lines.append(
                Text(
                    sv: "SAKNAS: \(slot.name). Utan den kan ingen rad rapporteras.",
                    en: "MISSING: \(slot.name). No row can be reported without it."))
        }
        if !unused.isEmpty {
            let list = unused.map { ProfileProposal.oneLine($0) }.joined(separator: ", ")
            lines.append(Text(sv: "Används inte: \(list)", en: "Not used: \(list)"))
        }
        let found = Set(columns.map(\.slot))
        let others = Slot.allCases.filter { !found.contains($0) && !missing.contains($0) && $0.field != nil }
            .map(\.name).joined(separator: ", ")
        if !others.isEmpty { lines.append(Text(sv: "Inte funna: \(others)", en: "Not found: \(others)")) }
        return lines
    }

    private func lines(of column: Column, _ language: Language) -> [String] {
        var keys: [String] = []
        if usesPositions {
            keys.append("position: \(column.index + 1)")
        } else {
            keys.append("headers: \(ProfileProposal.quoted(column.header ?? ""))")
        }
        if Slot.needed.contains(column.slot) || [.skolkod, .skola].contains(column.slot), !usesPositions {
            keys.append("required: ja")
        }
        if !column.dates.isEmpty { keys.append("dates: [\(column.dates.map(\.rawValue).joined(separator: ", "))]") }
        return [
            "  # \(reason(for: column)[language])",
            "  \(column.slot.name): {\(keys.joined(separator: ", "))}",
        ]
    }

    private func lines(of rows: LeftOut, _ language: Language) -> [String] {
        let place =
            usesPositions ? "position: \(rows.index + 1)" : "headers: \(ProfileProposal.quoted(rows.header ?? ""))"
        let words = rows.words.map(ProfileProposal.quoted).joined(separator: ", ")
        let comment = Text(
            sv: "trolig: \(rows.rows) rader med ord som andra profiler lämnar utanför",
            en: "likely: \(rows.rows) rows with words that other profiles leave out")
        let reason = Text(sv: "rapporteras inte i den här filen", en: "not reported in this file")
        return [
            "  # \(comment[language])",
            "  - {\(place), values: [\(words)], reason: \(ProfileProposal.quoted(reason[language]))}",
        ]
    }

    private func reason(for column: Column) -> Text {
        var parts: [Text] = []
        switch column.ground {
        case .profile(let name):
            parts.append(Text(sv: "rubriken finns i \(name)", en: "the header is in \(name)"))
        case .list: parts.append(Text(sv: "rubriken är känd", en: "the header is known"))
        case .part: parts.append(Text(sv: "rubriken liknar kända", en: "the header is like known ones"))
        case .near(let header):
            parts.append(Text(sv: "rubriken är nästan ”\(header)”", en: "the header is nearly “\(header)”"))
        case nil:
            parts.append(
                hasHeader
                    ? Text(sv: "av innehållet, rubriken är okänd", en: "by content, the header is not known")
                    : Text(sv: "av innehållet", en: "by content"))
        }
        if column.filled == 0 {
            parts.append(Text(sv: "tom i alla rader", en: "empty in all rows"))
        } else {
            if let share = column.share {
                let percent = Int((share * 100).rounded(.down))
                parts.append(
                    Text(
                        sv: "\(percent) % av värdena är \(column.slot.valueText.sv)",
                        en: "\(percent) % of the values are \(column.slot.valueText.en)"))
            }
            parts.append(
                Text(sv: "ifylld i \(column.filled) rader", en: "filled in \(column.filled) rows"))
        }
        if column.slot == .registrering {
            parts.append(
                Text(
                    sv: "är den inte skolans intyg på start, ta bort den",
                    en: "unless the school certifies the start in it, remove it"))
        }
        let certainty = column.certainty.text
        return Text(
            sv: "\(certainty.sv): " + parts.map(\.sv).joined(separator: "; "),
            en: "\(certainty.en): " + parts.map(\.en).joined(separator: "; "))
    }

    private var delimiter: String {
        switch dialect.delimiter {
        case UInt8(ascii: "\t"): "tab"
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        default: ProfileProposal.quoted(String(UnicodeScalar(dialect.delimiter)))
        }
    }

    // MARK: - What is missing

    /// What a person must add or look at, the first the most important.
    public var advice: [Text] {
        var texts = missing.map(advice(on:))
        for column in columns where Slot.needed.contains(column.slot) && column.certainty == .unsure {
            texts.append(
                Text(
                    sv: "\(column.slot.name) är osäker: \(placeText(column.header, column.index).sv) är bara en "
                        + "gissning. Kontrollera den i förslaget.",
                    en: "\(column.slot.name) is unsure: \(placeText(column.header, column.index).en) is only a "
                        + "guess. Check it in the proposal."))
        }
        if !hasSchool {
            texts.append(
                Text(
                    sv: "Ingen kolumn för skolan hittades. Ange skolans kod hos CSN med --school när exporten "
                        + "konverteras, eller lägg till skolkod eller skola i förslaget.",
                    en: "No column for the school was found. Give CSN's code of the school with --school when the "
                        + "export is converted, or add skolkod or skola to the proposal."))
        }
        texts += unexplained.map(advice(on:))
        if !blank.isEmpty {
            let list = blank.map { "”\(ProfileProposal.oneLine($0))”" }.joined(separator: ", ")
            texts.append(
                Text(
                    sv: "Tomma i alla rader som lästes, och därför inte bedömda: \(list). Hör någon till "
                        + "rapporteringen (skyddad?), lägg till den i förslaget.",
                    en: "Empty in all rows that were read, and so not judged: \(list). Where one belongs to what is "
                        + "reported (skyddad?), add it to the proposal."))
        }
        return texts
    }

    private func advice(on slot: Slot) -> Text {
        if slot == .personnummer, hasGUIDs {
            return Text(
                sv: "personnummer hittades inte: exporten har bara elevernas id (GUID). Lägg till profilen för listan "
                    + "som har deras personnummer under persons.",
                en: "personnummer was not found: the export has the students' ids (GUID) only. Name the profile of "
                    + "the list that has their numbers under persons.")
        }
        let (sv, en): (String, String) =
            usesPositions
            ? ("{position: kolumnens plats}", "{position: the column's place}")
            : ("kolumnens rubrik", "the column's header")
        return Text(
            sv: "\(slot.name) hittades inte: ingen kolumn har \(slot.valueText.sv) som kan vara det. Lägg till "
                + "”\(slot.name): \(sv)” under columns.",
            en: "\(slot.name) was not found: no column has \(slot.valueText.en) that could be it. Add "
                + "“\(slot.name): \(en)” under columns.")
    }

    private func advice(on column: Unexplained) -> Text {
        let place = placeText(column.header, column.index)
        let content = column.content.text
        return Text(
            sv: "\(place.sv) har \(content.sv) i \(column.filled) rader, men vad den är gick inte att avgöra. Lägg "
                + "till den i förslaget om den hör till rapporteringen.",
            en: "\(place.en) has \(content.en) in \(column.filled) rows, but what it is could not be told. Add it to "
                + "the proposal where it belongs to what is reported.")
    }

    private func placeText(_ header: String?, _ index: Int) -> Text {
        guard let header, !header.isEmpty else {
            return Text(sv: "Kolumn \(index + 1)", en: "Column \(index + 1)")
        }
        let name = ProfileProposal.oneLine(header)
        return Text(sv: "Kolumnen ”\(name)”", en: "The column “\(name)”")
    }

    /// A text as a YAML scalar in double quotes.
    public static func quoted(_ text: String) -> String {
        let escaped = oneLine(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    /// Line ends and control characters would end a comment, or the quotes.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control || $0.value == 0x2028 ? " " : $0 }))
    }
}

extension ProfileProposal.Certainty {
    var text: Text {
        switch self {
        case .sure: Text(sv: "säker", en: "sure")
        case .likely: Text(sv: "trolig", en: "likely")
        case .unsure: Text(sv: "OSÄKER", en: "UNSURE")
        }
    }
}

extension ProfileProposal.Unexplained.Content {
    var text: Text {
        switch self {
        case .date: Text(sv: "datum", en: "dates")
        case .flag: Text(sv: "märken för ja eller nej", en: "marks for yes or no")
        case .grade: Text(sv: "betyg", en: "grades")
        case .event: Text(sv: "händelser", en: "events")
        }
    }
}

extension Slot {
    /// What the slot's values are called in a sentence.
    fileprivate var valueText: Text {
        switch self {
        case .personnummer: Text(sv: "personnummer", en: "personnummer")
        case .kurskod: Text(sv: "nationella kurskoder", en: "national course codes")
        case .kursnamn: Text(sv: "namn på nationella kurser", en: "names of national courses")
        case .kursdel: Text(sv: "delar av kurs", en: "parts of a course")
        case .poang, .kurspoang: Text(sv: "poängtal", en: "points")
        case .niva: Text(sv: "nivåer", en: "levels")
        case .betyg, .andrabetyg: Text(sv: "betyg", en: "grades")
        case .meddelandeorsak: Text(sv: "händelser", en: "events")
        case .omfattning: Text(sv: "hel- eller deltid", en: "full or part time")
        case .skolkod, .skola: Text(sv: "skolkoder eller kända skolor", en: "skolkoder or known schools")
        case .handelseorsak: Text(sv: "kända orsaker", en: "known reasons")
        default:
            content == .date
                ? Text(sv: "datum", en: "dates") : Text(sv: "märken för ja eller nej", en: "marks for yes or no")
        }
    }
}
