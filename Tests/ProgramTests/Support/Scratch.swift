import Foundation
import Glibc
import Synchronization
import Testing

/// A folder for one test, gone with it. Calls of the program keep what they print in a folder beside it.
final class Scratch: Sendable {
    let path: String
    private let calls = Mutex(0)

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: path + ".calls", withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.removeItem(atPath: path + ".calls")
    }

    /// Where one call's output goes.
    struct Call {
        var output: String
        var error: String

        func read(_ path: String) throws -> String {
            guard FileManager.default.fileExists(atPath: path) else { return "" }
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        }
    }

    func nextCall() -> Call {
        let number = calls.withLock { count in
            count += 1
            return count
        }
        return Call(output: "\(path).calls/\(number).out", error: "\(path).calls/\(number).err")
    }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let folder = (file(name) as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: file(name)))
        return name
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, text.utf8) }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file(name)))) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }

    func remove(_ name: String) throws {
        if exists(name) { try FileManager.default.removeItem(atPath: file(name)) }
    }

    /// The files below a folder of the scratch folder, relative to it and sorted; no folders.
    func files(below name: String) -> [String] {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: file(name))) ?? []
        return all.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: file(name) + "/" + path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    /// The upload files of an output folder, by name.
    func uploadFiles(_ out: String = "out") throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in files(below: out) where !name.hasPrefix(".work/") && !name.hasPrefix("report/") {
            found[name] = try read(out + "/" + name)
        }
        return found
    }

    /// The upload files and the reservations: what must be the same however a run came about.
    func result(_ out: String = "out") throws -> [String: [UInt8]] {
        var found = try uploadFiles(out)
        if exists(out + "/.work/reservations.json") {
            found[".work/reservations.json"] = try read(out + "/.work/reservations.json")
        }
        return found
    }

    /// Whether nothing was written that a person could take for a result, and nothing is left over of the work.
    func isUntouched(_ out: String = "out") -> Bool {
        files(below: out).allSatisfy { $0 == ".work/lock" || $0 == ".work/reservations.json" }
    }

    /// The mode bits of a file or folder.
    func mode(_ name: String) throws -> mode_t {
        var status = stat()
        try #require(lstat(file(name), &status) == 0)
        return status.st_mode & 0o7777
    }
}
