import CSN
import Synchronization

/// Numbers for the students of exports that have ids of their own, and for what stood where a personnummer should.
///
/// An id counts within one school and one system: two schools' systems may give the same id to two persons, and so may
/// two systems of one school. The numbers depend on the order of reading, so nothing may sort by them.
final class StudentIDs: Sendable {
    private struct Space: Hashable {
        var school: UInt16
        var system: String
    }

    private struct State {
        var count: UInt32 = 0
        var numbers: [Space: CellTable<UInt32>] = [:]
        var unreadable = CellTable<UInt32>()
        var known: [UInt32: StudentID] = [:]

        mutating func next() -> UInt32 {
            count += 1
            return count
        }
    }

    private let state = Mutex(State())
    private let keepsTexts: Bool

    /// - Parameter keepsTexts: a number's id is asked for afterwards.
    init(keepsTexts: Bool) { self.keepsTexts = keepsTexts }

    /// The number of a student by the export's own id.
    func number(ofID id: CellBytes, school: UInt16, system: String) -> UInt32 {
        let space = Space(school: school, system: system)
        return state.withLock { state in
            if let number = state.numbers[space]?[id] { return number }
            let number = state.next()
            state.numbers[space, default: CellTable()].set(id, number)
            if keepsTexts { state.known[number] = StudentID(system: system, text: String(decoding: id, as: UTF8.self)) }
            return number
        }
    }

    /// The number of a student by what stands where the personnummer should; 0 where nothing stands.
    func number(ofUnreadable text: CellBytes) -> UInt32 {
        guard !text.isEmpty else { return 0 }
        return state.withLock { state in
            if let number = state.unreadable[text] { return number }
            let number = state.next()
            state.unreadable.set(text, number)
            return number
        }
    }

    /// The number that a student's id has got; 0 for an id that has not been met.
    func number(of id: StudentID, school: UInt16) -> UInt32 {
        let space = Space(school: school, system: id.system)
        var text = Array(id.text.utf8)
        return text.withUnsafeMutableBufferPointer { cell in
            let cell = CellBytes(cell)
            return state.withLock { $0.numbers[space]?[cell] ?? 0 }
        }
    }

    /// The id that has got a number; nil where it is no id's, or ids are not kept.
    func id(of number: UInt32) -> StudentID? { state.withLock { $0.known[number] } }
}

/// What an export calls a student.
public struct StudentID: Hashable, Sendable {
    /// The system whose exports say so.
    public var system: String
    /// As it stands there.
    public var text: String

    /// An id in a system.
    public init(system: String, text: String) {
        self.system = system
        self.text = text
    }
}

extension Knowledge {
    /// The number (``Candidate/studentID``) that a student's id has got in this run; 0 for an id that was not met.
    public func number(of id: StudentID, at school: Skolkod) -> UInt32 {
        students.number(of: id, school: school.number)
    }

    /// The id that has got a number in this run; nil where it is no id's, or the run does not keep ids.
    public func studentID(of number: UInt32) -> StudentID? { students.id(of: number) }
}
