import Findings
import Reports

/// The configuration can be read, and names what a scheduled run needs.
enum ConfigurationCheck: DoctorCheck {
    static let name = "configuration"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        if let failure = installation.configurationFailure { return errors(failure) }
        let configuration = installation.configuration
        guard let path = configuration.path else {
            return [
                warning(
                    Text(sv: "Det finns ingen csnfil.yaml.", en: "There is no csnfil.yaml."),
                    advice: Text(
                        sv: "Stå i mappen där den ligger, eller ange den med --config. För convert behövs ingen.",
                        en: "Go to the folder where it lies, or name it with --config. convert needs none."))
            ]
        }
        var results: [DoctorReport.Result] = []
        let missing = missingKeys(configuration)
        if missing.isEmpty {
            let schools = configuration.schools.count
            results.append(
                ok(
                    Text(sv: "läsbar, \(schools) skolor", en: "readable, \(schools) school\(schools == 1 ? "" : "s")"),
                    at: path))
        } else {
            let list = missing.joined(separator: ", ")
            results.append(
                error(
                    Text(sv: "saknar \(list), som nightly behöver", en: "lacks \(list), which nightly needs"), at: path,
                    advice: Text(
                        sv: "Skriv in \(list); docs/operation.md visar ett exempel.",
                        en: "Add \(list); docs/operation.md shows an example.")))
        }
        if let look = FileLook(path), look.mode & 0o022 != 0 {
            results.append(
                error(
                    Text(
                        sv: "andra än ägaren kan ändra filen (\(look.modeText)) och leda om uppgifterna",
                        en: "others than the owner can change the file (\(look.modeText)) and send the data elsewhere"),
                    at: path, advice: Text(sv: "chmod go-w \(path)", en: "chmod go-w \(path)")))
        }
        return results
            + configuration.notices.map { notice in
                DoctorReport.Result(name, .warning, at: path, notice)
            }
    }

    private static func missingKeys(_ configuration: Configuration) -> [String] {
        [
            ("inbox", configuration.inbox), ("outbox", configuration.outbox), ("archive", configuration.archive),
            ("ledger", configuration.ledger),
        ].filter { $0.1 == nil }.map { $0.0 }
    }
}
