import CSN
import Foundation
import Glibc
import Synchronization
import Testing
import Uploads

/// Runs that are killed between any two steps.
@Suite struct KilledRunTests {
    private static func files(_ layouts: [String]) throws -> [PlannedFile] {
        let day = try #require(Day(iso: "2026-11-23"))
        var files: [PlannedFile] = []
        for (index, name) in layouts.enumerated() {
            let skolkod = try #require(Skolkod(1234 + index))
            files.append(PlannedFile(skolkod: skolkod, readingDay: day, layout: try Shipped.layout(name)))
        }
        return files
    }

    /// One run that stops at its n-th step; true when it came to its end before that.
    private func run(_ out: String, _ text: String, _ files: [PlannedFile], stopAt: Int = .max) throws -> Bool {
        let death = Death(at: stopAt)
        do {
            let folder = try OutputFolder(path: out, checkpoint: death.step)
            try folder.requireFree(files, for: .convert)
            var drafts: [Draft] = []
            for file in files {
                let draft = try folder.beginDraft()
                try draft.take("\(text) \(file.file)")
                drafts.append(try folder.end(draft, as: file))
            }
            try folder.place(drafts, for: .convert)
            return true
        } catch {
            guard error == Death.problem else { throw error }
            return false
        }
    }

    /// Ends a run at its n-th step.
    private final class Death: Sendable {
        static let problem = OutputProblem.system(.write, path: "killed", code: 0)
        private let stop: Int
        private let count = Atomic(0)

        init(at stop: Int) { self.stop = stop }

        func step(_: OutputFolder.Step) throws(OutputProblem) {
            let number = count.add(1, ordering: .relaxed).newValue
            if number == stop { throw Death.problem }
        }
    }

    private func tree(_ path: String) throws -> [String: String] {
        var tree: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) where !name.hasSuffix("lock") {
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            tree[name] = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        }
        return tree
    }

    /// The second run replaces the first one's files, one of them by a file of another extension, and is killed at
    /// every step in turn, once or twice; then a last run goes through. It has eight steps: locked, cleaned, reserved,
    /// three renamings, one removal, settled.
    @Test(arguments: 1...8, [0, 3, 5, 7])
    func runningAgainGivesTheUndisturbedResult(_ first: Int, _ second: Int) throws {
        let old = try Self.files(["komvux", "komvux", "komvux-fixed"])
        let new = try Self.files(["komvux", "komvux-fixed", "komvux-fixed"])
        let scratch = try Folder()
        let undisturbed = scratch.file("undisturbed")
        #expect(try run(undisturbed, "old", old))
        #expect(try run(undisturbed, "new", new))

        let out = scratch.file("out")
        #expect(try run(out, "old", old))
        for stop in [first, second] where stop > 0 {
            // Once a run has come past the removal, those after it have one step less.
            #expect(try run(out, "new", new, stopAt: stop) == false || stop == 8)
            for (name, text) in try tree(out) where !name.hasPrefix(".work") {
                #expect(text == "old \(name)" || text == "new \(name)")
            }
        }
        #expect(try run(out, "new", new))
        #expect(try tree(out) == tree(undisturbed))
    }

    @Test func theRunHasEightSteps() throws {
        let old = try Self.files(["komvux", "komvux", "komvux-fixed"])
        let new = try Self.files(["komvux", "komvux-fixed", "komvux-fixed"])
        for (stop, isThrough) in [(8, false), (9, true)] {
            let scratch = try Folder()
            #expect(try run(scratch.file("out"), "old", old))
            #expect(try run(scratch.file("out"), "new", new, stopAt: stop) == isThrough)
        }
    }
}
