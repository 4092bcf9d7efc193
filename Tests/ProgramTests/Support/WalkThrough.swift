import Foundation
import Testing

/// A page of `docs/` whose commands are run: what stands between its fences.
///
/// - A fence with a path writes that file: a `…` among the lines of a session stands for lines left out.
/// - A fence `console` holds commands (`$ …`), each with lines that it prints, in their order. `# exit status N` in a
///   command is what it ends with, else 0. A line `# 2026-11-23 02:00` is the time of the commands after it.
/// - Any other fence is not run.
struct WalkThrough {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What the page has between its fences.
    enum Block {
        /// A file to be written, under its path.
        case file(path: String, text: String)
        /// Commands.
        case session([Command])
    }

    /// A command and the lines that it prints.
    struct Command {
        var text: String
        var printed: [String] = []
        /// `2026-11-23T02:00`; nil: the machine's.
        var now: String?
    }

    let blocks: [Block]

    /// The blocks of a page.
    init(_ page: String) throws {
        let text = try String(
            contentsOf: WalkThrough.repository.appending(path: "docs/\(page)"), encoding: .utf8)
        var blocks: [Block] = []
        var now: String?
        var head: (words: [String], indent: Int)?
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let indent = line.prefix { $0 == " " }.count
            guard line.dropFirst(indent).hasPrefix("```") else {
                if let head { lines.append(String(line.dropFirst(min(indent, head.indent)))) }
                continue
            }
            if let opened = head {
                if let block = WalkThrough.block(opened.words, lines, &now) { blocks.append(block) }
                (head, lines) = (nil, [])
            } else {
                head = (line.dropFirst(indent + 3).split(separator: " ").map(String.init), indent)
            }
        }
        self.blocks = blocks
    }

    /// A fence's last word names a file when it has a point in it.
    private static func block(_ head: [String], _ lines: [String], _ now: inout String?) -> Block? {
        if let path = head.last, path.contains(".") {
            return .file(path: path, text: lines.map { $0 + "\n" }.joined())
        }
        guard head == ["console"] else { return nil }
        var commands: [Command] = []
        for line in lines {
            if line.hasPrefix("$ ") {
                commands.append(Command(text: String(line.dropFirst(2)), now: now))
            } else if let time = line.wholeMatch(of: /# (\d{4}-\d\d-\d\d) (\d\d:\d\d)/) {
                now = "\(time.1)T\(time.2)"
            } else if !commands.isEmpty, line != "…", !line.isEmpty {
                commands[commands.count - 1].printed.append(line)
            }
        }
        return .session(commands)
    }

    /// Runs everything in a folder, and expects what the page says.
    ///
    /// - Returns: how many commands there were.
    @discardableResult
    func run(in scratch: Scratch, language: String = "en") throws -> Int {
        var commands = 0
        for block in blocks {
            switch block {
            case .file(let path, _) where path.hasPrefix("/"): break
            case .file(let path, let text): try scratch.write(path, text)
            case .session(let session):
                for command in session {
                    try WalkThrough.run(command, in: scratch, language: language)
                    commands += 1
                }
            }
        }
        return commands
    }

    /// Runs one command, and expects its status and that it prints the lines, in their order.
    static func run(_ command: Command, in scratch: Scratch, language: String = "en") throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let time = command.now.map { "csnfil() { command csnfil \"$@\" --now \($0); }\n" } ?? ""
        process.arguments = ["-c", time + command.text]
        process.currentDirectoryURL = URL(filePath: scratch.path)
        let folder = (try Program.path() as NSString).deletingLastPathComponent
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": "\(folder):\(path)", "CSNFIL_LANGUAGE": language, "LANG": "C.UTF-8"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let wanted = command.text.firstMatch(of: /# exit status (\d+)/).flatMap { Int32($0.1) } ?? 0
        #expect(process.terminationStatus == wanted, "\(command.text)\n\(output)")
        var rest = output.split(separator: "\n", omittingEmptySubsequences: false)[...]
        for line in command.printed {
            guard let place = rest.firstIndex(where: { $0 == line }) else {
                Issue.record("\(command.text)\ndoes not print, in this order: \(line)\n\(output)")
                return
            }
            rest = rest[(place + 1)...]
        }
    }
}
