import CLibXML2
import Documents
import Findings

/// The compiled schema of an XML layout. One for each reader: libxml2 says nothing about sharing one between threads.
final class XMLSchema {
    /// libxml2's schema; lives as long as this.
    let pointer: xmlSchemaPtr
    private let document: xmlDocPtr

    /// libxml2 makes its table of the built-in types when the first schema is compiled, without a lock: a second thread
    /// that compiles one meanwhile finds no xs:date in it. So it is made here, once, before any schema.
    private static let builtInTypes: Void = {
        xmlInitParser()
        xmlSchemaInitTypes()
    }()

    /// Reads and compiles a schema. It must be whole in one file: nothing that it names is fetched.
    init(path: String) throws(DocumentProblem) {
        _ = XMLSchema.builtInTypes
        let bytes = try WholeFile(path: path).bytes
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let parsed = bytes.withUnsafeBytes { bytes in
            xmlReadMemory(
                bytes.bindMemory(to: CChar.self).baseAddress, Int32(clamping: bytes.count), path, nil, options)
        }
        guard let parsed else {
            throw DocumentProblem(
                path: path,
                text: Text(sv: "Schemat är inte välformad XML.", en: "The schema is not well-formed XML."))
        }
        guard XMLSchema.isWhole(parsed) else {
            xmlFreeDoc(parsed)
            throw DocumentProblem(
                path: path,
                text: Text(
                    sv: "Schemat ska stå helt i en fil, utan DOCTYPE, import, include och redefine.",
                    en: "The schema must stand whole in one file, without DOCTYPE, import, include and redefine."))
        }
        // A mistake in a schema is told with its line, not printed.
        var mistakes = SchemaMistakes()
        let compiled = withUnsafeMutablePointer(to: &mistakes) { mistakes -> xmlSchemaPtr? in
            guard let context = xmlSchemaNewDocParserCtxt(parsed) else { return nil }
            defer { xmlSchemaFreeParserCtxt(context) }
            xmlSchemaSetParserStructuredErrors(
                context,
                { mistakes, error in
                    guard let mistakes, let error else { return }
                    let first = mistakes.assumingMemoryBound(to: SchemaMistakes.self)
                    if first.pointee.text == nil {
                        first.pointee.text = error.pointee.message.map { String(cString: $0) }
                        first.pointee.line = Int(error.pointee.line)
                    }
                }, mistakes)
            return xmlSchemaParse(context)
        }
        guard let compiled else {
            xmlFreeDoc(parsed)
            let reason = (mistakes.text ?? "?").split(separator: "\n").joined(separator: " ")
            throw DocumentProblem(
                path: path, line: mistakes.line, column: mistakes.line == 0 ? 0 : 1,
                text: Text(
                    sv: "Schemat går inte att använda: \(reason)", en: "The schema cannot be used: \(reason)"))
        }
        pointer = compiled
        document = parsed
    }

    deinit {
        xmlSchemaFree(pointer)
        xmlFreeDoc(document)
    }

    private struct SchemaMistakes {
        var text: String?
        var line = 0
    }

    private static func isWhole(_ document: xmlDocPtr) -> Bool {
        guard document.pointee.intSubset == nil, let root = xmlDocGetRootElement(document) else { return false }
        var child = root.pointee.children
        while let node = child {
            if node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name,
                ["import", "include", "redefine"].contains(String(cString: name))
            {
                return false
            }
            child = node.pointee.next
        }
        return true
    }
}
