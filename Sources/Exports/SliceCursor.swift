import Documents

/// A piece of an input that consists of whole rows.
public struct Slice: Sendable {
    /// From 0, in the order of the input.
    public let number: Int
    /// The first byte, from the beginning of the input.
    public let offset: Int
    /// Bytes of the input.
    public let length: Int
    /// The line on which the first row begins, from 1.
    public let firstLine: Int
    /// The slice as UTF-8 when the input is UTF-16; nil when it is to be read from the input.
    let transcoded: [UInt8]?
}

/// Cuts an input into slices of about one megabyte, one after the other.
///
/// Where no quotes occur the survey has found the borders already, and ``next()`` costs nothing. Where they do, rows
/// have to be followed from the beginning, because whether a line end ends a row depends on all quotes before it:
/// ``next()`` then scans the slice. Workers call it in turn, under a lock, and read their slices alone.
public struct SliceCursor: Sendable {
    private let input: DelimitedInput
    private let target: Int
    private var position: InputSurvey.LineStart
    private var number = 0
    private var nextLineStart = 0
    private var utf16: UTF16Window?

    /// A cursor that begins at a row, the input's first unless said otherwise.
    ///
    /// - Parameter target: about how many bytes a slice is to have.
    public init(_ input: DelimitedInput, from start: InputSurvey.LineStart? = nil, target: Int = 1 << 20) {
        self.input = input
        self.target = max(1, target)
        position = start ?? input.start
        let encoding = input.decoder.encoding
        if encoding.isUTF16 {
            utf16 = UTF16Window(bigEndian: encoding == .utf16BigEndian, offset: position.offset)
        }
    }

    /// The next slice; nil at the end of the input.
    public mutating func next() throws(ExportProblem) -> Slice? {
        guard position.offset < input.source.size else { return nil }
        let found: Border
        if let surveyed = surveyedBorder() { found = surveyed } else { found = try scannedBorder() }
        defer {
            position = found.next
            number += 1
        }
        return Slice(
            number: number, offset: position.offset, length: found.next.offset - position.offset,
            firstLine: position.line, transcoded: found.transcoded)
    }

    private struct Border {
        var next: InputSurvey.LineStart
        var transcoded: [UInt8]?
    }

    /// The border after the slice as the survey found it; nil when rows must be followed to find one.
    private mutating func surveyedBorder() -> Border? {
        guard !input.traits.hasQuotes, utf16 == nil else { return nil }
        while nextLineStart < input.lineStarts.count,
            input.lineStarts[nextLineStart].offset < position.offset + min(target, InputSurvey.block / 2)
        {
            nextLineStart += 1
        }
        let next =
            nextLineStart < input.lineStarts.count
            ? input.lineStarts[nextLineStart] : InputSurvey.LineStart(offset: input.source.size, line: 0)
        // A slice much longer than others holds a row without end.
        guard next.offset - position.offset <= max(2 * InputSurvey.block, 2 * target) else { return nil }
        return Border(next: next)
    }

    private mutating func scannedBorder() throws(ExportProblem) -> Border {
        var length = target
        while true {
            let window = try window(length)
            let found = try window.bytes.withBytes { bytes throws(ExportProblem) in
                try lastRowEnd(bytes, isLast: window.isLast)
            }
            guard let found else {
                length *= 2
                continue
            }
            guard var utf16 else {
                let next = InputSurvey.LineStart(offset: position.offset + found.offset, line: found.line)
                return Border(next: next)
            }
            let transcoded = utf16.take(found.offset)
            self.utf16 = utf16
            return Border(
                next: InputSurvey.LineStart(offset: utf16.offset, line: found.line), transcoded: transcoded)
        }
    }

    private mutating func window(_ length: Int) throws(ExportProblem) -> (bytes: [UInt8], isLast: Bool) {
        if var utf16 {
            let isLast = try utf16.grow(to: length, input.source)
            self.utf16 = utf16
            return (utf16.pending, isLast)
        }
        let count = min(length, input.source.size - position.offset)
        let bytes = try [UInt8].filled(count) { buffer throws(ExportProblem) in
            try input.source.fill(buffer, at: position.offset)
        }
        return (bytes, position.offset + count == input.source.size)
    }

    /// The end of the last whole row among the bytes, and the line after it; nil when no row ends there.
    private func lastRowEnd(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool
    ) throws(ExportProblem) -> InputSurvey.LineStart? {
        var scanner = RowScanner(input.dialect, traits: input.traits, limits: input.limits)
        scanner.scan(bytes, firstLine: position.line)
        var found: InputSurvey.LineStart?
        while let end = scanner.next() {
            if end == .tooLong {
                guard found == nil else { return found }
                throw .rowTooLong(
                    path: input.source.path, line: position.line, offset: position.offset,
                    limit: input.limits.rowLength)
            }
            if !isLast {
                // The row may go on behind the window, and so may its line end: CR there, LF here.
                let endsInReturn = scanner.nextRow == bytes.count && bytes.last == 0x0D
                guard end == .complete, !endsInReturn else { return found }
            }
            found = InputSurvey.LineStart(offset: scanner.nextRow, line: scanner.line + scanner.lineEnds)
        }
        return found
    }
}

/// The part of a UTF-16 input that has been transcoded and not yet handed out.
private struct UTF16Window {
    private(set) var pending: [UInt8] = []
    /// Where in the input the pending bytes begin.
    private(set) var offset: Int
    private var readOffset: Int
    private var transcoder: UTF16Transcoder

    init(bigEndian: Bool, offset: Int) {
        self.offset = offset
        readOffset = offset
        transcoder = UTF16Transcoder(bigEndian: bigEndian)
    }

    /// Transcodes until so many bytes are pending; true when the input has come to its end.
    mutating func grow(to length: Int, _ source: ExportSource) throws(ExportProblem) -> Bool {
        while pending.count < length, readOffset < source.size {
            let count = min(1 << 18, source.size - readOffset)
            let block = try [UInt8].filled(count) { buffer throws(ExportProblem) in
                try source.fill(buffer, at: readOffset)
            }
            block.withUnsafeBytes { transcoder.append($0, to: &pending) }
            readOffset += count
            if readOffset == source.size { transcoder.finish(to: &pending) }
        }
        return readOffset == source.size
    }

    /// Takes bytes from the front.
    mutating func take(_ count: Int) -> [UInt8] {
        let taken = Array(pending[..<count])
        pending.removeFirst(count)
        offset += taken.withUnsafeBytes { UTF16Transcoder.originalLength(of: $0) }
        return taken
    }
}

extension [UInt8] {
    /// Bytes written by `body`; an array's own such initializer cannot throw a typed error.
    static func filled(
        _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws(ExportProblem) -> Void
    ) throws(ExportProblem) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
        defer { buffer.deallocate() }
        try body(buffer)
        return Array(buffer)
    }

    /// `withUnsafeBytes` for a typed error.
    func withBytes<Value>(
        _ body: (UnsafeRawBufferPointer) throws(ExportProblem) -> Value
    ) throws(ExportProblem) -> Value {
        let result = withUnsafeBytes { bytes in
            Result { () throws(ExportProblem) -> Value in try body(bytes) }
        }
        return try result.get()
    }
}
