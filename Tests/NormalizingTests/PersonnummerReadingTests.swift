import CSN
import Foundation
import Testing

@testable import Normalizing

@Suite struct PersonnummerReadingTests {
    /// A date of eight digits and a birth number, with the check digit that belongs to them: the digits of the last ten
    /// weighted 2, 1, 2 …, of products both digits added, up to the next ten.
    static func number(_ date: String, _ birthNumber: Int = 980) -> String {
        let nine = date.dropFirst(2) + String(birthNumber)
        let products = nine.enumerated().map { index, digit in
            String((index.isMultiple(of: 2) ? 2 : 1) * (digit.wholeNumberValue ?? 0))
        }
        let sum = products.joined().compactMap(\.wholeNumberValue).reduce(0, +)
        return date + String(birthNumber) + String((10 - sum % 10) % 10)
    }

    private func read(_ text: String, on day: String = "2026-11-21") throws -> Reading<String> {
        let today = try #require(Day(iso: day))
        return withCell(text) { cell in
            switch PersonnummerReading(today: today).read(cell) {
            case .blank: .blank
            case .value(let number): .value(number.inClear)
            case .doubtful(let number, let problem): .doubtful(number.inClear, problem)
            case .failed(let problem): .failed(problem)
            }
        }
    }

    @Test func theCheckDigitOfTheSampleRowIsRight() {
        // The sample row of the shipped list profile, made by hand.
        #expect(Self.number("19720120", 998) == "197201209983")
    }

    @Test(arguments: [
        "197201209983", "19720120-9983", "720120-9983", "7201209983", "19720120+9983", " 720120 - 9983 ",
        "1972 0120 9983", "197201 20-99 83", "720120\u{A0}9983", "19720120\u{A0}-\u{A0}9983", "197201209983.0",
        "197201209983,0", "7201209983.00", "720120\t9983",
    ])
    func readsEverySpelling(text: String) throws {
        #expect(try read(text) == .value("197201209983"))
    }

    @Test func theCenturyIsTheLatestInWhichThePersonIsBorn() throws {
        for (date, day, year) in [
            ("261121", "2026-11-21", "20"), ("261121", "2026-11-20", "19"), ("261122", "2026-11-21", "19"),
            ("000101", "2026-11-21", "20"), ("991231", "2026-11-21", "19"), ("270101", "2026-12-31", "19"),
            ("270101", "2027-01-01", "20"), ("270102", "2027-01-01", "19"), ("000229", "2026-11-21", "20"),
        ] {
            let number = Self.number(year + date)
            #expect(try read(String(number.dropFirst(2)), on: day) == .value(number), "\(date) on \(day)")
            let written = "\(date)-\(number.suffix(4))"
            #expect(try read(written, on: day) == .value(number), "\(written) on \(day)")
        }
    }

    @Test func aPlusIsWrittenFromTheYearOfTurningAHundred() throws {
        // Born 1926-11-22: 99 years old on 2026-11-21, and written with + since 2026-01-01.
        for (date, day, century) in [
            ("261122", "2026-11-21", "19"), ("261122", "2026-11-22", "19"), ("261120", "2026-11-21", "19"),
            ("261231", "2026-01-01", "19"), ("261231", "2025-12-31", "18"), ("251231", "2026-11-21", "19"),
            ("270101", "2026-11-21", "18"), ("270101", "2027-01-01", "19"),
        ] {
            let number = Self.number(century + date)
            #expect(try read("\(date)+\(number.suffix(4))", on: day) == .value(number), "\(date) on \(day)")
        }
    }

    @Test func aSamordningsnummerHasItsDayPlusSixty() throws {
        for date in ["19720161", "19720191", "20000289"] {
            let number = Self.number(date)
            #expect(try read(number) == .value(number))
            #expect(try read(String(number.dropFirst(2))) == .value(number))
        }
        // Born the day of the run and the day after.
        #expect(try read("261181" + Self.number("20261181").suffix(4)) == .value(Self.number("20261181")))
        #expect(try read("261182" + Self.number("19261182").suffix(4)) == .value(Self.number("19261182")))
        for date in ["19720160", "19720192", "20010289", "19000289"] {
            #expect(try read(Self.number(date)) == .failed(.unrealDate), "\(date)")
        }
    }

