import CSN
import Documents
import Findings

/// Reads a finished upload file: for `check`, and for the read-back of a file just written.
public struct UploadReader {
    private let layout: Layout
    private let schema: XMLSchema?
    private let input: UInt16
    private let codes: FoundCodes

    /// A reader for files of a layout.
    ///
    /// - Parameters:
    ///   - validates: an XML file is validated against the layout's schema while it is read.
    ///   - input: the number by which the run knows the file.
    ///   - find: which course a code is, and whether it could be sent; asked once for each code.
    /// - Throws: when the layout's schema cannot be used.
    public init(
        layout: Layout, validates: Bool = true, input: UInt16 = 0, find: @escaping (String) -> FoundCourse
    ) throws(DocumentProblem) {
        self.layout = layout
        self.input = input
        codes = FoundCodes(find)
        if validates, case .xml(let form) = layout.container {
            schema = try XMLSchema(path: form.schemaPath)
        } else {
            schema = nil
        }
    }

    /// Reads the file from its beginning to its end and hands out its records in order.
    ///
    /// Lines by position that follow each other and differ in nothing but the event are one record.
    ///
    /// - Throws: an ``OutputProblem`` when the file cannot be read, or what `body` throws. What is wrong *in* the file
    ///   is never thrown: it stands in the notes and in the reading's problems.
    public func read(path: String, _ body: (ReadRecord) throws -> Void) throws -> UploadReading {
        let file = try InputFile(path: path)
        switch layout.container {
        case .fixed(let form):
            var reader = FixedReader(layout: layout, form: form, input: input, codes: codes)
            return try reader.read(file, body)
        case .xml(let form):
            return try XMLReader.read(
                file, layout: layout, form: form, input: input, codes: codes, schema: schema, body)
        }
    }
}

extension CourseTable {
    /// A lookup by code: the known course of that code, else one met on the way; no code is refused.
    public func finder() -> @Sendable (String) -> FoundCourse {
        var known: [String: CourseIndex] = [:]
        for number in 0..<UInt32(knownCount) {
            let index = CourseIndex(number: number)
            let code = self[index].code
            if known[code] == nil { known[code] = index }
        }
        return { [known] code in FoundCourse(index: known[code] ?? self.index(ofUnregistered: code)) }
    }
}
