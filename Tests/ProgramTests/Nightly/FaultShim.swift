import Foundation
import Glibc
import Testing

/// A library that is loaded into the program before its own ones and kills it, or lets a call fail, at one chosen call
/// that changes files. `Fixtures/faults.c`, compiled when a test asks for it first.
enum FaultShim {
    /// Where the library is; nil where there is no C compiler, or the library cannot be loaded.
    static let library: String? = {
        guard let source = Bundle.module.path(forResource: "faults", ofType: "c", inDirectory: "Fixtures") else {
            return nil
        }
        let target = FileManager.default.temporaryDirectory.appending(path: "faults-\(UUID().uuidString).so").path
        for compiler in ["clang", "cc", "gcc"] {
            let command = [compiler, "-shared", "-fPIC", "-O1", "-o", target, source, "-ldl"]
            guard (try? shell(command)) == 0, FileManager.default.fileExists(atPath: target) else { continue }
            return target
        }
        return nil
    }()

    private static func shell(_ command: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// What is to happen at a call.
    enum Fault {
        case kill
        /// The call fails with this errno; every later one that needs room too when it is lasting.
        case fail(Int32, isLasting: Bool = false)
    }

    /// A call under the library: nothing happens at number 0, and the calls are written to a log beside the folder.
    static func manner(
        _ fault: Fault = .kill, at number: Int = 0, in scratch: Scratch, log: String? = nil, prelude: String? = nil
    ) throws -> Program.Manner {
        var environment = [
            "LD_PRELOAD": try #require(library), "FAULTS_BELOW": scratch.path + "/", "FAULTS_AT": "\(number)",
        ]
        if case .fail(let code, let isLasting) = fault {
            environment["FAULTS_ERROR"] = "\(code)"
            if isLasting { environment["FAULTS_LASTING"] = "1" }
        }
        environment["FAULTS_LOG"] = log
        return Program.Manner(environment: environment, prelude: prelude)
    }

    /// The calls worth a test among those of a log: all but the inner ones of a row of equal ones, of which the middle
    /// one stands for the others. SQLite writes its pages so, one by one.
    static func points(_ log: String) -> [Int] {
        let lines = log.split(separator: "\n")
        var points: [Int] = []
        var start = 0
        while start < lines.count {
            var end = start
            while end + 1 < lines.count, lines[end + 1] == lines[start] { end += 1 }
            points += Set([start, (start + end) / 2, end]).sorted().map { $0 + 1 }
            start = end + 1
        }
        return points
    }
}
