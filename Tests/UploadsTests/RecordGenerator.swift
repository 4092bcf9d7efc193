import CSN
import Uploads

/// A seeded generator: the same seed gives the same records on every machine (SplitMix64).
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

/// Valid records of one school, in the order of the file.
struct RecordGenerator {
    static let codes = [
        "MATMAT01a", "ENGENG05", "SVASVA01", "GRNMATA", "X", "ABCDEFGHIJ", "ÅÄÖ123", "A&B<C>\"'", "A B-C", "matmat01a",
    ]

    let courses = CourseTable(codes.map { Course(code: $0) })
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func records(_ count: Int, school: Int = 1234) -> [Record] {
        var records: [Record] = []
        var student = number()
        while records.count < count {
            if chance(3) { student = number() }
            if let record = record(school: school, student: student) { records.append(record) }
        }
        RecordOrder.sort(&records, courses: courses)
        return records
    }

    private mutating func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &random) == 0 }

    private mutating func day(_ from: Int, _ to: Int) -> Day {
        Day(number: Int32(Int.random(in: from...to, using: &random)))
    }

    /// A number of the series 980–999, which nobody has, with the right check digit.
    private mutating func number() -> Personnummer? {
        let birthday = day(-3_000, 13_000)
        let plus = chance(5) ? 60 : 0
        let serial = Int.random(in: 980...999, using: &random)
        let start = UInt64(birthday.eightDigits + plus) * 10_000 + UInt64(serial * 10)
        return (0..<10).lazy.compactMap { Personnummer(digits: start + $0) }.first(where: \.hasRightCheckDigit)
    }

    private mutating func record(school: Int, student: Personnummer?) -> Record? {
        guard let student, let skolkod = Skolkod(school) else { return nil }
        var fields = Candidate(origin: RowOrigin(input: 0, line: 1, offset: 0))
        fields.skolkod = skolkod
        fields.personnummer = student
        fields.course = CourseIndex(number: UInt32.random(in: 0..<UInt32(Self.codes.count), using: &random))
        let part = Int.random(in: 1...9, using: &random)
        fields.kursdel = Kursdel(part * 10 + Int.random(in: part...9, using: &random))
        fields.poang = [0, 1, 50, 100, 999].randomElement(using: &random)
        fields.niva = Niva.allCases.randomElement(using: &random)
        fields.startdatum = day(20_000, 21_000)
        fields.slutdatum = day(20_000, 21_000)
        fields.fardighetstraning = chance(2)
        fields.omfattning = chance(2) ? Omfattning.allCases.randomElement(using: &random) : nil
        fields.uppdragsutbildning = chance(2)
        fields.traineejobb = chance(2)
        fields.registrering = chance(2)
        if chance(2) {
            fields.betyg = Betyg.allCases.randomElement(using: &random)
            fields.betygsdatum = day(20_000, 21_000)
        }
        var record = Record(fields)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let kind = Meddelandeorsak.allCases.randomElement(using: &random)
            record.events.append(Event(orsak: kind, date: day(20_000, 21_000), origin: fields.origin))
        }
        return record
    }
}
