import CSN
import CSNRules
import Documents
import Exports
import Findings
import Normalizing
import Profiles
import Uploads

/// Mappings, profiles and layout that several runs with the same settings share.
public struct LoadedMappings: Sendable {
    let knowledge: Knowledge
    let profiles: [Profile]
    let layout: Layout

    /// Loads what the settings name.
    public init(_ settings: RunSettings) throws(RunFailure) {
        let setup = try ConvertSetup(ConvertRequest(settings: settings, out: ""))
        (knowledge, profiles, layout) = (setup.knowledge, setup.profiles, setup.layout)
    }
}

/// Everything a conversion needs before the first export is opened: mappings, profiles, layout, days.
struct ConvertSetup: Sendable {
    let request: ConvertRequest
    let knowledge: Knowledge
    let profiles: [Profile]
    let layout: Layout
    let readingDays: ReadingDays

    /// Loads what the request names; mistakes in these files end the run before anything is read.
    init(_ request: ConvertRequest) throws(RunFailure) { try self.init(request, loaded: nil) }

    /// The same with mappings that were loaded before.
    ///
    /// - Parameter keepsStudentIDs: the exports' own ids of students are asked for afterwards.
    init(_ request: ConvertRequest, loaded: LoadedMappings?, keepsStudentIDs: Bool = false) throws(RunFailure) {
        self.request = request
        let settings = request.settings
        readingDays = ReadingDays(additional: settings.configuration.noReadingDays)
        if let loaded {
            knowledge = loaded.knowledge.renewed(today: settings.now.day, keepsStudentIDs: keepsStudentIDs)
            profiles = loaded.profiles
            layout = loaded.layout
            return
        }
        let folders = MappingFolders(settings.mappingFolders)
        do throws(DocumentProblem) {
            knowledge = try ConvertSetup.knowledge(
                settings.configuration, folders, today: settings.now.day, keepsStudentIDs: keepsStudentIDs)
            profiles = try ConvertSetup.profiles(named: request.system, folders)
            layout = try ConvertSetup.layout(settings, folders)
        } catch {
            throw RunFailure(error)
        }
    }

    /// Registers and mappings, with what the configuration says of schools.
    static func knowledge(
        _ configuration: Configuration, _ folders: MappingFolders, today: Day, keepsStudentIDs: Bool = false
    ) throws(DocumentProblem) -> Knowledge {
        let schools = configuration.schools
        return try Knowledge(
            folders: folders,
            schools: schools.map { school in
                SchoolRegister.School(
                    skolkod: school.skolkod, ids: school.ids,
                    started: SchoolRegister.StartedDeclaration(
                        statuses: Set(school.started.statuses), byGrade: school.started.byGrade))
            },
            patterns: Dictionary(
                schools.map { ($0.skolkod, $0.codePatterns) }.filter { !$0.1.isEmpty },
                uniquingKeysWith: { $0 + $1 }),
            today: today, keepsStudentIDs: keepsStudentIDs)
    }

    /// How the school of an export without a school column is told.
    var schools: SchoolOfExport {
        let configured = request.settings.configuration.schools
        return SchoolOfExport(
            schools: knowledge.schools, given: request.school,
            only: configured.count == 1 ? configured.first?.skolkod : nil)
    }

    /// The profiles to choose among: one by its file name or path, a system's, or all.
    static func profiles(named name: String?, _ folders: MappingFolders) throws(DocumentProblem) -> [Profile] {
        if let name, name.contains("/") || name.hasSuffix(".yaml") { return [try Profile.read(path: name)] }
        var all: [Profile] = []
        for path in folders.all(in: "systems", ending: ".yaml") { all.append(try Profile.read(path: path)) }
        guard let name else { return all }
        if let one = all.first(where: { $0.name == name }) { return [one] }
        let ofSystem = all.filter { HeaderName($0.system) == HeaderName(name) }
        guard ofSystem.isEmpty else { return ofSystem }
        let known = all.map(\.name).joined(separator: ", ")
        throw DocumentProblem(
            path: name,
            text: Text(
                sv: "Det finns ingen profil och inget system med det namnet. Profiler: \(known).",
                en: "There is no profile and no system of that name. Profiles: \(known)."))
    }

