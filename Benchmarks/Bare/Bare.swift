import ArgumentParser
import Foundation
import Pipeline
import Uploads

/// A conversion without the three steps that make its files sure (hashing, reading back, flushing): what
/// `Benchmarks/run` times beside `csnfil convert`. Its files are not for CSN.
@main
struct Bare: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert-bare", abstract: "A conversion that makes sure of nothing: for benchmarks.")

    @Argument var exports: [String]
    @Option var out: String
    @Option var layout: String = "komvux-fixed"
    @Option var mappings: [String] = []
    @Option var jobs: Int?
    @Option var today: String?
    @Option var config: String?

    func run() throws {
        var options = TypedOptions()
        options.paths = exports
        options.out = out
        options.layout = layout
        options.mappings = mappings
        options.jobs = jobs
        options.today = today
        options.config = config
        let outcome = Invocation(options, in: try Surroundings.ofThisProcess()).convert(making: .none)
        FileHandle.standardError.write(Data(outcome.error.utf8))
        FileHandle.standardOutput.write(Data(outcome.output))
        if outcome.status != 0 { throw ExitCode(outcome.status) }
    }
}
