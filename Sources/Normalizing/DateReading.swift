import CSN
import Profiles

/// Reads a date in the forms that a profile declares for its column.
struct DateReading {
    let forms: [DateForm]
    /// The day of the run, for years of two digits.
    let today: Day
    /// The days of the terms, and which of a term's two the column means; nil where it means neither.
    var terms: Profile.TermDays?
    var isLastDay = false

    /// Reads a column of a profile.
    init(_ slot: Slot, of profile: Profile, today: Day) {
        forms = profile.columns[slot]?.dates ?? DateForm.usual
        self.today = today
        isLastDay = slot == .slutdatum
        if slot == .startdatum || isLastDay { terms = profile.terms }
    }

    /// Reads dates in those forms; none of them a term.
    init(forms: [DateForm], today: Day) {
        self.forms = forms
        self.today = today
    }

    /// Whether the other reads every cell as this one does.
    func readsAlike(_ other: DateReading) -> Bool { forms == other.forms && !forms.contains(.term) }

    func read(_ cell: CellBytes) -> Reading<Day> {
        guard !cell.isEmpty else { return .blank }
        if cell.count == 10, let eight = isoDigits(cell), forms.contains(.iso) { return day(eight) }
        for form in forms {
            if let reading = read(cell, as: form) { return reading }
        }
        return .failed(.format)
    }

    /// nil when the cell is not of the form.
    private func read(_ cell: CellBytes, as form: DateForm) -> Reading<Day>? {
        switch form {
        case .iso:
            return cell.count == 10 ? isoDigits(cell).map(day) : nil
        case .dateTime:
            guard cell.count > 11, cell[10] == UInt8(ascii: "T") || cell[10] == 0x20,
                isTimeOfDay(CellBytes(rebasing: cell[11...]))
            else { return nil }
            return isoDigits(CellBytes(rebasing: cell[0..<10])).map(day)
        case .compact:
            return cell.count == 8 ? cell.wholeNumber.map(day) : nil
        case .short:
            return cell.count == 6 ? cell.wholeNumber.map(nearestDay) : nil
        case .slashed:
            let parts = cell.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard parts.count == 3, (1...2).contains(parts[0].count), (1...2).contains(parts[1].count),
                parts[2].count == 4
            else { return nil }
            let numbers = parts.compactMap { CellBytes(rebasing: $0).wholeNumber }
            return numbers.count == 3 ? day(numbers[2] * 10_000 + numbers[1] * 100 + numbers[0]) : nil
        case .excel:
            guard let number = serialNumber(cell) else { return nil }
            if number == DateReading.openEnd { return .failed(.open) }
            guard DateReading.serialNumbers.contains(number) else { return nil }
            return .value(Day(number: Int32(number - 25_569)))
        case .term: return termDay(cell)
        }
    }

    /// The day in the century that lies nearest to the day of the run: courses lie a few years around it.
    private func nearestDay(_ sixDigits: Int) -> Reading<Day> {
        let candidates = [-1, 0, 1].map { (today.year / 100 + $0) * 1_000_000 + sixDigits }
        let days = candidates.compactMap { Day(eightDigits: $0) }
        return days.min { abs($0 - today) < abs($1 - today) }.map { .value($0) } ?? .failed(.unrealDate)
    }

    /// Two digits of the year and one of the term, as Extens writes a period: 174 is autumn 2017, 172 spring 2017.
    private func termDay(_ cell: CellBytes) -> Reading<Day>? {
        guard cell.count == 3, let number = cell.wholeNumber, let terms else { return nil }
        let term: ClosedRange<Int>
        switch number % 10 {
        case 2: term = terms.spring
        case 4: term = terms.autumn
        default: return nil
        }
        // By the year alone, so that both days of a term lie in one century.
        let years = [-1, 0, 1].map { (today.year / 100 + $0) * 100 + number / 10 }
        guard let year = years.min(by: { abs($0 - today.year) < abs($1 - today.year) }) else { return nil }
        return day(year * 10_000 + (isLastDay ? term.upperBound : term.lowerBound))
    }

    /// 1954-10-03 to 2119-01-11: what lies outside is a year or another number. 25569 is 1970-01-01.
    private static let serialNumbers = 20_000...80_000
    /// 9999-12-31 as a spreadsheet stores it.
    private static let openEnd = 2_958_465

    /// The days of a spreadsheet's date; a time of day, its decimals, is cut off.
    private func serialNumber(_ cell: CellBytes) -> Int? {
        guard let mark = cell.firstIndex(where: { $0 == 0x2E || $0 == 0x2C }) else { return cell.wholeNumber }
        guard CellBytes(rebasing: cell[(mark + 1)...]).wholeNumber != nil else { return nil }
        return CellBytes(rebasing: cell[..<mark]).wholeNumber
    }

    /// Hours and minutes, behind them only what seconds and a zone are written with.
    private func isTimeOfDay(_ cell: CellBytes) -> Bool {
        var cursor = CellCursor(cell)
        guard let hour = cursor.number(), hour <= 24, cursor.take(UInt8(ascii: ":")), let minute = cursor.number(),
            minute < 60
        else { return false }
        return cell.allSatisfy { CellBytes.isDigit($0) || ":.,+- Z".utf8.contains($0) }
    }

    private func day(_ eightDigits: Int) -> Reading<Day> {
        if eightDigits == 9999_12_31 { return .failed(.open) }
        return Day(eightDigits: eightDigits).map { .value($0) } ?? .failed(.unrealDate)
    }

    /// ÅÅÅÅ-MM-DD as eight digits.
    private func isoDigits(_ cell: CellBytes) -> Int? {
        guard cell.count == 10, cell[4] == 0x2D, cell[7] == 0x2D else { return nil }
        let bytes = UnsafeRawBufferPointer(cell)
        let year = UInt64(bytes.loadUnaligned(as: UInt32.self).littleEndian)
        let month = UInt64(bytes.loadUnaligned(fromByteOffset: 5, as: UInt16.self).littleEndian)
        let day = UInt64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self).littleEndian)
        return CellBytes.number(ofDigits: year | month << 32 | day << 48).map { Int($0) }
    }
}