    private static func layout(_ settings: RunSettings, _ folders: MappingFolders) throws(DocumentProblem) -> Layout {
        try layout(named: settings.layout ?? settings.configuration.layout ?? "komvux", folders)
    }

    /// A layout by its name or its path.
    static func layout(named name: String, _ folders: MappingFolders) throws(DocumentProblem) -> Layout {
        if name.contains("/") || name.hasSuffix(".yaml") { return try Layout.read(path: name) }
        return try Layout.read(path: folders.require("layouts/\(name).yaml"))
    }

    /// How the rules are to judge.
    ///
    /// - Parameters:
    ///   - columns: by input, the export's column of each slot.
    ///   - systems: by input, the name of the school system that it comes from.
    ///   - asksRefusalsOnly: nothing but ● and ○ is asked.
    ///   - fieldColumns: the inputs are finished files, whose columns are the fields themselves.
    func engine(
        columns: [[Int?]], systems: [String] = [], purpose: RuleSettings.Purpose = .convert,
        fieldColumns: Bool = false, asksRefusalsOnly: Bool = false
    ) -> RuleEngine {
        let settings = request.settings
        let knowledge = knowledge
        let systemNumbers = systems.map { systems.firstIndex(of: $0) }
        var rules = RuleSettings(
            purpose: purpose, today: settings.now.day, courses: knowledge.courses.table,
            sendsAbsenceCodes: settings.configuration.sendsAbsenceCodes,
            isStrict: settings.isStrict && purpose == .convert, policies: settings.configuration.policies,
            column: { input, field in
                if fieldColumns { return Int(field.rawValue) }
                guard columns.indices.contains(Int(input)) else { return nil }
                let slots = columns[Int(input)]
                return slots[Int(Slot(field).rawValue)] ?? (field == .skolkod ? slots[Int(Slot.skola.rawValue)] : nil)
            },
            system: { input in systemNumbers.indices.contains(Int(input)) ? systemNumbers[Int(input)] : nil },
            suggestions: { field, value in
                switch field {
                case .kurskod: knowledge.courses.suggestions(for: value)
                case .skolkod: knowledge.schools.suggestions(for: value)
                default: []
                }
            })
        rules.asksRefusalsOnly = asksRefusalsOnly
        return RuleEngine(rules, holdScope: request.holdScope)
    }
}

extension RunFailure {
    /// A mistake in a file that people write.
    init(_ problem: DocumentProblem) {
        let place = problem.line == 0 ? problem.path : "\(problem.path):\(problem.line):\(problem.column)"
        self.init(.unusable, at: place, problem.text)
    }

    /// An export that cannot be read; what the operating system refused is a fault of reading, the rest unusable input.
    init(_ problem: ExportProblem) {
        switch problem {
        case .cannotRead, .cannotKeep: self.init(.inputOutput, problem.text)
        case .cannotOpen, .isFolder, .changedWhileRead, .rowTooLong, .encodingUnavailable, .xmlMalformed, .xmlCutShort,
            .xmlTooDeep, .xmlExternal, .xmlEntities, .xmlTooManyNames, .xmlValueTooLong, .xmlRowTooLong, .xmlAmbiguous,
            .xmlNestedRow, .xmlEncoding:
            self.init(.unusable, problem.text)
        }
    }

    /// A file that cannot be written or placed.
    init(_ problem: OutputProblem) {
        switch problem {
        case .system: self.init(.inputOutput, problem.text)
        case .locked: self.init(.locked, problem.text)
        case .occupied, .reservations: self.init(.unusable, problem.text)
        }
    }
}

extension ConvertSetup {
    /// The rules whose hold the configuration has turned into a warning.
    var loweredRules: Set<UInt16> {
        Set(
            request.settings.configuration.policies
                .filter { number, policy in
                    (policy == .warning || policy == .info)
                        && Catalogue.shared.rule(number)?.standing.canBeLowered == true
                }
                .keys)
    }
}
