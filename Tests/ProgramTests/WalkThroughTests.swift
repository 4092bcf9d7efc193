import Foundation
import Testing

/// `docs/adding-a-system.md` run from its beginning to its end: every command it shows, with the files it has written,
/// prints what the page says and ends with the status it says.
@Suite struct WalkThroughTests {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What the page has between its fences.
    private enum Block {
        /// A file to be written, under its path.
        case file(path: String, text: String)
        /// Commands, each with the lines that it prints.
        case session([(command: String, printed: [String])])
    }

    @Test func `the page's commands do what the page says`() throws {
        let scratch = try Scratch()
        let export = WalkThroughTests.repository.appending(path: "docs/examples/adding-a-system/kurslista.csv")
        try FileManager.default.copyItem(atPath: export.path, toPath: scratch.path + "/kurslista.csv")
        var commands = 0
        for block in try WalkThroughTests.blocks() {
            switch block {
            case .file(let path, let text):
                let file = URL(filePath: "\(scratch.path)/\(path)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            case .session(let lines):
                for (command, printed) in lines {
                    try run(command, printing: printed, in: scratch)
                    commands += 1
                }
            }
        }
        #expect(commands > 10)
        // The step that the page leaves to the reader's eyes.
        let script = WalkThroughTests.repository.appending(path: "Scripts/compare-truth").path
        try run("\(script) prov/truth.jsonl prov/ut", printing: ["the same"], in: scratch)
    }

    private func run(_ command: String, printing printed: [String], in scratch: Scratch) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(filePath: scratch.path)
        let folder = (try Program.path() as NSString).deletingLastPathComponent
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": "\(folder):\(path)", "CSNFIL_LANGUAGE": "en", "LANG": "C.UTF-8"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let wanted = command.firstMatch(of: /# exit status (\d+)/).flatMap { Int32($0.1) } ?? 0
        #expect(process.terminationStatus == wanted, "\(command)\n\(output)")
        var rest = output.split(separator: "\n", omittingEmptySubsequences: false)[...]
        for line in printed {
            guard let place = rest.firstIndex(where: { $0 == line }) else {
                Issue.record("\(command)\ndoes not print, in this order: \(line)\n\(output)")
                return
            }
            rest = rest[(place + 1)...]
        }
    }

    private static func blocks() throws -> [Block] {
        let page = try String(contentsOf: repository.appending(path: "docs/adding-a-system.md"), encoding: .utf8)
        var blocks: [Block] = []
        var head: Substring?
        var lines: [Substring] = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("```") else {
                if head != nil { lines.append(line) }
                continue
            }
            if let opened = head {
                if let block = block(opened, lines) { blocks.append(block) }
                (head, lines) = (nil, [])
            } else {
                head = line.dropFirst(3)
            }
        }
        return blocks
    }

    private static func block(_ head: Substring, _ lines: [Substring]) -> Block? {
        let words = head.split(separator: " ")
        if words.count == 2 {
            return .file(path: String(words[1]), text: lines.map { $0 + "\n" }.joined())
        }
        guard words == ["console"] else { return nil }
        var commands: [(command: String, printed: [String])] = []
        for line in lines {
            if line.hasPrefix("$ ") {
                commands.append((String(line.dropFirst(2)), []))
            } else if !commands.isEmpty, line != "…", !line.isEmpty {
                commands[commands.count - 1].printed.append(String(line))
            }
        }
        return .session(commands)
    }
}
