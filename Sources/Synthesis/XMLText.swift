import Profiles

/// The elements of an XML sample: a row, and what opens and closes the rows of a student, each on a line of its own.
struct XMLText {
    let rowOpening: [UInt8]
    let rowClosing: [UInt8]
    let parentOpening: [UInt8]
    let parentClosing: [UInt8]
    private let root: [UInt8]

    init(_ elements: SampleShape.Elements?) {
        func opening(_ name: String?) -> [UInt8] { name.map { SampleText.bytes("<\($0)>") } ?? [] }
        func closing(_ name: String?) -> [UInt8] { name.map { SampleText.bytes("</\($0)>") } ?? [] }
        root = SampleText.bytes(elements?.root ?? "")
        rowOpening = opening(elements?.row)
        rowClosing = closing(elements?.row)
        parentOpening = opening(elements?.parent?.element)
        parentClosing = closing(elements?.parent?.element)
    }

    var hasParent: Bool { !parentOpening.isEmpty }

    /// The declaration and the root.
    func opening(_ encoding: SampleEncoding, _ lineEnd: [UInt8]) -> [UInt8] {
        var text = Array("<?xml version=\"1.0\" encoding=\"\(encoding.declared)\"?>".utf8) + lineEnd
        text.append("<")
        text += root
        text.append(">")
        return text + lineEnd
    }

    /// The end of the root.
    func closing(_ lineEnd: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.append("</")
        text += root
        text.append(">")
        return text + lineEnd
    }

    /// An element with a value; an empty one is left out of every other row.
    ///
    /// - Parameter place: in some rows letters beyond ASCII are written by their number.
    func append(_ name: [UInt8], _ value: [UInt8], place: Int, to line: inout [UInt8]) {
        guard !value.isEmpty || place % 2 == 0 else { return }
        line.append("<")
        line += name
        guard !value.isEmpty else { return line.append("/>") }
        line.append(">")
        for byte in value {
            switch byte {
            case UInt8(ascii: "&"): line.append("&amp;")
            case UInt8(ascii: "<"): line.append("&lt;")
            case UInt8(ascii: ">"): line.append("&gt;")
            case 0x80... where place % 5 == 1:
                line.append("&#")
                line.append(digits: UInt64(byte))
                line.append(";")
            default: line.append(byte)
            }
        }
        line.append("</")
        line += name
        line.append(">")
    }
}
