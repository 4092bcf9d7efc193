import Findings
import Reports
import Uploads

/// One call of the program: from what was typed to what is printed and the exit status. The commands print and exit,
/// nothing more, so that tests need no process.
public struct Invocation: Sendable {
    let options: TypedOptions
    let surroundings: Surroundings

    /// A call with those options in those surroundings.
    public init(_ options: TypedOptions, in surroundings: Surroundings) {
        self.options = options
        self.surroundings = surroundings
    }

    /// What a call ends with.
    public struct Outcome: Sendable {
        /// For standard output, UTF-8.
        public var output: [UInt8]
        /// For standard error.
        public var error: String
        /// The exit status.
        public var status: Int32
    }

    /// `convert`
    public func convert() -> Outcome { convert(making: .full) }

    /// - Parameter durability: what is done to make sure of the files.
    package func convert(making durability: Durability) -> Outcome {
        outcome { presenting throws(RunFailure) in
            var request = try Resolving.convert(options, in: surroundings)
            request.durability = durability
            let language = request.settings.language
            var report = try Conversion.run(request, progress: presenting.progress(in: language))
            report.isStrict = request.settings.isStrict
            return finish(report, presenting, language)
        }
    }

    /// `check`
    public func check() -> Outcome {
        outcome { presenting throws(RunFailure) in
            let request = try Resolving.check(options, in: surroundings)
            let language = request.settings.language
            var report = try Checking.run(request, progress: presenting.progress(in: language))
            report.isStrict = request.settings.isStrict
            return finish(report, presenting, language)
        }
    }

    /// `sample`
    public func sample(_ sample: TypedSample) -> Outcome {
        outcome { _ throws(RunFailure) in
            try Sampling.run(try Resolving.sample(sample, options, in: surroundings))
            return Outcome(output: [], error: "", status: ExitStatus.success.rawValue)
        }
    }

    /// `detect`
    public func detect() -> Outcome {
        outcome { _ throws(RunFailure) in
            let request = try Resolving.detect(options, in: surroundings)
            let report = try ExportDetection.run(request)
            let text = DetectText(report, in: request.language, isColoured: surroundings.allowsColour(options))
            return Outcome(
                output: isJSON ? report.json(in: request.language) : Array(text.text().utf8), error: "",
                status: report.exitStatus.rawValue)
        }
    }

    /// `verify`
    public func verify(_ typed: TypedVerify) -> Outcome {
        outcome { presenting throws(RunFailure) in
            let language = surroundings.language(typed: options.language)
            let request = VerifyRequest(
                folders: typed.folders, isRecording: typed.isRecording, junit: typed.junit, mappings: options.mappings,
                surroundings: surroundings)
            let report = try Verification.run(request, progress: presenting.progress(in: language))
            let text = VerifyText(report, in: language, isColoured: surroundings.allowsColour(options))
            return Outcome(
                output: isJSON ? report.json(in: language) : Array(text.text().utf8), error: "",
                status: report.exitStatus.rawValue)
        }
    }

    private var isJSON: Bool { options.format == OutputFormat.json.rawValue }

    /// `rules`
    public func rules(_ query: RulesQuery) -> Outcome {
        outcome { _ throws(RunFailure) in
            let answer = try query.answer(options, in: surroundings)
            return Outcome(output: Array(answer.utf8), error: "", status: ExitStatus.success.rawValue)
        }
    }

    func outcome(_ body: (Presenting) throws(RunFailure) -> Outcome) -> Outcome {
        let presenting = Presenting(options, in: surroundings)
        do { return try body(presenting) } catch {
            let language = surroundings.language(typed: options.language)
            return Outcome(
                output: [], error: presenting.standardError(of: error, in: language), status: error.status.rawValue)
        }
    }

    /// The run is done, and its files lie where they belong: a report that cannot be written changes the status, not
    /// what is printed.
    func finish(_ report: RunReport, _ presenting: Presenting, _ language: Language) -> Outcome {
        let sorted = SortedFindings(report)
        var outcome = Outcome(
            output: presenting.standardOutput(of: report, sorted, in: language), error: "",
            status: report.exitStatus.rawValue)
        if !report.undone.isEmpty {
            let undone = RunFailure(.inputOutput, report.undone.map { RunFailure.Problem(place: $0.place, $0.text) })
            outcome.error = presenting.standardError(of: undone, in: language)
        }
        do { try presenting.writeReports(of: report, sorted, in: language) } catch {
            outcome.error += presenting.standardError(of: error, in: language)
            outcome.status = error.status.rawValue
        }
        return outcome
    }
}

extension Invocation {
    /// The program's version, as the project numbers its releases.
    public static var version: String { RunReport.Program.csnfil.version }
}
