import CSN
import Findings
import Testing

@testable import Reports

@Suite("What a forecast counts and says")
struct ForecastTests {
    private func forecast(students: Int, before: Int?, begun: Int = 0, started: Int = 0) throws -> Forecast {
        var forecast = Forecast(skolkod: try #require(Skolkod(1003)))
        forecast.students = students
        forecast.studentsBefore = before
        forecast.begunCourses = begun
        forecast.started = started
        return forecast
    }

    @Test(
        "More than a fifth fewer is many", arguments: [(100, 80, false), (100, 79, true), (5, 4, false), (5, 3, true)])
    func lostMany(_ before: Int, _ now: Int, _ isMany: Bool) throws {
        #expect(try forecast(students: now, before: before).lostMany == isMany)
    }

    @Test("More students, or nothing to compare with, is no loss")
    func noLoss() throws {
        #expect(try !forecast(students: 10, before: 5).lostMany)
        #expect(try !forecast(students: 0, before: 0).lostMany)
        #expect(try !forecast(students: 0, before: nil).lostMany)
        #expect(try forecast(students: 0, before: 1).lostMany)
    }

    @Test("Where nobody goes there is no file to be looked at before it is uploaded")
    func nobody() throws {
        let nobody = try forecast(students: 0, before: 3).doubts
        #expect(
            nobody.map { $0[.en] } == [
                "No student goes in any file, and 3 went in the last. See what is held back, and whether the export is whole."
            ])
        #expect(try forecast(students: 1, before: 3).doubts.first?[.en].contains("(2)") == true)
        #expect(try forecast(students: 0, before: 0).doubts.isEmpty)
    }

    @Test("Nothing started is unlikely only where something has begun")
    func nothingStarted() throws {
        #expect(try forecast(students: 1, before: nil, begun: 1).doubts.count == 1)
        #expect(try forecast(students: 1, before: nil, begun: 1, started: 1).doubts.isEmpty)
        #expect(try forecast(students: 1, before: nil).doubts.isEmpty)
    }

    @Test("Points a week are rounded to the nearest tenth; the middle of two is the lower")
    func quotients() throws {
        // 100 points in 14 days are 50.0; in 15 days 46.67; in 16 days 43.75, which is 43.8.
        let level = try #require(Forecast.Level(niva: .gy, periods: [(100, 16), (100, 14), (100, 15), (0, 7)]))
        #expect(level.lowest == 0 && level.median == 438 && level.highest == 500)
        #expect(level.points == 300 && level.periods == 4)
        // 52 days are 7.43 weeks.
        #expect(level.tenthsOfWeeks == 74)
        #expect(Forecast.Level(niva: .gy, periods: []) == nil)
    }

    @Test("A single day is a seventh of a week")
    func oneDay() throws {
        let level = try #require(Forecast.Level(niva: .gr, periods: [(100, 1)]))
        #expect(level.tenthsOfWeeks == 1 && level.highest == 7_000)
    }

    @Test("Of many schools the unlikely ones are shown first and the rest is counted")
    func manySchools() throws {
        var all = try (1000..<1030).map { number in
            var forecast = Forecast(skolkod: try #require(Skolkod(number)))
            forecast.students = 1
            return forecast
        }
        all[29].studentsBefore = 10
        let report = try ModelReport.make { $0.forecasts = all }
        let text = TextReport(report, in: .en).text()
        #expect(text.contains("school 1029: 1 student, 9 fewer"))
        #expect(text.contains("and 10 schools more"))
        #expect(!text.contains("school 1019: 1 student"))
    }

    @Test("Quiet leaves it out")
    func quiet() throws {
        let report = try ModelReport.make()
        #expect(TextReport(report, in: .en).text().contains("What CSN will see"))
        #expect(!TextReport(report, in: .en, TextReport.Options(isQuiet: true)).text().contains("What CSN will see"))
    }
}
