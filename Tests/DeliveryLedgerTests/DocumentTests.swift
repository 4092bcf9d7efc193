import Foundation
import GRDB
import Testing

@testable import DeliveryLedger

/// docs/ledger.md against the tables of a new ledger.
@Suite struct DocumentTests {
    /// By table, the columns that the document describes, in its order.
    static func described() throws -> [String: [String]] {
        let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/ledger.md")
        var tables: [String: [String]] = [:]
        var table: String?
        for line in try String(contentsOf: document, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("#") {
                table = line.wholeMatch(of: /### `(\w+)`/).map { String($0.1) }
                if let table { tables[table] = [] }
            } else if let table, let column = line.wholeMatch(of: /\| `(\w+)` \| \S.* \|/) {
                tables[table, default: []].append(String(column.1))
            }
        }
        return tables
    }

    @Test func `the document describes every table and every column, and no other`() throws {
        let scratch = try Scratch()
        let pool = try LedgerFile(path: scratch.file()).open()
        let tables = try pool.read { db in
            let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            return try Dictionary(uniqueKeysWithValues: names.map { ($0, try db.columns(in: $0).map(\.name)) })
        }
        #expect(tables.count == 15)
        #expect(try DocumentTests.described() == tables)
    }

    @Test func `the queries of the document can be asked`() throws {
        let scratch = try Scratch()
        let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/ledger.md")
        let indented = try String(contentsOf: document, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("    ") && !$0.contains("sqlite3") }
        let queries = indented.joined(separator: "\n").split(separator: ";")
        #expect(queries.count == 2)
        let pool = try LedgerFile(path: scratch.file()).open()
        for query in queries {
            #expect(try pool.read { try Row.fetchAll($0, sql: String(query)) }.isEmpty)
        }
    }
}
