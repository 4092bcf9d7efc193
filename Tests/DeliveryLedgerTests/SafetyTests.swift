import CSN
import Foundation
import GRDB
import Glibc
import Synchronization
import Testing

@testable import DeliveryLedger

/// Modes, full disks, copies, several threads.
@Suite struct SafetyTests {
    /// Writes something that needs room.
    static func fill(_ ledger: SQLiteLedger, students: Int) throws {
        var changes = LedgerChanges(at: try moment("2026-11-23T06:00"))
        let school = try school()
        let next = try ledger.nextNumbers()
        var versions: [(student: StudentKey, course: CourseKey, version: DeliveredVersion)] = []
        let file = DeliveredFile.ID(number: next.file)
        let key = try course()
        let readingDay = try day("2026-11-23")
        for number in 0..<students {
            let student = StudentKey(number: next.student + Int64(number))
            changes.students.append((school, LedgerStudent(key: student, personnummer: try personnummer(number))))
            let record = DeliveredRecord(try content(key, poang: number % 999), system: "alpha")
            versions.append((student, key, DeliveredVersion(file: file, record: record, waitingSince: readingDay)))
        }
        let facts = try facts(of: school, readingDay: readingDay)
        changes.files = [LedgerChanges.NewFile(id: file, facts: facts, versions: versions)]
        try ledger.commit(changes)
    }

