import CSN
import Profiles

/// The side table of an export that has an id in place of personnummer: each person once.
struct PersonTable {
    private let writer: ExportWriter
    private var output: EncodedOutput
    private var written: Set<UInt64> = []

    /// nil where the profile does not say how the table is written.
    init?(_ profile: Profile, _ stock: CourseStock, today: Day) {
        guard let shape = profile.sample else { return nil }
        writer = ExportWriter(
            profile, shape, Showing(profile, shape), stock, today: today, encoding: shape.encoding,
            usesCRLF: shape.usesCRLF)
        output = EncodedOutput(shape.encoding)
        output.append(writer.opening())
    }

    mutating func add(_ student: StudentDraft, to sink: SampleSink) throws {
        guard let row = student.rows.first, written.insert(student.person.number).inserted else { return }
        var line: [UInt8] = []
        writer.append(DraftRow(row.meant), of: student, place: written.count, to: &line)
        output.append(line)
        try output.flush(to: sink, ifOver: EncodedOutput.block)
    }

    mutating func close(to sink: SampleSink) throws {
        output.append(writer.closing())
        try output.flush(to: sink, ifOver: 0)
    }
}
