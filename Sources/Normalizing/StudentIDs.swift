import CSN
import Synchronization

/// Numbers for the students of exports that have ids of their own, and for what stood where a personnummer should.
///
/// An id counts within one school: two schools' systems may give the same id to two persons. The numbers depend on the
/// order of reading, so nothing may sort by them.
final class StudentIDs: Sendable {
    private struct State {
        var count: UInt32 = 0
        var bySchool: [UInt16: CellTable<UInt32>] = [:]
        var unreadable = CellTable<UInt32>()

        mutating func next() -> UInt32 {
            count += 1
            return count
        }
    }

    private let state = Mutex(State())

    /// The number of a student by the export's own id.
    func number(ofID id: CellBytes, school: UInt16) -> UInt32 {
        state.withLock { state in
            if let number = state.bySchool[school]?[id] { return number }
            let number = state.next()
            state.bySchool[school, default: CellTable()].set(id, number)
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
}
