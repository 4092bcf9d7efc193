import CSN
import Findings
import Glibc
import Synchronization

/// Where a school's file for one reading goes: `<skolkod>/<skolkod>_<läsdag>.<extension>` in the output folder.
public struct PlannedFile: Hashable, Sendable {
    /// Whose file it is.
    public let skolkod: Skolkod
    /// The weekday on whose reading at 17:00 the file is meant.
    public let readingDay: Day
    /// Relative to the output folder.
    public let file: String

    /// A school's file for a reading day, in a layout.
    public init(skolkod: Skolkod, readingDay: Day, layout: Layout) {
        self.skolkod = skolkod
        self.readingDay = readingDay
        file = "\(skolkod)/\(skolkod)_\(readingDay).\(layout.fileExtension)"
    }
}

/// A file that has been written and flushed, but does not have its name yet.
public struct Draft: Sendable {
    /// What it is to become.
    public let planned: PlannedFile
    /// Where it lies until then: read it back from here.
    public let path: String
    /// What was written.
    public let contents: PrivateFile.Contents
}

/// An output folder, locked by this run: school folders with upload files, and `.work` with the lock, the
/// reservations and the drafts.
///
/// A file gets its name in steps, each of which leaves the old file or the new one whole: draft written and flushed,
/// reservation written, draft renamed, a file of another extension that it replaces removed.
public final class OutputFolder: Sendable {
    /// The folder as it was named.
    public let path: String
    /// What is done to make sure of the files.
    package let durability: Durability
    private let lock: FolderLock
    private let reservations: Mutex<ReservationList>
    private let drafts = Mutex(0)
    private let flushes = FlushQueue()
    private let checkpoint: @Sendable (Step) throws(OutputProblem) -> Void

    /// A moment between two steps, at which a run may be killed.
    package enum Step: Hashable, Sendable {
        case locked, cleaned, reserved
        case renamed(String)
        case replacedRemoved(String)
        case settled
    }

    /// Creates the folder when it is not there, locks it, and removes what a killed run has left.
    ///
    /// - Throws: ``OutputProblem/locked(path:process:)`` when another run has the lock.
    public convenience init(path: String) throws(OutputProblem) { try self.init(path: path, .full) }

    /// - Parameter durability: what of it is left out.
    package convenience init(path: String, _ durability: Durability) throws(OutputProblem) {
        try self.init(path: path, durability) { _ throws(OutputProblem) in }
    }

    /// The same, with a closure that is called between the steps; what it throws ends the run there.
    package init(
        path: String, _ durability: Durability = .full,
        checkpoint: @escaping @Sendable (Step) throws(OutputProblem) -> Void
    ) throws(OutputProblem) {
        self.path = path
        self.durability = durability
        self.checkpoint = checkpoint
        let work = path + "/.work"
        try PrivateFolder.create(work)
        lock = try FolderLock(path: work + "/lock", folder: path)
        try checkpoint(.locked)
        for name in try PrivateFolder.names(in: work) where name.hasSuffix(".part") {
            if unlink("\(work)/\(name)") != 0, errno != ENOENT { throw .system(.remove, "\(work)/\(name)") }
        }
        var list = try ReservationList(path: OutputFolder.reservationsPath(in: path))
        try OutputFolder.settle(&list, path)
        reservations = Mutex(list)
        try checkpoint(.cleaned)
    }

    private var reservationsPath: String { OutputFolder.reservationsPath(in: path) }

    private static func reservationsPath(in path: String) -> String { path + "/.work/reservations.json" }

    /// The reservations of an output folder, as they stand; none where there is no folder. Needs no lock.
    public static func reservations(in path: String) throws(OutputProblem) -> [Reservation] {
        try ReservationList(path: reservationsPath(in: path)).all
    }

    /// All reservations, in the order of school and day.
    public var allReservations: [Reservation] { reservations.withLock(\.all) }

    /// The files among the planned ones that are not this command's to replace: reserved by another command, or lying
    /// there without a reservation, or changed since this command wrote them.
    public func occupied(_ planned: [PlannedFile], for owner: Reservation.Owner) throws(OutputProblem) -> [OutputProblem
        .Occupied]
    {
        var occupied: [OutputProblem.Occupied] = []
        for file in planned {
            if let problem = try standing(file, owner).occupied { occupied.append(problem) }
        }
        return occupied
    }

    /// Throws ``OutputProblem/occupied(_:)`` unless all planned files may be written. To be asked before anything is.
    public func requireFree(_ planned: [PlannedFile], for owner: Reservation.Owner) throws(OutputProblem) {
        let occupied = try occupied(planned, for: owner)
        guard occupied.isEmpty else { throw .occupied(occupied) }
    }

