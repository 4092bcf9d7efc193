import CSN
import Foundation
import Profiles
import Testing

@testable import Synthesis

/// How the shapes of the shipped profiles are written.
struct ShapeTests {
    private func request(_ name: String, records: Int = 600, faults: Double = 0) throws -> SampleRequest {
        var request = try SampleRequest.made(.schoolsoftList, records, faults: faults)
        request.profile = try Profile.shipped(name)
        request.personTable = try request.profile.sample?.personTable.map { try Profile.shipped($0) }
        return request
    }

    /// Lines of an export whose encoding is UTF-8 or, like CP850, the same as far as ASCII goes.
    private func lines(_ request: SampleRequest) throws -> [String] {
        String(decoding: try MadeSample(request).export, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map(String.init)
    }

    static let dates: [(profile: String, column: Int, form: String)] = [
        ("schoolsoft-list", 10, #"\d{4}-\d\d-\d\d"#), ("progma", 8, #"\d{8}"#), ("gerda", 9, #"\d{6}"#),
        ("stockholm", 10, #"[1-9]\d?/[1-9]\d?/\d{4}"#),
    ]

    @Test("Dates are written in the first form of their column", arguments: dates.indices)
    func dateForms(index: Int) throws {
        let (profile, column, pattern) = Self.dates[index]
        let form = try Regex(pattern)
        let made = try MadeSample(try request(profile))
        let rows = String(decoding: made.export, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
        let starts = rows.map { $0.split(separator: ";", omittingEmptySubsequences: false)[column] }
        #expect(starts.allSatisfy { (try? form.wholeMatch(in: $0)) != nil }, "\(starts.prefix(3))")
        let days = try made.truth().compactMap { $0.record["startdatum"] }
        try #require(starts.count == days.count)
        for (start, day) in zip(starts, days) {
            // The same numbers, in whichever order and with or without the century.
            let numbers = day.split(separator: "-").compactMap { Int($0) }
            let slashed = start.split(separator: "/").compactMap { Int($0) }
            let isSame = slashed == numbers.reversed() || day.filter(\.isNumber).hasSuffix(start.filter(\.isNumber))
            #expect(isSame, "\(start) is not \(day)")
        }
    }

    @Test(
        "Personnummer are spelled as the profile says",
        arguments: [("gerda", 11, true), ("elit", 12, false), ("adela", 13, true)])
    func personnummer(profile: String, length: Int, hasHyphen: Bool) throws {
        let request = try request(profile)
        let delimiter: Character = profile == "adela" ? "," : ";"
        let numbers = try lines(request).dropFirst().map { $0.split(separator: delimiter)[1] }
        #expect(numbers.allSatisfy { $0.count == length && $0.contains("-") == hasHyphen })
    }

    @Test("A cell that holds the delimiter stands in quotes")
    func quotes() throws {
        var request = try request("adela", records: 200)
        request.courses = request.courses.map {
            var course = $0
            course.name = "Kurs, \(course.code)"
            return course
        }
        let rows = try lines(request).dropFirst()
        #expect(!rows.isEmpty)
        for row in rows {
            #expect(row.split(separator: "\"", omittingEmptySubsequences: false).count == 3)
            #expect(row.contains(",\"Kurs, "))
        }
    }

    @Test("Rows that the profile leaves out come beside the records asked for, by each of its values")
    func leftOut() throws {
        let request = try request("procapita", records: 3_000)
        let made = try MadeSample(request)
        let plain = try MadeSample(.made(.schoolsoftList, 3_000))
        #expect(made.counts.ignored > 0 && made.counts.rows == 3_000 + made.counts.ignored)
        let forms = Set(try lines(request).dropFirst().map { $0.split(separator: ";")[1] })
        #expect(forms.isSuperset(of: ["VUX", "SV", "SFI"]) && forms.count == 4)
        let truth = try made.truth()
        #expect(truth.map(\.line) == Array(2..<truth.count + 2))
        #expect(truth.filter { $0.fate != "ignored" }.map(\.record) == (try plain.truth().map(\.record)))
        let lines = try lines(request)
        for row in truth {
            #expect((row.fate == "ignored") != lines[row.line - 1].hasPrefix("\(row.record["skolkod"] ?? "");VUX;"))
        }
    }

    @Test("Course codes of a profile in mixed case are those of the truth in other letters")
    func mixedCase() throws {
        let request = try request("alvis")
        let made = try MadeSample(request)
        let codes = try lines(request).dropFirst().map { String($0.split(separator: ";")[3]) }
        let truth = try made.truth().compactMap { $0.record["kurskod"] }
        #expect(codes.count == truth.count && codes != truth)
        #expect(codes.map { $0.uppercased() } == truth.map { $0.uppercased() })
        #expect(codes.contains { $0.contains("ä") })
    }

    @Test("A second grade follows one that was not passed")
    func secondGrade() throws {
        let request = try request("elit")
        let rows = try lines(request).dropFirst().map { $0.split(separator: ";", omittingEmptySubsequences: false) }
        let truth = try MadeSample(request).truth()
        let seconds = zip(rows, truth).filter { !$0.0[14].isEmpty }
        #expect(!seconds.isEmpty)
        for (row, line) in seconds {
            #expect(["F", "IG"].contains(row[12]) && row[13] < row[15])
            #expect(row[14].prefix(1) == line.record["betyg"] ?? "" && String(row[15]) == line.record["betygsdatum"])
        }
    }

    @Test("A profile without a shape, and a side table alone, make no sample")
    func refused() throws {
        var bare = try request("adela")
        bare.profile.sample = nil
        #expect(throws: SampleProblem.noShape(profile: "adela")) { try SampleExport(bare) }
        var table = try request("adela")
        table.profile.records = .persons
        #expect(throws: SampleProblem.sideTable(profile: "adela")) { try SampleExport(table) }
        var lonely = try request("adela")
        lonely.profile.sample?.personTable = "elever"
        #expect(throws: SampleProblem.noPersonTable(profile: "elever")) { try SampleExport(lonely) }
    }
}
