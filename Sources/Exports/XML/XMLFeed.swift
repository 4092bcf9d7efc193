import Documents

/// Gives an input's bytes to the parser: block by block, as UTF-8, cut where the parser need not wait for more.
struct XMLFeed: ~Copyable {
    /// The line on which the first byte handed out stands.
    private(set) var firstLine = 1
    /// Bytes of the input that have been read.
    private(set) var position: Int

    private let source: ExportSource
    private let block: Int
    private let table: SingleByteDecoder?
    private var utf16: UTF16Transcoder?
    private var pending: ByteRoom
    private var handedOut = 0
    /// How much without any `<` is waited for before it is handed out as it stands.
    private static let longestWait = 1 << 20

    private init(_ input: XMLInput, block: Int, _ table: SingleByteDecoder?) {
        self.table = table
        source = input.source
        self.block = block
        position = input.byteOrderMarkLength
        utf16 = input.encoding.isUTF16 ? UTF16Transcoder(bigEndian: input.encoding == .utf16BigEndian) : nil
        pending = ByteRoom()
    }

    /// Begins at the input's first byte that is no blank.
    ///
    /// - Parameter block: how many bytes are read at a time.
    static func begin(_ input: XMLInput, block: Int) throws(ExportProblem) -> XMLFeed {
        let table = try table(input)
        var feed = XMLFeed(input, block: block, table)
        try feed.skipBlanks()
        return feed
    }

    private static func table(_ input: XMLInput) throws(ExportProblem) -> SingleByteDecoder? {
        guard input.encoding.isSingleByte else { return nil }
        do throws(EncodingUnavailable) {
            return try SingleByteDecoder(input.encoding)
        } catch {
            throw .encodingUnavailable(path: input.source.path, input.encoding)
        }
    }

    /// The next piece, valid until the next call; nil at the end of the input.
    ///
    /// Pieces end before a `<` wherever there is one: libxml2's push parser finds the end of a tag by its `>`, which may
    /// also stand in an attribute, and copies text that a piece cuts.
    mutating func next() throws(ExportProblem) -> UnsafeRawBufferPointer? {
        pending.removeFirst(handedOut)
        handedOut = 0
        while position < source.size {
            try fill()
            handedOut = position < source.size ? cut : pending.count
            if handedOut > 0 { return pending.bytes(from: 0, count: handedOut) }
        }
        guard pending.count > 0 else { return nil }
        handedOut = pending.count
        return pending.bytes
    }

    private var cut: Int {
        if let found = pending.bytes.lastIndex(of: UInt8(ascii: "<")), found > 0 { return found }
        guard pending.count > XMLFeed.longestWait else { return 0 }
        // A character is not cut either.
        var end = pending.count
        while end > 0, pending.bytes[end - 1] & 0xC0 == 0x80 { end -= 1 }
        if end > 0, pending.bytes[end - 1] >= 0xC0 { end -= 1 }
        return end > 0 && pending.count - end <= 4 ? end : pending.count
    }

    private mutating func fill() throws(ExportProblem) {
        let count = min(block, source.size - position)
        if table == nil, utf16 == nil {
            try source.fill(pending.extend(by: count), at: position)
            position += count
            return
        }
        let offset = position
        let original = try [UInt8].filled(count) { [source] buffer throws(ExportProblem) in
            try source.fill(buffer, at: offset)
        }
        position += count
        var text: [UInt8] = []
        original.withUnsafeBytes { bytes in
            if let table { _ = table.append(bytes, to: &text) } else { utf16?.append(bytes, to: &text) }
        }
        if position == source.size { utf16?.finish(to: &text) }
        text.withUnsafeBytes { if let base = $0.baseAddress { pending.append(base, $0.count) } }
    }

    /// Leaves out blanks before the declaration, which some web servers put there; XML allows none.
    private mutating func skipBlanks() throws(ExportProblem) {
        while position < source.size {
            try fill()
            let blanks = pending.bytes.prefix { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
            firstLine += blanks.count { $0 == 0x0A }
            pending.removeFirst(blanks.count)
            if pending.count > 0 { return }
        }
    }
}
