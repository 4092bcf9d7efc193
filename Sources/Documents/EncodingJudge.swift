import Findings

/// The encoding of an input, and why.
public struct EncodingConclusion: Sendable {
    /// On what the conclusion rests.
    public enum Evidence: Sendable, Equatable {
        /// The input begins with the encoding's byte order mark.
        case byteOrderMark
        /// No byte outside ASCII.
        case onlyASCII
        /// All letters outside ASCII are UTF-8.
        case validUTF8(letters: Int)
        /// So many letters outside ASCII are UTF-8 and so few are not that the file is UTF-8 with damage.
        case damagedUTF8(letters: Int, invalid: Int)
        /// The Swedish letters make sense in this encoding: each with its count, and how the runner-up reads the
        /// same bytes.
        case swedishLetters([LetterCount], otherwise: String, other: TextEncoding)
        /// No letter decides; the commonest encoding is taken.
        case nothingDecides(bytes: Int)
        /// Every second byte is zero: UTF-16 without its byte order mark. Not guessed.
        case utf16WithoutMark(zeroes: Int)
    }

    /// A Swedish letter and how often it stands where letters stand.
    public struct LetterCount: Sendable, Equatable {
        /// The letter.
        public let letter: Character
        /// How often it occurs.
        public let count: Int
    }

    /// The encoding; nil when it must not be guessed.
    public let encoding: TextEncoding?
    /// Bytes of the byte order mark at the beginning.
    public let byteOrderMarkLength: Int
    /// On what the conclusion rests.
    public let evidence: Evidence
    /// The first byte that the encoding does not know (UTF-8 only); nil when there is none.
    public let firstInvalid: Int?
    /// Swedish letters that were encoded twice: `Ã¥` for å.
    public let doubleEncodedLetters: Int

    /// Whether some system wrote UTF-8, read it as Latin-1 and wrote that as UTF-8.
    public var isDoubleEncoded: Bool { doubleEncodedLetters > 0 }

    /// Encoding and evidence, for people.
    public var text: Text {
        let name = encoding?.name ?? ""
        let main: Text =
            switch evidence {
            case .byteOrderMark:
                Text(
                    sv: "\(name): filen börjar med kodningens märke (BOM).",
                    en: "\(name): the file begins with the encoding's mark (BOM).")
            case .onlyASCII:
                Text(sv: "\(name): inga tecken utanför ASCII.", en: "\(name): no letters outside ASCII.")
            case .validUTF8(let letters):
                Text(
                    sv: "\(name): \(letters) tecken utanför ASCII, alla giltiga.",
                    en: "\(name): \(letters) letters outside ASCII, all valid.")
            case .damagedUTF8(let letters, let invalid):
                Text(
                    sv: "\(name): \(letters) tecken utanför ASCII är giltiga, \(invalid) är skadade.",
                    en: "\(name): \(letters) letters outside ASCII are valid, \(invalid) are damaged.")
            case .swedishLetters(let letters, let otherwise, let other):
                Text(
                    sv: "\(name): svenska bokstäver blir begripliga (\(EncodingConclusion.list(letters))); "
                        + "som \(other.name) skulle där stå \(otherwise).",
                    en: "\(name): Swedish letters make sense (\(EncodingConclusion.list(letters))); "
                        + "as \(other.name) they would read \(otherwise).")
            case .nothingDecides(let bytes):
                Text(
                    sv: "\(name) antas: \(bytes) tecken utanför ASCII, men inga som avgör.",
                    en: "\(name) is assumed: \(bytes) letters outside ASCII, but none that decide.")
            case .utf16WithoutMark:
                Text(
                    sv: "Filen ser ut som UTF-16 men saknar märket (BOM) som säger vilken byteordning den har. "
                        + "Spara den som UTF-8, eller ange kodningen i profilen.",
                    en: "The file looks like UTF-16 but lacks the mark (BOM) that tells its byte order. "
                        + "Save it as UTF-8, or name the encoding in the profile.")
            }
        guard isDoubleEncoded else { return main }
        return main
            + Text(
                sv: " \(doubleEncodedLetters) bokstäver är kodade två gånger (Ã¥ i stället för å): "
                    + "systemet som skrev filen läste UTF-8 som Latin-1.",
                en: " \(doubleEncodedLetters) letters are encoded twice (Ã¥ for å): "
                    + "the system that wrote the file read UTF-8 as Latin-1.")
    }

    private static func list(_ letters: [LetterCount]) -> String {
        letters.map { "\($0.letter) \($0.count)" }.joined(separator: ", ")
    }
}

/// Weighs what an ``EncodingSurvey`` gathered.
struct EncodingJudge {
    let survey: EncodingSurvey

