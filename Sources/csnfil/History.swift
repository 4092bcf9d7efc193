import ArgumentParser
import Glibc
import Pipeline

/// `csnfil history`
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what was reported for a student.",
        discussion: """
            The personnummer is asked for on a terminal, without being shown, or read from standard input; never give \
            it on the command line, where others can see it. Shows 12 months back and all that lies ahead.

            Examples:
              csnfil history
              csnfil history --student 17
              csnfil history --format json < number.txt
            """)

    @Option(help: ArgumentHelp("The student's number in the ledger, instead of a personnummer.", valueName: "key"))
    var student: String?

    @OptionGroup var settings: SettingOptions
    @OptionGroup var speech: SpeechOptions

    func run() throws {
        var options = TypedOptions()
        settings.fill(&options)
        speech.fill(&options)
        try call(options) { $0.history(student: student, personnummer: SecretLine.read) }
    }
}

/// A line from standard input that nobody looking on may see.
enum SecretLine {
    /// Reads it; on a terminal after a prompt, with nothing shown of what is typed.
    ///
    /// - Returns: nil at the end of the input.
    static func read(prompt: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return line() }
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return line() }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        // Ctrl-C ends the line instead of the program, so that the terminal is put right before.
        withUnsafeMutableBytes(of: &silent.c_cc) { $0[Int(VEOL)] = interruptByte }
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { return nil }
        say(prompt)
        let typed = line()
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
        say("\n")
        if typed?.utf8.last == interruptByte { raise(SIGINT) }
        return typed
    }

    private static let interruptByte: UInt8 = 3

    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Up to the end of the line; a number is no longer than this.
    private static func line() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 100 {
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
            if byte == interruptByte { break }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
