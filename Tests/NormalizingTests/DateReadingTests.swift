import CSN
import Foundation
import Profiles
import Testing

@testable import Normalizing

@Suite struct DateReadingTests {
    private func read(_ text: String, _ forms: [DateForm], on day: Day = sampleDay) -> Reading<String> {
        withCell(text) { cell in
            switch DateReading(forms: forms, today: day).read(cell) {
            case .blank: .blank
            case .value(let day): .value(day.description)
            case .doubtful(let day, let problem): .doubtful(day.description, problem)
            case .failed(let problem): .failed(problem)
            }
        }
    }

    private func expect(
        _ text: String, _ expected: Reading<String>, as form: DateForm, _ place: SourceLocation = #_sourceLocation
    ) {
        #expect(read(text, [form]) == expected, "\(text) as \(form)", sourceLocation: place)
    }

    @Test func everyFormOfOneDay() {
        expect("2024-02-29", .value("2024-02-29"), as: .iso)
        expect("20240229", .value("2024-02-29"), as: .compact)
        expect("240229", .value("2024-02-29"), as: .short)
        expect("29/2/2024", .value("2024-02-29"), as: .slashed)
        expect("29/02/2024", .value("2024-02-29"), as: .slashed)
        expect("45351", .value("2024-02-29"), as: .excel)
        for text in [
            "2024-02-29T00:00:00", "2024-02-29T23:59", "2024-02-29 08:15:00", "2024-02-29T22:00:00Z",
            "2024-02-29T00:00:00+01:00", "2024-02-29T00:00:00.000-0800", "2024-02-29 8:15",
        ] {
            expect(text, .value("2024-02-29"), as: .dateTime)
        }
    }

    @Test func daysThatAreNotThere() {
        for (text, form) in [
            ("2023-02-29", DateForm.iso), ("1900-02-29", .iso), ("2026-13-01", .iso), ("2026-00-01", .iso),
            ("2026-04-31", .iso), ("0000-00-00", .iso), ("20230229", .compact), ("99999999", .compact),
            ("230229", .short), ("261301", .short), ("29/2/2023", .slashed), ("1/13/2026", .slashed),
            ("0/1/2026", .slashed), ("2023-02-29T00:00:00", .dateTime),
        ] {
            expect(text, .failed(.unrealDate), as: form)
        }
        expect("2000-02-29", .value("2000-02-29"), as: .iso)
        expect("2026-12-31", .value("2026-12-31"), as: .iso)
    }

    @Test func theOpenEndIsNoDay() {
        for (text, form) in [
            ("9999-12-31", DateForm.iso), ("99991231", .compact), ("9999-12-31T00:00:00", .dateTime),
            ("31/12/9999", .slashed), ("2958465", .excel),
        ] {
            expect(text, .failed(.open), as: form)
        }
        expect("9998-12-31", .value("9998-12-31"), as: .iso)
        expect("991231", .value("1999-12-31"), as: .short)
        #expect(read("", DateForm.allCases) == .blank)
    }

    @Test func spreadsheetSerialNumbers() {
        // As Excel shows them (1900 date system) and as Python's datetime counts from 1899-12-30.
        for (text, day) in [
            ("20000", "1954-10-03"), ("25569", "1970-01-01"), ("36526", "2000-01-01"), ("36585", "2000-02-29"),
            ("43831", "2020-01-01"), ("45000", "2023-03-15"), ("46252", "2026-08-18"), ("45000.0", "2023-03-15"),
            ("45000,75", "2023-03-15"), ("80000", "2119-01-11"),
        ] {
            expect(text, .value(day), as: .excel)
        }
        for text in ["19999", "80001", "2026", "20260818", "-45000", "45000.", ".5", "45000.x"] {
            expect(text, .failed(.format), as: .excel)
        }
    }

    @Test func aYearOfTwoDigitsIsTheNearestToTheRun() {
        for (text, day) in [
            ("260816", "2026-08-16"), ("761121", "1976-11-21"), ("761120", "2076-11-20"),
            ("761122", "1976-11-22"), ("990101", "1999-01-01"), ("000229", "2000-02-29"),
        ] {
            expect(text, .value(day), as: .short)
        }
        #expect(read("990101", [.short], on: Day(number: -36_524)) == .value("1899-01-01"))
    }

    @Test func onlyTheDeclaredFormsAreRead() {
        let samples: [(String, DateForm)] = [
            ("2026-08-16", .iso), ("20260816", .compact), ("260816", .short), ("16/8/2026", .slashed),
            ("46250", .excel), ("2026-08-16T00:00:00", .dateTime),
        ]
        for (text, form) in samples {
            #expect(read(text, [form]) == .value("2026-08-16"))
            #expect(read(text, DateForm.allCases) == .value("2026-08-16"))
            #expect(read(text, DateForm.allCases.filter { $0 != form }) == .failed(.format), "\(text)")
        }
    }

    @Test(arguments: [
        "2026-8-16", "2026/08/16", "2026-08-16x", "16.8.2026", "2026-08", "HT26", "174", "2026-08-16T", "2026-08-16 x",
        "2026-08-16T9", "2026-08-16 9 bananer", "2026-08-16T25:00:00", "2026-08-16T00:60", "2O26-08-16", "1/1/26", "//",
        "1/2026", "２０２６-08",
    ])
    func whatIsNoDate(text: String) {
        #expect(read(text, DateForm.allCases) == .failed(.format))
    }
}
