import CSN
import Findings
import Foundation
import Synchronization
import Testing

@testable import Pipeline

/// Log lines: their two forms, their levels, and that nothing personal gets into one.
@Suite struct RunLogTests {
    /// The lines of a log.
    private final class Lines: Sendable {
        private let bytes = Mutex<[UInt8]>([])

        func log(_ form: LogForm, _ level: LogLevel = .info) -> RunLog {
            RunLog("nightly", form: form, level: level, time: { "2026-11-23T02:00:01+01:00" }) { line in
                self.bytes.withLock { $0 += line }
            }
        }

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    private static func school() throws -> Skolkod { try #require(Skolkod(1234)) }
    private static func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }
    private static let digest = String(repeating: "199001019802", count: 5) + "abcd"

    private static func events() throws -> [RunEvent] {
        let school = try school()
        let day = try day("2026-11-23")
        let name = "1234/1234_2026-11-23.xml"
        return [
            .started(run: "r-1", version: "0.4.0", isFull: true), .clockBack(seconds: 3_600),
            .inputTaken(name: "export.csv", system: "SchoolSoft", rows: 12, sha256: digest),
            .inputKept(name: "export.csv", system: "SchoolSoft", rows: 12),
            .inputSuperseded(name: "old.csv", system: "SchoolSoft"), .inputLeft(name: "x.part", .partOfName),
            .schoolHeld(school, rule: "students-missing", students: 7),
            .filePlanned(
                school, readingDay: day, name: name, records: 3, students: 2, bytes: 812, sha256: digest),
            .fileKept(school, readingDay: day, name: name),
            .fileMovedOn(school, readingDay: day, name: name, to: try RunLogTests.day("2026-11-24")),
            .fileMovedOn(school, readingDay: day, name: name, to: nil),
            .fileAccepted(school, readingDay: day, name: name), .queueLong(school, readingDays: 6), .nothingToDo,
            .archived(inputs: 2), .purged(inputs: 1), .finished(status: 0, RunNumbers()),
            .finished(status: 1, RunNumbers()), .failed(status: 75, .locked),
        ]
    }

    @Test func `a line of text`() throws {
        let lines = Lines()
        lines.log(.text).record(
            .filePlanned(
                try Self.school(), readingDay: try Self.day("2026-11-23"), name: "1234/1234_2026-11-23.xml",
                records: 3, students: 2, bytes: 812, sha256: Self.digest))
        #expect(
            lines.text == "2026-11-23T02:00:01+01:00 info nightly file-planned bytes=812 "
                + "name=1234/1234_2026-11-23.xml readingDay=2026-11-23 records=3 sha256=\(Self.digest) "
                + "skolkod=1234 students=2\n")
    }

    @Test func `a line of JSON`() throws {
        let lines = Lines()
        lines.log(.json).record(.schoolHeld(try Self.school(), rule: "students-missing", students: 7))
        #expect(
            lines.text == #"{"time":"2026-11-23T02:00:01+01:00","level":"warning","command":"nightly","#
                + #""event":"school-held","rule":"students-missing","skolkod":1234,"students":7}"# + "\n")
    }

    @Test func `every event has a name of its own and JSON that can be read`() throws {
        let lines = Lines()
        let events = try Self.events()
        for event in events { lines.log(.json).record(event) }
        var names: Set<String> = []
        for line in lines.text.split(separator: "\n") {
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            names.insert(try #require(object["event"] as? String))
        }
        #expect(lines.text.split(separator: "\n").count == events.count)
        #expect(names.count == 17)
    }

    @Test(arguments: [
        (LogLevel.info, 19), (.notice, 9), (.warning, 5), (.error, 1),
    ]) func `what is less grave than the level is not written`(level: LogLevel, count: Int) throws {
        let lines = Lines()
        for event in try Self.events() { lines.log(.text, level).record(event) }
        #expect(lines.text.split(separator: "\n").count == count)
    }

    @Test func `off writes nothing`() throws {
        let lines = Lines()
        for event in try Self.events() { lines.log(.off).record(event) }
        #expect(lines.text.isEmpty)
    }

    @Test(arguments: ["199001019802", "900101-9802", "19900101-9802", "9001019802"])
    func `a number in a file's name is masked`(number: String) {
        for form in [LogForm.text, .json] {
            let lines = Lines()
            lines.log(form).record(.inputTaken(name: "elev \(number).csv", system: number, rows: 1, sha256: number))
            lines.log(form).record(.inputSuperseded(name: number, system: number))
            lines.log(form).record(.started(run: number, version: number, isFull: false))
            #expect(!lines.text.isEmpty)
            #expect(!lines.text.contains(number))
            #expect(!lines.text.contains("9802"))
        }
    }

    @Test func `a count that looks like a number is masked`() {
        let lines = Lines()
        lines.log(.json).record(.archived(inputs: 199_001_019_802))
        lines.log(.text).record(.archived(inputs: 9_001_019_802))
        #expect(!lines.text.contains("9802"))
    }

    @Test func `a file's name can neither end a line nor look like a field`() throws {
        let name = "a\n2026 error nightly failed\u{1B}[31m \"x\" status=0\u{2028}å.csv"
        let lines = Lines()
        lines.log(.text).record(.inputLeft(name: name, .beingWritten))
        #expect(
            lines.text == "2026-11-23T02:00:01+01:00 notice nightly input-left "
                + #"name="a\u{a}2026 error nightly failed\u{1b}[31m \"x\" status=0\u{2028}å.csv" "#
                + "reason=being-written\n")
        let json = Lines()
        json.log(.json).record(.inputLeft(name: name, .beingWritten))
        #expect(json.text.split(separator: "\n").count == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
        #expect(object["name"] as? String == name)
    }

    @Test func `a reason for every exit status that is a failure`() {
        #expect(FailureReason(.locked) == .locked)
        #expect(FailureReason(.inputOutput) == .inputOutput)
        #expect(FailureReason(.unusable) == .unusable)
        #expect(FailureReason(.usage) == .usage)
        #expect(FailureReason(.fault) == .fault)
    }
}
