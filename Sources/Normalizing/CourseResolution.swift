import CSN
import Documents
import Findings
import Foundation
import Synchronization

/// From a course code as an export writes it to the course that is meant. Shared by all workers; each keeps what it
/// has looked up.
public final class CourseRegister: Sendable {
    /// The courses that candidates point to.
    public let table: CourseTable
    let national: NationalCourses
    private let families: CourseFamilies
    /// Per school: local code → index in the table.
    private let local: [UInt16: [String: CourseIndex]]
    /// Per school: codes that are no courses, whose rows are not reported.
    private let leftOut: [UInt16: Set<String>]
    /// The schools' files with rows that wait for a person, by skolkod.
    public let waiting: [UInt16: WaitingCodes]
    /// Per school: patterns of decorations glued onto codes; the first group is the code.
    private let patterns: [UInt16: [String]]
    private let suggesting: CodeSuggestions
    /// Made when somebody asks what a name may mean, which a conversion does not.
    private let madeNames = Mutex<CourseNames?>(nil)

    /// What became of a code.
    struct Resolved {
        var course: CourseIndex?
        var outcome: FieldNote.Outcome?
        /// The code that is sent, for a repair.
        var became = ""
        /// Only for a startdatum for which codes of the family exist.
        var condition: CourseFamilies.Condition?
        /// The school says that the code is no course.
        var isLeftOut = false

        /// The course where nothing is to be said of it, whatever the row's other cells; nil elsewhere.
        var simply: CourseIndex? { outcome == nil && condition == nil && !isLeftOut ? course : nil }
    }

    /// The codes of a school's file that nobody has decided about yet.
    public struct WaitingCodes: Sendable {
        /// The file.
        public let path: String
        /// By code, its line.
        public let lines: [String: Int]
    }

    /// Loads the register and every school's own courses from the mapping folders.
    ///
    /// - Parameter patterns: by skolkod, the decorations that the school has declared (`codePatterns`).
    public init(folders: MappingFolders, patterns: [Skolkod: [String]] = [:]) throws(DocumentProblem) {
        let national = try NationalCourses(path: folders.require("national/courses.csv"))
        self.national = national
        families = try CourseFamilies(path: folders.require("national/families.csv"))
        var courses = national.courses
        var local: [UInt16: [String: CourseIndex]] = [:]
        var leftOut: [UInt16: Set<String>] = [:]
        var waiting: [UInt16: WaitingCodes] = [:]
        for (school, folder) in try folders.schools() {
            guard let path = folders.find("\(folder)/courses.csv") else { continue }
            let own = try LocalCourses(path: path, national: national)
            let entries = own.entries
            if !own.leftOut.isEmpty { leftOut[school.number] = Set(own.leftOut.keys) }
            if !own.waiting.isEmpty { waiting[school.number] = WaitingCodes(path: path, lines: own.waiting) }
            var codes: [String: CourseIndex] = [:]
            for (code, entry) in entries.sorted(by: { $0.key < $1.key }) {
                let known = national.indices[entry.kurskod].map { national.courses[$0] }
                codes[code] = CourseIndex(number: UInt32(courses.count))
                courses.append(entry.course(known))
            }
            local[school.number] = codes
        }
        self.local = local
        self.leftOut = leftOut
        self.waiting = waiting
        self.patterns = Dictionary(uniqueKeysWithValues: patterns.map { ($0.key.number, $0.value) })
        table = CourseTable(courses)
        suggesting = CodeSuggestions(codes: national.courses.map(\.code))
    }

    /// The national courses by their names.
    var names: CourseNames {
        madeNames.withLock { made in
            if let made { return made }
            let names = CourseNames(national.courses)
            made = names
            return names
        }
    }

    /// The national courses, for who makes samples.
    public var nationalCourses: [Course] { national.courses }

    /// Up to three national codes that could have been meant.
    public func suggestions(for code: String) -> [String] {
        let code = code.precomposedStringWithCanonicalMapping
        if let index = decorated(code) { return [national.courses[index].code] }
        return suggesting.suggestions(for: code)
    }

    /// Which course a code of a finished file is: the national or a school's approved one of that very code, with why
    /// it could not be sent (too long, in no register and of no family's form).
    public func finder() -> (String) -> (index: CourseIndex, problem: FieldProblem?) {
        var approved: [String: CourseIndex] = [:]
        // In the order of the table, so that it does not change from run to run which of two schools' facts are taken.
        for index in local.values.flatMap(\.values).sorted(by: { $0.number > $1.number }) {
            approved[table[index].code] = index
        }
        return { [self, approved] code in
            if national.indices[code] == nil, let index = approved[code] { return (index, nil) }
            let resolved = national.indices[code].map { registered($0) } ?? unregistered(code)
            let index = resolved.course ?? table.index(ofUnregistered: code)
            if case .failed(let problem)? = resolved.outcome { return (index, problem) }
            return (index, nil)
        }
    }

