import CSN
import Findings

extension MigrationText {
    /// More files of one day than this have one step together.
    private static let mostSteps = 3

    /// What is to be done about the migration.
    var steps: [String] {
        var steps: [String] = []
        if report.held.records > 0 || report.rows.held > 0 { steps.append(mend) }
        if plan.isRehearsal {
            steps.append(forReal)
        } else {
            steps += uploads + later
        }
        if !plan.filesAhead.isEmpty, let folder = report.reportPath {
            steps.append(
                say(
                    "Planen finns också som kalender för Outlook eller Google, \(folder)/plan.ics, och för program, "
                        + "\(folder)/plan.json.",
                    "The plan is also there as a calendar for Outlook or Google, \(folder)/plan.ics, and for programs, "
                        + "\(folder)/plan.json."
                ).forTerminal)
        }
        return steps
    }

    /// With `--again` what is uploaded since would go once more.
    private var sameArguments: String {
        plan.isAgain && !plan.isRehearsal
            ? say(
                "med samma argument men utan --again (med det går även det som nu är uppladdat en gång till)",
                "with the same arguments but without --again (with it, what is uploaded now goes once more too)")
            : say("med samma argument", "with the same arguments")
    }

    private var mend: String {
        say(
            "Rätta det som hålls tillbaka i skolans system, exportera igen och kör csnfil migrate igen \(sameArguments). "
                + "Det andra behöver inte vänta på det.",
            "Mend what is held in the school's system, export again and run csnfil migrate again \(sameArguments). "
                + "The rest need not wait for that.")
    }

    private var forReal: String {
        isNothingChosen
            ? say("Kör igen med andra dagar.", "Run it again with other days.")
            : say(
                "Är planen som den ska: kör samma kommando utan --dry-run, så skrivs filerna. Det behöver outbox och "
                    + "ledger i csnfil.yaml.",
                "If the plan is right, run the same command without --dry-run: it writes the files. It needs outbox "
                    + "and ledger in csnfil.yaml.")
    }

    private func path(_ file: MigrationPlan.File) -> String {
        let out = report.outPath
        return (out.isEmpty || out == "." ? file.path : "\(out)/\(file.path)").forTerminal
    }

    /// Today's files, or the next one.
    private var uploads: [String] {
        if isNothingChosen { return [say("Kör igen med andra dagar.", "Run it again with other days.")] }
        let now = plan.filesAhead.filter { $0.mayGo(on: report.run.today) }
        guard let first = now.first else { return [nextUpload].compactMap(\.self) }
        guard now.count > MigrationText.mostSteps else {
            return now.map { file in
                let before = plain.moment(file.window.before)
                return say(
                    "Ladda upp \(path(file)) i CSN:s Mina tjänster före \(before). Säg sedan: csnfil outbox sent "
                        + file.name.forTerminal,
                    "Upload \(path(file)) in CSN's Mina tjänster before \(before). Then say: csnfil outbox sent "
                        + file.name.forTerminal)
            }
        }
        let (count, before) = (files(now.count), plain.moment(first.window.before))
        return [
            say(
                "Ladda upp dagens \(count), var och en för sin skola, före \(before): csnfil outbox visar dem. Säg efter "
                    + "varje fil: csnfil outbox sent NAMN",
                "Upload today's \(count), each for its school, before \(before): csnfil outbox shows them. Say after "
                    + "each of them: csnfil outbox sent NAME")
        ]
    }

    private var nextUpload: String? {
        guard let file = plan.filesAhead.first else { return nil }
        let when = plain.upload(file.window)
        return say(
            "Ingen fil ska upp i dag. Nästa: ladda upp \(path(file)) i CSN:s Mina tjänster \(when). Säg sedan: csnfil "
                + "outbox sent \(file.name.forTerminal)",
            "No file is to be uploaded today. Next: upload \(path(file)) in CSN's Mina tjänster \(when). Then say: csnfil "
                + "outbox sent \(file.name.forTerminal)")
    }

    /// What becomes of the files that wait.
    private var later: [String] {
        guard !plan.filesAhead.isEmpty else { return [] }
        let now = plan.filesAhead.filter { $0.mayGo(on: report.run.today) }
        let rest = plan.filesAhead.count - max(1, now.count)
        var steps: [String] = []
        if rest > 0 {
            steps.append(
                say(
                    "I utkorgen ligger redan \(files(rest)) till, för \(rest == 1 ? "en senare läsning" : "senare läsningar"). "
                        + "Ladda upp en om dagen för varje skola, aldrig två: csnfil outbox visar vilken. csnfil migrate "
                        + "behöver inte köras däremellan.",
                    "In the outbox already, for \(rest == 1 ? "a later reading" : "later readings"): \(files(rest)). Upload "
                        + "one a day for each school, never two: csnfil outbox shows which. csnfil migrate need not be "
                        + "run in between."))
        }
        steps.append(
            say(
                "Blir en fil inte uppladdad i tid, nekar CSN en, eller ändras exporten: kör csnfil migrate igen "
                    + "\(sameArguments). Det som är uppladdat går inte igen, resten får nya dagar.",
                "If a file is not uploaded in time, if CSN refuses one, or if the export changes, run csnfil migrate "
                    + "again \(sameArguments). What is uploaded does not go again, the rest gets new days."))
        return steps
    }
}
