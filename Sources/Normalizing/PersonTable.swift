import CSN
import Profiles

/// From the ids of an export that names its students by id alone to their numbers: a side table, read before the rows.
///
/// Stockholm's grades have a pupil's GUID in braces: `{3F2504E0-4F89-11D3-9A0C-0305E82C3301}`. Braces and letter case
/// do not count.
public struct PersonTable: Sendable {
    /// What the side table says of one student.
    struct Person: Sendable {
        var number: Reading<Personnummer>
        var isProtected: Bool
    }

    private let personnummer: PersonnummerReading
    private var persons: [String: Person] = [:]

    /// A table without persons.
    ///
    /// - Parameter today: the day of the run, for years of two digits.
    public init(today: Day) { personnummer = PersonnummerReading(today: today) }

    /// How many students it knows.
    public var count: Int { persons.count }

    /// Takes in one row. A student who stands twice under different numbers has none that could be sent: nobody can
    /// tell which is right.
    ///
    /// - Parameters:
    ///   - number: the number in any spelling.
    ///   - isProtected: whether the student's identity is protected; once said it holds.
    public mutating func add(id: String, number: String, isProtected: Bool) {
        let key = PersonTable.folded(id)
        guard !key.isEmpty else { return }
        var text = number
        var person = text.withUTF8 { Person(number: personnummer.read($0), isProtected: isProtected) }
        if let known = persons[key] {
            person.isProtected = person.isProtected || known.isProtected
            if known.number != person.number { person.number = .failed(.format) }
        }
        persons[key] = person
    }

    /// What the table says of a student; nil for an id that is not in it.
    func person(_ id: CellBytes) -> Person? { persons[PersonTable.folded(id.text)] }

    private static func folded(_ id: String) -> String {
        var folded = Substring(id.trimmingBlanks)
        if folded.hasPrefix("{"), folded.hasSuffix("}") { folded = folded.dropFirst().dropLast() }
        return folded.lowercased()
    }
}

extension String {
    /// The text without the blanks around it.
    fileprivate var trimmingBlanks: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

extension Knowledge {
    /// Whether a word in a column for protected identity protects: every word does that is not known to say no.
    ///
    /// - Returns: by the profile's words and the common ones; false for a blank.
    public func protectionReader(of profile: Profile) -> @Sendable (String) -> Bool {
        let value = vocabularies.reader(for: .skyddad, school: 0, profile: profile)
        return { word in !word.isEmpty && value(word) != "N" }
    }
}

/// The student of the row before, as the side table knows them: a student's rows usually follow each other.
struct LastPerson {
    private var id: [UInt8] = []
    private var person: PersonTable.Person?

    /// What the table says of the student with that id; nil for an id that is not in it.
    mutating func person(_ id: CellBytes, in table: PersonTable) -> PersonTable.Person? {
        if !self.id.isEmpty, id.isSame(as: self.id) { return person }
        self.id.removeAll(keepingCapacity: true)
        self.id.append(contentsOf: id)
        person = table.person(id)
        return person
    }
}
