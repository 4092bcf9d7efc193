import Foundation
import Pipeline
import Testing

/// The repository's folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// Every case under `Samples/`, and conversions of them as `csnfil verify` makes them.
enum Samples {
    static let folder = repository + "/Samples"

    static func all() throws -> [SampleCase] { try SampleCase.all(under: folder) }

    /// The cases that are converted; the others end with a message, and nothing is written.
    static func converted() throws -> [SampleCase] { try all().filter { !$0.expectsRefusal } }

    /// The cases whose exports have a row a line below a line of headers: `case.yaml` says nothing else.
    static func ofLines() throws -> [SampleCase] { try converted().filter { $0.rows == nil } }

    /// The program as it would be called from the repository, whatever the machine's own surroundings.
    static func surroundings(processors: Int = 1) throws -> Surroundings {
        var surroundings = try Surroundings.ofThisProcess()
        surroundings.environment = [:]
        surroundings.workingFolder = repository
        surroundings.executable = repository + "/.build/debug/csnfil"
        surroundings.processors = processors
        return surroundings
    }

    static func convert(
        _ sample: SampleCase, _ layout: String, exportsIn folder: String? = nil, jobs: Int = 1
    ) throws -> CaseConversion.Made {
        let made = try CaseConversion(in: surroundings())
            .convert(sample, layout: layout, exportsIn: folder, jobs: jobs)
        if made.rows == nil { Issue.record("\(made.said)") }
        return made
    }
}

extension CaseConversion.Made {
    /// The message of a run that wrote nothing.
    var said: String { files["message.txt"].map { String(decoding: $0, as: UTF8.self) } ?? "" }
}

extension SampleCase: CustomTestStringConvertible {
    /// The name of the case.
    public var testDescription: String { name }
}

extension SampleCase {
    /// Approved local courses: the codes that stand for themselves in the case's own course lists.
    func localCourses() throws -> [String] {
        let schools = (mappings ?? folder) + "/schools"
        guard FileManager.default.fileExists(atPath: schools) else { return [] }
        var codes: [String] = []
        for school in try FileManager.default.contentsOfDirectory(atPath: schools) {
            let path = "\(schools)/\(school)/courses.csv"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
                let cells = line.split(separator: ";", omittingEmptySubsequences: false)
                if cells.count > 1, cells[0] == cells[1] { codes.append(String(cells[0])) }
            }
        }
        return codes
    }

    /// The files expected in a layout, by their paths.
    func expectedFiles(in layout: String) throws -> [String: [UInt8]] {
        let folder = expected(in: layout)
        var files: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") { files[path] = Array(bytes) }
        }
        return files
    }

    /// The upload files expected in a layout. Where there are none, because everybody is held back or there is nothing
    /// to report, the case says so by its status.
    func expectedUploads(in layout: String) throws -> [String] {
        let folder = expected(in: layout)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
        let uploads = names.filter { $0.wholeMatch(of: /\d{4}\/.+/) != nil }.map { "\(folder)/\($0)" }
        if uploads.isEmpty, status == nil {
            Issue.record("\(name): no upload file is expected, and case.yaml says no status")
        }
        return uploads
    }
}
