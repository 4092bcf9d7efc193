import CSN

/// Takes bytes of a sample; called again and again, some hundred kilobytes at a time.
public typealias SampleSink = (UnsafeRawBufferPointer) throws -> Void

/// A synthetic export together with its truth: what each row means in CSN's terms, and what must become of it.
///
/// The truth follows from how the rows are made; no code that reads exports or judges records takes part in it.
public struct SampleExport: Sendable {
    private let request: SampleRequest
    private let schools: [Skolkod]
    private let stock: CourseStock

    /// A sample of the request, checked; nothing is made yet.
    ///
    /// - Throws: ``SampleProblem`` where the request cannot be met.
    public init(_ request: SampleRequest) throws(SampleProblem) {
        self.request = request
        guard request.records >= 0 else { throw .negativeRecords(request.records) }
        guard (0...100).contains(request.faultPercent) else { throw .faultPercentOutOfRange(request.faultPercent) }
        guard (102...9898).contains(request.today.year) else { throw .dayOutOfRange(request.today) }
        let kommunkoder = Set(request.kommunkoder)
        let possible = request.schools.filter { !kommunkoder.contains(Int($0.number)) }
        schools = request.system == .schoolsoft ? Array(possible.prefix(1)) : possible
        guard !schools.isEmpty else { throw .noSchools }
        let most = SampleExport.mostRecords(at: schools.count, request)
        guard request.records <= most else { throw .tooManyRecords(asked: request.records, possible: most) }
        stock = try CourseStock(request.courses, around: request.today)
    }

    /// Nobody may stand twice at one school: so many rows are sure to go round. A student has some six rows, and one or
    /// two where a large share of the rows is to be faulty.
    private static func mostRecords(at schools: Int, _ request: SampleRequest) -> Int {
        Population.adultYears * 365 * 20 * schools * (request.faultPercent > 15 ? 1 : 3)
    }

    /// What the export is called.
    public var fileName: String { request.system.fileName }

    /// The text of a `csnfil.yaml` that has to lie beside the export for its truth to hold; nil where none is needed.
    public var configuration: String? {
        guard request.system == .schoolsoft else { return nil }
        return """
            # Hör till det syntetiska exportet: textfilen har varken skola eller påbörjat i någon kolumn.
            # Goes with the synthetic export: the text file has no column for the school, nor for a certified start.
            schools:
              - skolkod: \(schools[0])
                name: Exempelskolan
                system: schoolsoft
                started:
                  grade: true

            """
    }

    /// Makes the export and, if asked, its truth as lines of JSON (UTF-8): one object a row, then one with the counts.
    ///
    /// - Returns: the counts, also in the truth's last line.
    /// - Throws: what the sinks throw.
    @discardableResult
    public func write(to export: SampleSink, truth: SampleSink? = nil) throws -> SampleCounts {
        var population = Population(request, schools, stock)
        let days = DayText(around: request.today)
        let writer = ExportWriter(
            cells: CellText(stock: stock, days: days, today: request.today), system: request.system)
        let truthWriter = TruthWriter(stock: stock, days: days)
        let lineEnd = Array((request.usesCRLF ?? (request.system == .schoolsoftList) ? "\r\n" : "\n").utf8)
        var rows = EncodedOutput(request.encoding, opening: request.encoding.opening)
        var truths = EncodedOutput(.utf8, opening: [])
        var counts = SampleCounts()

        rows.append(writer.header + lineEnd)
        var line: [UInt8] = []
        while let student = population.nextStudent() {
            counts.students += 1
            for row in student.rows {
                line.removeAll(keepingCapacity: true)
                writer.append(row, of: student, place: counts.rows, to: &line)
                line.append(contentsOf: lineEnd)
                rows.append(line)
                counts.add(row)
                guard truth != nil else { continue }
                line.removeAll(keepingCapacity: true)
                truthWriter.append(row, of: student, line: counts.rows + 1, to: &line)
                truths.append(line)
            }
            try rows.flush(to: export, ifOver: EncodedOutput.block)
            if let truth { try truths.flush(to: truth, ifOver: EncodedOutput.block) }
        }
        try rows.flush(to: export, ifOver: 0)
        if let truth {
            truths.append(TruthWriter.closing(counts))
            try truths.flush(to: truth, ifOver: 0)
        }
        return counts
    }
}

extension SampleCounts {
    mutating func add(_ row: DraftRow) {
        rows += 1
        switch row.fate {
        case .sent: sent += 1
        case .held: held += 1
        case .dropped: dropped += 1
        case .ignored: ignored += 1
        }
        if let fault = row.fault { faults[fault.rule, default: 0] += 1 }
    }
}

/// Text on its way to a sink, encoded.
private struct EncodedOutput {
    static let block = 1 << 19
    private let transcoder: Transcoder
    private var bytes: [UInt8]

    init(_ encoding: SampleEncoding, opening: [UInt8]) {
        transcoder = Transcoder(encoding)
        bytes = opening
        bytes.reserveCapacity(EncodedOutput.block + 1 << 16)
    }

    mutating func append(_ text: [UInt8]) { transcoder.append(text, to: &bytes) }

    mutating func flush(to sink: SampleSink, ifOver limit: Int) throws {
        guard bytes.count > limit else { return }
        try bytes.withUnsafeBytes { try sink($0) }
        bytes.removeAll(keepingCapacity: true)
    }
}
