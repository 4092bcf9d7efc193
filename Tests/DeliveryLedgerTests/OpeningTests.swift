import CSN
import Foundation
import GRDB
import Glibc
import Testing

@testable import DeliveryLedger

/// Opening a ledger: new, of another version, damaged, out of reach.
@Suite struct OpeningTests {
    /// A ledger with something in it, closed.
    static func made(in scratch: Scratch) throws -> String {
        let path = scratch.file()
        let ledger = try SQLiteLedger(path: path)
        var maker = CommitMaker(seed: 1)
        var model = ModelStore()
        for _ in 0..<8 {
            let changes = try maker.changes(ledger.nextNumbers(), model)
            try ledger.commit(changes)
            model.commit(changes)
        }
        try ledger.close()
        return path
    }

    static func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    /// What opening says; nil when it opens.
    static func problem(_ path: String) -> LedgerProblem? {
        do throws(LedgerProblem) {
            _ = try SQLiteLedger(path: path)
            return nil
        } catch { return error }
    }

    static func isDamaged(_ problem: LedgerProblem?) -> Bool {
        if case .damaged = problem { true } else { false }
    }

    static func isSystem(_ problem: LedgerProblem?) -> Bool {
        if case .system(_, _, isFull: false) = problem { true } else { false }
    }

