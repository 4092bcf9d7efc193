import CSN
import Synchronization

/// Numbers for the students of exports that have ids of their own, and for what stood where a personnummer should.
///
/// An id counts within one school: two schools' systems may give the same id to two persons. The numbers depend on the
/// order of reading, so nothing may sort by them.
final class StudentIDs: Sendable {
    private let numbers = Mutex<[String: UInt32]>([:])

    /// The number of a student by the export's own id.
    func number(ofID id: CellBytes, school: UInt16) -> UInt32 { number("\(school):\(id.text)") }

    /// The number of a student by what stands where the personnummer should; 0 where nothing stands.
    func number(ofUnreadable text: CellBytes) -> UInt32 { text.isEmpty ? 0 : number("?\(text.text)") }

    private func number(_ key: String) -> UInt32 {
        numbers.withLock { numbers in
            if let number = numbers[key] { return number }
            let number = UInt32(numbers.count + 1)
            numbers[key] = number
            return number
        }
    }
}
