import Foundation
import Testing

/// libxml2's own command line as a second judge. A machine without it fails the tests.
enum Xmllint {
    struct Result {
        let status: Int32
        let messages: String
    }

    /// Statuses of xmllint's manual page.
    static let valid: Int32 = 0
    static let malformed: Int32 = 1
    static let invalid: Int32 = 3

    static func validate(_ bytes: [UInt8], schema: String) throws -> Result {
        let folder = try Folder()
        let path = try folder.write("file.xml", bytes)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xmllint", "--noout", "--nonet", "--schema", schema, path]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus != 127, "xmllint is missing: install libxml2-utils")
        return Result(status: process.terminationStatus, messages: String(decoding: output, as: UTF8.self))
    }
}
