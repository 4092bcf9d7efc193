import CSN

/// An invented person.
struct Person {
    /// Twelve digits. The birth number (the three digits after the date) is 980–999: Skatteverket gives none of these
    /// to anybody, they are there for tests.
    var number: UInt64
    var isWoman: Bool
    var firstName: Int
    var lastName: Int

    /// Luhn over the ten digits: the check digit of the first nine.
    static func checkDigit(of nineDigits: UInt64) -> UInt64 {
        var rest = nineDigits
        var sum: UInt64 = 0
        var isDoubled = true
        while rest > 0 {
            let weighted = rest % 10 * (isDoubled ? 2 : 1)
            sum += weighted / 10 + weighted % 10
            isDoubled.toggle()
            rest /= 10
        }
        return (10 - sum % 10) % 10
    }
}

/// All numbers of a range of birth years, in an order that looks like none, each once before any comes again.
struct PersonSeries {
    private let firstYear: Int
    private let offset: Int
    /// How many numbers there are: 20 birth numbers on each of 365 days (29 February is left out) a year.
    let count: Int

    /// Coprime to every count below it, since it is a prime.
    private static let stride = 179_426_549
    private static let birthNumbers = 20
    private static let daysOfYear: [(month: Int, day: Int)] = (1...12).flatMap { month in
        (1...Day.length(ofMonth: month, year: 2001)).map { (month, $0) }
    }

    init(birthYears: ClosedRange<Int>, _ random: inout SeededRandom) {
        firstYear = birthYears.lowerBound
        count = birthYears.count * 365 * PersonSeries.birthNumbers
        offset = random.below(count)
    }

    /// The person of a place in the series; from `count` on they come again. Every 24th has a samordningsnummer.
    func person(_ place: Int) -> Person {
        let place = place % count
        let scattered = Int((UInt64(place) * UInt64(PersonSeries.stride) + UInt64(offset)) % UInt64(count))
        let (month, day) = PersonSeries.daysOfYear[scattered / PersonSeries.birthNumbers % 365]
        let year = firstYear + scattered / (PersonSeries.birthNumbers * 365)
        let birthNumber = 980 + scattered % PersonSeries.birthNumbers
        let date = year * 10_000 + month * 100 + day + (place % 24 == 7 ? 60 : 0)
        let nine = UInt64(date % 1_000_000 * 1000 + birthNumber)
        let isWoman = birthNumber % 2 == 0
        return Person(
            number: UInt64(date) * 10_000 + UInt64(birthNumber * 10) + Person.checkDigit(of: nine), isWoman: isWoman,
            firstName: scattered % (isWoman ? Names.women : Names.men).count,
            lastName: scattered / 7 % Names.families.count)
    }
}

/// Names to put together; common Swedish ones, so that nobody is meant.
enum Names {
    static let women = texts([
        "Anna", "Åsa", "Birgitta", "Cecilia", "Elin", "Emma", "Eva", "Frida", "Gunilla", "Hanna", "Ida", "Ingrid",
        "Jenny", "Karin", "Kristina", "Lena", "Linnéa", "Maja", "Malin", "Märta", "Nadja", "Ronja", "Sara", "Siv",
        "Sofia", "Therése", "Ulla", "Viola", "Ylva", "Amina", "Fatima", "Leyla", "Zahra", "Anna-Karin",
    ])
    static let men = texts([
        "Anders", "Åke", "Björn", "Carl", "David", "Emil", "Erik", "Filip", "Göran", "Håkan", "Isak", "Jan", "Jörgen",
        "Karl-Erik", "Lars", "Mårten", "Nils", "Olof", "Oskar", "Per", "Rasmus", "Sven", "Sören", "Tobias", "Ulf",
        "Viktor", "Wilhelm", "Örjan", "Ali", "Hassan", "Omar", "Reza", "Yusuf", "André", "Günter",
    ])
    static let families = texts([
        "Andersson", "Berg", "Björk", "Dahl", "Ek", "Eriksson", "Falk", "Forsberg", "Gräns", "Gustafsson", "Hägg",
        "Håkansson", "Isaksson", "Jönsson", "Karlsson", "Lindqvist", "Lindström", "Löfgren", "Mårtensson", "Nilsson",
        "Norén", "Nyström", "Ohlsson", "Öberg", "Östlund", "Pålsson", "Persson", "Rosén", "Sandström", "Sjögren",
        "Ståhl", "Svensson", "Söderberg", "Törnqvist", "Wallén", "Wikström", "Åberg", "Åkesson", "Ahmed", "Hussein",
        "Müller", "Mohammed Ali", "von Segerfelt", "Björk-Dahl",
    ])

    private static func texts(_ names: [String]) -> [[UInt8]] { names.map(SampleText.bytes) }
}
