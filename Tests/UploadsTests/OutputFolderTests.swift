import CSN
import Foundation
import Glibc
import Testing
@testable import Uploads

@Suite struct OutputFolderTests {
    private func planned(_ school: Int = 1234, _ day: String = "2026-11-23", _ layout: String = "komvux") throws
        -> PlannedFile
    {
        try PlannedFile(
            skolkod: #require(Skolkod(school)), readingDay: #require(Day(iso: day)), layout: Shipped.layout(layout))
    }

    private func place(
        _ text: String, as files: [PlannedFile], in folder: OutputFolder, for owner: Reservation.Owner = .convert
    ) throws {
        var drafts: [Draft] = []
        for file in files {
            let draft = try folder.beginDraft()
            try draft.take(text + file.file)
            drafts.append(try folder.end(draft, as: file))
        }
        try folder.place(drafts, for: owner)
    }

    private func content(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    private func mode(_ path: String) throws -> mode_t {
        var status = stat()
        try #require(lstat(path, &status) == 0, "\(path)")
        return status.st_mode & 0o7777
    }

    /// Every file below a folder with its content, but for the lock.
    private func tree(_ path: String) throws -> [String: String] {
        var tree: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) where !name.hasSuffix("lock") {
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            tree[name] = content("\(path)/\(name)")
        }
        return tree
    }

    @Test(arguments: [0o000, 0o022] as [mode_t])
    func onlyTheOwnerCanReadWhateverTheUmask(_ mask: mode_t) throws {
        let scratch = try Folder()
        let before = umask(mask)
        defer { umask(before) }
        let out = scratch.file("a/out")
        let folder = try OutputFolder(path: out)
        try place("x", as: [planned()], in: folder)
        try AtomicFile.write("y", to: out + "/report/summary.json")
        umask(before)
        for path in ["/a", "/a/out", "/a/out/.work", "/a/out/1234", "/a/out/report"] {
            #expect(try mode(scratch.path + path) == 0o700)
        }
        for path in ["1234/1234_2026-11-23.xml", ".work/lock", ".work/reservations.json", "report/summary.json"] {
            #expect(try mode("\(out)/\(path)") == 0o600)
        }
    }

    @Test func aFileHasItsNameItsHashAndItsReservation() throws {
        let scratch = try Folder()
        let folder = try OutputFolder(path: scratch.file("out"))
        let draft = try folder.beginDraft()
        try draft.take("abc")
        let file = try folder.end(draft, as: planned())
        // FIPS 180-4, the example "abc".
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(file.contents == PrivateFile.Contents(size: 3, sha256: hash))
        try folder.place([file], for: .convert)
        #expect(content(scratch.file("out/1234/1234_2026-11-23.xml")) == "abc")
        #expect(folder.allReservations.map(\.sha256) == [hash])
        #expect(folder.allReservations.map(\.owner) == [.convert])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/1234")).count == 1)
    }

    @Test func aSecondRunIsToldWhoHasTheLock() throws {
        let scratch = try Folder()
        let path = scratch.file("out")
        do {
            let folder = try OutputFolder(path: path)
            let problem = #expect(throws: OutputProblem.self) { _ = try OutputFolder(path: path) }
            #expect(problem == .locked(path: path, process: getpid()))
            #expect(problem?.text.sv.contains("\(getpid())") == true)
            #expect(folder.allReservations == [])
        }
        #expect(throws: Never.self) { _ = try OutputFolder(path: path) }
    }

    @Test func convertReplacesWhatItWroteAndNothingElse() throws {
        let scratch = try Folder()
        let out = scratch.file("out")
        let folder = try OutputFolder(path: out)
        try place("first ", as: [planned()], in: folder)
        try place("second ", as: [planned()], in: folder)
        #expect(content(out + "/1234/1234_2026-11-23.xml")?.hasPrefix("second") == true)

        try place("night ", as: [planned(1235)], in: folder, for: .nightly)
        _ = try scratch.write("out/1234/1234_2026-11-24.xml", "by hand")
        let files = try [planned(), planned(1235), planned(1234, "2026-11-24"), planned(1236)]
        #expect(
            try folder.occupied(files, for: .convert) == [
                OutputProblem.Occupied(path: out + "/1235/1235_2026-11-23.xml", owner: .nightly),
                OutputProblem.Occupied(path: out + "/1234/1234_2026-11-24.xml", owner: nil),
            ])
        #expect(throws: OutputProblem.self) { try folder.requireFree(files, for: .convert) }
        let before = try tree(out)
        #expect(throws: OutputProblem.self) { try place("x", as: files, in: folder) }
        var after = try tree(out)
        for name in after.keys where name.hasSuffix(".part") { after[name] = nil }
        #expect(after == before)
    }

    @Test func aFileChangedByHandIsLeftAlone() throws {
        let scratch = try Folder()
        let folder = try OutputFolder(path: scratch.file("out"))
        try place("first ", as: [planned()], in: folder)
        _ = try scratch.write("out/1234/1234_2026-11-23.xml", "mended by hand")
        #expect(try folder.occupied([planned()], for: .convert).map(\.owner) == [nil])
    }

