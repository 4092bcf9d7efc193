import CSN

/// A course as rows write it.
struct StockedCourse {
    var code: [UInt8]
    var name: [UInt8]
    /// 1–999.
    var points: Int
    /// The points are in the register.
    var hasNationalPoints: Bool
    var niva: Niva
    var isGradable: Bool
    /// A national delkurs, reported as 1:1.
    var isDelkurs: Bool
    fileprivate var validFrom: Day?
    fileprivate var validTo: Day?
}

/// A calendar half-year in which courses begin.
struct Term {
    /// Courses begin from this day on …
    var firstStart: Day
    /// … and end at the latest on this one, unless they run on into the next half-year.
    var lastEnd: Day
    /// The courses in force all through it and the half-year after it.
    var all: [Int] = []
    var ofLevelGR: [Int] = []
    var delkurser: [Int] = []
    var ungraded: [Int] = []
    var divisible: [Int] = []

    /// The half-year of that number (``Day/halfYear``): spring courses from 7 January to 28 June, autumn courses from
    /// 10 August to 22 December.
    init?(halfYear: Int) {
        let year = halfYear / 2
        let isSpring = halfYear % 2 == 0
        guard (100...9900).contains(year), let first = Day(year: year, month: isSpring ? 1 : 8, day: isSpring ? 7 : 10),
            let last = Day(year: year, month: isSpring ? 6 : 12, day: isSpring ? 28 : 22)
        else { return nil }
        firstStart = first
        lastEnd = last
    }
}

/// The courses a sample takes from, by half-year.
struct CourseStock {
    private(set) var courses: [StockedCourse] = []
    /// The half-year before the day, its own, and the next.
    private(set) var terms: [Term] = []

    init(_ national: [SampleCourse], around today: Day) throws(SampleProblem) {
        courses = national.compactMap(CourseStock.stocked)
        for halfYear in today.halfYear - 1...today.halfYear + 1 {
            guard var term = Term(halfYear: halfYear) else { throw .dayOutOfRange(today) }
            fill(&term)
            guard !term.all.isEmpty else { throw .noCourses(halfYearFrom: term.firstStart) }
            terms.append(term)
        }
    }

    private func fill(_ term: inout Term) {
        // A course may run on into the next half-year: it has to be in force until that one's end.
        let lastNeeded = term.lastEnd + 200
        for (index, course) in courses.enumerated() {
            if let from = course.validFrom, from > term.firstStart { continue }
            if let to = course.validTo, to < lastNeeded { continue }
            if course.hasNationalPoints {
                term.all.append(index)
                if course.niva == .gr { term.ofLevelGR.append(index) }
                if course.isDelkurs { term.delkurser.append(index) }
                if course.points >= 100 && course.points % 2 == 0 && !course.isDelkurs {
                    term.divisible.append(index)
                }
            } else if !course.isGradable {
                term.ungraded.append(index)
            }
        }
    }

    /// A course that can be reported; nil for sfi, codes that CSN's field does not hold, gradable courses without
    /// points, gymnasiearbete and the Gy25 levels of gymnasieskolan alone (a letter before the X).
    private static func stocked(_ course: SampleCourse) -> StockedCourse? {
        guard let niva = course.niva, niva != .pu, let code = SampleText.exactBytes(course.code), code.count <= 10,
            !code.isEmpty, course.points != nil || !course.isGradable, !course.code.hasPrefix("GYAR")
        else { return nil }
        let isGy25 = code.count == 9 && code[8] == UInt8(ascii: "X") && isDigit(code[4])
        if isGy25 && !isDigit(code[7]) { return nil }
        // Source of the day: Skolverket, Gy25 courses begin on 1 July 2025 at the earliest.
        let levelsBegin = Day(year: 2025, month: 7, day: 1)
        let isDelkurs =
            niva == .gr && code.count == 7 && course.code.hasPrefix("GRN") && "ABCD".utf8.contains(code[6])
        return StockedCourse(
            code: code, name: SampleText.bytes(course.name), points: course.points ?? 100,
            hasNationalPoints: course.points != nil, niva: niva, isGradable: course.isGradable, isDelkurs: isDelkurs,
            validFrom: isGy25 ? latest(course.validFrom, levelsBegin) : course.validFrom, validTo: course.validTo)
    }

    private static func latest(_ one: Day?, _ other: Day?) -> Day? {
        guard let one, let other else { return one ?? other }
        return max(one, other)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
