import CSN
import Profiles

/// Takes bytes of a sample; called again and again, some hundred kilobytes at a time.
public typealias SampleSink = (UnsafeRawBufferPointer) throws -> Void

/// A synthetic export together with its truth: what each row means in CSN's terms, and what must become of it.
///
/// The truth follows from how the rows are made; no code that reads exports or judges records takes part in it.
public struct SampleExport: Sendable {
    private let request: SampleRequest
    private let shape: SampleShape
    private let showing: Showing
    private let schools: [Skolkod]
    private let stock: CourseStock

    /// A sample of the request, checked; nothing is made yet.
    ///
    /// - Throws: ``SampleProblem`` where the request cannot be met.
    public init(_ request: SampleRequest) throws(SampleProblem) {
        self.request = request
        guard let shape = request.profile.sample else { throw .noShape(profile: request.profile.name) }
        guard request.profile.records == .courses else { throw .sideTable(profile: request.profile.name) }
        if let table = shape.personTable, request.personTable?.sample == nil { throw .noPersonTable(profile: table) }
        self.shape = shape
        showing = Showing(request.profile, shape)
        guard request.records >= 0 else { throw .negativeRecords(request.records) }
        guard (0...100).contains(request.faultPercent) else { throw .faultPercentOutOfRange(request.faultPercent) }
        guard (102...9898).contains(request.today.year) else { throw .dayOutOfRange(request.today) }
        let kommunkoder = Set(request.kommunkoder)
        let possible = request.schools.filter { !kommunkoder.contains(Int($0.number)) }
        schools = showing.school == .none ? Array(possible.prefix(1)) : possible
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
    public var fileName: String { shape.file }

    /// What the side table that goes with the export is called; nil where none does.
    public var personTableName: String? { shape.personTable == nil ? nil : request.personTable?.sample?.file }

    /// The text of a `csnfil.yaml` that has to lie beside the export for its truth to hold; nil where none is needed.
    public var configuration: String? { SampleConfiguration(request.profile.name, showing, schools).text }

    /// Makes the export and, if asked, its truth as lines of JSON (UTF-8): one object a row, then one with the counts.
    ///
    /// - Parameter persons: takes the side table, where there is one.
    /// - Returns: the counts, also in the truth's last line.
    /// - Throws: what the sinks throw.
    @discardableResult
    public func write(
        to export: SampleSink, truth: SampleSink? = nil, persons: SampleSink? = nil
    ) throws -> SampleCounts {
        var population = Population(request, showing, schools, stock)
        let writer = ExportWriter(
            request.profile, shape, showing, stock, today: request.today, encoding: request.writtenEncoding,
            usesCRLF: request.usesCRLF ?? shape.usesCRLF)
        let truthWriter = TruthWriter(stock: stock, days: DayText(around: request.today))
        var table = request.personTable.flatMap { PersonTable($0, stock, today: request.today) }
        var rows = EncodedOutput(request.writtenEncoding)
        var truths = EncodedOutput(.utf8)
        var counts = SampleCounts()
        var lineNumber = 1
        func take(_ line: [UInt8]) {
            rows.append(line)
            lineNumber += line.count { $0 == UInt8(ascii: "\n") }
        }

        take(writer.opening())
        var line: [UInt8] = []
        while let student = population.nextStudent() {
            counts.students += 1
            take(writer.opening(of: student, place: counts.rows))
            for row in student.rows {
                line.removeAll(keepingCapacity: true)
                writer.append(row, of: student, place: counts.rows, to: &line)
                counts.add(row)
                if truth != nil {
                    var fact: [UInt8] = []
                    truthWriter.append(row, of: student, line: lineNumber, to: &fact)
                    truths.append(fact)
                }
                take(line)
            }
            take(writer.closing(of: student))
            if let persons { try table?.add(student, to: persons) }
            try rows.flush(to: export, ifOver: EncodedOutput.block)
            if let truth { try truths.flush(to: truth, ifOver: EncodedOutput.block) }
        }
        take(writer.closing())
        try rows.flush(to: export, ifOver: 0)
        if let persons { try table?.close(to: persons) }
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
