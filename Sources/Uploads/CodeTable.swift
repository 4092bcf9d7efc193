import CSN

/// At most eight bytes without a heap object.
struct ShortBytes: Hashable, Sendable {
    private(set) var packed: UInt64 = 0
    private(set) var count = 0

    /// nil for more than eight bytes.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count <= 8 else { return nil }
        for byte in bytes.reversed() { packed = packed << 8 | UInt64(byte) }
        count = bytes.count
    }
}

/// The values of a coded field as a layout writes them. A class, so that a slot copied in the hot path costs one retain.
final class CodeTable: Sendable {
    /// CSN's value of the field and the number under which a ``Candidate`` keeps it, from 1.
    struct Code: Sendable {
        let number: UInt8
        let word: String
    }

    /// What is written for a number; nil where there is no such value.
    private let written: [ShortBytes?]
    private let numbers: [(bytes: ShortBytes, number: UInt8)]

    /// The most bytes a value takes.
    var width: Int { numbers.map(\.bytes.count).max() ?? 0 }

    /// A table of the field's values, each written as `words` says, else as CSN's own; nil when a word has no bytes,
    /// more than eight, or two values share one.
    init?(field: Field, words: [String: String] = [:]) {
        var written: [ShortBytes?] = []
        var numbers: [(bytes: ShortBytes, number: UInt8)] = []
        for code in field.codes {
            let word = words[code.word] ?? code.word
            guard let bytes = ShortBytes(Array(word.utf8)), bytes.count > 0,
                !numbers.contains(where: { $0.bytes == bytes })
            else { return nil }
            while written.count <= Int(code.number) { written.append(nil) }
            written[Int(code.number)] = bytes
            numbers.append((bytes, code.number))
        }
        self.written = written
        self.numbers = numbers
    }

    /// What is written for the number; nil for 0 (blank).
    func bytes(of number: UInt8) -> ShortBytes? { Int(number) < written.count ? written[Int(number)] : nil }

    /// The number that is written so; nil when it is none of the field's values.
    func number(of bytes: ShortBytes) -> UInt8? { numbers.first { $0.bytes == bytes }?.number }
}

extension Field {
    /// The field's values by CSN's own words; empty for a field that is not coded.
    var codes: [CodeTable.Code] {
        switch self {
        case .fardighetstraning, .traineejobb: [.init(number: 1, word: "J")]
        case .uppdragsutbildning: [.init(number: 1, word: "U")]
        case .registrering: [.init(number: 1, word: "J"), .init(number: 2, word: "N")]
        case .omfattning: Omfattning.allCases.map { .init(number: $0.rawValue, word: $0.code) }
        case .niva: Niva.allCases.map { .init(number: $0.rawValue, word: $0.code) }
        case .meddelandeorsak: Meddelandeorsak.allCases.map { .init(number: $0.rawValue, word: String($0.rawValue)) }
        case .betyg: Betyg.allCases.map { .init(number: $0.rawValue, word: $0.code) }
        default: []
        }
    }
}

extension Candidate {
    /// The number of a coded field's value; 0 for blank.
    func codeNumber(of field: Field) -> UInt8 {
        switch field {
        case .fardighetstraning: fardighetstraning ? 1 : 0
        case .omfattning: omfattning?.rawValue ?? 0
        case .niva: niva?.rawValue ?? 0
        case .uppdragsutbildning: uppdragsutbildning ? 1 : 0
        case .traineejobb: traineejobb ? 1 : 0
        case .registrering: registrering ? 1 : 2
        case .meddelandeorsak: meddelandeorsak?.rawValue ?? 0
        case .betyg: betyg?.rawValue ?? 0
        default: 0
        }
    }

    /// Sets a coded field from its number.
    mutating func setCode(_ number: UInt8, of field: Field) {
        switch field {
        case .fardighetstraning: fardighetstraning = number == 1
        case .omfattning: omfattning = Omfattning(rawValue: number)
        case .niva: niva = Niva(rawValue: number)
        case .uppdragsutbildning: uppdragsutbildning = number == 1
        case .traineejobb: traineejobb = number == 1
        case .registrering: registrering = number == 1
        case .meddelandeorsak: meddelandeorsak = Meddelandeorsak(rawValue: number)
        case .betyg: betyg = Betyg(rawValue: number)
        default: break
        }
    }
}
