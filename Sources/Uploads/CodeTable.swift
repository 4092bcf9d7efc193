import CSN

/// The values of a coded field as a layout writes them.
struct CodeTable: Sendable {
    /// CSN's value of the field and the number under which a ``Candidate`` keeps it, from 1.
    struct Code: Sendable {
        let number: UInt8
        let word: String
    }

    /// Each value's number, and what is written for it.
    let words: [(number: UInt8, word: ByteWord)]

    /// The most bytes a value takes.
    var width: Int { words.map(\.word.length).max() ?? 0 }

    /// A table of the field's values, each written as `words` says, else as CSN's own; nil when a word has no bytes,
    /// more than eight, or two values share one.
    init?(field: Field, words: [String: String] = [:]) {
        var table: [(number: UInt8, word: ByteWord)] = []
        for code in field.codes {
            guard let word = ByteWord(bytes: Array((words[code.word] ?? code.word).utf8)), word != .blanks,
                !table.contains(where: { $0.word == word })
            else { return nil }
            table.append((code.number, word))
        }
        self.words = table
    }
}

/// The values of all coded fields of a layout in flat tables: eight are looked up in every record.
struct CodeWords: Sendable {
    /// By field and number; blanks where there is no such value, as for 0.
    private var written = [ByteWord](repeating: .blanks, count: Field.allCases.count << 8)
    /// By field and byte, the number of a word of that one byte; 0 where there is none.
    private var single = [UInt8](repeating: 0, count: Field.allCases.count << 8)
    /// The words one after another, and by field where its own begin and end.
    private var words: [ByteWord] = []
    private var numbers: [UInt8] = []
    private var ranges = [Range<Int>](repeating: 0..<0, count: Field.allCases.count)

    init(_ tables: some Sequence<(field: Field, codes: CodeTable)>) {
        for (field, codes) in tables {
            let first = words.count
            for code in codes.words {
                written[Int(field.rawValue) << 8 | Int(code.number)] = code.word
                if code.word.length == 1 { single[Int(field.rawValue) << 8 | Int(code.word & 0xFF)] = code.number }
                words.append(code.word)
                numbers.append(code.number)
            }
            ranges[Int(field.rawValue)] = first..<words.count
        }
    }

    /// What is written for the number; blanks for 0.
    @inline(__always)
    func word(of number: UInt8, in field: Field) -> ByteWord { written[Int(field.rawValue) << 8 | Int(number)] }

    /// The number that is written so; nil when it is none of the field's values.
    @inline(__always)
    func number(of word: ByteWord, in field: Field) -> UInt8? {
        if word >> 8 == ByteWord.blanks >> 8 {
            let number = single[Int(field.rawValue) << 8 | Int(word & 0xFF)]
            return number == 0 ? nil : number
        }
        for place in ranges[Int(field.rawValue)] where words[place] == word { return numbers[place] }
        return nil
    }
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
