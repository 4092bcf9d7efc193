import CSN

/// Reads a personnummer in every spelling that exports use.
///
/// ÅÅÅÅMMDDXXXX, ÅÅÅÅMMDD-XXXX, ÅÅMMDD-XXXX, ÅÅMMDDXXXX, `+` from the year of turning 100, blanks inside, and what a
/// spreadsheet leaves of a number: a trailing ".0", a lost leading zero. Two-digit years mean the latest century in
/// which the person has been born by the day of the run; with `+` the latest in which the person turns 100 this year
/// at the latest (folkbokföringslagen 1991:481, 18 §). Never a fixed window.
struct PersonnummerReading {
    /// The day of the run.
    let today: Day

    func read(_ cell: CellBytes) -> Reading<Personnummer> {
        if let digits = twelveDigits(cell) { return checked(digits) }
        let cell = cell.withoutDecimalZeros
        guard !cell.isEmpty else { return .blank }
        var digits: UInt64 = 0
        var count = 0
        var separator: (byte: UInt8, after: Int)?
        var index = 0
        while index < cell.count {
            let byte = cell[index]
            if CellBytes.isDigit(byte) {
                digits = digits &* 10 &+ UInt64(byte &- 48)
                count += 1
                index += 1
                if count > 12 { return otherwise(cell) }
            } else if byte == 0x2D || byte == 0x2B {
                guard separator == nil else { return otherwise(cell) }
                separator = (byte, count)
                index += 1
            } else {
                let blank = cell.blankLength(at: index)
                guard blank > 0 else { return otherwise(cell) }
                index += blank
            }
        }
        if let separator, separator.after != count - 4 { return otherwise(cell) }
        switch count {
        case 12: return checked(digits)
        case 10: return checked(withCentury(digits, isCentenarian: separator?.byte == 0x2B))
        case 7...9 where separator == nil: return withLostZeros(digits)
        default: return .failed(.format)
        }
    }

    /// The spellings that most exports use: twelve digits, with or without a hyphen before the last four.
    private func twelveDigits(_ cell: CellBytes) -> UInt64? {
        guard cell.count == 12 || cell.count == 13 && cell[8] == 0x2D else { return nil }
        let bytes = UnsafeRawBufferPointer(cell)
        let serial = UInt64(bytes.loadUnaligned(fromByteOffset: cell.count - 4, as: UInt32.self).littleEndian)
        guard let date = CellBytes.number(ofDigits: bytes.loadUnaligned(as: UInt64.self).littleEndian),
            let four = CellBytes.number(ofDigits: serial << 32 | 0x3030_3030)
        else { return nil }
        return date * 10_000 + four
    }

    private func checked(_ digits: UInt64) -> Reading<Personnummer> {
        guard let number = Personnummer(digits: digits) else { return .failed(.unrealDate) }
        return number.hasRightCheckDigit ? .value(number) : .doubtful(number, .checkDigit)
    }

    /// Ten digits as twelve.
    private func withCentury(_ digits: UInt64, isCentenarian: Bool) -> UInt64 {
        let date = Int(digits / 10_000)
        let (thisYear, _, _) = today.civil
        var year = thisYear / 100 * 100 + date / 10_000
        if isCentenarian {
            while year > thisYear - 100 { year -= 100 }
        } else {
            let day = date % 100 > 60 ? date % 100 - 60 : date % 100
            if year * 10_000 + date / 100 % 100 * 100 + day > today.eightDigits { year -= 100 }
        }
        return UInt64(year / 100) * 10_000_000_000 + digits
    }

    /// Seven to nine digits: a spreadsheet took the zeros of a year 00–09 off. Believed only when date and check digit
    /// fit.
    private func withLostZeros(_ digits: UInt64) -> Reading<Personnummer> {
        guard let number = Personnummer(digits: withCentury(digits, isCentenarian: false)), number.hasRightCheckDigit
        else { return .failed(.format) }
        return .value(number)
    }

    /// What is no number of digits: a temporary number, a GUID, or nothing that can be read.
    private func otherwise(_ cell: CellBytes) -> Reading<Personnummer> {
        guard cell.count <= 40 else { return .failed(.format) }
        let marks: [UInt8] = Array(" \t-+\u{A0}".utf8)
        let kept = cell.filter { !marks.contains($0) }
        if isTemporary(kept) { return .failed(.temporary) }
        return .failed(isGUID(kept) ? .guid : .format)
    }

    /// A date of six or eight digits and four characters among which is a letter that nobody writes for a digit
    /// (`19911201TF10`, `911201-TF10`, `19911201T123`).
    private func isTemporary(_ kept: [UInt8]) -> Bool {
        guard kept.count == 10 || kept.count == 12 else { return false }
        guard kept.dropLast(4).allSatisfy(CellBytes.isDigit) else { return false }
        let serial = kept.suffix(4)
        func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
        guard serial.allSatisfy({ isLetter($0) || CellBytes.isDigit($0) }) else { return false }
        let mistakenForDigits: [UInt8] = Array("OoIl".utf8)
        return serial.contains { isLetter($0) && !mistakenForDigits.contains($0) }
    }

    /// Thirty-two hexadecimal digits, with or without hyphens and braces, not all of them decimal.
    private func isGUID(_ kept: [UInt8]) -> Bool {
        let braces: [UInt8] = Array("{}".utf8)
        let digits = kept.filter { !braces.contains($0) }
        return digits.count == 32
            && digits.allSatisfy { CellBytes.isDigit($0) || (0x41...0x46).contains($0 & 0xDF) }
    }
}
