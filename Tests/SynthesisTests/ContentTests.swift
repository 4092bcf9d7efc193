import CSN
import Foundation
import Testing

@testable import Synthesis

/// What a sample without faults holds, judged by the truth it came with and by rules written out once more here.
struct ContentTests {
    static let days = ["2026-01-03", "2026-03-16", "2026-07-15", "2026-11-23", "2026-12-30"]

    @Test("Numbers are of the series that nobody has, with a real date and the right check digit", arguments: days)
    func numbers(today: String) throws {
        let truth = try MadeSample(.made(.schoolsoftList, 3000, today: today)).truth()
        var coordination = 0
        for number in Set(truth.compactMap { $0.record["personnummer"] }) {
            let digits = number.compactMap(\.wholeNumberValue)
            #expect(digits.count == 12)
            #expect((980...999).contains(digits[8] * 100 + digits[9] * 10 + digits[10]))
            // Luhn as Skatteverket describes it: 2 1 2 1 … over nine digits, digit sums, up to the next ten.
            let sum = zip(digits[2..<11], [2, 1, 2, 1, 2, 1, 2, 1, 2]).reduce(0) { total, pair in
                total + String(pair.0 * pair.1).compactMap(\.wholeNumberValue).reduce(0, +)
            }
            #expect((10 - sum % 10) % 10 == digits[11])
            let day = digits[6] * 10 + digits[7]
            if day > 60 { coordination += 1 }
            let date = "\(number.prefix(4))-\(number.dropFirst(4).prefix(2))-\(String(format: "%02d", day % 60))"
            #expect(Day(iso: date) != nil)
        }
        #expect(coordination > 0)
    }

    @Test("A number is one student's at a school; some people stand at two schools")
    func people() throws {
        let request = try SampleRequest.made(.schoolsoftList, 6000)
        let rows = try MadeSample(request).rows(request)
        var names: [String: String] = [:]
        var runs: [String] = []
        for row in rows {
            let number = digits(row["Personnummer"])
            let key = "\(row["Skola"] ?? "") \(number)"
            if runs.last != key { runs.append(key) }
            let name = "\(row["Förnamn"] ?? "") \(row["Efternamn"] ?? "")"
            #expect(names.updateValue(name, forKey: number).map { $0 == name } ?? true)
        }
        #expect(Set(runs).count == runs.count, "a student's rows stand in one place")
        let people = Set(runs.map { $0.split(separator: " ").last ?? "" })
        #expect(people.count < runs.count)
    }

    private func digits(_ text: String?) -> String {
        let digits = (text ?? "").filter(\.isNumber)
        // Without a century: everybody in a sample was born 1956 or later.
        return digits.count == 12 ? digits : (digits.prefix(2) > "26" ? "19" : "20") + digits
    }

    @Test("The series gives every number once before it begins again, and no other")
    func series() {
        var random = SeededRandom(seed: 5)
        let series = PersonSeries(birthYears: 1980...1981, &random)
        let numbers = (0..<series.count).map { series.person($0).number }
        #expect(series.count == 14_600)
        #expect(Set(numbers).count == numbers.count)
        #expect(series.person(series.count).number == numbers[0])
    }

