extension Layout {
    /// Which of the layouts a finished file has, told by its content: XML by its namespace, a file by position by the
    /// length of most of its lines.
    ///
    /// - Returns: nil when none fits.
    /// - Throws: an ``OutputProblem`` when the file cannot be read.
    public static func detect(path: String, among layouts: [Layout]) throws(OutputProblem) -> Layout? {
        let file = try InputFile(path: path)
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { block.deallocate() }
        var count = 0
        while count < block.count {
            let got = file.read(into: UnsafeMutableRawBufferPointer(rebasing: block[count...]))
            if let failure = file.failure { throw failure }
            guard got > 0 else { break }
            count += got
        }
        return detect(Array(block[..<count]), among: layouts)
    }

    /// The same, from a file's first bytes.
    static func detect(_ bytes: [UInt8], among layouts: [Layout]) -> Layout? {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        // A NUL or a two-byte order mark: XML in UTF-16, which the reader refuses with its reason.
        let visible = content.filter { $0 > 0x20 && $0 < 0xFE }
        if visible.first == UInt8(ascii: "<") { return detectXML(visible, among: layouts) }
        var lengths: [Int: Int] = [:]
        for line in content.split(separator: 0x0A, omittingEmptySubsequences: false) {
            lengths[line.last == 0x0D ? line.count - 1 : line.count, default: 0] += 1
        }
        func lines(_ layout: Layout) -> Int {
            guard case .fixed(let form) = layout.container else { return 0 }
            return lengths[form.recordLength] ?? 0
        }
        guard let best = layouts.max(by: { lines($0) < lines($1) }), lines(best) > 0 else { return nil }
        return best
    }

    private static func detectXML(_ visible: [UInt8], among layouts: [Layout]) -> Layout? {
        var candidates: [Layout] = []
        for layout in layouts {
            guard case .xml(let form) = layout.container else { continue }
            candidates.append(layout)
            // The quotes keep urn:x:1 from being found in urn:x:10.
            for quote in ["\"", "'"] where contains(visible, Array("\(quote)\(form.namespace)\(quote)".utf8)) {
                return layout
            }
        }
        return candidates.count == 1 ? candidates[0] : nil
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard bytes.count >= part.count, let first = part.first else { return false }
        return bytes.indices.dropLast(part.count - 1).contains {
            bytes[$0] == first && bytes[$0..<($0 + part.count)].elementsEqual(part)
        }
    }
}
