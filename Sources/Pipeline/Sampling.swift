import CSN
import Documents
import Findings
import Foundation
import Normalizing
import Profiles
import Reports
import Synthesis
import Uploads

/// `sample`: a synthetic export, with its truth where it goes into a folder.
public enum Sampling {
    /// How many schools a list has at most; the reference job has so many.
    private static let schoolCount = 300
    /// A school has about so many rows, so that a small sample has few schools.
    private static let rowsPerSchool = 200

    /// Writes the export and its truth, or the export alone on standard output.
    ///
    /// - Throws: why it could not be carried through: an unknown system or encoding, more records than the series
    ///   980–999 has numbers for, a folder that cannot be written.
    public static func run(_ request: SampleRequest) throws(RunFailure) {
        let export: SampleExport
        do {
            export = try SampleExport(synthesis(request))
        } catch let failure as RunFailure {
            throw failure
        } catch let problem as DocumentProblem {
            throw RunFailure(problem)
        } catch let problem as SampleProblem {
            throw RunFailure(.unusable, problem.text)
        } catch {
            throw RunFailure(.fault, Text(sv: "\(error)", en: "\(error)"))
        }
        do {
            if let folder = request.out {
                try write(export, to: folder)
            } else {
                try export.write(to: { bytes in try StandardOutput.write(bytes) })
            }
        } catch let problem as OutputProblem {
            throw RunFailure(problem)
        } catch {
            throw RunFailure(.inputOutput, Text(sv: "\(error)", en: "\(error)"))
        }
    }

    private static func write(_ export: SampleExport, to folder: String) throws {
        try PrivateFolder.create(folder)
        let rows = try AtomicFile(path: "\(folder)/\(export.fileName)")
        let truth = try AtomicFile(path: "\(folder)/truth.jsonl")
        let persons = try export.personTableName.map { try AtomicFile(path: "\(folder)/\($0)") }
        let files = [rows, truth] + (persons.map { [$0] } ?? [])
        do {
            try export.write(
                to: { try rows.take($0) }, truth: { try truth.take($0) }, persons: { try persons?.take($0) })
        } catch {
            for file in files { file.discard() }
            throw error
        }
        if let configuration = export.configuration {
            _ = try AtomicFile.write(configuration, to: "\(folder)/csnfil.yaml")
        }
        for file in files { _ = try file.finish() }
    }

    private static func synthesis(_ request: SampleRequest) throws -> Synthesis.SampleRequest {
        let folders = MappingFolders(request.mappingFolders)
        let profile = try profile(request.system, folders)
        let table = try profile.sample?.personTable.map {
            try Profile.read(path: folders.require("systems/\($0).yaml"))
        }
        if table != nil && request.out == nil {
            throw RunFailure(
                .usage,
                Text(
                    sv: "Exporten och dess elevlista är två filer. Ange med --out en mapp för dem.",
                    en: "The export and its list of students are two files. Give a folder for them with --out."))
        }
        let register = try CourseRegister(folders: folders)
        let schools = try SchoolRegister(folders: folders, configured: [])
        let count = max(1, min(schoolCount, request.records / rowsPerSchool))
        return Synthesis.SampleRequest(
            profile: profile, personTable: table, records: request.records, seed: request.seed,
            faultPercent: request.faults, today: request.now.day,
            courses: register.nationalCourses.map { course in
                SampleCourse(
                    code: course.code, name: course.name, points: course.facts.points, niva: course.facts.niva,
                    isGradable: !course.facts.isUngraded, validFrom: course.facts.validFrom,
                    validTo: course.facts.validTo)
            },
            schools: Array(schools.codesThatAreNoKommunkod.prefix(count)), kommunkoder: schools.kommunkoderInRange,
            encoding: try encoding(request.encoding))
    }

    /// The profile of that name or at that path, or the first of the system.
    private static func profile(_ name: String, _ folders: MappingFolders) throws -> Profile {
        if name.contains("/") || name.hasSuffix(".yaml") { return try Profile.read(path: name) }
        let all = try folders.all(in: "systems", ending: ".yaml").map { try Profile.read(path: $0) }
        if let one = all.first(where: { $0.name == name }) { return one }
        let makers = all.filter { $0.sample != nil && $0.records == .courses }
        if let one = makers.first(where: { HeaderName($0.system) == HeaderName(name) }) { return one }
        let names = makers.map(\.name)
        let near = nearestNames(to: name, among: names, limit: 1).first
        let list = names.joined(separator: ", ")
        throw RunFailure(
            .usage,
            Text(
                sv:
                    "Inget exempel finns för ”\(name)”.\(near.map { " Menades \($0)?" } ?? "") Exempel finns för \(list).",
                en: "There is no sample for “\(name)”.\(near.map { " Did you mean \($0)?" } ?? "") "
                    + "There are samples for \(list)."))
    }

    private static func encoding(_ name: String?) throws -> SampleEncoding? {
        guard let name else { return nil }
        if let encoding = SampleEncoding(rawValue: name) { return encoding }
        let names = SampleEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        throw RunFailure(
            .usage,
            Text(sv: "Okänd teckenkodning. Välj en av \(names).", en: "Unknown encoding. Choose one of \(names)."))
    }
}

/// Standard output as a sink of bytes.
enum StandardOutput {
    static func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let done = Foundation.write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if done < 0, errno == EINTR { continue }
            guard done > 0 else {
                let reason = String(cString: strerror(errno))
                throw RunFailure(
                    .inputOutput,
                    Text(
                        sv: "Standard ut kan inte skrivas: \(reason).",
                        en: "Standard output cannot be written: \(reason)."))
            }
            rest = rest.dropFirst(done)
        }
    }
}

extension SampleProblem {
    /// What people are told.
    var text: Text {
        switch self {
        case .noShape(let profile):
            Text(
                sv: "Profilen \(profile) säger inte hur ett exempel skrivs. Lägg till sample i den.",
                en: "The profile \(profile) does not say how a sample is written. Add sample to it.")
        case .sideTable(let profile):
            Text(
                sv: "\(profile) är en elevlista, som skrivs tillsammans med den export som behöver den.",
                en: "\(profile) is a list of students, which is written together with the export that needs it.")
        case .noPersonTable(let profile):
            Text(
                sv: "Elevlistans profil \(profile) säger inte hur ett exempel skrivs. Lägg till sample i den.",
                en:
                    "The profile of the list of students, \(profile), does not say how a sample is written. Add sample to it."
            )
        case .noSchools: Text(sv: "Ingen skola att använda.", en: "There is no school to use.")
        case .noCourses(let day):
            Text(
                sv: "Ingen nationell kurs gäller halvåret från \(day). Välj en annan dag med --today.",
                en: "No national course is in force in the half-year from \(day). Choose another day with --today.")
        case .negativeRecords(let count):
            Text(sv: "\(count) rader går inte att göra.", en: "\(count) records cannot be made.")
        case .faultPercentOutOfRange:
            Text(sv: "--faults är ett tal från 0 till 100.", en: "--faults is a number from 0 to 100.")
        case .tooManyRecords(_, let possible):
            Text(
                sv: "Så många rader finns det inte nummer till i serien 980–999. Välj högst \(possible).",
                en: "The series 980–999 has no numbers for so many records. Choose at most \(possible).")
        case .dayOutOfRange(let day):
            Text(sv: "\(day) ligger utanför åren 100–9900.", en: "\(day) lies outside the years 100–9900.")
        }
    }
}
