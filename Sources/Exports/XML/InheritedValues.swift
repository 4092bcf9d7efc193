import Profiles

/// What an element's second value does to its first.
enum Repetition {
    case keep
    case replace
    case join

    /// What stands between joined values.
    static let separator: [UInt8] = Array(" | ".utf8)

    /// Blank ones say nothing; of the others the profile decides.
    static func of(
        _ new: UnsafeRawBufferPointer, after existing: UnsafeRawBufferPointer,
        _ repeated: Profile.XMLShape.Repeated
    ) -> Repetition {
        if new.isEmpty { return .keep }
        if existing.isEmpty { return .replace }
        switch repeated {
        case .first: return .keep
        case .last: return .replace
        case .all: return isPart(new, of: existing) ? .keep : .join
        }
    }

    private static func isPart(_ value: UnsafeRawBufferPointer, of joined: UnsafeRawBufferPointer) -> Bool {
        var rest = joined[...]
        while rest.count >= value.count {
            if rest.starts(with: value) {
                let behind = rest.dropFirst(value.count)
                if behind.isEmpty || behind.starts(with: separator) { return true }
            }
            guard let next = rest.firstRange(of: separator) else { return false }
            rest = rest[next.upperBound...]
        }
        return false
    }
}

/// Values of elements around rows, each until the element ends that encloses the rows.
///
/// A value stands for the rows behind it inside the element that it belongs to: an attribute's own element, an
/// element's parent, and where a column's path names more steps (`civicNo/value`) the parent of the first of them.
struct InheritedValues {
    /// A value.
    struct Value {
        var use: XMLPathTable.Use
        var path: Int32
        /// The level of the element at whose end the value ends.
        var depth: Int
        /// The level up to which it is handed when that element ends without a row in it.
        var outermost: Int
        /// How many rows had been met before it.
        var rowsBefore: Int
        /// The outermost element that has ended around the value: where a second one begins, the value is the first
        /// one's alone.
        var carrier: Int32 = -1
        var bytes: [UInt8] = []
        /// Which portion holds a copy of it, and where.
        var copiedTo = (portion: -1, start: 0)
    }

    /// The live ones come first; the others only keep their room.
    private var values: [Value] = []
    private(set) var live = 0

    /// Takes in a value. One of the same path that no row has used is repeated, any other is replaced.
    ///
    /// - Returns: how many bytes the value has now.
    mutating func add(_ value: Value, _ bytes: UnsafeRawBufferPointer, _ repeated: Profile.XMLShape.Repeated) -> Int {
        let met = (0..<live).first { values[$0].path == value.path && values[$0].use.column == value.use.column }
        guard let met else {
            append(value, bytes)
            return bytes.count
        }
        let isRepeated = values[met].rowsBefore == value.rowsBefore && values[met].depth == value.depth
        let does =
            isRepeated
            ? values[met].bytes.withUnsafeBytes { Repetition.of(bytes, after: $0, repeated) } : .replace
        var room = values[met].bytes
        values[met] = value
        switch does {
        case .keep: break
        case .replace:
            room.removeAll(keepingCapacity: true)
            room.append(contentsOf: bytes)
        case .join: room += Repetition.separator + bytes
        }
        values[met].bytes = room
        return room.count
    }

    private mutating func append(_ value: Value, _ bytes: UnsafeRawBufferPointer) {
        if live == values.count {
            values.append(value)
        } else {
            let room = values[live].bytes
            values[live] = value
            values[live].bytes = room
            values[live].bytes.removeAll(keepingCapacity: true)
        }
        values[live].bytes.append(contentsOf: bytes)
        live += 1
    }

    /// An element begins outside rows.
    mutating func begin(_ path: Int32) { removeAll { $0.carrier == path } }

    /// An element ends that is no row and lies in none.
    mutating func end(_ path: Int32, depth: Int, hasRow: Bool) {
        for index in 0..<live where values[index].depth == depth && !hasRow {
            guard values[index].depth > values[index].outermost else { continue }
            values[index].depth -= 1
            values[index].carrier = path
        }
        removeAll { $0.depth >= depth }
    }

    private mutating func removeAll(where isOver: (Value) -> Bool) {
        var index = 0
        while index < live {
            if isOver(values[index]) {
                live -= 1
                values.swapAt(index, live)
            } else {
                index += 1
            }
        }
    }

    /// A value that a row inherits, as it counts there.
    enum Found {
        case none
        case value(Int)
        case ambiguous(Int32, Int32)
    }

    /// The value of a column: the innermost; of several at one level the first of the profile's order that is not
    /// blank, where the profile ranks them.
    func find(_ column: Int32, isRanked: Bool) -> Found {
        var best: Int?
        for index in 0..<live where values[index].use.column == column {
            guard let met = best else {
                best = index
                continue
            }
            let (old, new) = (values[met], values[index])
            if isRanked {
                let goesBefore = new.use.rank < old.use.rank || old.bytes.isEmpty
                if !new.bytes.isEmpty && goesBefore { best = index }
            } else if new.depth == old.depth {
                return .ambiguous(old.path, new.path)
            } else if new.depth > old.depth {
                best = index
            }
        }
        return best.map { .value($0) } ?? .none
    }

    /// The place of a value in the portion's bytes, where it is put once.
    mutating func place(_ index: Int, portion: Int, in bytes: inout ByteRoom) -> (start: Int, length: Int) {
        if values[index].copiedTo.portion != portion {
            values[index].copiedTo = (portion, bytes.count)
            values[index].bytes.withUnsafeBytes { if let base = $0.baseAddress { bytes.append(base, $0.count) } }
        }
        return (values[index].copiedTo.start, values[index].bytes.count)
    }
}
