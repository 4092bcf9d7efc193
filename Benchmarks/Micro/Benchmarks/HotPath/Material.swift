import CSN
import CSNRules
import Documents
import Exports
import Foundation
import Normalizing
import Profiles
import Synthesis
import Uploads

/// What every benchmark begins with: the repository's mappings, and synthetic exports made with them.
struct Material {
    /// Rows of an export.
    static let rows = 20_000
    /// The day of the run, 23 November 2026; samples are made around it.
    static let today = Day(number: 20_780)

    let knowledge: Knowledge
    let folders: MappingFolders

    /// Loads the repository's mappings.
    init() throws {
        var repository = URL(filePath: #filePath)
        for _ in 0..<5 { repository.deleteLastPathComponent() }
        folders = MappingFolders([repository.appending(path: "Mappings").path])
        knowledge = try Knowledge(folders: folders, today: Material.today)
    }

    /// A profile of the repository.
    func profile(_ name: String) throws -> Profile { try Profile.read(path: folders.require("systems/\(name).yaml")) }

    /// A fault-free export of the profile.
    func export(_ profile: Profile) throws -> ScratchExport {
        let courses = knowledge.courses.nationalCourses.map { course in
            SampleCourse(
                code: course.code, name: course.name, points: course.facts.points, niva: course.facts.niva,
                isGradable: !course.facts.isUngraded, validFrom: course.facts.validFrom, validTo: course.facts.validTo)
        }
        let sample = try SampleExport(
            SampleRequest(
                profile: profile, records: Material.rows, seed: 1, today: Material.today, courses: courses,
                schools: Array(knowledge.schools.codesThatAreNoKommunkod.prefix(20)),
                kommunkoder: knowledge.schools.kommunkoderInRange))
        return try ScratchExport(sample)
    }
}

/// Why a benchmark cannot be run.
struct MaterialProblem: Error {
    let text: String
}

/// An export in the temporary folder; removed with it.
final class ScratchExport: Sendable {
    let source: ExportSource
    let survey: InputSurvey
    private let path: String