    /// Which course a code that was sent before is at a school: the school's own entry for it where it has one.
    public func sentCodeFinder() -> @Sendable (String, UInt16) -> CourseIndex {
        var own: [UInt16: [String: CourseIndex]] = [:]
        for (school, codes) in local {
            for index in codes.values.sorted(by: { $0.number > $1.number }) {
                own[school, default: [:]][table[index].code] = index
            }
        }
        return { [self, own] code, school in
            if let index = own[school]?[code] { return index }
            if let index = national.indices[code] { return CourseIndex(number: UInt32(index)) }
            return unregistered(code).course ?? table.index(ofUnregistered: code)
        }
    }

    /// Whether the school has codes or patterns of its own, so that its look-ups cannot be shared with others.
    func hasOwnCodes(_ school: UInt16) -> Bool { local[school] != nil || patterns[school] != nil }

    /// What a code of an export means at a school.
    func resolve(_ text: String, at school: UInt16) -> Resolved {
        // Dictionaries compare Å as one letter with Å as two, but the file is to have it as one.
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        let code = isASCII ? text : text.precomposedStringWithCanonicalMapping
        if let resolved = known(code, at: school) { return resolved }
        if let meant = MisreadText.undone(code), let resolved = known(meant, at: school) { return misread(resolved) }
        return unregistered(code)
    }

    private func known(_ code: String, at school: UInt16) -> Resolved? {
        if let course = local[school]?[code] { return sent(course) }
        if leftOut[school]?.contains(code) == true { return Resolved(isLeftOut: true) }
        if let index = national.indices[code] { return registered(index) }
        if let index = national.byLowercase[code.lowercased()] { return repaired(index, .letterCase) }
        if let index = decorated(code) { return repaired(index, .decoration) }
        return declared(code, at: school)
    }

    /// A code that was known once its encoding was mended; what failed all the same stays failed.
    private func misread(_ resolved: Resolved) -> Resolved {
        if case .failed? = resolved.outcome { return resolved }
        guard let course = resolved.course else { return resolved }
        return Resolved(course: course, outcome: .repaired(.misread), became: table[course].code)
    }

    private func registered(_ index: Int) -> Resolved {
        let course = CourseIndex(number: UInt32(index))
        guard national.isReportable[index] else { return Resolved(course: course, outcome: .failed(.unknown)) }
        return sent(course)
    }

    /// A course whose code is known, unless CSN's field cannot hold it (24 language levels of Gy25).
    private func sent(_ course: CourseIndex) -> Resolved {
        let isTooLong = table[course].code.count > CourseRegister.longestCode
        return Resolved(course: course, outcome: isTooLong ? .failed(.tooLong) : nil)
    }

    /// Characters, not bytes. Source: CSN's list of refusals, "Kurskod".
    static let longestCode = 10

    private func repaired(_ index: Int, _ repair: FieldRepair) -> Resolved {
        var resolved = registered(index)
        guard resolved.outcome == nil else { return resolved }
        resolved.outcome = .repaired(repair)
        resolved.became = national.courses[index].code
        return resolved
    }

    /// The one national code that stands in a text, set apart by blanks, hyphens or slashes ("KH GRNMAT2",
    /// "ENGENG05-3"); nil when there is none, or more than one.
    private func decorated(_ text: String) -> Int? {
        let tokens = text.split { " -/\u{A0}\t".contains($0) }.map { $0.lowercased() }
        let found = Set(tokens.compactMap { national.byLowercase[$0] })
        return found.count == 1 ? found.first : nil
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
        guard code.count <= CourseRegister.longestCode else {
            // Too long goes before unknown, except where a course can be named that ends the text: then the school has
            // glued its own word before it ("518107VUXFLEXENG05").
            return Resolved(outcome: .failed(suggesting.endingCodes(of: code).isEmpty ? .tooLong : .unknown))
        }
        // A family without a level (sfi) is not one that this file takes.
        guard let family = families.family(of: code), family.niva != nil else {
            return Resolved(course: table.index(ofUnregistered: code), outcome: .failed(.unknown))
        }
        let course = table.index(
            ofUnregistered: code,
            facts: CourseFacts(
                family: CourseFamily(name: family.name), isDegreeProject: NationalCourses.isDegreeProject(code),
                isDelkurs: NationalCourses.isDelkurs(code)))
        return Resolved(course: course, condition: family.condition)
    }
}

extension LocalCourses.Entry {
    /// The course: what the register knows, with what the school says of it.
    func course(_ known: Course?) -> Course {
        var facts = known?.facts ?? CourseFacts()
        // The register says what the whole course gives; what a delkurs of it gives the rektor has decided.
        if let isDelkurs, isDelkurs && !facts.isDelkurs { facts.points = nil }
        if let points { facts.points = points }
        if let niva { facts.niva = niva }
        if let isDelkurs { facts.isDelkurs = isDelkurs }
        if let isGraded { facts.isUngraded = !isGraded }
        return Course(code: kurskod, name: name.isEmpty ? known?.name ?? "" : name, facts: facts)
    }
}
