import CSN
import Dispatch
import Findings
import Reports
import Synchronization
import Uploads

/// Judges schools, plans their files and writes those that are new as drafts, several schools at a time.
struct QueueWork: Sendable {
    let planning: QueuePlanning
    /// Where drafts are written; nil for a run that writes none.
    let target: Target?
    /// How many threads may work.
    let jobs: Int

    /// Where drafts go and how they are written.
    struct Target: Sendable {
        let folder: OutputFolder
        let writing: FileWriting
    }

    /// What was done before somebody failed, in the order of the schools, and why nobody after.
    struct Result {
        var schools: [(skolkod: Skolkod, school: QueuedSchool)]
        var failure: RunFailure?
    }

    private struct State {
        var next = 0
        var done: [(skolkod: Skolkod, school: QueuedSchool)] = []
        var failure: RunFailure?

        /// The next school's number; nil when there is none left or the run has failed.
        mutating func take(of total: Int) -> Int? {
            guard next < total, failure == nil else { return nil }
            defer { next += 1 }
            return next
        }
    }

    /// Does the work for schools, each with its rows and the inputs that count for it.
    func run(
        _ all: [Skolkod], rows: sending [UInt16: [[Candidate]]], inputs: [Set<Int>], _ progress: any ProgressSink
    ) -> Result {
        progress.begin(Text(sv: "Kontrollerar och skriver", en: "Checking and writing"))
        // Taken out school by school, so that the rows of those that are done are let go.
        let work = Mutex(rows)
        let state = Mutex(State())
        DispatchQueue.concurrentPerform(iterations: min(max(1, jobs), max(1, all.count))) { _ in
            do throws(RunFailure) {
                let tools = try target?.writing.makeTools()
                while let number = state.withLock({ $0.take(of: all.count) }) {
                    let taken = work.withLock { $0.removeValue(forKey: all[number].number) } ?? []
                    var school = try planning.run(taken.flatMap(\.self), of: all[number], inputs: inputs[number])
                    if let target, let tools { try target.write(&school, of: all[number], tools) }
                    let result = (all[number], school)
                    state.withLock { $0.done.append(result) }
                    progress.advance(bytes: number + 1, of: all.count, rows: 0)
                }
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
            }
        }
        return state.withLock {
            Result(schools: $0.done.sorted { $0.skolkod < $1.skolkod }, failure: $0.failure)
        }
    }
}

extension QueueWork.Target {
    /// Writes the files that the outbox does not have.
    fileprivate func write(
        _ school: inout QueuedSchool, of skolkod: Skolkod, _ tools: FileWriting.Tools
    ) throws(RunFailure) {
        for index in school.files.indices {
            let file = school.files[index]
            if let existing = file.existing {
                let lies: String?
                do throws(OutputProblem) { lies = try folder.sha256(of: existing.facts.name) } catch {
                    throw RunFailure(error)
                }
                if lies == existing.facts.sha256 { continue }
            }
            school.files[index].written = try writing.write(file.content, of: skolkod, with: tools)
        }
    }

    /// A file in the outbox that somebody has changed, or put there, is not csnfil's to replace: its school is left as
    /// it is, and the others go on.
    ///
    /// - Returns: what lies in the way.
    func leaveOccupied(
        _ schools: inout [(skolkod: Skolkod, school: QueuedSchool)], for owner: Reservation.Owner
    ) -> [OutputProblem.Occupied] {
        var inTheWay: [OutputProblem.Occupied] = []
        schools.removeAll { _, school in
            let drafts = school.files.compactMap(\.written?.draft)
            guard let occupied = try? folder.occupied(drafts.map(\.planned), for: owner), !occupied.isEmpty else {
                return false
            }
            for draft in drafts { folder.discard(draft) }
            inTheWay += occupied
            return true
        }
        return inTheWay
    }
}