    /// Order: byte order mark, zero bytes, UTF-8, then the single-byte encoding under which the letters make sense.
    func conclusion(byteOrderMark: (encoding: TextEncoding, length: Int)?) -> EncodingConclusion {
        func concluded(_ encoding: TextEncoding?, _ evidence: EncodingConclusion.Evidence) -> EncodingConclusion {
            EncodingConclusion(
                encoding: encoding, byteOrderMarkLength: byteOrderMark?.length ?? 0, evidence: evidence,
                firstInvalid: encoding == .utf8 ? survey.utf8.firstInvalid : nil,
                doubleEncodedLetters: encoding == .utf8 ? survey.doubleEncoding.letters : 0)
        }
        if let byteOrderMark { return concluded(byteOrderMark.encoding, .byteOrderMark) }
        let zeroes = survey.zeroes
        if max(zeroes.even, zeroes.odd) > survey.size / 5, min(zeroes.even, zeroes.odd) < survey.size / 20 {
            return concluded(nil, .utf16WithoutMark(zeroes: zeroes.even + zeroes.odd))
        }
        let (letters, invalid) = (survey.utf8.letters, survey.utf8.invalid)
        if invalid == 0 { return concluded(.utf8, letters == 0 ? .onlyASCII : .validUTF8(letters: letters)) }
        // In single-byte text two bytes seldom make a letter of UTF-8 by chance, and never mostly.
        if letters >= 10 * invalid { return concluded(.utf8, .damagedUTF8(letters: letters, invalid: invalid)) }
        let (encoding, evidence) = singleByte()
        return concluded(encoding, evidence)
    }

    private func singleByte() -> (TextEncoding, EncodingConclusion.Evidence) {
        // An encoding whose table this machine lacks cannot be read anyway.
        let tables = [TextEncoding.windows1252, .macRoman, .cp850].compactMap { try? SingleByteDecoder($0) }
        let ranking = tables.map { (table: $0, score: score($0)) }.enumerated().sorted {
            ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
        }.map(\.element)
        let high = (0x80...0xFF).reduce(0) { $0 + survey.occurrences(of: UInt8($1)) }
        guard let best = ranking.first, best.score > 0, let second = ranking.dropFirst().first else {
            return (latin1OrWindows, .nothingDecides(bytes: high))
        }
        let letters = EncodingJudge.core.compactMap { letter -> (byte: UInt8, count: EncodingConclusion.LetterCount)? in
            guard let byte = (0x80...0xFF).first(where: { best.table[$0].map(Character.init) == letter }) else {
                return nil
            }
            let count = survey.occurrences(of: byte)
            return count > 0 ? (byte, EncodingConclusion.LetterCount(letter: letter, count: count)) : nil
        }
        guard !letters.isEmpty else { return (latin1OrWindows, .nothingDecides(bytes: high)) }
        let otherwise = letters.prefix(3).map { second.table[$0.byte].map { String(Character($0)) } ?? "□" }
        let encoding = best.table.encoding == .windows1252 ? latin1OrWindows : best.table.encoding
        return (
            encoding,
            .swedishLetters(letters.map(\.count), otherwise: otherwise.joined(), other: second.table.encoding)
        )
    }

    /// Bytes 80–9F are characters in Windows-1252 and unused controls in ISO-8859-1.
    private var latin1OrWindows: TextEncoding {
        (0x80...0x9F).contains { survey.occurrences(of: UInt8($0)) > 0 } ? .windows1252 : .latin1
    }

    /// The letters of Swedish names and course names, the commonest first.
    private static let core: [Character] = ["å", "ä", "ö", "Å", "Ä", "Ö", "é", "É", "ü", "Ü"]

    private func score(_ table: SingleByteDecoder) -> Int {
        (0x80...0xFF).reduce(0) { sum, number in
            let byte = UInt8(number)
            guard survey.occurrences(of: byte) > 0 else { return sum }
            var score = sum
            for before in EncodingSurvey.Neighbour.allCases {
                for after in EncodingSurvey.Neighbour.allCases {
                    let count = survey.occurrences(of: byte, between: before, and: after)
                    if count > 0 { score += count * weight(table[byte], before, after) }
                }
            }
            return score
        }
    }

    /// How much sense a character makes between two neighbours. The numbers need only be in this order: a letter of
    /// Swedish inside a word, one of other languages, a letter by itself, a sign, a capital after a small letter, a
    /// sign inside a word, and a byte that is no character.
    private func weight(
        _ scalar: Unicode.Scalar?, _ before: EncodingSurvey.Neighbour, _ after: EncodingSurvey.Neighbour
    ) -> Int {
        guard let scalar, scalar.value > 0x9F else { return -50 }
        guard scalar.properties.isAlphabetic, scalar != "ª", scalar != "º" else {
            return isLetter(before) && isLetter(after) ? -8 : -1
        }
        let isUpper = scalar.properties.isUppercase
        if isUpper && before == .lower || !isUpper && after == .upper { return -4 }
        let isAlone = before == .other && after == .other
        switch Character(scalar) {
        case "å", "ä", "ö", "Å", "Ä", "Ö": return isAlone ? 3 : 10
        case "é", "É", "ü", "Ü": return isAlone ? 1 : 6
        default: return isAlone ? -1 : 2
        }
    }

    private func isLetter(_ neighbour: EncodingSurvey.Neighbour) -> Bool { neighbour == .lower || neighbour == .upper }
}
