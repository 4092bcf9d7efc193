import CSN
import Profiles

/// Writes an export's rows, in the shape that its profile gives samples. Everything is sample text.
struct ExportWriter {
    private let cells: CellText
    private let fillers: FillerText
    private let columns: [Content]
    private let ofStudent: [Content]
    private let leaveOuts: [(column: Int, text: [UInt8])]
    private let dialect: Dialect
    private let lineEnd: [UInt8]
    private let encoding: SampleEncoding

    /// A column with what stands there.
    private struct Content {
        var header: [UInt8]
        var value: Value
        /// May hold the delimiter without quotes.
        var isJoined = false
    }

    private enum Value {
        case slot(Slot)
        case filler(SampleShape.Filler)
        case mixedCase(Slot)
        case text([UInt8])
    }

    private enum Dialect {
        case delimited(delimiter: UInt8, quote: UInt8?, hasHeader: Bool)
        case elements(XMLText)
    }

    init(
        _ profile: Profile, _ shape: SampleShape, _ showing: Showing, _ stock: CourseStock, today: Day,
        encoding: SampleEncoding, usesCRLF: Bool
    ) {
        cells = CellText(profile, shape, showing, stock, today: today)
        fillers = FillerText(stock: stock)
        leaveOuts = showing.leaveOuts.map { ($0.column, SampleText.bytes($0.value)) }
        lineEnd = Array((usesCRLF ? "\r\n" : "\n").utf8)
        self.encoding = encoding
        var joins: [HeaderName] = []
        var joinedPosition: Int?
        switch profile.container {
        case .delimited(let form):
            joins = form.joins
            joinedPosition = form.joinedPosition
            let dialect = form.dialects.first
            self.dialect = .delimited(
                delimiter: dialect?.delimiter ?? UInt8(ascii: ";"), quote: dialect?.quote, hasHeader: form.hasHeader)
        case .xml: dialect = .elements(XMLText(shape.elements))
        }
        func content(_ column: SampleShape.Column) -> Content {
            let value: Value
            if let text = column.text {
                value = .text(SampleText.bytes(text))
            } else if let slot = column.slot, column.filler == .mixedCase {
                value = .mixedCase(slot)
            } else if let filler = column.filler {
                value = .filler(filler)
            } else {
                value = column.slot.map { .slot($0) } ?? .text([])
            }
            let name = HeaderName(column.header)
            return Content(
                header: SampleText.bytes(column.header), value: value, isJoined: joins.contains { $0.matches(name) })
        }
        columns = shape.columns.enumerated().map { position, column in
            var content = content(column)
            content.isJoined = content.isJoined || position == joinedPosition
            return content
        }
        ofStudent = shape.elements?.parent?.columns.map(content) ?? []
    }

    // MARK: - Around the rows

    /// What stands before the first row: lines, each with its end.
    func opening() -> [UInt8] {
        switch dialect {
        case .delimited(let delimiter, _, let hasHeader):
            hasHeader ? Array(columns.map(\.header).joined(separator: [delimiter])) + lineEnd : []
        case .elements(let xml): xml.opening(encoding, lineEnd)
        }
    }

    /// What stands behind the last row.
    func closing() -> [UInt8] {
        guard case .elements(let xml) = dialect else { return [] }
        return xml.closing(lineEnd)
    }

    /// What stands before the rows of a student.
    func opening(of student: StudentDraft, place: Int) -> [UInt8] {
        guard case .elements(let xml) = dialect, xml.hasParent,
            let row = student.rows.first(where: { $0.leftOut == nil })
        else { return [] }
        var line = xml.parentOpening
        for column in ofStudent {
            xml.append(column.header, value(of: column, row, student, place), place: place, to: &line)
        }
        return line + lineEnd
    }

    /// What stands behind them.
    func closing(of student: StudentDraft) -> [UInt8] {
        guard case .elements(let xml) = dialect, xml.hasParent else { return [] }
        return xml.parentClosing + lineEnd
    }

    // MARK: - Rows

    /// A row with its line end. `place` varies what varies from row to row.
    func append(_ row: DraftRow, of student: StudentDraft, place: Int, to line: inout [UInt8]) {
        switch dialect {
        case .delimited(let delimiter, let quote, _):
            appendCells(row, student, place, delimiter, quote, &line)
        case .elements(let xml):
            line.append(contentsOf: xml.rowOpening)
            for (number, column) in columns.enumerated() {
                let text = leftOut(row, number) ?? value(of: column, row, student, place)
                xml.append(column.header, text, place: place, to: &line)
                if case .filler(.teacher) = column.value, place % 7 == 5 {
                    xml.append(column.header, value(of: column, row, student, place + 1), place: place, to: &line)
                }
            }
            line.append(contentsOf: xml.rowClosing)
        }
        line.append(contentsOf: lineEnd)
    }

    private func appendCells(
        _ row: DraftRow, _ student: StudentDraft, _ place: Int, _ delimiter: UInt8, _ quote: UInt8?,
        _ line: inout [UInt8]
    ) {
        for (number, column) in columns.dropLast(max(0, -row.surplusCells)).enumerated() {
            if number > 0 { line.append(delimiter) }
            if let text = leftOut(row, number) {
                line.append(contentsOf: text)
                continue
            }
            let start = line.count
            append(column, row, student, place, &line)
            guard !column.isJoined, line[start...].contains(delimiter) else { continue }
            if let quote {
                line.insert(quote, at: start)
                line.append(quote)
            } else {
                for place in start..<line.count where line[place] == delimiter { line[place] = UInt8(ascii: " ") }
            }
        }
        for _ in 0..<max(0, row.surplusCells) { line.append(contentsOf: [delimiter, UInt8(ascii: "x")]) }
    }

    private func leftOut(_ row: DraftRow, _ column: Int) -> [UInt8]? {
        guard let number = row.leftOut, leaveOuts[number].column == column else { return nil }
        return leaveOuts[number].text
    }

    private func append(
        _ column: Content, _ row: DraftRow, _ student: StudentDraft, _ place: Int, _ line: inout [UInt8]
    ) {
        switch column.value {
        case .text(let text): line.append(contentsOf: text)
        case .slot(let slot): cells.append(slot, of: row, student, place: place, to: &line)
        case .mixedCase(let slot):
            let start = line.count
            cells.append(slot, of: row, student, place: place, to: &line)
            guard row.cell == nil, place % 3 > 0 else { return }
            for index in start + place % 2..<max(start + place % 2, line.count) {
                line[index] = SampleText.lowered(line[index])
            }
        case .filler(let filler): fillers.append(filler, of: row, student, place: place, to: &line)
        }
    }

    private func value(of column: Content, _ row: DraftRow, _ student: StudentDraft, _ place: Int) -> [UInt8] {
        var text: [UInt8] = []
        append(column, row, student, place, &text)
        return text
    }
}