    init(_ sample: SampleExport) throws {
        let folder = FileManager.default.temporaryDirectory
        path = folder.appending(path: "csnfil-micro-\(UUID().uuidString)").path
        var bytes: [UInt8] = []
        try sample.write(to: { bytes.append(contentsOf: $0) })
        try Data(bytes).write(to: URL(filePath: path))
        source = try ExportSource(path: path, keepingPipesIn: folder.path)
        survey = try InputSurvey(of: source)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// An export as delimited text, one thread's way from its bytes to candidates.
struct DelimitedMaterial {
    let material: Material
    private let export: ScratchExport
    private let input: DelimitedInput
    private let match: ProfileMatch

    init() throws {
        material = try Material()
        let profile = try material.profile("schoolsoft-list")
        export = try material.export(profile)
        guard case .found(let match, _) = try ProfileDetection.detect(export.source, export.survey, among: [profile]),
            case .delimited(let dialect) = match.container
        else { throw MaterialProblem(text: "the sample is not recognised by its own profile") }
        self.match = match
        input = try DelimitedInput(export.source, export.survey, dialect: dialect, encoding: match.encoding)
    }

    /// Finds every cell that the profile uses; how many bytes they have.
    func countCellBytes() throws -> Int {
        var cursor = SliceCursor(input, from: match.firstRow)
        var reader = RowReader(input, binding: SlotBinding(match.binding), form: match.rowForm)
        let columns = Array(match.columns.values)
        var bytes = 0
        while let slice = try cursor.next() {
            try reader.open(slice)
            while try reader.next() != nil {
                for column in columns { bytes += reader.cell(column: column)?.bytes.count ?? 0 }
            }
        }
        return bytes
    }

    /// Calls `body` with each row's candidate and what was noted about its fields.
    func forEachRow(_ body: (inout Candidate, [FieldNote]) -> Void) throws {
        var cursor = SliceCursor(input, from: match.firstRow)
        var reader = RowReader(input, binding: SlotBinding(match.binding), form: match.rowForm)
        var normalizer = RowNormalizer(
            material.knowledge, profile: match.profile, columns: match.binding, school: nil)
        let columns = match.columns.map { SlotColumn($0.key, column: $0.value) }
        var candidate = Candidate(origin: RowOrigin(input: 0, line: 0, offset: 0))
        while let slice = try cursor.next() {
            try reader.open(slice)
            while try reader.next() != nil {
                reader.fill(&normalizer.cells, columns)
                let origin = RowOrigin(input: 0, line: UInt32(reader.line), offset: UInt64(reader.offset))
                normalizer.normalize(at: origin, into: &candidate)
                body(&candidate, normalizer.notes)
            }
        }
    }

    /// The rows as candidates, student by student: the sample has them in that order.
    func students() throws -> [[Candidate]] {
        var students: [[Candidate]] = []
        try forEachRow { candidate, _ in
            if let last = students.last?.last, last.studentKey == candidate.studentKey,
                last.skolkod == candidate.skolkod
            {
                students[students.count - 1].append(candidate)
            } else {
                students.append([candidate])
            }
        }
        guard students.joined().count == Material.rows else { throw MaterialProblem(text: "rows are missing") }
        return students
    }
}

/// An export as XML.
struct XMLMaterial {
    private let export: ScratchExport
    private let input: XMLInput

    init() throws {
        let material = try Material()
        let profile = try material.profile("edlevo-xml")
        export = try material.export(profile)
        guard case .xml(let shape) = profile.container,
            let encoding = try XMLEncoding(of: export.source, export.survey, profile)
        else { throw MaterialProblem(text: "\(profile.name) is no XML") }
        input = XMLInput(export.source, encoding, plan: XMLPlan(profile, shape))
    }

    /// Finds every value that the profile uses; how many bytes they have.
    func countValueBytes() throws -> Int {
        var cursor = try XMLRowCursor(input)
        var rows = XMLRows(input)
        var bytes = 0
        while let portion = try cursor.next() {
            rows.open(portion)
            while rows.next() != nil {
                for column in input.plan.columns.indices { bytes += rows.cell(column: column)?.bytes.count ?? 0 }
            }
        }
        return bytes
    }
}

/// Students, and the rules that judge them.
struct JudgedMaterial {
    let engine: RuleEngine
    let students: [[Candidate]]

    init() throws {
        let export = try DelimitedMaterial()
        let courses = export.material.knowledge.courses.table
        engine = RuleEngine(RuleSettings(purpose: .convert, today: Material.today, courses: courses))
        students = try export.students()
    }
}

/// Records of one school, and what writes them.
struct WrittenMaterial {
    private let layout: Layout
    private let courses: CourseTable
    private let codes: EncodedCodes
    private let records: [Record]

    init(layout name: String) throws {
        let export = try DelimitedMaterial()
        layout = try Layout.read(path: export.material.folders.require("layouts/\(name).yaml"))
        courses = export.material.knowledge.courses.table
        codes = EncodedCodes(courses, layout: layout)
        let all = try export.students().flatMap { RecordAssembly.records(of: $0) }
        let school = all.first?.skolkod
        // A file has one school's records.
        var sorted = all.map { record in
            var record = record
            record.fields.skolkod = school
            return record
        }
        RecordOrder.sort(&sorted, courses: courses)
        records = sorted
    }

    /// Writes them all, to nowhere; how many bytes it was.
    func write() throws -> Int {
        let sink = Nowhere()
        var writer = UploadWriter(layout: layout, courses: courses, sink: sink, codes: codes)
        for record in records { try writer.write(record) }
        _ = try writer.finish()
        return sink.count
    }
}

/// Takes a file's bytes and forgets them.
final class Nowhere: ByteSink {
    private(set) var count = 0

    func take(_ bytes: UnsafeRawBufferPointer) throws(OutputProblem) { count += bytes.count }
}
