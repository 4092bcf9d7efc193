import CSN

/// Reads a personnummer in every spelling that exports use.
///
/// ÅÅÅÅMMDDXXXX, ÅÅÅÅMMDD-XXXX, ÅÅMMDD-XXXX, ÅÅMMDDXXXX, `+` from the year of turning 100, blanks inside, and what a
/// spreadsheet leaves of a number: a trailing ".0", a lost leading zero. Two-digit years mean the latest century in
/// which the person has been born by the day of the run, with `+` the latest in which the year of turning 100 has come;
/// never a fixed window.
struct PersonnummerReading {
    /// The day of the run.
    let today: Day

    func read(_ cell: CellBytes) -> Reading<Personnummer> {
        let cell = cell.withoutSpreadsheetDecimals
        guard !cell.isEmpty else { return .blank }
        guard cell.count <= 40 else { return .failed(.format) }
        var digits: UInt64 = 0
        var count = 0
        var separator: UInt8 = 0
        for byte in cell {
            if CellBytes.isDigit(byte) {
                digits = digits &* 10 &+ UInt64(byte &- 48)
                count += 1
                if count > 12 { break }
            } else if byte == 0x2D || byte == 0x2B {
                guard separator == 0, count == 6 || count == 8 else { return otherwise(cell) }
                separator = byte
            } else if byte != 0x20 && byte != 0x09 {
                return otherwise(cell)
            }
        }
        switch count {
        case 12: return checked(digits)
        case 10: return checked(withCentury(digits, isCentenarian: separator == 0x2B))
        case 7...9 where separator == 0: return withLostZeros(digits)
        default: return otherwise(cell)
        }
    }

    private func checked(_ digits: UInt64) -> Reading<Personnummer> {
        guard let number = Personnummer(digits: digits) else { return .failed(.unrealDate) }
        return number.hasRightCheckDigit ? .value(number) : .doubtful(number, .checkDigit)
    }

    /// Ten digits as twelve.
    private func withCentury(_ digits: UInt64, isCentenarian: Bool) -> UInt64 {
        let date = Int(digits / 10_000)
        let day = date % 100 > 60 ? date % 100 - 60 : date % 100
        let (thisYear, thisMonth, thisDay) = today.civil
        let now = thisYear * 10_000 + thisMonth * 100 + thisDay
        var year = thisYear / 100 * 100 + date / 10_000
        if isCentenarian {
            // From the first day of the year of turning 100, also before the birthday.
            while year > thisYear - 100 { year -= 100 }
        } else if year * 10_000 + date / 100 % 100 * 100 + day > now {
            year -= 100
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
        if isTemporary(cell) { return .failed(.temporary) }
        return .failed(isGUID(cell) ? .guid : .format)
    }

    /// A date of six or eight digits and four characters of which the first is a letter, or any is a letter that
    /// nobody writes for a digit (`19911201TF10`, `911201-TF10`, `19911201T123`).
    private func isTemporary(_ cell: CellBytes) -> Bool {
        let kept = cell.filter { $0 != 0x2D && $0 != 0x2B && $0 != 0x20 }
        guard kept.count == 10 || kept.count == 12 else { return false }
        guard kept.dropLast(4).allSatisfy(CellBytes.isDigit) else { return false }
        let serial = Array(kept.suffix(4))
        func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
        guard serial.allSatisfy({ isLetter($0) || CellBytes.isDigit($0) }) else { return false }
        let mistakenForDigits: [UInt8] = Array("OoIl".utf8)
        return serial.contains { isLetter($0) && !mistakenForDigits.contains($0) }
    }

    private func isGUID(_ cell: CellBytes) -> Bool {
        var kept = Array(cell)
        if kept.first == UInt8(ascii: "{"), kept.last == UInt8(ascii: "}") { kept = Array(kept.dropFirst().dropLast()) }
        guard kept.count == 36 else { return false }
        return kept.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == 0x2D : CellBytes.isDigit(byte) || (0x41...0x46).contains(byte & 0xDF)
        }
    }
}
