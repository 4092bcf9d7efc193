import CSN
import Findings
import Foundation
import Reports

/// Brings together what was typed, the environment and the configuration: options go before the environment, the
/// environment before the configuration.
public enum Resolving {
    /// A conversion as it is to be run.
    public static func convert(
        _ options: TypedOptions, in surroundings: Surroundings
    ) throws(RunFailure) -> ConvertRequest {
        try requireKomvux(options)
        let school = try skolkod(options.school)
        let hold = try word(options.hold, "--hold", HoldScope.self)
        var settings = try settings(options, surroundings)
        let out = options.out ?? "out"
        if settings.reportPath == nil { settings.reportPath = out == "." ? "report" : "\(out)/report" }
        return ConvertRequest(
            settings: settings, out: out, system: options.system, school: school,
            holdScope: hold ?? settings.configuration.holdScope ?? .unit)
    }

    /// A nightly run as it is to be run.
    public static func nightly(
        _ typed: TypedNightly, _ options: TypedOptions, in surroundings: Surroundings
    ) throws(RunFailure) -> NightlyRequest {
        try requireKomvux(options)
        let hold = try word(options.hold, "--hold", HoldScope.self)
        var settings = try settings(options, surroundings)
        if settings.reportPath == nil { settings.reportPath = settings.configuration.outbox.map { "\($0)/report" } }
        return NightlyRequest(
            settings: settings, holdScope: hold ?? settings.configuration.holdScope ?? .unit, isFull: typed.isFull,
            acceptsClock: typed.acceptsClock, log: try RunLog.of("nightly", options, in: surroundings, settings))
    }

    /// A check as it is to be run.
    public static func check(_ options: TypedOptions, in surroundings: Surroundings) throws(RunFailure) -> CheckRequest
    {
        CheckRequest(settings: try settings(options, surroundings))
    }

    /// A look at files as it is to be taken.
    public static func detect(
        _ options: TypedOptions, in surroundings: Surroundings
    ) throws(RunFailure) -> DetectRequest {
        let settings = try settings(options, surroundings)
        return DetectRequest(
            paths: settings.paths, mappingFolders: settings.mappingFolders, system: options.system,
            language: settings.language)
    }

    /// A sample as it is to be made.
    public static func sample(
        _ sample: TypedSample, _ options: TypedOptions, in surroundings: Surroundings
    ) throws(RunFailure) -> SampleRequest {
        guard sample.records >= 0 else {
            throw usage("--records", Text(sv: "ett tal från 0", en: "a number from 0"), String(sample.records))
        }
        guard (0...100).contains(sample.faults) else {
            throw usage(
                "--faults", Text(sv: "ett tal från 0 till 100", en: "a number from 0 to 100"), "\(sample.faults)")
        }
        let settings = try settings(options, surroundings)
        return SampleRequest(
            system: sample.system, mappingFolders: settings.mappingFolders, records: sample.records,
            seed: sample.seed, faults: sample.faults, encoding: sample.encoding, out: options.out, now: settings.now)
    }

    // MARK: - What commands share

    static func settings(
        _ options: TypedOptions, _ surroundings: Surroundings
    ) throws(RunFailure) -> RunSettings {
        let typedLanguage = try word(options.language, "--language", Language.self)
        _ = try word(options.format, "--format", OutputFormat.self)
        let now = try moment(options)
        if let jobs = options.jobs, jobs < 1 {
            throw usage("--jobs", Text(sv: "ett tal från 1", en: "a number from 1"), String(jobs))
        }
        let configuration = try configuration(options, surroundings)
        return RunSettings(
            paths: options.paths, mappingFolders: try MappingSearch.folders(options, configuration, surroundings),
            layout: options.layout ?? configuration.layout, now: now ?? surroundings.now, isRealTime: now == nil,
            isStrict: options.isStrict, jobs: options.jobs ?? max(1, surroundings.processors),
            language: typedLanguage ?? configuration.language ?? surroundings.localeLanguage,
            reportPath: options.report, configuration: configuration)
    }

    static func moment(_ options: TypedOptions) throws(RunFailure) -> Moment? {
        switch (options.now, options.today) {
        case (nil, nil): return nil
        case (let now?, nil):
            guard let moment = Moment(now) else {
                throw usage(
                    "--now", Text(sv: "en tid som 2026-11-23T08:00", en: "a time such as 2026-11-23T08:00"), now)
            }
            return moment
        case (nil, let today?):
            guard let day = Day(iso: today), let noon = Moment(day, hour: 12) else {
                throw usage("--today", Text(sv: "en dag som 2026-11-23", en: "a day such as 2026-11-23"), today)
            }
            return noon
        case (_?, _?):
            throw RunFailure(
                .usage,
                Text(sv: "Ange --now eller --today, inte båda.", en: "Give --now or --today, not both."))
        }
    }

    static func skolkod(_ text: String?) throws(RunFailure) -> Skolkod? {
        guard let text else { return nil }
        guard text.utf8.count == 4, let number = Int(text), let school = Skolkod(number) else {
            throw usage("--school", Text(sv: "en skolkod, 1000–1999", en: "a skolkod, 1000–1999"), text)
        }
        return school
    }

    static func requireKomvux(_ options: TypedOptions) throws(RunFailure) {
        guard let form = options.schoolForm, form != "komvux" else { return }
        throw usage("--school-form", Text(sv: "komvux", en: "komvux"), form)
    }

    static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String?, _ option: String, _: Word.Type
    ) throws(RunFailure) -> Word? {
        guard let text else { return nil }
        guard let word = Word(rawValue: text) else {
            let list = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw usage(option, Text(sv: "ett av orden \(list)", en: "one of the words \(list)"), text)
        }
        return word
    }

    static func usage(_ option: String, _ expected: Text, _ given: String) -> RunFailure {
        RunFailure(
            .usage,
            Text(
                sv: "Efter \(option) ska stå \(expected.sv), men där står ”\(given)”.",
                en: "After \(option) must stand \(expected.en), but there stands “\(given)”."))
    }

    // MARK: - The configuration

    /// The configuration of a run: the file named, else `csnfil.yaml` beside the exports, else in the working folder,
    /// else none.
    static func configuration(
        _ options: TypedOptions, _ surroundings: Surroundings
    ) throws(RunFailure) -> Configuration {
        let environment = surroundings.environment
        if let path = options.config { return try Configuration.read(path: path, environment: environment) }
        var beside: [String] = []
        for path in options.paths where path != "-" {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let folder = isFolder.boolValue ? path : path.folderOfPath
            let candidate = folder.isEmpty ? "csnfil.yaml" : "\(folder)/csnfil.yaml"
            if FileManager.default.fileExists(atPath: candidate), !beside.contains(candidate) {
                beside.append(candidate)
            }
        }
        guard beside.count <= 1 else {
            let list = beside.joined(separator: ", ")
            throw RunFailure(
                .unusable,
                Text(
                    sv: "Flera inställningsfiler ligger bredvid exporterna: \(list). Välj en med --config.",
                    en: "Several configurations lie beside the exports: \(list). Choose one with --config."))
        }
        if let path = beside.first { return try Configuration.read(path: path, environment: environment) }
        if FileManager.default.fileExists(atPath: "csnfil.yaml") {
            return try Configuration.read(path: "csnfil.yaml", environment: environment)
        }
        return try Configuration.withoutFile(environment: environment)
    }
}

/// `--format`: what goes to standard output.
public enum OutputFormat: String, Sendable, CaseIterable {
    /// For people.
    case text
    /// One object for programs.
    case json
}