    /// Begins a draft in `.work`. Safe to call from several threads.
    public func beginDraft() throws(OutputProblem) -> PrivateFile {
        let number = drafts.withLock { count in
            count += 1
            return count
        }
        return try PrivateFile(path: "\(path)/.work/draft-\(number).part", durability)
    }

    /// Ends a draft: hashed, ready to be read back. It is flushed to disk beside what is done meanwhile, and
    /// ``place(_:for:)`` waits for it.
    public func endSoon(_ draft: PrivateFile, as planned: PlannedFile) throws(OutputProblem) -> Draft {
        Draft(planned: planned, path: draft.path, contents: try draft.finish(flushedBy: flushes))
    }

    /// Ends a draft: flushed to disk, hashed, ready to be read back.
    public func end(_ draft: PrivateFile, as planned: PlannedFile) throws(OutputProblem) -> Draft {
        Draft(planned: planned, path: draft.path, contents: try draft.finish())
    }

    /// Removes the drafts of this run that have not got their names, after a failure.
    public func discardDrafts() {
        for number in 0...drafts.withLock({ $0 }) where number > 0 { unlink("\(path)/.work/draft-\(number).part") }
    }

    /// Removes a draft that is not to get its name.
    public func discard(_ draft: Draft) { unlink(draft.path) }

    /// Gives drafts their names: all are reserved in one step, then renamed one by one, and each folder is flushed once.
    public func place(_ drafts: [Draft], for owner: Reservation.Owner) throws(OutputProblem) {
        try flushes.wait()
        var standings: [Standing] = []
        var occupied: [OutputProblem.Occupied] = []
        for draft in drafts {
            let standing = try standing(draft.planned, owner)
            standings.append(standing)
            if let problem = standing.occupied { occupied.append(problem) }
        }
        guard occupied.isEmpty else { throw .occupied(occupied) }
        try change { list in
            for (draft, standing) in zip(drafts, standings) {
                let planned = draft.planned
                list[planned.skolkod, planned.readingDay] = Reservation(
                    owner: owner, skolkod: planned.skolkod, readingDay: planned.readingDay, file: planned.file,
                    sha256: draft.contents.sha256, replaced: standing.existing)
            }
        }
        try checkpoint(.reserved)
        try createFolders(of: drafts)
        for draft in drafts { try rename(draft) }
        if durability.flushes {
            let folders = Set(drafts.map { PrivateFolder.split(path + "/" + $0.planned.file).folder })
            try PrivateFolder.flush(folders.sorted())
        }
        for (draft, standing) in zip(drafts, standings) { try removeReplaced(standing.existing, by: draft) }
        try change { list in
            for draft in drafts { list[draft.planned.skolkod, draft.planned.readingDay]?.replaced = nil }
        }
        try checkpoint(.settled)
    }

    /// The hash of a file of the folder, in hexadecimal; nil when it is not there.
    public func sha256(of file: String) throws(OutputProblem) -> String? { try OutputFolder.hash(of: file, path) }

    /// Forgets the reservation of a file that is gone, or that somebody has changed: it is nobody's any more.
    public func release(_ reservation: Reservation) throws(OutputProblem) {
        try change { $0[reservation.skolkod, reservation.readingDay] = nil }
    }

    /// Removes a file that its reservation says a command wrote, and the reservation. A file that was changed since
    /// stays where it is.
    ///
    /// - Returns: whether the place is free now.
    public func clear(_ reservation: Reservation) throws(OutputProblem) -> Bool { try clear([reservation]).isEmpty }

    /// The same of several: all files first, then the reservations in one step. A run that is killed in between leaves
    /// reservations of files that are gone, which the next one lets go.
    ///
    /// - Returns: those whose place is not free now.
    public func clear(_ cleared: [Reservation]) throws(OutputProblem) -> [Reservation] {
        guard !cleared.isEmpty else { return [] }
        var folders: Set<String> = []
        var occupied: [Reservation] = []
        for reservation in cleared {
            if try !removeFiles(of: reservation, &folders) { occupied.append(reservation) }
        }
        // Before the reservations go: a file that came back without one would be nobody's.
        try PrivateFolder.flush(folders.sorted())
        try change { list in
            for reservation in cleared { list[reservation.skolkod, reservation.readingDay] = nil }
        }
        return occupied
    }

    /// - Parameter folders: takes those whose names are to be flushed.
    /// - Returns: whether the place is free now.
    private func removeFiles(of reservation: Reservation, _ folders: inout Set<String>) throws(OutputProblem) -> Bool {
        var own = [reservation.file: reservation.sha256]
        if let replaced = reservation.replaced, replaced.file != reservation.file {
            own[replaced.file] = replaced.sha256
        }
        var isFree = true
        for (file, hash) in own.sorted(by: { $0.key < $1.key }) {
            guard let lies = try OutputFolder.hash(of: file, path) else { continue }
            if lies == hash || lies == reservation.replaced?.sha256 {
                folders.insert(try OutputFolder.removeName(file, path))
            } else {
                isFree = false
            }
        }
        return isFree
    }