    @Test func anotherExtensionTakesThePlaceOfTheFirst() throws {
        let scratch = try Folder()
        let folder = try OutputFolder(path: scratch.file("out"))
        try place("xml ", as: [planned()], in: folder)
        try place("txt ", as: [planned(1234, "2026-11-23", "komvux-fixed")], in: folder)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/1234")) == ["1234_2026-11-23.txt"])
    }

    @Test func whatIsClearedIsGone() throws {
        let scratch = try Folder()
        let folder = try OutputFolder(path: scratch.file("out"))
        try place("x", as: [planned()], in: folder, for: .nightly)
        #expect(try folder.clear(try #require(folder.allReservations.first)))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/1234")).isEmpty)
        #expect(try OutputFolder.reservationsOnDisk(scratch.file("out")).isEmpty)
    }

    @Test func severalAreClearedInOneStepButForOneThatWasChanged() throws {
        let scratch = try Folder()
        let folder = try OutputFolder(path: scratch.file("out"))
        for skolkod in [1234, 1235, 1236] {
            try place("x\(skolkod)", as: [planned(skolkod)], in: folder, for: .nightly)
        }
        _ = try scratch.write("out/1235/1235_2026-11-23.xml", "mended by hand")
        let cleared = folder.allReservations.filter { $0.skolkod.number < 1236 }
        #expect(try folder.clear(cleared).map(\.skolkod.number) == [1235])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/1234")).isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/1235")) == ["1235_2026-11-23.xml"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.file("out/1236")) == ["1236_2026-11-23.xml"])
        #expect(folder.allReservations.map(\.skolkod.number) == [1236])
    }

    @Test(arguments: Reservation.Owner.allCases, Reservation.Owner.allCases)
    func aFileIsReplacedByTheCommandThatWroteItOrByOneOfTheSameLedger(
        _ first: Reservation.Owner, _ second: Reservation.Owner
    ) throws {
        let scratch = try Folder()
        let folder = try OutputFolder(path: scratch.file("out"))
        try place("x", as: [planned()], in: folder, for: first)
        let ledger: Set<Reservation.Owner> = [.nightly, .migrate]
        let isAllowed = first == second || ledger == [first, second]
        #expect(try folder.occupied([planned()], for: second).isEmpty == isAllowed)
        if isAllowed {
            try place("y", as: [planned()], in: folder, for: second)
            #expect(folder.allReservations.map(\.owner) == [second])
            #expect(try OutputFolder.reservations(in: scratch.file("out")) == folder.allReservations)
        }
    }

    @Test(arguments: ["", "[]", "{\"schemaVersion\":1}", "{\"schemaVersion\":2,\"reservations\":[]}"])
    func reservationsThatCannotBeUnderstoodStopTheRun(_ text: String) throws {
        let scratch = try Folder()
        do { _ = try OutputFolder(path: scratch.file("out")) }
        let path = try scratch.write("out/.work/reservations.json", text)
        let problem = #expect(throws: OutputProblem.self) { _ = try OutputFolder(path: scratch.file("out")) }
        guard case .reservations(let named, _) = problem else {
            Issue.record("\(String(describing: problem))")
            return
        }
        #expect(named == path)
        #expect(content(path) == text)
    }

    @Test func aPathThroughAFileIsAnErrorWithItsPath() throws {
        let scratch = try Folder()
        let file = try scratch.write("file", "x")
        let problem = #expect(throws: OutputProblem.self) { _ = try OutputFolder(path: file + "/out") }
        #expect(problem?.text.en.contains("Not a directory") == true)
    }

    /// /dev/full says "no space left" to every write.
    @Test func aFullDiskIsAnErrorWithItsPath() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        let file = PrivateFile(path: "/dev/full", descriptor: descriptor)
        #expect(throws: OutputProblem.system(.write, path: "/dev/full", code: ENOSPC)) { try file.take("x") }
        #expect(OutputProblem.system(.write, path: "p", code: ENOSPC).text.sv.contains("Frigör utrymme"))
    }

    @Test func nothingIsWrittenThroughALink() throws {
        let scratch = try Folder()
        let victim = try scratch.write("victim", "untouched")
        let folder = try OutputFolder(path: scratch.file("out"))
        symlink(victim, scratch.file("out/.work/draft-1.part"))
        try place("x", as: [planned()], in: folder)
        #expect(content(victim) == "untouched")
    }

    @Test func aReportIsWholeOrNotThere() throws {
        let scratch = try Folder()
        let path = scratch.file("report/a.json")
        try AtomicFile.write("old", to: path)
        let abandoned = try AtomicFile(path: path)
        try abandoned.take("half of the ne")
        #expect(content(path) == "old")
        try AtomicFile.write("new", to: path)
        #expect(content(path) == "new")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("report")) == ["a.json"])
    }
}

extension OutputFolder {
    /// What the next run would read.
    static func reservationsOnDisk(_ path: String) throws -> [Reservation] {
        try ReservationList(path: path + "/.work/reservations.json").all
    }
}
