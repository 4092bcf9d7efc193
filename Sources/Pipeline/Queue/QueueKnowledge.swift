import CSN
import DeliveryLedger
import Foundation
import Uploads

/// What is known before a school's files are planned: the time, the reading days that are taken, and what the ledger
/// has of each school.
struct QueueKnowledge: Sendable {
    /// What the run takes for now.
    let now: Moment
    /// The output folder's.
    let reservations: [Reservation]
    /// What the ledger has of a school.
    let deliveries: @Sendable (Skolkod) throws(RunFailure) -> SchoolDeliveries

    /// Of a run that writes: both are locked by it.
    init(_ session: LedgerSession) {
        now = session.now
        reservations = session.folder.allReservations
        let store = session.store
        deliveries = { school throws(RunFailure) in
            do throws(LedgerProblem) { return try store.deliveries(of: school) } catch { throw RunFailure(error) }
        }
    }

    /// Of a run that only looks: nothing is made, locked or written. Where there is no ledger yet, nothing is known.
    init(lookingAt configuration: Configuration, now: Moment) throws(RunFailure) {
        self.now = now
        do throws(OutputProblem) {
            reservations =
                try configuration.outbox.map { path throws(OutputProblem) in
                    try OutputFolder.reservations(in: path)
                } ?? []
        } catch {
            throw RunFailure(error)
        }
        guard let path = configuration.ledger, FileManager.default.fileExists(atPath: path) else {
            deliveries = { school throws(RunFailure) in SchoolDeliveries(skolkod: school) }
            return
        }
        let store: SQLiteLedger
        do throws(LedgerProblem) { store = try SQLiteLedger(onlyReading: path) } catch { throw RunFailure(error) }
        deliveries = { school throws(RunFailure) in
            var found: SchoolDeliveries
            do throws(LedgerProblem) { found = try store.deliveries(of: school) } catch { throw RunFailure(error) }
            // What time alone has changed, as a run that writes would write it down.
            found.files = found.files.mapValues { [files = found.files] in $0.settled(among: files.values, at: now) }
            return found
        }
    }
}
