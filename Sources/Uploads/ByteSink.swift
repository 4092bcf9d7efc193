/// What takes the bytes of a file in large blocks.
public protocol ByteSink {
    /// Takes the next bytes.
    func take(_ bytes: UnsafeRawBufferPointer) throws(OutputProblem)
}
