import CLibXML2
import Findings
import Glibc

/// libxml2's parser, fed piece by piece, with an assembly that gets its events.
///
/// No tree is made, nothing is fetched: a document type that names a file, an external entity and an entity of the
/// document type itself end the reading. `XML_PARSE_HUGE` is not set, so that libxml2's own limits stand.
final class XMLEventParser {
    /// What the parser's callbacks get. They reach it by its address, without counting owners at every event.
    struct Receiver: ~Copyable {
        var assembly: XMLRowAssembly
        let path: String
        /// Bytes that the parser has been given.
        var read = 0
        var isAtEnd = false
        /// libxml2's first complaint; later ones follow from it.
        var complaint: ExportProblem?

        var failure: ExportProblem? { assembly.failure ?? complaint }
    }

    private let receiver: UnsafeMutablePointer<Receiver>
    private let parser: xmlParserCtxtPtr

    /// libxml2 makes its tables at first use, without a lock.
    private static let isReady: Void = xmlInitParser()

    /// A parser.
    ///
    /// - Parameter firstLine: the line on which the first byte stands that it will be given.
    init(_ assembly: consuming XMLRowAssembly, path: String, firstLine: Int) throws(ExportProblem) {
        _ = XMLEventParser.isReady
        let receiver = UnsafeMutablePointer<Receiver>.allocate(capacity: 1)
        receiver.initialize(to: Receiver(assembly: assembly, path: path))
        var handler = XMLEventParser.handler
        guard let parser = xmlCreatePushParserCtxt(&handler, receiver, nil, 0, nil) else {
            receiver.deinitialize(count: 1)
            receiver.deallocate()
            throw .cannotRead(path: path, offset: 0, code: ENOMEM)
        }
        // What it is given is UTF-8 already, whatever the declaration says. Without NOENT an attribute's `&amp;` stays
        // `&#38;`; the external entities that it would open are refused where they are declared.
        xmlCtxtUseOptions(
            parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue | XML_PARSE_NOENT.rawValue))
        xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8)
        parser.pointee.input?.pointee.line = Int32(clamping: firstLine)
        receiver.pointee.assembly.parser = parser
        self.receiver = receiver
        self.parser = parser
    }

    deinit {
        let document = parser.pointee.myDoc
        xmlFreeParserCtxt(parser)
        // Entities of the document lie in it.
        xmlFreeDoc(document)
        receiver.deinitialize(count: 1)
        receiver.deallocate()
    }

    /// Parses the next piece, UTF-8 of whole characters.
    func feed(_ bytes: UnsafeRawBufferPointer) throws(ExportProblem) {
        receiver.pointee.read += bytes.count
        xmlParseChunk(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), 0)
        if let failure = receiver.pointee.failure { throw failure }
    }

    /// Parses to the end: there are no further pieces.
    func finish() throws(ExportProblem) {
        receiver.pointee.isAtEnd = true
        xmlParseChunk(parser, nil, 0, 1)
        if let failure = receiver.pointee.failure { throw failure }
    }

    /// Whether so many bytes of rows are ready, and the rows.
    var readyBytes: Int { receiver.pointee.assembly.readyBytes }
    var hasRows: Bool { receiver.pointee.assembly.hasRows }
    func takePortion(length: Int) -> XMLPortion { receiver.pointee.assembly.takePortion(length: length) }

    /// The paths that the document has had so far.
    func withPaths<Value>(_ body: (borrowing XMLPathTable) -> Value) -> Value { body(receiver.pointee.assembly.paths) }
}

// MARK: - Events

extension XMLEventParser {
    private typealias Address = UnsafeMutableRawPointer

