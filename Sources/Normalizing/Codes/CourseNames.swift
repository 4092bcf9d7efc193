import CSN
import Foundation

/// The names of the national courses, compared word by word, to find a course by what a school calls it.
///
/// Words are compared in lower case without å ä ö, in any order; figures must agree: "Engelska 6" is not near
/// "Engelska 5", but "Engelska 5 kväll" is.
final class CourseNames: Sendable {
    /// A course's name as it is compared.
    private struct Entry: Sendable {
        var code: String
        var words: [String]
        var numbers: [String]
    }

    private let entries: [Entry]
    private let byName: [String: [String]]

    /// Names of those courses that can be reported: they have a level and a code that fits CSN's field.
    init(_ courses: [Course]) {
        let usable = courses.filter {
            $0.facts.niva != nil && !$0.name.isEmpty && $0.code.count <= CourseRegister.longestCode
        }
        entries = usable.map { course in
            let words = CourseNames.words(of: course.name)
            return Entry(
                code: course.code, words: words.filter { !CourseNames.isNumber($0) },
                numbers: words.filter(CourseNames.isNumber).sorted())
        }
        byName = Dictionary(grouping: usable) { CourseNames.folded($0.name) }.mapValues { $0.map(\.code).sorted() }
    }

    /// The codes of the courses of that name, in order; none when no course is called so.
    func codes(named name: String) -> [String] { byName[CourseNames.folded(name)] ?? [] }

    /// The codes of courses with a name near to that one, the nearest first; those of the very name are not among them.
    func codes(near name: String) -> [String] {
        let all = CourseNames.words(of: name)
        let words = all.filter { !CourseNames.isNumber($0) }
        let numbers = all.filter(CourseNames.isNumber)
        guard !words.isEmpty, name.count <= CourseNames.longestName else { return [] }
        let equal = codes(named: name)
        var found: [(code: String, distance: Int)] = []
        for entry in entries where !equal.contains(entry.code) {
            guard let distance = CourseNames.distance(words, numbers, to: entry) else { continue }
            found.append((entry.code, distance))
        }
        return found.sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }.map(\.code)
    }

    /// How far a name is from a course's: words too many and slips in words. nil when they are not near: a word or a
    /// number of the course is missing, or more is added than the course's name has itself.
    private static func distance(_ words: [String], _ numbers: [String], to entry: Entry) -> Int? {
        guard !entry.words.isEmpty, words.count >= entry.words.count, words.count <= 2 * entry.words.count + 1 else {
            return nil
        }
        var rest = numbers
        for number in entry.numbers {
            guard let index = rest.firstIndex(of: number) else { return nil }
            rest.remove(at: index)
        }
        // A number more than the course has may be a group's or a year's, and may be another course's.
        guard rest.isEmpty || !entry.numbers.isEmpty else { return nil }
        var slips = rest.count
        var left = words
        for word in entry.words {
            if let index = left.firstIndex(of: word) {
                left.remove(at: index)
            } else if let index = left.firstIndex(where: { isSlip($0, of: word) }) {
                left.remove(at: index)
                slips += 1
            } else {
                return nil
            }
        }
        return 2 * slips + left.count
    }

    /// One letter too many, too few or wrong in a word of five letters or more, or a word cut short with four left.
    private static func isSlip(_ word: String, of other: String) -> Bool {
        if word.count >= 4, other.hasPrefix(word) { return true }
        guard other.count >= 5, abs(word.count - other.count) <= 1 else { return false }
        let (short, long) = word.count <= other.count ? (Array(word), Array(other)) : (Array(other), Array(word))
        let start = zip(short, long).prefix { $0 == $1 }.count
        let end = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        return start + end >= long.count - 1
    }

    /// More than any course's name has.
    private static let longestName = 120

    private static func isNumber(_ word: String) -> Bool { word.first?.isNumber == true }

    /// Letters and digits, in lower case, without å ä ö, one blank between words.
    static func folded(_ name: String) -> String { words(of: name).joined(separator: " ") }

    private static func words(of name: String) -> [String] {
        let letters = name.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { !$0.properties.isDiacritic && $0.properties.generalCategory != .nonspacingMark }
        return String(String.UnicodeScalarView(letters)).split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
