import Profiles

/// Text on its way to a sink, encoded.
struct EncodedOutput {
    static let block = 1 << 19
    private let transcoder: Transcoder
    private var bytes: [UInt8]

    /// Text that opens with what the encoding opens with.
    init(_ encoding: SampleEncoding) {
        transcoder = Transcoder(encoding)
        bytes = encoding.opening
        bytes.reserveCapacity(EncodedOutput.block + 1 << 16)
    }

    mutating func append(_ text: [UInt8]) { transcoder.append(text, to: &bytes) }

    mutating func flush(to sink: SampleSink, ifOver limit: Int) throws {
        guard bytes.count > limit else { return }
        try bytes.withUnsafeBytes { try sink($0) }
        bytes.removeAll(keepingCapacity: true)
    }
}
