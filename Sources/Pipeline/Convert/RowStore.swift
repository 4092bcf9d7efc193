import CSN
import Glibc
import Synchronization

/// The rows of a run by school, until each school is converted.
///
/// An export that comes school by school is done with most of its schools long before its end, but nobody can tell with
/// which: a row may still follow. So once the memory for rows is used up, those of the schools that have waited longest
/// go to a file that has no name and that nobody else can open, and come back when their school's turn comes. How much
/// memory a run takes then depends on its largest school, not on the export.
final class RowStore: Sendable {
    /// So many rows stay in memory, 40 MB.
    static let usualLimit = 40_000_000 / MemoryLayout<Candidate>.stride

    private let rows: Mutex<HeldRows>

    /// An empty store.
    ///
    /// - Parameters:
    ///   - limit: so many rows stay in memory.
    ///   - folder: where the others are kept.
    init(limit: Int = usualLimit, in folder: String) { rows = Mutex(HeldRows(limit: limit, in: folder)) }

    /// The schools of which there are rows, in order; 0 for those whose school could not be told.
    var skolkoder: [UInt16] { rows.withLock { $0.skolkoder } }

    /// Adds the rows of a slice by school.
    func add(_ slice: [UInt16: [Candidate]]) { rows.withLock { $0.add(slice) } }

    /// Takes the rows of a school out, in the order in which they came.
    ///
    /// - Throws: what was put away cannot be read.
    func take(_ skolkod: UInt16) throws(RowsLost) -> [Candidate] {
        try rows.withLock { rows throws(RowsLost) in try rows.take(skolkod) }
    }
}

/// What a ``RowStore`` holds.
private struct HeldRows: ~Copyable {
    /// The rows of a school, in the order in which they came: those in the file, then those in memory.
    private struct School {
        var kept: [Range<Int>] = []
        var slices: [[Candidate]] = []
        /// How many rows the slices have.
        var count = 0
        /// When a slice was last added, counted in slices.
        var touched = 0
    }

    private var schools: [UInt16: School] = [:]
    private var inMemory = 0
    private var turn = 0
    private let limit: Int
    private let folder: String
    private var file: NamelessRows?

    init(limit: Int, in folder: String) {
        self.limit = limit
        self.folder = folder
    }

    var skolkoder: [UInt16] { schools.keys.sorted() }

    mutating func add(_ rows: [UInt16: [Candidate]]) {
        turn += 1
        for (skolkod, candidates) in rows {
            schools[skolkod, default: School()].slices.append(candidates)
            schools[skolkod]?.count += candidates.count
            schools[skolkod]?.touched = turn
            inMemory += candidates.count
        }
        if inMemory > limit { putAway() }
    }

    mutating func take(_ skolkod: UInt16) throws(RowsLost) -> [Candidate] {
        guard let school = schools.removeValue(forKey: skolkod) else { return [] }
        inMemory -= school.count
        var rows: [Candidate] = []
        rows.reserveCapacity(school.count + school.kept.reduce(0) { $0 + $1.count })
        for range in school.kept { try file?.read(range, into: &rows) }
        for slice in school.slices { rows += slice }
        return rows
    }

    /// Puts rows away until half of the memory is free, those of the school first that has waited longest. The school
    /// of the last slice, and rows of no school, stay.
    private mutating func putAway() {
        let waiting = schools.filter { $0.key != 0 && $0.value.touched < turn && $0.value.count > 0 }
            .sorted { ($0.value.touched, $0.key) < ($1.value.touched, $1.key) }.map(\.key)
        guard !waiting.isEmpty else { return }
        if file == nil { file = NamelessRows(in: folder) }
        for skolkod in waiting where inMemory > limit / 2 {
            guard let school = schools[skolkod], let ranges = file?.write(school.slices) else { return }
            schools[skolkod]?.kept += ranges
            schools[skolkod]?.slices = []
            schools[skolkod]?.count = 0
            inMemory -= school.count
        }
    }
}

/// Rows that were put away cannot be read any more.
struct RowsLost: Error {
    /// The system's error number.
    let code: Int32
}

/// Rows in a file of mode 0600 without a name, which is gone when the process is.
private final class NamelessRows {
    private let descriptor: Int32
    /// How many rows the file holds.
    private var count = 0
    private static let stride = MemoryLayout<Candidate>.stride

    /// nil when no file can be made: then everything stays in memory.
    init?(in folder: String) {
        var template = Array("\(folder)/.rows-XXXXXX".utf8CString)
        // mkstemp makes the file with mode 0600.
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
    }

    deinit { close(descriptor) }

    /// Writes rows and says where they stand; nil when the disk is full. What was half written is written over.
    func write(_ slices: [[Candidate]]) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var end = count
        for slice in slices {
            let isWritten = slice.withUnsafeBytes { bytes in
                var done = 0
                while done < bytes.count {
                    let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                    let step = pwrite(
                        descriptor, rest.baseAddress, rest.count, off_t(end * NamelessRows.stride + done))
                    if step < 0, errno == EINTR { continue }
                    guard step > 0 else { return false }
                    done += step
                }
                return true
            }
            guard isWritten else { return nil }
            ranges.append(end..<end + slice.count)
            end += slice.count
        }
        count = end
        return ranges
    }

    /// Reads rows and adds them to a list.
    func read(_ range: Range<Int>, into rows: inout [Candidate]) throws(RowsLost) {
        var failure: RowsLost?
        let read = [Candidate](unsafeUninitializedCapacity: range.count) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)[..<(range.count * NamelessRows.stride)]
            var done = 0
            while done < bytes.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
                let step = pread(
                    descriptor, rest.baseAddress, rest.count,
                    off_t(range.lowerBound * NamelessRows.stride + done))
                if step < 0, errno == EINTR { continue }
                guard step > 0 else {
                    failure = RowsLost(code: step < 0 ? errno : EIO)
                    return
                }
                done += step
            }
            filled = range.count
        }
        if let failure { throw failure }
        rows += read
    }
}
