import Synchronization

/// Which course, as an index into a ``CourseTable``.
public struct CourseIndex: Hashable, Sendable {
    /// The place in the table, from 0.
    public let number: UInt32

    /// The course at that place.
    @inlinable
    public init(number: UInt32) { self.number = number }
}

/// Which kind of national code a course has: what its form tells where no register has the code.
///
/// Source: `Mappings/national/families.csv`.
public enum CourseFamily: UInt8, Sendable, CaseIterable {
    /// Grundläggande vuxenutbildning.
    case grvux
    /// The gymnasial courses of 2000, to 2012-06-30.
    case gy2000
    /// The gymnasial courses of 2011.
    case gy11
    /// The gymnasial levels of 2025.
    case gy25

    /// The family as the register and the table of families name it; nil for one that this file does not take.
    public init?(name: String) {
        guard let family = CourseFamily.byName[name] else { return nil }
        self = family
    }

    private static let byName = Dictionary(
        CourseFamily.allCases.map { (String(describing: $0), $0) }, uniquingKeysWith: { first, _ in first })

    /// The level of the family's courses.
    public var niva: Niva { self == .grvux ? .gr : .gy }
}

/// What is known of a course: register facts, fixed size, without its code and name.
public struct CourseFacts: Sendable {
    /// The national points; nil when the register does not say.
    public var points: Int?
    /// The level; nil when it is not known or not one of this file's (sfi).
    public var niva: Niva?
    /// In our register of national courses.
    public var isInRegister: Bool
    /// The national family by register or form of code; nil for local courses and unknown codes.
    public var family: CourseFamily?
    /// Gymnasiearbete or komvuxarbete: graded E or F.
    public var isDegreeProject: Bool
    /// A national delkurs or one that the school has declared: reported as 1:1.
    public var isDelkurs: Bool
    /// Marked as not gradable in the register or by the school: orientation and individual courses.
    public var isUngraded: Bool
    /// The first day in force; nil when the register does not say.
    public var validFrom: Day?
    /// The last day in force; nil when the register does not say.
    public var validTo: Day?

    /// Facts; everything unknown unless given.
    public init(
        points: Int? = nil, niva: Niva? = nil, isInRegister: Bool = false, family: CourseFamily? = nil,
        isDegreeProject: Bool = false, isDelkurs: Bool = false, isUngraded: Bool = false, validFrom: Day? = nil,
        validTo: Day? = nil
    ) {
        self.points = points
        self.niva = niva
        self.isInRegister = isInRegister
        self.family = family
        self.isDegreeProject = isDegreeProject
        self.isDelkurs = isDelkurs
        self.isUngraded = isUngraded
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// A course: its code as it is sent, its name, and what is known of it.
public struct Course: Sendable {
    /// The code as the upload file writes it. CSN's field takes at most 10 characters; a longer code can stand here
    /// (24 Gy25 language levels have 12), its record is held by `kurskod-length`.
    public var code: String
    /// What the course is called; empty when nobody has said.
    public var name: String
    /// What is known of it.
    public var facts: CourseFacts

    /// A course with its facts.
    public init(code: String, name: String = "", facts: CourseFacts = CourseFacts()) {
        self.code = code
        self.name = name
        self.facts = facts
    }
}

/// All courses of a run: the national register and the schools' approved local courses, loaded before anything is
/// read, and codes met on the way that are in neither. Indices of the latter depend on the order of reading, so
/// nothing may sort by them.
public final class CourseTable: Sendable {
    private let known: [Course]
    private let knownFacts: [CourseFacts]
    /// By index, the place of a known course's code among all known codes, compared as bytes of UTF-8 (which sort as
    /// Unicode scalars do); the same for the same code.
    private let ranks: [UInt32]
    /// By index, whether an earlier entry has the code too.
    private let repeats: [Bool]
    private let met = Mutex(Met())

    private struct Met {
        var courses: [Course] = []
        var indices: [String: UInt32] = [:]
    }

    /// A table of these courses; the n-th has index n.
    public init(_ known: [Course]) {
        self.known = known
        knownFacts = known.map(\.facts)
        let ranks = CourseTable.ranks(of: known.map { Array($0.code.utf8) })
        var isMet = [Bool](repeating: false, count: known.count)
        repeats = ranks.map { rank in
            defer { isMet[Int(rank)] = true }
            return isMet[Int(rank)]
        }
        self.ranks = ranks
    }

    private static func ranks(of codes: [[UInt8]]) -> [UInt32] {
        let order = codes.indices.sorted { codes[$0].lexicographicallyPrecedes(codes[$1]) }
        var ranks = [UInt32](repeating: 0, count: codes.count)
        var rank: UInt32 = 0
        for (place, index) in order.enumerated() {
            if place > 0, codes[index] != codes[order[place - 1]] { rank += 1 }
            ranks[index] = rank
        }
        return ranks
    }

    /// The place of a known course's code among all known codes, by Unicode scalars; nil for a code met on the way.
    public func rank(of index: CourseIndex) -> Int? {
        index.number < ranks.count ? Int(ranks[Int(index.number)]) : nil
    }

    /// A course's code, without the rest of it.
    public func code(of index: CourseIndex) -> String {
        let number = Int(index.number)
        return number < known.count ? known[number].code : self[index].code
    }

    /// Whether two entries have the same code.
    public func haveSameCode(_ left: CourseIndex, _ right: CourseIndex) -> Bool {
        if left == right { return true }
        if let one = rank(of: left), let other = rank(of: right) { return one == other }
        return self[left].code == self[right].code
    }

    /// Whether another known course that comes before this one in the table has the same code.
    public func repeatsCode(_ index: CourseIndex) -> Bool {
        let number = Int(index.number)
        return number >= repeats.count || repeats[number]
    }

    /// How many courses were known from the start.
    public var knownCount: Int { known.count }

    /// The facts of a course; of a code met on the way, that nothing is known.
    public func facts(_ index: CourseIndex) -> CourseFacts {
        let number = Int(index.number)
        if number < knownFacts.count { return knownFacts[number] }
        return met.withLock { $0.courses[number - known.count].facts }
    }

    /// The course at an index.
    public subscript(index: CourseIndex) -> Course {
        let number = Int(index.number)
        if number < known.count { return known[number] }
        return met.withLock { $0.courses[number - known.count] }
    }

    /// The index of a code met on the way that no register knows, the same for the same code. Safe to call from
    /// several threads.
    public func index(ofUnregistered code: String, facts: CourseFacts = CourseFacts()) -> CourseIndex {
        met.withLock { met in
            if let number = met.indices[code] { return CourseIndex(number: number) }
            let number = UInt32(known.count + met.courses.count)
            met.courses.append(Course(code: code, facts: facts))
            met.indices[code] = number
            return CourseIndex(number: number)
        }
    }
}
