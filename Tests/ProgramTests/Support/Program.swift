import Foundation
import Glibc
import Testing

/// The built program, which lies beside the test bundle.
enum Program {
    /// Where the program is; a test fails without it.
    static func path() throws -> String {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = (bundle as NSString).deletingLastPathComponent + "/csnfil"
        try #require(FileManager.default.isExecutableFile(atPath: path), "no program at \(path)")
        return path
    }

    /// What every call says about time, so that no test depends on the day.
    static let now = ["--now", "2026-11-23T12:00"]

    /// How a call differs from an ordinary one.
    struct Manner {
        /// What the program reads from standard input; nothing by default.
        var input = "/dev/null"
        /// Added to an otherwise empty environment.
        var environment: [String: String] = [:]
        /// Shell commands run before the program takes over the process: `umask 000`.
        var prelude: String?
        /// A descriptor that is standard output instead of a file of the scratch folder.
        var outputDescriptor: Int32?

        static let ordinary = Manner()
    }

    /// Runs the program to its end.
    static func run(
        _ arguments: [String], in folder: Scratch, _ manner: Manner = .ordinary
    ) throws -> Outcome {
        try start(arguments, in: folder, manner).outcome()
    }

    /// Converts with a fixed time into `out` of the folder.
    static func convert(
        _ arguments: [String], in folder: Scratch, out: String = "out", _ manner: Manner = .ordinary
    ) throws -> Outcome {
        try run(["convert"] + arguments + ["--out", out] + now, in: folder, manner)
    }

    /// Starts the program.
    static func start(
        _ arguments: [String], in folder: Scratch, _ manner: Manner = .ordinary
    ) throws -> RunningProgram {
        // The shell changes the folder and then becomes the program.
        let script = "cd \"$0\" || exit 99\n\(manner.prelude ?? "")\nexec \"$@\""
        let command = ["/bin/sh", "-c", script, folder.path, try path()] + arguments
        let call = folder.nextCall()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, manner.input, O_RDONLY, 0)
        if let descriptor = manner.outputDescriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, STDOUT_FILENO)
        } else {
            let flags = O_WRONLY | O_CREAT | O_TRUNC
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, call.output, flags, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, call.error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // Threads of the test's process block signals, and a new process would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let environment = ["LANG": "en_GB.UTF-8", "TZ": "UTC"].merging(manner.environment) { _, given in given }
        var process = pid_t()
        let code = withStrings(command) { arguments in
            withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawn(&process, command[0], &actions, &attributes, arguments, environment)
            }
        }
        try #require(code == 0, "\(command[0]) cannot be started: \(String(cString: strerror(code)))")
        return RunningProgram(process: process, call: call)
    }

    /// The strings as the C library wants an argument vector.
    private static func withStrings<Value>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }
}

/// A started process of the program.
struct RunningProgram {
    let process: pid_t
    let call: Scratch.Call

    func kill(_ signal: Int32) { Glibc.kill(process, signal) }

    /// Waits for its end.
    func outcome() throws -> Outcome {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { try #require(errno == EINTR) }
        return try outcome(status, peak: 0)
    }

    /// Waits for its end and reads meanwhile, a few hundred times a second, how much memory it has had at most. What a
    /// process had before it became the program does not count, as it would in `getrusage`.
    func measuredOutcome() throws -> Outcome {
        var status: Int32 = 0
        var peak = 0
        while true {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { break }
            try #require(ended == 0 || errno == EINTR)
            peak = max(peak, RunningProgram.greatestMemory(of: process))
            usleep(2_000)
        }
        return try outcome(status, peak: peak)
    }

    private func outcome(_ status: Int32, peak: Int) throws -> Outcome {
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? status >> 8 & 0xFF : -signal, output: try call.read(call.output),
            error: try call.read(call.error), peakMemory: peak)
    }

    /// `VmHWM` of proc(5), in bytes; 0 when the process has ended.
    private static func greatestMemory(of process: pid_t) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }
}

/// How a call ended.
struct Outcome {
    /// The exit status; the signal's number, negative, when a signal ended the process.
    var status: Int32
    var output: String
    var error: String
    /// Bytes; 0 when it was not measured.
    var peakMemory: Int

    /// Everything that a person at the terminal sees.
    var said: String { output + error }
}

/// A pipe between processes. It has a name so that no process started meanwhile inherits an end and keeps it open.
struct NamedPipe {
    let path: String
    private let both: Int32

    init(_ scratch: Scratch) throws {
        path = scratch.path + ".calls/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        // Open for both, so that opening one end waits for nobody.
        both = open(path, O_RDWR | O_CLOEXEC)
        try #require(both >= 0)
    }

    /// The writing end, once the reader has been started. Closing it ends the pipe.
    func openForWriting() -> Int32 {
        defer { close(both) }
        return open(path, O_WRONLY | O_CLOEXEC)
    }
}

/// Waits for something that another process does; records an issue when it has not come about after ten seconds.
func waitUntil(_ condition: () -> Bool) {
    for _ in 0..<10_000 {
        if condition() { return }
        usleep(1_000)
    }
    Issue.record("what was waited for has not come about")
}
