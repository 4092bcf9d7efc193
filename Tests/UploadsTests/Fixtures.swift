import CSN
import Documents
import Foundation
import Testing
import Uploads

/// A folder for one test, removed with it.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "uploads-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// Keeps what it takes.
final class MemorySink: ByteSink {
    private(set) var bytes: [UInt8] = []

    func take(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

enum Shipped {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Mappings/layouts").path

    static func layout(_ name: String) throws -> Layout { try Layout.read(path: "\(folder)/\(name).yaml") }

    static var schema: String { folder + "/komvux.xsd" }
}

/// The records as a file of the layout.
func written(_ records: [Record], _ layout: Layout, _ courses: CourseTable) throws -> [UInt8] {
    let sink = MemorySink()
    var writer = UploadWriter(layout: layout, courses: courses, sink: sink)
    for record in records { try writer.write(record) }
    _ = try writer.finish()
    return sink.bytes
}

/// The fields of a record as text, one a line: what two records that say the same have in common.
func described(_ record: Record, _ courses: CourseTable) -> String {
    let fields = record.fields
    let course = fields.course.map { courses[$0].code } ?? ""
    let values: [Any?] = [
        fields.skolkod, fields.personnummer?.inClear, course, fields.kursdel?.number, fields.fardighetstraning,
        fields.omfattning, fields.poang, fields.niva, fields.startdatum, fields.slutdatum, fields.uppdragsutbildning,
        fields.traineejobb, fields.registrering, fields.betyg, fields.betygsdatum, fields.failed.rawValue,
    ]
    let events = record.events.map { "\($0.orsak.map(\.rawValue) ?? 0) \($0.date?.description ?? "")" }
    return (values.map { $0.map { "\($0)" } ?? "" } + events).joined(separator: "\n")
}

/// What a finished file of these bytes says.
struct ReadFile {
    var records: [ReadRecord] = []
    var reading: UploadReading
    let courses: CourseTable

    init(_ bytes: [UInt8], _ layout: Layout, _ courses: CourseTable, validates: Bool = true) throws {
        let folder = try Folder()
        let path = try folder.write("file", bytes)
        let reader = try UploadReader(layout: layout, validates: validates, find: courses.finder())
        var records: [ReadRecord] = []
        reading = try reader.read(path: path) { records.append($0) }
        self.records = records
        self.courses = courses
    }
}
