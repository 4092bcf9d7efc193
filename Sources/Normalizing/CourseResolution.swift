import CSN
import Documents
import Findings

/// From a course code as an export writes it to the course that is meant. Shared by all workers; each keeps what it
/// has looked up.
public final class CourseRegister: Sendable {
    /// The courses that candidates point to.
    public let table: CourseTable
    private let national: NationalCourses
    private let nationalIndices: [String: Int]
    private let families: CourseFamilies
    /// Per school: local code → index in the table.
    private let local: [UInt16: [String: CourseIndex]]
    /// Per school: patterns of decorations glued onto codes; the first group is the code.
    private let patterns: [UInt16: [String]]
    private let suggesting: CodeSuggestions

    /// What became of a code.
    struct Resolved {
        var course: CourseIndex?
        var outcome: FieldNote.Outcome?
        /// The code that is sent, for a repair.
        var became = ""
        /// Only for a startdatum for which codes of the family exist.
        var condition: CourseFamilies.Condition?
    }

    /// Loads the register and every school's own courses from the mapping folders.
    ///
    /// - Parameter patterns: by skolkod, the decorations that the school has declared (`codePatterns`).
    public init(folders: MappingFolders, patterns: [Skolkod: [String]] = [:]) throws(DocumentProblem) {
        let national = try NationalCourses(path: folders.require("national/courses.csv"))
        self.national = national
        families = try CourseFamilies(path: folders.require("national/families.csv"))
        var courses = national.courses
        var indices: [String: Int] = [:]
        for (index, course) in courses.enumerated() { indices[course.code] = index }
        var local: [UInt16: [String: CourseIndex]] = [:]
        for name in folders.folders(in: "schools") {
            guard let number = Int(name), let school = Skolkod(number),
                let path = folders.find("schools/\(name)/courses.csv")
            else { continue }
            let entries = try LocalCourses(path: path, national: national).entries
            var codes: [String: CourseIndex] = [:]
            for (code, entry) in entries.sorted(by: { $0.key < $1.key }) {
                let known = indices[entry.kurskod].map { national.courses[$0] }
                codes[code] = CourseIndex(number: UInt32(courses.count))
                courses.append(entry.course(known))
            }
            local[school.number] = codes
        }
        self.local = local
        self.patterns = Dictionary(uniqueKeysWithValues: patterns.map { ($0.key.number, $0.value) })
        nationalIndices = indices
        table = CourseTable(courses)
        suggesting = CodeSuggestions(codes: national.courses.map(\.code))
    }

    /// The national courses, for who makes samples.
    public var nationalCourses: [Course] { national.courses }

    /// Up to three national codes that could have been meant.
    public func suggestions(for code: String) -> [String] {
        if let token = decorated(code, anywhere: true) { return [national.courses[token].code] }
        return suggesting.suggestions(for: code)
    }

    /// Which course a code of a finished file is: the national or a school's approved one of that very code, with why
    /// it could not be sent (too long, in no register and of no family's form).
    public func finder() -> (String) -> (index: CourseIndex, problem: FieldProblem?) {
        var approved: [String: CourseIndex] = [:]
        for codes in local.values {
            for (_, index) in codes { approved[table[index].code] = index }
        }
        return { [self, approved] code in
            if nationalIndices[code] == nil, let index = approved[code] { return (index, nil) }
            let resolved = nationalIndices[code].map { registered($0) } ?? unregistered(code)
            let index = resolved.course ?? table.index(ofUnregistered: code)
            if case .failed(let problem)? = resolved.outcome { return (index, problem) }
            return (index, nil)
        }
    }

    /// Whether the school has codes or patterns of its own, so that its look-ups cannot be shared with others.
    func hasOwnCodes(_ school: UInt16) -> Bool { local[school] != nil || patterns[school] != nil }

    /// What a code of an export means at a school.
    func resolve(_ code: String, at school: UInt16) -> Resolved {
        if let course = local[school]?[code] { return Resolved(course: course) }
        if let index = nationalIndices[code] { return registered(index) }
        if let index = national.byLowercase[code.lowercased()] { return repaired(index, .letterCase) }
        if let index = decorated(code, anywhere: false) { return repaired(index, .decoration) }
        if let resolved = declared(code, at: school) { return resolved }
        return unregistered(code)
    }

    private func registered(_ index: Int) -> Resolved {
        let course = CourseIndex(number: UInt32(index))
        guard national.isReportable[index] else { return Resolved(course: course, outcome: .failed(.unknown)) }
        let isTooLong = national.courses[index].code.count > 10
        return Resolved(course: course, outcome: isTooLong ? .failed(.tooLong) : nil)
    }

    private func repaired(_ index: Int, _ repair: FieldRepair) -> Resolved {
        var resolved = registered(index)
        guard resolved.outcome == nil else { return resolved }
        resolved.outcome = .repaired(repair)
        resolved.became = national.courses[index].code
        return resolved
    }

    /// The one national code that stands in a text, set apart by blanks, hyphens or slashes ("KH GRNMAT2",
    /// "ENGENG05-3"); nil when there is none, or more than one.
    ///
    /// - Parameter anywhere: also glued onto other letters, for suggestions only.
    private func decorated(_ text: String, anywhere: Bool) -> Int? {
        let tokens = text.split { " -/\u{A0}\t".contains($0) }.map { $0.lowercased() }
        let found = Set(tokens.compactMap { national.byLowercase[$0] })
        if found.count == 1 { return found.first }
        guard anywhere, found.isEmpty, text.count > 7, text.count < 40 else { return nil }
        let whole = Array(text.lowercased())
        for length in stride(from: min(12, whole.count), through: 7, by: -1) {
            for start in 0...(whole.count - length) {
                if let index = national.byLowercase[String(whole[start..<start + length])] { return index }
            }
        }
        return nil
    }

    /// A code with a decoration glued on that the school has declared.
    private func declared(_ code: String, at school: UInt16) -> Resolved? {
        for text in patterns[school] ?? [] {
            guard let pattern = try? Regex(text), let match = code.wholeMatch(of: pattern), match.count > 1,
                let inner = match[1].substring, let index = national.byLowercase[inner.lowercased()]
            else { continue }
            return repaired(index, .declaredPattern)
        }
        return nil
    }

    private func unregistered(_ code: String) -> Resolved {
        // Too long because a national code stands inside it: then the code is what is to be mended, not its length.
        guard code.count <= 10 else {
            return Resolved(outcome: .failed(decorated(code, anywhere: true) == nil ? .tooLong : .unknown))
        }
        // A family without a level (sfi) is not one that this file takes.
        guard let family = families.family(of: code), family.niva != nil else {
            return Resolved(course: table.index(ofUnregistered: code), outcome: .failed(.unknown))
        }
        let course = table.index(
            ofUnregistered: code, facts: CourseFacts(isDelkurs: NationalCourses.isDelkurs(code)))
        return Resolved(course: course, condition: family.condition)
    }
}

extension LocalCourses.Entry {
    /// The course: what the register knows, with what the school says of it.
    func course(_ known: Course?) -> Course {
        var facts = known?.facts ?? CourseFacts()
        if let points { facts.points = points }
        if let niva { facts.niva = niva }
        if let isDelkurs { facts.isDelkurs = isDelkurs }
        if let isGraded { facts.isUngraded = !isGraded }
        return Course(code: kurskod, name: name.isEmpty ? known?.name ?? "" : name, facts: facts)
    }
}
