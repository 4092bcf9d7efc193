import Foundation
import Testing

/// The program itself, as a process: what it prints where, and what it ends with.
@Suite("The command line", .serialized)
struct CommandLineTests {
    struct Result {
        var status: Int32
        var output: String
        var error: String
    }

    /// The program lies beside the tests' resources, in the build folder.
    private static var program: URL {
        Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "csnfil")
    }

    private static func process(_ arguments: [String], _ environment: [String: String]) -> (Process, Pipe, Pipe) {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "en_GB.UTF-8"].merging(environment) { $1 }
        let output = Pipe()
        let error = Pipe()
        process.standardOutput = output
        process.standardError = error
        return (process, output, error)
    }

    private static func finish(_ process: Process, _ output: Pipe, _ error: Pipe) -> Result {
        // What these calls print fits into a pipe, so that one may be read after the other.
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let said = error.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
            error: String(decoding: said, as: UTF8.self))
    }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
        let (process, output, error) = CommandLineTests.process(arguments, environment)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return CommandLineTests.finish(process, output, error)
    }

    @Test("The version, and nothing else")
    func version() throws {
        let result = try run("--version")
        #expect(result.status == 0 && result.error.isEmpty)
        #expect(result.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }

    @Test(
        "Help for every command, with an example",
        arguments: [
            "convert", "nightly", "outbox", "history", "check", "codes", "detect", "doctor", "profile", "rules",
            "sample",
            "verify",
        ])
    func help(command: String) throws {
        let result = try run(command, "--help")
        #expect(result.status == 0 && result.error.isEmpty)
        let usage = try #require(result.output.firstRange(of: "USAGE:"))
        #expect(result.output[..<usage.lowerBound].contains("  csnfil \(command)"))
    }

    @Test(
        "Wrong usage ends with 64 and says nothing on standard output",
        arguments: [
            ["convert"], ["convert", "x.csv", "--no-such-option"], ["convert", "x.csv", "--format", "sarif"],
            ["convert", "x.csv", "--hold", "all"], ["convert", "x.csv", "--today", "2026-02-30"],
            ["convert", "x.csv", "--school-form", "gymnasium"], ["no-such-command"], ["rules", "no-such-rule"],
            ["sample", "schoolsoft-list", "--records", "x", "--seed", "1"], ["check"], ["detect"],
            ["detect", "x.csv", "--format", "sarif"], ["verify"], ["verify", ".", "--junit"], ["outbox", "sent"],
            ["outbox", "no-such-verb"], ["outbox", "forget", "17", "MATMAT01a"], ["history", "19720120-9983"],
        ])
    func usage(arguments: [String]) throws {
        let (process, output, error) = CommandLineTests.process(arguments, [:])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let result = CommandLineTests.finish(process, output, error)
        #expect(result.status == 64)
        #expect(result.output.isEmpty && !result.error.isEmpty)
    }

    @Test(
        "An export or configuration that is not there ends with 2 and is named",
        arguments: ["convert", "check", "detect"])
    func unusable(command: String) throws {
        let result = try run(command, "/nowhere/x.csv")
        #expect(result.status == 2 || result.status == 74)
        #expect(result.error.contains("/nowhere/x.csv") && result.output.isEmpty)
        let configured = try run(command, "/nowhere/x.csv", "--config", "/nowhere/csnfil.yaml")
        #expect(configured.status == 2)
        #expect(configured.error.contains("/nowhere/csnfil.yaml: error: "))
    }

    @Test("Messages follow the locale and the option, and the option goes first")
    func language() throws {
        let swedish = try run("rules", "end-before-start", environment: ["LANG": "sv_SE.UTF-8"])
        #expect(swedish.output.contains("Slutdatum är före startdatum."))
        let english = try run("rules", "end-before-start", "--language", "en", environment: ["LANG": "sv_SE.UTF-8"])
        #expect(english.output.contains("The end date is before the start date."))
    }

    @Test("verify says what differs on standard output; where there is no case it ends with 2")
    func verify() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "csnfil-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let empty = try run("verify", folder.path)
        #expect(empty.status == 2 && empty.output.isEmpty && empty.error.contains("docs/samples.md"))
        let description = "title: Not recorded\nnow: 2026-11-23T12:00\nlayouts: komvux\n"
        try description.write(to: folder.appending(path: "case.yaml"), atomically: true, encoding: .utf8)
        let unrecorded = try run("verify", folder.path)
        #expect(unrecorded.status == 1 && unrecorded.error.isEmpty)
        #expect(unrecorded.output.contains("1 of 1 are not as expected.\n"))
    }

    @Test("detect reads what comes through a pipe")
    func detect() throws {
        let (process, output, error) = CommandLineTests.process(["detect", "-"], [:])
        let input = Pipe()
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("%PDF-1.7\n".utf8))
        try input.fileHandleForWriting.close()
        let result = CommandLineTests.finish(process, output, error)
        #expect(result.status == 2 && result.error.isEmpty)
        #expect(result.output.contains("-: is not recognised\n  the file is: a PDF file\n"))
    }

    @Test("Not on a terminal there is no colour")
    func colour() throws {
        #expect(try !run("rules").output.contains("\u{1B}"))
    }
}
