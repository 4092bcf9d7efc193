import CSN
import Findings
import Normalizing
import Profiles

/// Which school an export without a school column is about.
struct SchoolOfExport {
    let schools: SchoolRegister
    /// `--school`
    let given: Skolkod?
    /// The only school of the configuration; nil where it names none or several.
    let only: Skolkod?

    /// The school given on the command line, else the one that the file is named after, else the configuration's only
    /// one; nil where the export has a column for it.
    ///
    /// - Throws: none of these says it, or the file's name says a school that is in no mapping.
    func school(of export: OpenedExport) throws(RunFailure) -> Skolkod? {
        let match = export.match
        guard match.columns[.skolkod] == nil, match.columns[.skola] == nil else { return nil }
        if let given { return given }
        let path = export.input.source.path
        if let pattern = match.profile.schoolInFileName {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if let text = pattern.school(in: name) { return try school(named: text, pattern, path) }
        }
        if let only { return only }
        throw RunFailure(.unusable, at: path, unknown(match.profile.schoolInFileName))
    }

    private func school(
        named text: String, _ pattern: Profile.FileNamePattern, _ path: String
    ) throws(RunFailure) -> Skolkod {
        if let school = schools.school(named: text, isSkolkod: pattern.isSkolkod) { return school }
        throw RunFailure(
            .unusable, at: path,
            Text(
                sv: "Filnamnet säger att skolan är ”\(text)”, som inte finns i någon förteckning. Lägg till den i "
                    + "schools.csv eller csnfil.yaml, eller ange skolans kod hos CSN med --school.",
                en: "The file's name says that the school is “\(text)”, which is in no list. Add it to schools.csv or "
                    + "csnfil.yaml, or give CSN's code of the school with --school."))
    }

    private func unknown(_ pattern: Profile.FileNamePattern?) -> Text {
        return Text(
            sv: "Exporten har ingen kolumn för skolan. Ange skolans kod hos CSN med --school (fyra siffror, "
                + "1000–1999)" + (pattern.map { ", eller döp filen som \($0.text)" } ?? "") + ".",
            en: "The export has no column for the school. Give CSN's code of the school with --school (four digits, "
                + "1000–1999)" + (pattern.map { ", or name the file like \($0.text)" } ?? "") + ".")
    }
}
