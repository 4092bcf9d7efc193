import CSN
import DeliveryLedger
import Foundation
import Testing

/// The day written as ÅÅÅÅ-MM-DD.
func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

/// The moment written as ÅÅÅÅ-MM-DDTHH:MM.
func moment(_ text: String) throws -> Moment { try #require(Moment(text)) }

/// A school's code.
func school(_ number: Int = 1234) throws -> Skolkod { try #require(Skolkod(number)) }

/// The number of a person whom nobody is (980–999), by a running number; with the right check digit.
func personnummer(_ number: Int) throws -> Personnummer {
    let birthday = Day(number: Int32(7_000 + number / 20))
    let start = UInt64(birthday.eightDigits) * 10_000 + UInt64((980 + number % 20) * 10)
    let right = (0..<10).lazy.compactMap { Personnummer(digits: start + $0) }.first { $0.hasRightCheckDigit }
    return try #require(right)
}

/// A course that begins on that day.
func course(_ kurskod: String = "MATMAT01a", from startdatum: String = "2026-08-17") throws -> CourseKey {
    CourseKey(kurskod: kurskod, kursdel: .whole, startdatum: try day(startdatum))
}

/// A plain record of the first student.
func content(_ key: CourseKey? = nil, poang: Int = 100, to slutdatum: String = "2027-01-15") throws -> RecordContent {
    RecordContent(
        personnummer: try personnummer(1), key: try key ?? course(), poang: poang, niva: .gy,
        slutdatum: try day(slutdatum))
}

/// What is known of a file that nobody reads for its facts.
func facts(of school: Skolkod, readingDay: Day, made: Moment? = nil) throws -> DeliveredFile.Facts {
    DeliveredFile.Facts(
        skolkod: school, readingDay: readingDay, name: "\(school)/\(school)_\(readingDay).xml",
        sha256: String(repeating: "0", count: 64), bytes: 1_000, records: 1, students: 1, firstDate: readingDay,
        lastDate: readingDay, made: try made ?? #require(Moment(readingDay, hour: 6)), madeBy: "nightly")
}

/// Random numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A folder of a test's own, removed with it.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Where the ledger is, or another file.
    func file(_ name: String = "ledger.sqlite") -> String { "\(path)/\(name)" }
}
