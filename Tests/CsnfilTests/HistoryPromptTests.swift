import Foundation
import Glibc
import Testing

/// `csnfil history` asks for a number that nobody looking on may see.
@Suite("The number of a history", .serialized)
struct HistoryPromptTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)")

    private static var program: URL {
        Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "csnfil")
    }

    private func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = HistoryPromptTests.program
        process.arguments = arguments + ["--config", folder.appending(path: "csnfil.yaml").path]
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "en_GB.UTF-8"]
        return process
    }

    /// A ledger that knows nobody: a verb of `outbox` makes it.
    private func makeLedger() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try "outbox: outbox\nledger: ledger.sqlite\n".write(
            to: folder.appending(path: "csnfil.yaml"), atomically: true, encoding: .utf8)
        let process = process(["outbox", "confirm", "1234"])
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 2)
    }

    @Test("From a pipe the number is read without a prompt")
    func pipe() throws {
        try makeLedger()
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = process(["history"])
        let input = Pipe()
        let output = Pipe()
        let error = Pipe()
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, error)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("19720120-9983\n".utf8))
        try input.fileHandleForWriting.close()
        let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && printed == "Nothing was reported of the student.\n")
        #expect(error.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }

    @Test("On a terminal nothing of the number is shown, and the terminal is as before")
    func terminal() throws {
        try makeLedger()
        defer { try? FileManager.default.removeItem(at: folder) }
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(terminal >= 0)
        // Linux: TIOCSPTLCK unlocks the other end, TIOCGPTN gives its number; Glibc's module names neither.
        var unlocked: Int32 = 0
        var number: UInt32 = 0
        try #require(ioctl(terminal, 0x4004_5431, &unlocked) == 0 && ioctl(terminal, 0x8004_5430, &number) == 0)
        let name = "/dev/pts/\(number)"
        let other = open(name, O_RDWR | O_NOCTTY)
        try #require(other >= 0)
        defer {
            close(terminal)
            close(other)
        }
        let process = process(["history"])
        let end = FileHandle(fileDescriptor: other, closeOnDealloc: false)
        let output = Pipe()
        (process.standardInput, process.standardOutput, process.standardError) = (end, output, end)
        try process.run()
        let before = try shown(on: terminal, until: "(is not shown): ")
        var modes = termios()
        #expect(tcgetattr(other, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) == 0)
        let typed = Array("19720120-9983\n".utf8)
        #expect(write(terminal, typed, typed.count) == typed.count)
        let after = try shown(on: terminal, until: "\n")
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(!(before + after).contains { $0.isNumber })
        #expect(tcgetattr(other, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) != 0)
        let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(printed == "Nothing was reported of the student.\n")
    }

    /// What a terminal shows up to a text.
    private func shown(on terminal: Int32, until text: String) throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !String(decoding: bytes, as: UTF8.self).contains(text) {
            try #require(read(terminal, &byte, 1) == 1, "\(String(decoding: bytes, as: UTF8.self))")
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
