import Foundation
import Testing

/// The sentences of CSN's komvux handbook that rules name as their source.
enum Handbook {
    /// One a line; lines that begin with # are about the list itself.
    static func sentences() throws -> [String] {
        let url = try #require(
            Bundle.module.url(forResource: "handbook-sentences", withExtension: "txt", subdirectory: "Fixtures"))
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }
}
