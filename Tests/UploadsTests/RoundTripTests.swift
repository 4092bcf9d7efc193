import CSN
import Testing
import Uploads

@Suite struct RoundTripTests {
    @Test(arguments: ["komvux", "komvux-fixed"], 0..<20)
    func whatWasWrittenIsRead(_ name: String, _ seed: Int) throws {
        var generator = RecordGenerator(seed: UInt64(seed))
        let records = generator.records(1 + seed * 40)
        let layout = try Shipped.layout(name)
        let file = try ReadFile(written(records, layout, generator.courses), layout, generator.courses)
        #expect(file.reading.problems == [])
        #expect(file.records.allSatisfy { $0.notes.isEmpty })
        let courses = generator.courses
        #expect(file.records.map { described($0.record, courses) } == records.map { described($0, courses) })
    }
}
