import ArgumentParser
import Pipeline

/// The program: `csnfil COMMAND …`.
@main
struct Csnfil: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csnfil",
        abstract: "Makes the file with which a school reports its students to CSN.",
        discussion: """
            Reads exports of school systems, judges every row by CSN's rules and writes upload files. It never logs \
            in and never uploads: a person does that in CSN's Mina tjänster.

            Example: csnfil convert StudieplanerKurser.txt --school 1234

            Exit status: 0 all is in a file, 1 somebody is held back or an error was found, 2 nothing could be \
            written, 64 wrong usage, 70 a fault of the program, 74 reading or writing failed, 75 another run is \
            under way.
            """,
        version: Invocation.version,
        subcommands: [
            Convert.self, Nightly.self, Migrate.self, Outbox.self, History.self, Check.self, Codes.self, Detect.self,
            Doctor.self,
            Profile.self, Rules.self, Sample.self, Verify.self,
        ])

    static func main() {
        ProcessSafety.install()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
    }
}
