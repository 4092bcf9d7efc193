import CSN
import CSNRules
import Documents
import Exports
import Foundation
import Normalizing
import Profiles
import Synthesis
import Uploads

/// What the benchmarks work on: one synthetic export, in the forms in which each room takes it.
struct Material {
    /// Rows of the export.
    static let rows = 20_000
    /// The day of the run; samples are made around it.
    static let today = Day(number: 20_780)

    let knowledge: Knowledge
    let folders: MappingFolders
    let engine: RuleEngine

    /// Loads the repository's mappings.
    init() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        folders = MappingFolders([repository.appending(path: "Mappings").path])
        knowledge = try Knowledge(folders: folders, today: Material.today)
        engine = RuleEngine(
            RuleSettings(purpose: .convert, today: Material.today, courses: knowledge.courses.table))
    }

    /// A profile of the repository.
    func profile(_ name: String) throws -> Profile { try Profile.read(path: folders.require("systems/\(name).yaml")) }

    /// A layout of the repository.
    func layout(_ name: String) throws -> Layout { try Layout.read(path: folders.require("layouts/\(name).yaml")) }

    /// A fault-free export of the profile, written into the temporary folder.
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

    /// The judged rows of an export as the pipeline hands them on: by student, in the order of their numbers.
    func students(_ export: ScratchExport, _ profile: Profile) throws -> [[Candidate]] {
        let input = try export.delimited(profile)
        let match = try export.match(profile)
        var rows = Rows(input, match, knowledge)
        var context = engine.makeContext()
        var candidates: [Candidate] = []
        try rows.forEach { candidate, notes in
            engine.judgeFields(of: &candidate, notes, &context)
            candidates.append(candidate)
        }
        var students: [[Candidate]] = []
        for candidate in candidates {
            if let last = students.last?.last, last.studentKey == candidate.studentKey,
                last.skolkod == candidate.skolkod
            {
                students[students.count - 1].append(candidate)
            } else {
                students.append([candidate])
            }
        }
        return students
    }
}

/// Why a benchmark cannot be run.
struct MaterialProblem: Error {
    let text: String
}

/// An export in the temporary folder; removed with it.
final class ScratchExport {
    let source: ExportSource
    let survey: InputSurvey
    private let path: String

    init(_ sample: SampleExport) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "csnfil-micro-\(UUID().uuidString)").path
        var bytes: [UInt8] = []
        try sample.write(to: { bytes.append(contentsOf: $0) })
        try Data(bytes).write(to: URL(filePath: path))
        source = try ExportSource(path: path, keepingPipesIn: FileManager.default.temporaryDirectory.path)
        survey = try InputSurvey(of: source)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// How the profile fits the export.
    func match(_ profile: Profile) throws -> ProfileMatch {
        guard case .found(let match, _) = try ProfileDetection.detect(source, survey, among: [profile]) else {
            throw MaterialProblem(text: "the sample of \(profile.name) is not recognised by its own profile")
        }
        return match
    }

    /// The export as delimited text.
    func delimited(_ profile: Profile) throws -> DelimitedInput {
        let match = try match(profile)
        guard case .delimited(let dialect) = match.container else {
            throw MaterialProblem(text: "\(profile.name) is no delimited text")
        }
        return try DelimitedInput(source, survey, dialect: dialect, encoding: match.encoding)
    }

    /// The export as XML.
    func xml(_ profile: Profile) throws -> XMLInput {
        guard case .xml(let shape) = profile.container,
            let encoding = try XMLEncoding(of: source, survey, profile)
        else { throw MaterialProblem(text: "\(profile.name) is no XML") }
        return XMLInput(source, encoding, plan: XMLPlan(profile, shape))
    }
}

/// The rows of an export as candidates, one thread's way.
struct Rows: ~Copyable {
    private var cursor: SliceCursor
    private var reader: RowReader
    private var normalizer: RowNormalizer
    private let columns: [(slot: Slot, column: Int)]

    init(_ input: DelimitedInput, _ match: ProfileMatch, _ knowledge: Knowledge) {
        cursor = SliceCursor(input, from: match.firstRow)
        reader = RowReader(input, binding: SlotBinding(match.binding), form: match.rowForm)
        normalizer = RowNormalizer(knowledge, profile: match.profile, columns: match.binding, school: nil)
        columns = match.columns.map { ($0.key, $0.value) }
    }

    /// Calls `body` with each row's candidate and what was noted about its fields.
    mutating func forEach(_ body: (inout Candidate, [FieldNote]) -> Void) throws {
        var candidate = Candidate(origin: RowOrigin(input: 0, line: 0, offset: 0))
        while let slice = try cursor.next() {
            try reader.open(slice)
            while try reader.next() != nil {
                for (slot, column) in columns {
                    let cell = reader.cell(column: column)?.bytes.bindMemory(to: UInt8.self)
                    normalizer.cells[Int(slot.rawValue)] = cell ?? CellBytes(start: nil, count: 0)
                }
                let origin = RowOrigin(input: 0, line: UInt32(reader.line), offset: UInt64(reader.offset))
                normalizer.normalize(at: origin, into: &candidate)
                body(&candidate, normalizer.notes)
            }
        }
    }
}

/// Takes a file's bytes and forgets them.
final class Nowhere: ByteSink {
    private(set) var count = 0

    func take(_ bytes: UnsafeRawBufferPointer) throws(OutputProblem) { count += bytes.count }
}
