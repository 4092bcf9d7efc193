import CLibXML2
import CSN
import Documents
import Findings
import Glibc

/// Reads an XML file with libxml2's SAX2 parser, validating on the way: no tree, no network, no entities but XML's own
/// five, and a document type declaration ends the reading.
final class XMLReader {
    private let file: InputFile
    private let schema: XMLSchema?
    private var content: XMLContent
    private var parser: xmlParserCtxtPtr?
    /// What the caller's closure threw; the parser's callbacks cannot throw.
    private var thrown: (any Error)?
    /// The parser's first complaint: later ones follow from it.
    private var isMalformed = false
    private let body: (ReadRecord) throws -> Void

    private init(
        file: InputFile, schema: XMLSchema?, content: consuming XMLContent, body: @escaping (ReadRecord) throws -> Void
    ) {
        self.file = file
        self.schema = schema
        self.content = content
        self.body = body
    }

    /// Reads the whole file and hands its records out in order.
    ///
    /// - Parameter schema: what the file is validated against; nil to read only.
    static func read(
        _ file: InputFile, layout: Layout, form: XMLForm, input: UInt16, codes: FoundCodes, schema: XMLSchema?,
        _ body: (ReadRecord) throws -> Void
    ) throws -> UploadReading {
        var reading = try withoutActuallyEscaping(body) { body in
            let content = XMLContent(layout: layout, form: form, input: input, codes: codes)
            let reader = XMLReader(file: file, schema: schema, content: content, body: body)
            try withExtendedLifetime(reader) { try reader.run() }
            return reader.content.reading
        }
        reading.bytes = file.count
        reading.sha256 = file.sha256
        return reading
    }