    /// The schools' folders; the names of new ones are flushed together.
    private func createFolders(of drafts: [Draft]) throws(OutputProblem) {
        var isAnyNew = false
        for folder in Set(drafts.map { PrivateFolder.split(path + "/" + $0.planned.file).folder }).sorted() {
            let isNew = try PrivateFolder.createLast(of: folder)
            isAnyNew = isAnyNew || isNew
        }
        if isAnyNew, durability.flushes { try PrivateFolder.flush(path) }
    }

    private func rename(_ draft: Draft) throws(OutputProblem) {
        let target = path + "/" + draft.planned.file
        guard Glibc.rename(draft.path, target) == 0 else { throw .system(.rename, target) }
        try checkpoint(.renamed(draft.planned.file))
    }

    /// Removes the file of another extension that a draft has taken the place of, once the draft's name is on the disk.
    private func removeReplaced(_ existing: Reservation.Replaced?, by draft: Draft) throws(OutputProblem) {
        guard let existing, existing.file != draft.planned.file else { return }
        try OutputFolder.remove(existing.file, path)
        try checkpoint(.replacedRemoved(existing.file))
    }

    private func change(_ body: (inout ReservationList) -> Void) throws(OutputProblem) {
        let path = reservationsPath
        try reservations.withLock { list throws(OutputProblem) in
            var changed = list
            body(&changed)
            try changed.write(to: path)
            list = changed
        }
    }

    // MARK: What lies at a planned file's place

    private struct Standing {
        /// The file that would be replaced.
        var existing: Reservation.Replaced?
        /// Why it must not be.
        var occupied: OutputProblem.Occupied?
    }

    private func standing(_ planned: PlannedFile, _ owner: Reservation.Owner) throws(OutputProblem) -> Standing {
        let reservation = reservations.withLock { $0[planned.skolkod, planned.readingDay] }
        if let reservation, !owner.mayReplace(reservation.owner) {
            let file = "\(path)/\(reservation.file)"
            return Standing(occupied: OutputProblem.Occupied(path: file, owner: reservation.owner))
        }
        // What this command wrote there: the new file, or the one before it when a run was killed in between.
        var own: [Reservation.Replaced] = []
        if let reservation {
            own.append(Reservation.Replaced(file: reservation.file, sha256: reservation.sha256))
            if let replaced = reservation.replaced { own.append(replaced) }
        }
        var standing = Standing()
        for file in Set(own.map(\.file) + [planned.file]).sorted() {
            guard let hash = try OutputFolder.hash(of: file, path) else { continue }
            let existing = Reservation.Replaced(file: file, sha256: hash)
            guard own.contains(existing) else {
                return Standing(occupied: OutputProblem.Occupied(path: "\(path)/\(file)", owner: nil))
            }
            standing.existing = existing
        }
        return standing
    }

    /// The hash of a file in the folder; nil when it is not there.
    static func hash(of file: String, _ folder: String) throws(OutputProblem) -> String? {
        let path = "\(folder)/\(file)"
        var status = stat()
        if lstat(path, &status) != 0 {
            guard errno == ENOENT || errno == ENOTDIR else { throw .system(.open, path) }
            return nil
        }
        let input = try InputFile(path: path)
        try input.readRest()
        return input.sha256
    }

    private static func remove(_ file: String, _ folder: String) throws(OutputProblem) {
        try PrivateFolder.flush(try removeName(file, folder))
    }

    /// - Returns: the folder whose names are to be flushed.
    private static func removeName(_ file: String, _ folder: String) throws(OutputProblem) -> String {
        let path = "\(folder)/\(file)"
        if unlink(path) != 0, errno != ENOENT { throw .system(.remove, path) }
        return PrivateFolder.split(path).folder
    }

    /// Ends what a killed run has not: a file that has got its name replaces nothing any more, and one of another
    /// extension that it was to replace is removed.
    private static func settle(_ list: inout ReservationList, _ folder: String) throws(OutputProblem) {
        for reservation in list.all {
            guard let replaced = reservation.replaced, try hash(of: reservation.file, folder) == reservation.sha256
            else { continue }
            if replaced.file != reservation.file, try hash(of: replaced.file, folder) == replaced.sha256 {
                try remove(replaced.file, folder)
            }
            list[reservation.skolkod, reservation.readingDay]?.replaced = nil
        }
    }
}
