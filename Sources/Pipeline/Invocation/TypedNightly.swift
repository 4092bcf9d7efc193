/// What `nightly` has of its own.
public struct TypedNightly: Sendable {
    /// `--full`
    public var isFull = false
    /// `--accept-clock`
    public var acceptsClock = false

    /// Nothing typed.
    public init() {}
}

extension Invocation {
    /// `nightly`
    public func nightly(_ typed: TypedNightly) -> Outcome {
        outcome { presenting throws(RunFailure) in
            let request = try Resolving.nightly(typed, options, in: surroundings)
            let language = request.settings.language
            let started = ContinuousClock.now
            do throws(RunFailure) {
                var report = try Nightly.run(request, progress: presenting.progress(in: language))
                report.isStrict = request.settings.isStrict
                let outcome = finish(report, presenting, language)
                let milliseconds = Int((ContinuousClock.now - started) / .milliseconds(1))
                request.log.record(.finished(status: outcome.status, RunNumbers(report, milliseconds: milliseconds)))
                return outcome
            } catch {
                request.log.record(.failed(status: error.status.rawValue, FailureReason(error.status)))
                throw error
            }
        }
    }
}
