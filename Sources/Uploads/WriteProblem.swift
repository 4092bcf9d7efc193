import CSN
import Findings

/// Why records cannot be written as a file of this layout. Each is a fault in what was handed to the writer: nothing
/// of the file is used.
public enum WriteProblem: Error, Hashable, Sendable {
    /// An obligatory field without a value; the record's number, from 1.
    case missing(Field, record: Int)
    /// A value longer than the field.
    case tooLong(Field, record: Int)
    /// A character that the encoding cannot hold, or a control character.
    case character(Field, record: Int, scalar: UInt32)
    /// A skolkod other than the first record's.
    case severalSchools(record: Int)
    /// Not in the order of ``RecordOrder``.
    case notInOrder(record: Int)
    /// No record at all.
    case empty

    /// What people are told; holds no personal value.
    public var text: Text {
        switch self {
        case .missing(let field, let record):
            Text(
                sv: "Post \(record) saknar \(field.swedish) och kan inte skrivas.",
                en: "Record \(record) has no \(field.swedish) and cannot be written.")
        case .tooLong(let field, let record):
            Text(
                sv: "Värdet i \(field.swedish) i post \(record) är längre än fältet.",
                en: "The value of \(field.swedish) in record \(record) is longer than the field.")
        case .character(let field, let record, let scalar):
            Text(
                sv: "Tecknet U+\(hexadecimal(scalar)) i \(field.swedish) i post \(record) går inte att skriva i filen.",
                en: "The character U+\(hexadecimal(scalar)) in \(field.swedish) of record \(record) cannot be written.")
        case .severalSchools(let record):
            Text(
                sv: "Post \(record) hör till en annan skola än filen.",
                en: "Record \(record) belongs to another school than the file.")
        case .notInOrder(let record):
            Text(
                sv: "Post \(record) står inte i filens ordning.",
                en: "Record \(record) does not stand in the order of the file.")
        case .empty: Text(sv: "Det finns inga poster att skriva.", en: "There are no records to write.")
        }
    }

    private func hexadecimal(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
