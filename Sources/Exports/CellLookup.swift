import Documents

extension DelimitedInput {
    /// Where a cell of a row stands, for diagnostics: the row is read again. Line and offset are those of the input.
    ///
    /// - Parameters:
    ///   - column: from 0.
    ///   - row: where the row begins.
    ///   - form: what rows are like, where surplus cells of a row belong to one of its columns.
    /// - Returns: nil when the row cannot be read again or has no such cell.
    public func place(
        ofColumn column: Int, inRowAt row: InputSurvey.LineStart, of form: RowForm = RowForm(cells: nil)
    ) -> CellPlace? {
        let rest = source.size - row.offset
        guard rest > 0 else { return nil }
        // Hardly any row is longer than four kilobytes, and this is asked for thousands of rows.
        let first = lookUp(column, inRowAt: row, of: form, length: min(1 << 12, rest))
        if first.isWholeRow || rest <= 1 << 12 { return first.place }
        // A row longer than this is cut, and a cell behind the cut has no place.
        return lookUp(column, inRowAt: row, of: form, length: min(1 << 16, rest)).place
    }

    /// Looks for the cell in so many bytes from the row's first on; `isWholeRow` where the row's end is among them.
    private func lookUp(
        _ column: Int, inRowAt row: InputSurvey.LineStart, of form: RowForm, length: Int
    ) -> (place: CellPlace?, isWholeRow: Bool) {
        var bytes = [UInt8](repeating: 0, count: length)
        let read = try? bytes.withUnsafeMutableBytes { buffer in try source.read(into: buffer, at: row.offset) }
        guard let read, read > 0 else { return (nil, true) }
        bytes.removeLast(length - read)
        if decoder.encoding.isUTF16 {
            var transcoder = UTF16Transcoder(bigEndian: decoder.encoding == .utf16BigEndian)
            var text: [UInt8] = []
            bytes.withUnsafeBytes { transcoder.append($0, to: &text) }
            bytes = text
        }
        return bytes.withUnsafeBytes { buffer in
            var scanner = RowScanner(dialect, limits: limits)
            scanner.scan(buffer, firstLine: row.line)
            guard let end = scanner.next() else { return (nil, true) }
            let isWholeRow = end == .complete
            let count = min(scanner.cellCount, limits.cells)
            let surplus = form.surplus(
                of: scanner.cellCount, isLastEmpty: count > 0 && decoder.trimmed(scanner.bytes(of: count - 1)).isEmpty)
            let index = column > form.joined ?? .max ? column + surplus : column
            guard index < count else { return (nil, isWholeRow) }
            var place = scanner.place(of: index, decoder)
            let before = UnsafeRawBufferPointer(rebasing: buffer[..<place.offset])
            place.offset =
                row.offset + (decoder.encoding.isUTF16 ? UTF16Transcoder.originalLength(of: before) : place.offset)
            return (place, isWholeRow)
        }
    }
}