    private func run() throws {
        let context = Unmanaged.passUnretained(self).toOpaque()
        // libxml2 keeps this handler for each thread; it is put back before anything else can use it.
        xmlSetStructuredErrorFunc(context) { context, error in
            guard let context, let error else { return }
            XMLReader.of(context).complain(
                code: Int(error.pointee.code), line: Int(error.pointee.line), column: Int(error.pointee.int2),
                level: error.pointee.level, message: error.pointee.message.map { String(cString: $0) } ?? "")
        }
        defer { xmlSetStructuredErrorFunc(nil, nil) }
        var handler = XMLReader.handler
        guard
            let parser = xmlCreateIOParserCtxt(
                &handler, context,
                { context, buffer, count in
                    guard let context, let buffer else { return -1 }
                    let target = UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
                    return Int32(XMLReader.of(context).file.read(into: target))
                }, nil, context, XML_CHAR_ENCODING_NONE)
        else { throw OutputProblem.system(.read, path: file.path, code: ENOMEM) }
        defer { xmlFreeParserCtxt(parser) }
        self.parser = parser
        xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue))
        try parse(parser, context)
        self.parser = nil
        if let thrown { throw thrown }
        try file.readRest()
        content.finish()
    }

    private func parse(_ parser: xmlParserCtxtPtr, _ context: UnsafeMutableRawPointer) throws {
        guard let schema else {
            xmlParseDocument(parser)
            return
        }
        guard let validation = xmlSchemaNewValidCtxt(schema.pointer) else {
            throw OutputProblem.system(.read, path: file.path, code: ENOMEM)
        }
        defer { xmlSchemaFreeValidCtxt(validation) }
        xmlSchemaSetValidStructuredErrors(
            validation,
            { context, error in
                guard let context, let error else { return }
                XMLReader.of(context).refuse(
                    code: Int(error.pointee.code), message: error.pointee.message.map { String(cString: $0) } ?? "")
            }, context)
        guard let plug = xmlSchemaSAXPlug(validation, &parser.pointee.sax, &parser.pointee.userData) else {
            throw OutputProblem.system(.read, path: file.path, code: ENOMEM)
        }
        xmlParseDocument(parser)
        // Gives the parser its own handler back, which is then freed with it.
        xmlSchemaSAXUnplug(plug)
    }

    private static func of(_ context: UnsafeMutableRawPointer) -> XMLReader {
        Unmanaged<XMLReader>.fromOpaque(context).takeUnretainedValue()
    }

    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.internalSubset = { context, _, _, _ in
            guard let context else { return }
            XMLReader.of(context).refuseDocumentType()
        }
        handler.startElementNs = { context, name, _, namespace, _, _, _, _, _ in
            guard let context, let name else { return }
            XMLReader.of(context).start(name, namespace)
        }
        handler.endElementNs = { context, _, _, _ in
            guard let context else { return }
            XMLReader.of(context).end()
        }
        let characters: charactersSAXFunc = { context, bytes, count in
            guard let context, let bytes else { return }
            XMLReader.of(context).content.characters(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        }
        handler.characters = characters
        handler.ignorableWhitespace = characters
        handler.cdataBlock = characters
        return handler
    }

    private var line: Int { Int(parser?.pointee.input?.pointee.line ?? 0) }

    /// Bytes of the file up to here; not xmlByteConsumed, which converts a block anew at each call when the file is in
    /// another encoding.
    private var offset: UInt64 {
        guard let input = parser?.pointee.input, let base = input.pointee.base, let current = input.pointee.cur else {
            return 0
        }
        return UInt64(input.pointee.consumed) + UInt64(current - base)
    }

    private func start(_ name: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?) {
        guard thrown == nil else { return }
        // libxml2 2.9 keeps a declared UTF-8 or UTF-16 at the parser, any other encoding at its input.
        if content.isAtRoot, let declared = parser?.pointee.encoding ?? parser?.pointee.input?.pointee.encoding {
            content.check(declaredEncoding: String(cString: declared), line: line)
        }
        content.start(name, namespace, line: line) { offset }
    }

    private func end() {
        guard thrown == nil, let record = content.end(line: line) else { return }
        do {
            try body(record)
        } catch {
            thrown = error
            xmlStopParser(parser)
        }
    }

    private func refuseDocumentType() {
        content.reading.add(
            .documentType, line: line,
            Text(
                sv: "Filen har en dokumenttypsdeklaration (DOCTYPE). Sådana läses inte; ta bort den.",
                en: "The file has a document type declaration (DOCTYPE). None is read; remove it."))
        isMalformed = true
        xmlStopParser(parser)
    }

    private func complain(code: Int, line: Int, column: Int, level: xmlErrorLevel, message: String) {
        guard level == XML_ERR_FATAL || level == XML_ERR_ERROR, !isMalformed, file.failure == nil else { return }
        isMalformed = true
        let reason = message.split(separator: "\n").first.map(String.init) ?? ""
        let kind: LayoutProblem.Kind =
            switch xmlParserErrors(UInt32(code)) {
            // libxml2 2.9 gives both faults one number and tells them apart in words only.
            case XML_ERR_INVALID_CHAR: reason.hasPrefix("Input is not proper UTF-8") ? .encoding : .controlCharacter
            case XML_ERR_INVALID_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING,
                XML_I18N_CONV_FAILED:
                .encoding
            case XML_ERR_DOCUMENT_EMPTY: .empty
            default: .malformed
            }
        content.reading.add(
            kind, line: line, column: max(0, column),
            Text(
                sv: "Filen är inte välformad XML: \(reason). Resten av filen är inte läst.",
                en: "The file is not well-formed XML: \(reason). The rest of the file was not read."))
    }

    /// A refusal by the schema, unless the field's own note or another problem has just said it.
    private func refuse(code: Int, message: String) {
        guard !content.isExplained else { return }
        // Only this message names no more than elements; all others quote values, which may be personal.
        let isAboutElements = xmlParserErrors(UInt32(code)) == XML_SCHEMAV_ELEMENT_CONTENT
        let detail = isAboutElements ? " " + message.split(separator: "\n").joined(separator: " ") : ""
        content.reading.add(
            .schema, line: line,
            Text(
                sv: "Schemat godtar inte elementet \(content.path).\(detail)",
                en: "The schema does not accept the element \(content.path).\(detail)"))
    }
}