    static func mode(_ path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0, "\(path) is not there")
        return status.st_mode & 0o7777
    }

    @Test func `what the ledger keeps on disk only its owner can read, whatever the umask`() throws {
        let scratch = try Scratch()
        let before = umask(0)
        defer { umask(before) }
        let ledger = try SQLiteLedger(path: scratch.file())
        try SafetyTests.fill(ledger, students: 10)
        try ledger.writeCopy(to: scratch.file("copy.sqlite"))
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
        #expect(names == ["copy.sqlite", "ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"])
        for name in names { #expect(try SafetyTests.mode(scratch.file(name)) == 0o600, "\(name)") }
    }

    @Test func `a ledger that others could read is made private when it is opened`() throws {
        let scratch = try Scratch()
        let path = try OpeningTests.made(in: scratch)
        chmod(path, 0o644)
        let ledger = try SQLiteLedger(path: path)
        for name in ["", "-wal", "-shm"] { #expect(try SafetyTests.mode(path + name) == 0o600) }
        try ledger.close()
    }

    @Test func `a commit for which there is no room leaves the ledger as it was`() throws {
        let scratch = try Scratch()
        let file = LedgerFile(path: scratch.file())
        let pool = try file.open()
        let ledger = SQLiteLedger(file, pool)
        try SafetyTests.fill(ledger, students: 10)
        let before = try ledger.deliveries(of: school())
        try pool.writeWithoutTransaction { db in
            let pages = try #require(try Int.fetchOne(db, sql: "PRAGMA page_count"))
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        #expect(
            throws: LedgerProblem.system(
                path: scratch.file(), reason: "database or disk is full", isFull: true)
        ) { try SafetyTests.fill(ledger, students: 5_000) }
        let after = try ledger.deliveries(of: school())
        #expect(after.versions == before.versions)
        #expect(after.students == before.students)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try SafetyTests.fill(ledger, students: 5_000)
        #expect(try ledger.deliveries(of: school()).students.count == 5_010)
    }

    /// A file system of half a megabyte, where this machine lets the test make one.
    final class SmallDisk {
        let scratch: Scratch
        var path: String { scratch.path }

        init?() throws {
            scratch = try Scratch()
            guard mount("none", scratch.path, "tmpfs", 0, "size=512k") == 0 else { return nil }
        }

        deinit { umount2(scratch.path, Int32(MNT_DETACH)) }
    }

    static let mayMount: Bool = (try? SmallDisk()) != nil

    @Test(.enabled(if: mayMount, "needs the right to mount a small file system"))
    func `a full disk is said, and the ledger is as it was`() throws {
        let disk = try #require(try SmallDisk())
        let path = "\(disk.path)/ledger.sqlite"
        let ledger = try SQLiteLedger(path: path)
        try SafetyTests.fill(ledger, students: 10)
        #expect(throws: LedgerProblem.system(path: path, reason: "database or disk is full", isFull: true)) {
            try SafetyTests.fill(ledger, students: 5_000)
        }
        #expect(try ledger.deliveries(of: school()).students.count == 10)
        try ledger.close()
        // No room for a copy: none is there, nor a part of one.
        let again = try SQLiteLedger(path: path)
        let rest = try #require(FileManager.default.attributesOfFileSystem(forPath: disk.path)[.systemFreeSize] as? Int)
        try Data(count: rest).write(to: URL(filePath: "\(disk.path)/filler"))
        #expect(throws: LedgerProblem.self) { try again.writeCopy(to: "\(disk.path)/copy.sqlite") }
        let names = try FileManager.default.contentsOfDirectory(atPath: disk.path)
        #expect(names.filter { $0.hasPrefix("copy") }.isEmpty)
        #expect(try again.deliveries(of: school()).students.count == 10)
    }

    @Test(.enabled(if: mayMount, "needs the right to mount a small file system"))
    func `a new ledger for which there is no room is not there`() throws {
        let disk = try #require(try SmallDisk())
        try Data(count: 500 * 1_024).write(to: URL(filePath: "\(disk.path)/filler"))
        let path = "\(disk.path)/ledger.sqlite"
        #expect(throws: LedgerProblem.system(path: path, reason: "database or disk is full", isFull: true)) {
            _ = try SQLiteLedger(path: path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["filler"])
    }

    @Test func `a copy is a ledger with the same content, in the place of an older copy`() throws {
        let scratch = try Scratch()
        let ledger = try SQLiteLedger(path: OpeningTests.made(in: scratch))
        let target = scratch.file("copy.sqlite")
        try Data("older".utf8).write(to: URL(filePath: target))
        try Data("left by a killed run".utf8).write(to: URL(filePath: target + ".part"))
        try ledger.writeCopy(to: target)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).contains("copy.sqlite.part") == false)
        let copy = try SQLiteLedger(path: target)
        #expect(try copy.files(since: nil) == ledger.files(since: nil))
        #expect(try copy.currentInputs() == ledger.currentInputs())
        #expect(try copy.nextNumbers() == ledger.nextNumbers())
        #expect(try copy.lastMoment() == ledger.lastMoment())
        for school in try ledger.schools() {
            #expect(try copy.deliveries(of: school).versions == ledger.deliveries(of: school).versions)
        }
        try SafetyTests.fill(copy, students: 3)
        #expect(try copy.nextNumbers().student == ledger.nextNumbers().student + 3)
    }

    @Test func `a copy in the place of the ledger itself is refused`() throws {
        let scratch = try Scratch()
        let path = try OpeningTests.made(in: scratch)
        let ledger = try SQLiteLedger(path: path)
        #expect(throws: LedgerProblem.system(path: path, reason: "File exists", isFull: false)) {
            try ledger.writeCopy(to: path)
        }
        #expect(try !ledger.files(since: nil).isEmpty)
    }

    @Test func `several threads read at once`() throws {
        let scratch = try Scratch()
        let ledger = try SQLiteLedger(path: OpeningTests.made(in: scratch))
        let schools = try ledger.schools()
        let expected = try schools.map { try ledger.deliveries(of: $0).versions }
        let same = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 16) { turn in
            let place = turn % schools.count
            let found = try? ledger.deliveries(of: schools[place]).versions
            if found == expected[place] { same.withLock { $0 += 1 } }
        }
        #expect(same.withLock { $0 } == 16)
    }

    @Test func `a commit that fails in its last part has written nothing of the first`() throws {
        let scratch = try Scratch()
        let ledger = try SQLiteLedger(path: scratch.file())
        var changes = LedgerChanges(at: try moment("2026-11-23T06:00"))
        changes.students = [
            (try school(), LedgerStudent(key: StudentKey(number: 1), personnummer: try personnummer(1)))
        ]
        changes.closings = [
            LedgerChanges.Closing(DeliveredFile.ID(number: 7), .sent, reading: try day("2026-11-23"))
        ]
        #expect(throws: LedgerProblem.system(path: scratch.file(), reason: "no file 7 in the ledger", isFull: false)) {
            try ledger.commit(changes)
        }
        #expect(try ledger.schools().isEmpty)
        #expect(try ledger.nextNumbers().student == 1)
        #expect(try ledger.lastMoment() == nil)
    }
}
