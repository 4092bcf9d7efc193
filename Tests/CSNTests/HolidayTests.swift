import CSN
import Foundation
import Testing

@Suite struct HolidayTests {
    /// Every day of 2020–2040 against the holidays that the Python package `holidays` gives; how the list was made
    /// stands at its head.
    @Test func agreesWithAnIndependentTableOnEveryDay() throws {
        let file = try #require(
            Bundle.module.url(
                forResource: "swedish-holidays-2020-2040", withExtension: "csv", subdirectory: "Fixtures"))
        var table: [Day: String] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let cells = line.split(separator: ",", maxSplits: 1)
            table[try #require(Day(iso: cells[0]))] = cells[1].lowercased()
        }
        #expect(table.count == 21 * Holiday.allCases.count)

        var day = try #require(Day(iso: "2020-01-01"))
        let end = try #require(Day(iso: "2040-12-31"))
        while day <= end {
            #expect(Holiday(on: day)?.name.lowercased() == table[day], "\(day)")
            day = day + 1
        }
    }

    /// The earliest and the latest Easter there are, and the two exceptions of Gauss's rule.
    @Test(arguments: ["1818-03-22", "2285-03-22", "1943-04-25", "2038-04-25", "1954-04-18", "1981-04-19"])
    func easterFallsWhereItIsKnownToFall(_ text: String) throws {
        let day = try #require(Day(iso: text))
        #expect(Day.easterSunday(of: day.year) == day)
    }

    @Test func thereIsNoEasterBeforeTheCalendar() {
        #expect(Day.easterSunday(of: 1582) == nil)
        #expect(Day.easterSunday(of: 1583)?.description == "1583-04-10")
    }

    @Test func twoHolidaysOnOneDayAreStillOne() throws {
        #expect(Holiday(on: try #require(Day(iso: "2008-05-01"))) == .forstaMaj)
    }
}