    @Test("No course outside the days it is in force, none that cannot be reported", arguments: days)
    func courses(today: String) throws {
        let facts = Dictionary(uniqueKeysWithValues: Courses.all.map { ($0.code, $0) })
        let truth = try MadeSample(.made(.schoolsoftList, 2000, today: today)).truth()
        for line in truth {
            let course = try #require(facts[line.record["kurskod"] ?? ""])
            let start = try line.day("startdatum")
            #expect(course.validFrom.map { $0 <= start } ?? true)
            #expect(course.validTo.map { start <= $0 } ?? true)
            #expect(line.record["niva"] == course.niva?.code)
            if course.code == "FYSK2000X", let begins = Courses.gy25Begins { #expect(start >= begins) }
            #expect(course.points != nil || line.record["betyg"] == nil)
        }
        #expect(!truth.contains { ["VGRMAT1", "SFIKUC92", "MODE1000XDEU"].contains($0.record["kurskod"]) })
    }

    @Test("Gy25 courses do not begin before July 2025, whatever the register leaves open")
    func gy25() throws {
        let truth = try MadeSample(.made(.schoolsoftList, 1500, today: "2025-04-01")).truth()
        let starts = try truth.filter { $0.record["kurskod"] == "FYSK2000X" }.map { try $0.day("startdatum") }
        #expect(!starts.isEmpty)
        #expect(starts.allSatisfy { $0.description >= "2025-07-01" })
    }

    @Test(
        "Records agree with the day: started, graded and broken off only in the past, nothing contradicts",
        arguments: days)
    func records(today: String) throws {
        let day = try #require(Day(iso: today))
        for line in try MadeSample(.made(.schoolsoftList, 3000, today: today)).truth() {
            let record = line.record
            let start = try line.day("startdatum")
            let end = try line.day("slutdatum")
            let isStarted = record["registrering"] == "J"
            #expect(start < end && end - start <= 365)
            #expect(!isStarted || start <= day)
            if let grade = record["betyg"] {
                let graded = try line.day("betygsdatum")
                #expect(isStarted && graded >= end && graded <= day)
                #expect(record["meddelandeorsak"] == nil)
                let isNewBasic = record["niva"] == "GR" && start.description >= "2025-07-01"
                #expect((isNewBasic ? "GI" : "ABCDEF").contains(grade))
                #expect(["11", "22"].contains(record["kursdel"]))
            }
            switch record["meddelandeorsak"] {
            case "81": #expect(!isStarted && record["handelsedatum"] == record["startdatum"])
            case "99" where !isStarted: #expect(record["handelsedatum"] == record["startdatum"])
            case "99": #expect(try (start...min(end, day)).contains(line.day("handelsedatum")))
            case "31", "32":
                let born = try #require(Int((record["personnummer"] ?? "").prefix(4)))
                #expect(isStarted && day.description <= "\(born + 20)-06-30")
                #expect(try (start...min(end, day)).contains(line.day("handelsedatum")))
            default: #expect(record["handelsedatum"] == nil)
            }
            #expect(record["fardighetstraning"] == nil || record["niva"] == "GR")
        }
    }

    @Test("A study period fits into one file", arguments: days)
    func spans(today: String) throws {
        let truth = try MadeSample(.made(.schoolsoftList, 5000, today: today)).truth()
        for rows in Dictionary(grouping: truth, by: \.student).values {
            for unit in try periods(of: rows) {
                let days = try unit.flatMap { row in
                    try ["startdatum", "slutdatum", "handelsedatum", "betygsdatum"].filter { row.record[$0] != nil }
                        .map { try row.day($0) }
                }
                let last = try #require(days.max())
                let first = try #require(days.min())
                #expect(last - first < 365)
                // Who started none of the courses says so on every one; a single one needs a course that was started.
                let reasons = unit.map { $0.record["meddelandeorsak"] }
                #expect(!reasons.contains("81") || reasons.allSatisfy { $0 == "81" })
                let isMissed = unit.contains {
                    $0.record["meddelandeorsak"] == "99" && $0.record["registrering"] == "N"
                }
                #expect(!isMissed || unit.contains { $0.record["registrering"] == "J" })
            }
        }
    }

    /// By merging sets until nothing merges any more.
    private func periods(of rows: [TruthLine]) throws -> [[TruthLine]] {
        var units = rows.map { [$0] }
        func joins(_ one: TruthLine, _ other: TruthLine) throws -> Bool {
            let (start, end) = (try one.day("startdatum"), try one.day("slutdatum"))
            let (otherStart, otherEnd) = (try other.day("startdatum"), try other.day("slutdatum"))
            return start.halfYear == otherStart.halfYear || (start <= otherEnd && otherStart <= end)
        }
        var index = 0
        while index < units.count {
            let other = try units.indices.first { place in
                try place > index && units[index].contains { one in try units[place].contains { try joins(one, $0) } }
            }
            if let other { units[index] += units.remove(at: other) } else { index += 1 }
        }
        return units
    }

    @Test("Everything that the sample is to hold occurs")
    func variety() throws {
        let request = try SampleRequest.made(.schoolsoftList, 8000)
        let made = try MadeSample(request)
        let truth = try made.truth()
        func occurs(_ field: String, _ value: String) -> Bool { truth.contains { $0.record[field] == value } }
        for reason in ["31", "32", "81", "99"] { #expect(occurs("meddelandeorsak", reason)) }
        for part in ["11", "12", "22"] { #expect(occurs("kursdel", part)) }
        for grade in ["A", "F", "G", "I"] { #expect(occurs("betyg", grade)) }
        for scope in ["H", "D"] { #expect(occurs("omfattning", scope)) }
        #expect(occurs("fardighetstraning", "J") && occurs("uppdragsutbildning", "U"))
        #expect(
            truth.contains {
                $0.record["startdatum"].flatMap { Day(iso: $0)?.halfYear }
                    != $0.record["slutdatum"].flatMap { Day(iso: $0)?.halfYear }
            })
        let rows = try made.rows(request)
        #expect(rows.contains { $0["Sekretess"] == "J" })
        #expect(Set(rows.map { $0["Personnummer"]?.count }) == [11, 12, 13])
        let perStudent = Dictionary(grouping: truth, by: \.student).values.map(\.count)
        #expect((perStudent.min() ?? 0) == 1 && (perStudent.max() ?? 0) > 10)
    }
}
