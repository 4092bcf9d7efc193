/// What a person typed, as typed, before environment and configuration are asked. Commands fill in what they offer.
public struct TypedOptions: Sendable {
    /// EXPORT… or FILE….
    public var paths: [String] = []
    /// `--config FILE`
    public var config: String?
    /// `--out DIR`
    public var out: String?
    /// `--system NAME`
    public var system: String?
    /// `--school SKOLKOD`
    public var school: String?
    /// `--school-form komvux`
    public var schoolForm: String?
    /// `--layout NAME|FILE`
    public var layout: String?
    /// `--mappings DIR`, in the order given.
    public var mappings: [String] = []
    /// `--now YYYY-MM-DDTHH:MM`
    public var now: String?
    /// `--today YYYY-MM-DD`
    public var today: String?
    /// `--hold unit|student|file`
    public var hold: String?
    /// `--strict`
    public var isStrict = false
    /// `--jobs N`
    public var jobs: Int?
    /// `--language sv|en`
    public var language: String?
    /// `--format text|json`
    public var format: String?
    /// `--report DIR`
    public var report: String?
    /// `--show-personnummer`
    public var showsPersonnummer = false
    /// `--quiet`
    public var isQuiet = false
    /// `--no-progress`
    public var hidesProgress = false
    /// `--write`
    public var writes = false
    /// `--no-color`
    public var isColourless = false
    /// `--log text|json|off`
    public var log: String?
    /// `--log-level info|notice|warning|error`
    public var logLevel: String?

    /// Nothing typed.
    public init() {}
}

/// What `sample` has of its own.
public struct TypedSample: Sendable {
    /// SYSTEM
    public var system: String
    /// `--records N`
    public var records: Int
    /// `--seed S`
    public var seed: UInt64
    /// `--faults PERCENT`
    public var faults: Double
    /// `--encoding NAME`
    public var encoding: String?

    /// As typed.
    public init(system: String, records: Int, seed: UInt64, faults: Double, encoding: String?) {
        self.system = system
        self.records = records
        self.seed = seed
        self.faults = faults
        self.encoding = encoding
    }
}
