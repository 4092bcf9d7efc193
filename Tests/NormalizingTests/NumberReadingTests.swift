import CSN
import Testing

@testable import Normalizing

@Suite struct NumberReadingTests {
    private func kursdel(_ text: String) -> Reading<Int> {
        withCell(text) { cell in
            switch NumberReading.kursdel(cell) {
            case .blank: .blank
            case .value(let part): .value(Int(part.number))
            case .doubtful(let part, let problem): .doubtful(Int(part.number), problem)
            case .failed(let problem): .failed(problem)
            }
        }
    }

    @Test(arguments: [
        "1:3", "1/3", "1(3)", "1 av 3", "1 AV 3", "13", "1 : 3", "1 (3)", "1 ( 3 )", "1av3", "1\u{A0}av\u{A0}3", "13.0",
        "01:03", "13,0",
    ])
    func oneOfThree(text: String) { #expect(kursdel(text) == .value(13)) }

    @Test func everyTwoDigits() {
        for number in 0...120 {
            let expected: Reading<Int> =
                number < 11 || number > 99
                ? .failed(.range) : number % 10 < number / 10 ? .failed(.order) : .value(number)
            #expect(kursdel(String(number)) == expected, "\(number)")
        }
    }

    @Test func boundsOfBothDigits() {
        for (text, expected) in [
            ("1:1", Reading<Int>.value(11)), ("9:9", .value(99)), ("2:1", .failed(.order)), ("0:1", .failed(.order)),
            ("1:0", .failed(.order)), ("1:10", .failed(.range)), ("10:10", .failed(.range)), ("", .blank),
        ] {
            #expect(kursdel(text) == expected, "\(text)")
        }
    }

    @Test(arguments: [
        "1:", ":3", "1-3", "1.3", "1(3", "1 av", "1 a 3", "a", "1:3:5", "1:3)", "-13", "1 3", "hel", "01:03:00", "l:3",
        "99999999999999999999:3",
    ])
    func whatIsNoPart(text: String) { #expect(kursdel(text) == .failed(.format)) }

    @Test func points() {
        for (text, expected) in [
            ("0", Reading<Int>.value(0)), ("100", .value(100)), ("100.0", .value(100)), ("100,00", .value(100)),
            ("999", .value(999)), ("1000", .failed(.range)), ("-1", .failed(.range)), ("12,5", .failed(.format)),
            ("1OO", .failed(.format)), ("100 p", .failed(.format)), ("-", .failed(.format)), ("", .blank),
            ("050", .value(50)), ("0.0", .value(0)), ("10.", .failed(.format)), (".0", .failed(.format)),
        ] {
            #expect(withCell(text) { NumberReading.poang($0) } == expected, "\(text)")
        }
    }
}
