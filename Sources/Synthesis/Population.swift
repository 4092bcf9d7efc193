import CSN
import Profiles

/// The students of a sample, school by school, each made when asked for.
struct Population {
    private let making: StudentMaking
    private let faults: FaultMaking
    private let schools: [Skolkod]
    private let records: Int
    private let wantedFaults: Int
    private let faultShare: Double
    private let adults: PersonSeries
    private let youths: PersonSeries
    private var choice: FaultChoice
    private var random: SeededRandom

    private var school = -1
    private var rowsLeft = 0
    private var rowsMade = 0
    private var students = 0
    private var studentsAtSchool = 0
    private var adultsMade = 0
    private var youthsMade = 0
    private var youthsAtSchool = 0
    private var faultsMade = 0
    /// People of the school before who also stand at this one.
    private var shared: [Member] = []
    private var sharedNext: [Member] = []
    /// People whose every unit is held, whatever the school, because a school of theirs failed.
    private var heldEverywhere: Set<UInt64> = []

    private struct Member {
        var person: Person
        var isYoung: Bool
        /// The number has not been given to anybody before.
        var isNew: Bool
    }

    /// Birth years: adults are past study-aid age in every half-year of a sample, the young in it.
    static let adultYears = 50

    init(_ request: SampleRequest, _ showing: Showing, _ schools: [Skolkod], _ stock: CourseStock) {
        self.schools = schools
        records = request.records
        faultShare = request.faultPercent / 100
        wantedFaults = Int((Double(request.records) * faultShare).rounded())
        making = StudentMaking(stock: stock, today: request.today, showing: showing)
        faults = FaultMaking(making: making, kommunkoder: request.kommunkoder)
        random = SeededRandom(seed: request.seed)
        let year = request.today.year
        adults = PersonSeries(birthYears: year - 20 - Population.adultYears...year - 21, &random)
        youths = PersonSeries(birthYears: year - 19...year - 17, &random)
        choice = FaultChoice(showing, request.writtenEncoding)
    }

    /// The next student; nil after the last row.
    mutating func nextStudent() -> StudentDraft? {
        while rowsLeft == 0 {
            guard school + 1 < schools.count else { return nil }
            enterNextSchool()
        }
        let lacking = Double(rowsMade + 4) * faultShare - Double(faultsMade)
        let wantsFault = faultsMade < wantedFaults && lacking >= 1
        var kind = wantsFault ? choice.next() : nil
        let member = nextMember(young: kind?.needsYouth)
        if heldEverywhere.contains(member.person.number) || (!member.isNew && (kind?.reachesEverySchool ?? false)) {
            kind = nil
        }
        students += 1
        let limit = min(rowsLeft, lacking > 4 ? 2 : 24)
        var student = making.student(
            kind?.shape(by: making.showing) ?? .ordinary, member.person, isYoung: member.isYoung,
            at: schools[school].number,
            id: 10_000 + students, limit: limit, &random)
        if let kind { put(kind, in: &student) }
        if heldEverywhere.contains(member.person.number) { student.hold(Array(student.rows.indices)) }
        rowsLeft -= student.rows.count
        rowsMade += student.rows.count
        leaveOut(of: &student)
        // Oftener where it shows that a school that cannot be told reaches the other one too.
        let often = heldEverywhere.contains(member.person.number) ? 500 : 30
        if member.isNew && random.happens(often) { sharedNext.append(member) }
        return student
    }

    private mutating func put(_ kind: FaultKind, in student: inout StudentDraft) {
        let isDone = faults.apply(kind, to: &student, room: rowsLeft - student.rows.count, &random)
        choice.tell(kind, isDone: isDone)
        guard isDone else { return }
        faultsMade += 1
        student.resolveFates()
        if kind.reachesEverySchool { heldEverywhere.insert(student.person.number) }
    }

    /// Now and then another row of the student's that the profile leaves out, by each of its values in turn. It counts
    /// beside the rows asked for, so that the others are those of an export without such rows.
    private func leaveOut(of student: inout StudentDraft) {
        let values = making.showing.leaveOuts
        guard !values.isEmpty, students % Population.leftOutEvery == 3, let first = student.rows.first else { return }
        var row = DraftRow(first.meant)
        row.leftOut = students / Population.leftOutEvery % values.count
        row.fate = .ignored
        row.isWholeRecord = false
        if values[row.leftOut ?? 0].isForm { row.cell = (.kurskod, SampleText.bytes("SFIKUC92")) }
        student.rows.insert(row, at: students % 2 == 0 ? 0 : student.rows.count)
    }

    /// So many students have one row that is left out.
    private static let leftOutEvery = 17

    private mutating func enterNextSchool() {
        school += 1
        rowsLeft = records * (school + 1) / schools.count - records * school / schools.count
        studentsAtSchool = 0
        youthsAtSchool = 0
        shared = sharedNext
        sharedNext = []
    }

    /// Who comes next: now and then somebody of the school before, otherwise somebody new, until all numbers are
    /// given; then they come again, at another school.
    private mutating func nextMember(young: Bool?) -> Member {
        studentsAtSchool += 1
        if young == nil && studentsAtSchool % 40 == 0, var member = shared.popLast() {
            member.isNew = false
            return member
        }
        let isYoung = (young ?? random.happens(60)) && youthsAtSchool < youths.count
        if isYoung {
            youthsAtSchool += 1
            youthsMade += 1
            return Member(person: youths.person(youthsMade - 1), isYoung: true, isNew: youthsMade <= youths.count)
        }
        adultsMade += 1
        return Member(person: adults.person(adultsMade - 1), isYoung: false, isNew: adultsMade <= adults.count)
    }
}

/// Which fault comes next: the one that was made least often so far.
struct FaultChoice {
    private let kinds: [FaultKind]
    private var weights: [Int]

    init(_ showing: Showing, _ encoding: SampleEncoding) {
        kinds = FaultKind.allCases.filter { $0.canBeShown(by: showing, encoding) }
        weights = Array(repeating: 0, count: kinds.count)
    }

    /// nil where the system can show none.
    func next() -> FaultKind? {
        weights.indices.min { weights[$0] < weights[$1] }.map { kinds[$0] }
    }

    /// What came of it: a fault that found no row has to wait a little too, else it would be tried for ever.
    mutating func tell(_ kind: FaultKind, isDone: Bool) {
        guard let index = kinds.firstIndex(of: kind) else { return }
        weights[index] += isDone ? 4 : 1
    }
}