    @inline(__always)
    private static func receiver(_ context: Address) -> UnsafeMutablePointer<Receiver> {
        context.assumingMemoryBound(to: Receiver.self)
    }

    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { context, name, _, _, _, _, count, defaulted, attributes in
            guard let context, let name else { return }
            // Those that only a document type gives come last; exports have none.
            XMLEventParser.receiver(context).pointee.assembly.start(name, attributes, Int(count - defaulted))
        }
        handler.endElementNs = { context, _, _, _ in
            guard let context else { return }
            XMLEventParser.receiver(context).pointee.assembly.end()
        }
        let characters: charactersSAXFunc = { context, bytes, count in
            guard let context, let bytes else { return }
            XMLEventParser.receiver(context).pointee.assembly.characters(bytes, Int(count))
        }
        handler.characters = characters
        handler.ignorableWhitespace = characters
        handler.cdataBlock = characters
        handler.serror = { context, error in
            guard let context, let error else { return }
            XMLEventParser.receiver(context).pointee.complain(error.pointee)
        }
        setDocumentType(&handler)
        return handler
    }

    /// Entities that are declared in the document itself are libxml2's business, within a budget; all else is refused.
    private static func setDocumentType(_ handler: inout xmlSAXHandler) {
        handler.startDocument = { context in
            guard let context, let parser = XMLEventParser.receiver(context).pointee.assembly.parser else { return }
            xmlSAX2StartDocument(parser)
        }
        handler.internalSubset = { context, name, publicID, systemID in
            guard let context, let parser = XMLEventParser.receiver(context).pointee.assembly.parser else { return }
            guard publicID == nil, systemID == nil else {
                XMLEventParser.receiver(context).pointee.refuseExternal(systemID ?? publicID)
                return
            }
            xmlSAX2InternalSubset(parser, name, nil, nil)
        }
        handler.externalSubset = { context, _, publicID, systemID in
            guard let context, publicID != nil || systemID != nil else { return }
            XMLEventParser.receiver(context).pointee.refuseExternal(systemID ?? publicID)
        }
        handler.entityDecl = { context, name, kind, publicID, systemID, content in
            guard let context else { return }
            XMLEventParser.receiver(context).pointee.declare(name, kind, publicID, systemID, content)
        }
        handler.unparsedEntityDecl = { context, name, _, systemID, _ in
            guard let context else { return }
            XMLEventParser.receiver(context).pointee.refuseExternal(systemID ?? name)
        }
        handler.getEntity = { context, name in
            guard let context else { return nil }
            return XMLEventParser.receiver(context).pointee.entity(name)
        }
        handler.getParameterEntity = { _, _ in nil }
        handler.resolveEntity = { _, _, _ in nil }
    }
}

extension XMLEventParser.Receiver {
    mutating func refuseExternal(_ name: UnsafePointer<xmlChar>?) {
        let name = name.map { String(cString: $0) } ?? ""
        assembly.fail(.xmlExternal(path: path, line: assembly.line, name: String(name.prefix(200))))
    }

    mutating func declare(
        _ name: UnsafePointer<xmlChar>?, _ kind: Int32, _ publicID: UnsafePointer<xmlChar>?,
        _ systemID: UnsafePointer<xmlChar>?, _ content: UnsafeMutablePointer<xmlChar>?
    ) {
        guard kind == Int32(XML_INTERNAL_GENERAL_ENTITY.rawValue), publicID == nil, systemID == nil else {
            refuseExternal(systemID ?? name)
            return
        }
        guard assembly.entities.declare(content) else {
            failByEntities()
            return
        }
        if let parser = assembly.parser { xmlSAX2EntityDecl(parser, name, kind, nil, nil, content) }
    }

    mutating func entity(_ name: UnsafePointer<xmlChar>?) -> xmlEntityPtr? {
        guard let parser = assembly.parser, assembly.failure == nil, let entity = xmlSAX2GetEntity(parser, name) else {
            return nil
        }
        guard assembly.entities.refer(to: entity, after: read) else {
            failByEntities()
            return nil
        }
        return entity
    }

    private mutating func failByEntities() {
        assembly.fail(.xmlEntities(path: path, line: assembly.line))
    }

    mutating func complain(_ error: xmlError) {
        guard error.level == XML_ERR_FATAL, complaint == nil, assembly.failure == nil else { return }
        let line = assembly.line
        switch xmlParserErrors(UInt32(error.code)) {
        case XML_ERR_ENTITY_LOOP: complaint = .xmlEntities(path: path, line: line)
        case XML_ERR_DOCUMENT_END where assembly.isInsideDocument, XML_ERR_TAG_NOT_FINISHED where isAtEnd:
            complaint = .xmlCutShort(path: path, line: line, element: assembly.openElement)
        default:
            if isAtEnd, assembly.isInsideDocument, assembly.hasReadAll {
                complaint = .xmlCutShort(path: path, line: line, element: assembly.openElement)
            } else {
                let reason = error.message.map { String(cString: $0) } ?? ""
                complaint = .xmlMalformed(
                    path: path, line: line, column: max(0, Int(error.int2)),
                    reason: String(reason.split(separator: "\n").first ?? ""))
            }
        }
    }
}