    @Test func `a new ledger is empty, and leaves nothing beside it when closed`() throws {
        let scratch = try Scratch()
        let ledger = try SQLiteLedger(path: scratch.file())
        #expect(try ledger.schools().isEmpty)
        #expect(try ledger.lastMoment() == nil)
        #expect(try ledger.nextNumbers() == (1, 1))
        try ledger.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["ledger.sqlite"])
    }

    @Test func `the database keeps its promises: journal, foreign keys, flushing, no remains`() throws {
        let scratch = try Scratch()
        let pool = try LedgerFile(path: scratch.file()).open()
        let settings = try pool.writeWithoutTransaction { db in
            try ["journal_mode", "foreign_keys", "synchronous", "secure_delete", "temp_store", "busy_timeout"].map {
                try #require(try String.fetchOne(db, sql: "PRAGMA \($0)"))
            }
        }
        #expect(settings == ["wal", "1", "2", "1", "2", "5000"])
        let reader = try pool.read { try String.fetchOne($0, sql: "PRAGMA busy_timeout") }
        #expect(reader == "5000")
    }

    @Test func `what a killed run left of a new ledger is no ledger`() throws {
        let scratch = try Scratch()
        try Data("half".utf8).write(to: URL(filePath: scratch.file("ledger.sqlite.new")))
        try Data("half".utf8).write(to: URL(filePath: scratch.file("ledger.sqlite.new-journal")))
        #expect(try SQLiteLedger(path: scratch.file()).schools().isEmpty)
        #expect(!FileManager.default.fileExists(atPath: scratch.file("ledger.sqlite.new")))
    }

    /// Ways in which a ledger's file is damaged.
    static let damages: [String: @Sendable (Data) -> Data] = [
        "emptied": { _ in Data() },
        "zeroed": { Data(count: $0.count) },
        "other text": { _ in Data("personnummer;kurskod\n".utf8) },
        "cut in the header": { $0.prefix(50) },
        "cut in the first page": { $0.prefix(1_000) },
        "cut in the middle": { $0.prefix($0.count / 2) },
        "last page cut": { $0.prefix($0.count - 4_096) },
        "last byte cut": { $0.dropLast() },
        "first page zeroed": { Data(count: 4_096) + $0.dropFirst(4_096) },
        "all but the first page zeroed": { $0.prefix(4_096) + Data(count: $0.count - 4_096) },
        "a page overwritten": { $0.prefix(8_192) + Data(repeating: 0xA5, count: 4_096) + $0.dropFirst(12_288) },
    ]

    @Test(arguments: damages.keys.sorted()) func `a damaged ledger is refused and left as it is`(_ kind: String) throws
    {
        let scratch = try Scratch()
        let path = try OpeningTests.made(in: scratch)
        let sound = try OpeningTests.bytes(path)
        #expect(sound.count > 16_384)
        let damage = try #require(OpeningTests.damages[kind])
        let damaged = damage(sound)
        try damaged.write(to: URL(filePath: path))
        #expect(OpeningTests.isDamaged(OpeningTests.problem(path)))
        #expect(try OpeningTests.bytes(path) == damaged)
        try sound.write(to: URL(filePath: path))
        try? FileManager.default.removeItem(atPath: path + "-wal")
        try? FileManager.default.removeItem(atPath: path + "-shm")
        #expect(OpeningTests.problem(path) == nil)
    }

    @Test func `another program's database is no ledger, and left as it is`() throws {
        let scratch = try Scratch()
        let queue = try DatabaseQueue(path: scratch.file())
        try queue.write { try $0.execute(sql: "CREATE TABLE student (id INTEGER)") }
        try queue.close()
        let before = try OpeningTests.bytes(scratch.file())
        #expect(OpeningTests.isDamaged(OpeningTests.problem(scratch.file())))
        #expect(try OpeningTests.bytes(scratch.file()) == before)
    }

    @Test func `a ledger of a newer version is refused and left as it is`() throws {
        let scratch = try Scratch()
        let path = try OpeningTests.made(in: scratch)
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 something new')") }
        try queue.close()
        let before = try OpeningTests.bytes(path)
        #expect(OpeningTests.problem(path) == .newer(path: path))
        #expect(try OpeningTests.bytes(path) == before)
    }

    @Test func `a ledger that is gone but for its companion is not begun anew`() throws {
        let scratch = try Scratch()
        try Data("something".utf8).write(to: URL(filePath: scratch.file("ledger.sqlite-wal")))
        #expect(OpeningTests.isDamaged(OpeningTests.problem(scratch.file())))
        #expect(!FileManager.default.fileExists(atPath: scratch.file()))
    }

    @Test func `a text that is no date is damage, and is not told`() throws {
        let scratch = try Scratch()
        let path = try OpeningTests.made(in: scratch)
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "UPDATE record SET slutdatum = '2026-02-30'") }
        try queue.close()
        let ledger = try SQLiteLedger(path: path)
        let schools = try ledger.schools()
        #expect(throws: LedgerProblem.damaged(path: path, reason: "record.slutdatum")) {
            for school in schools { _ = try ledger.deliveries(of: school) }
        }
    }

    @Test func `what the system refuses is said in its words`() throws {
        let scratch = try Scratch()
        #expect(
            OpeningTests.problem(scratch.file("no/ledger.sqlite"))
                == .system(
                    path: scratch.file("no/ledger.sqlite"), reason: "No such file or directory", isFull: false))
        #expect(OpeningTests.isSystem(OpeningTests.problem(scratch.path)))
        #expect(OpeningTests.isSystem(OpeningTests.problem("/proc/ledger.sqlite")))
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func `a folder or file that may not be written is the system's matter`() throws {
        let scratch = try Scratch()
        let path = try OpeningTests.made(in: scratch)
        chmod(scratch.path, 0o500)
        defer { chmod(scratch.path, 0o700) }
        #expect(OpeningTests.isSystem(OpeningTests.problem(path)))
        #expect(OpeningTests.isSystem(OpeningTests.problem(scratch.file("other.sqlite"))))
    }

    @Test func `somebody else who writes makes the ledger busy`() throws {
        let scratch = try Scratch()
        let file = LedgerFile(path: scratch.file(), patience: 0.05)
        let ledger = SQLiteLedger(file, try file.open())
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: scratch.file(), configuration: configuration)
        try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let changes = LedgerChanges(at: try moment("2026-11-23T06:00"))
        #expect(throws: LedgerProblem.busy(path: scratch.file())) { try ledger.commit(changes) }
        #expect(try ledger.lastMoment() == nil)
        try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try ledger.commit(changes)
        #expect(try ledger.lastMoment() == changes.at)
    }

    @Test func `a ledger is read while another program reads and writes it`() throws {
        let scratch = try Scratch()
        let first = try SQLiteLedger(path: scratch.file())
        let second = try SQLiteLedger(path: scratch.file())
        let changes = LedgerChanges(at: try moment("2026-11-23T06:00"))
        try first.commit(changes)
        #expect(try second.lastMoment() == changes.at)
        try second.close()
        #expect(try first.lastMoment() == changes.at)
    }

    @Test func `what a killed program committed is there, what it did not is not`() throws {
        let scratch = try Scratch()
        let copied = try Scratch()
        let file = LedgerFile(path: scratch.file())
        let pool = try file.open()
        let ledger = SQLiteLedger(file, pool)
        try ledger.commit(LedgerChanges(at: moment("2026-11-23T06:00")))
        // The files as a killed program leaves them in the middle of a transaction.
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA cache_size = 1")
            try db.execute(sql: "BEGIN IMMEDIATE")
            try db.execute(sql: "UPDATE state SET last_moment = '2026-11-24T06:00:00'")
            for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
                try FileManager.default.copyItem(atPath: scratch.file(name), toPath: copied.file(name))
            }
            try db.execute(sql: "ROLLBACK")
        }
        #expect(try OpeningTests.bytes(copied.file("ledger.sqlite-wal")).count > 0)
        #expect(try SQLiteLedger(path: copied.file()).lastMoment() == moment("2026-11-23T06:00"))
    }
}
