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
            var report = try Nightly.run(request, progress: presenting.progress(in: language))
            report.isStrict = request.settings.isStrict
            return finish(report, presenting, language)
        }
    }
}