    @Test func aSpreadsheetTakesLeadingZerosOff() throws {
        for (date, lost) in [("20000101", 3), ("20001001", 2), ("20090131", 1), ("20000229", 3)] {
            let number = Self.number(date)
            let written = number.dropFirst(2 + lost)
            #expect(try read(String(written)) == .value(number))
            #expect(try read("\(written).0") == .value(number))
        }
        // With a wrong check digit it is any number.
        let number = Self.number("20090131")
        let wrong = (Int(number.suffix(1)) ?? 0) == 9 ? "0" : "9"
        #expect(try read(String(number.dropFirst(3).dropLast()) + wrong) == .failed(.format))
    }

    /// Rows that follow each other in one normalizer: what one cell became is never another's.
    @Test func theSameStudentInOtherSpellingsRowByRow() throws {
        let bench = try RowBench([.personnummer])
        for birthNumber in [980, 981, 980] {
            let number = Self.number("19830415", birthNumber)
            let (date, serial) = (number.prefix(8), number.suffix(4))
            for text in [number, "\(date)-\(serial)", "\(date.dropFirst(2))-\(serial)", "\(date) \(serial)", number] {
                #expect(bench.read([.personnummer: text]).candidate.personnummer?.inClear == number)
            }
            let row = bench.read([.personnummer: number + "\0"])
            #expect(row.candidate.personnummer == nil && row.outcome(.personnummer) == .failed(.format))
        }
    }

    @Test func everyOtherCheckDigitIsWrong() throws {
        for birthNumber in 980...999 {
            let number = Self.number("19830415", birthNumber)
            for digit in 0...9 {
                let text = number.dropLast() + String(digit)
                let expected: Reading<String> =
                    text == number ? .value(number) : .doubtful(String(text), .checkDigit)
                #expect(try read(String(text)) == expected)
            }
        }
    }

    @Test func datesAreReal() throws {
        for (date, isReal) in [
            ("20000229", true), ("19000229", false), ("20240229", true), ("20230229", false), ("19991231", true),
            ("19991301", false), ("19990001", false), ("19990100", false), ("19990431", false), ("19990430", true),
        ] {
            let number = Self.number(date)
            #expect(try read(number) == (isReal ? .value(number) : .failed(.unrealDate)), "\(date)")
        }
    }

    @Test(arguments: [
        "19911201TF10", "911201-TF10", "19911201T123", "19911201-R123", "911201T123", "19911201t123", "911201 TF10",
        "19911201-12A3", "19911201+T123", "19911201\u{A0}TF10",
    ])
    func temporaryNumbers(text: String) throws {
        #expect(try read(text) == .failed(.temporary))
    }

    @Test(arguments: [
        "6F9619FF-8B86-D011-B42D-00C04FC964FF", "{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
        "6f9619ff8b86d011b42d00c04fc964ff",
    ])
    func aGUIDIsNoPersonnummer(text: String) throws {
        #expect(try read(text) == .failed(.guid))
    }

    @Test(arguments: [
        "19720120998", "1972012099833", "720120", "72-01209983", "720120--9983", "720120-9983-", "-7201209983",
        "7201-209983", "197201-209983", "72012099-83", "7201209983+", "19720120998O", "1972012O9983", "Erik",
        "19720120",
        "1,97201E+11", "720120_9983", "101-9980", ".0", "0", "720120-998\u{E5}",
    ])
    func whatIsNoNumber(text: String) throws {
        #expect(try read(text) == .failed(.format))
    }

    @Test func nothingIsBlank() throws { #expect(try read("") == .blank) }

    @Test func aBirthNumberAfterALeapDayIsReadInEveryYear() throws {
        for year in stride(from: 1904, through: 2024, by: 4) {
            let number = Self.number("\(year)0229")
            #expect(try read(number) == .value(number))
        }
    }
}
