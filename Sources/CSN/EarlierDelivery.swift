/// What CSN already has, as far as we know. The rules ask it; the ledger answers, and before there is one
/// ``NothingDelivered``.
public protocol EarlierDelivery: Sendable {
    /// The records last reported for a student at a school, in no particular order; empty when there are none.
    func records(of student: Personnummer, at school: Skolkod) -> [Record]
}

extension EarlierDelivery {
    /// The record last reported for the same student, school, course, part and startdatum; nil when there is none.
    public func record(like record: Record) -> Record? {
        guard let student = record.personnummer, let school = record.skolkod else { return nil }
        return records(of: student, at: school).first {
            $0.course == record.course && $0.kursdel == record.kursdel && $0.startdatum == record.startdatum
        }
    }
}

/// Nothing has been delivered: what a run without a ledger knows.
public struct NothingDelivered: EarlierDelivery {
    /// Nothing.
    public init() {}

    /// None.
    public func records(of student: Personnummer, at school: Skolkod) -> [Record] { [] }
}
