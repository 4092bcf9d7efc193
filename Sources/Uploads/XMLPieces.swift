import CSN

/// The bytes between the values of an XML file, made once for a file. A class: it is asked for at every record.
final class XMLPieces {
    /// A field's element around its value.
    struct Item {
        let field: Field
        let open: Piece
        let close: Piece
    }

    /// Where a piece lies among the bytes. Without references, so that taking one costs nothing.
    struct Piece {
        let start: Int
        let count: Int
    }

    private let bytes: [UInt8]
    let codes: CodeWords

    /// From the declaration to the skolkod's value.
    let start: Piece
    let schoolFieldsEnd: Piece
    let studentStart: Piece
    let studentFieldsEnd: Piece
    let studentEnd: Piece
    let courseStart: Piece
    let courseItems: [Item]
    let eventsBefore: Int
    let courseEnd: Piece
    let eventStart: Piece
    let eventItems: [Item]
    let eventEnd: Piece
    /// Closes the school and the root.
    let end: Piece
    /// More than any student's beginning with one record without events, or any event, takes.
    let greatestLength: Int

    init(_ form: XMLForm, lineEnd: [UInt8]) {
        var bytes: [UInt8] = []
        func piece(_ parts: [UInt8]...) -> Piece {
            let start = bytes.count
            for part in parts { bytes += part }
            return Piece(start: start, count: bytes.count - start)
        }
        func line(_ depth: Int, _ text: String) -> [UInt8] {
            Array((String(repeating: "  ", count: depth) + text).utf8) + lineEnd
        }
        func open(_ depth: Int, _ item: XMLItem?) -> [UInt8] {
            item.map { Array((String(repeating: "  ", count: depth) + "<\($0.element)>").utf8) } ?? []
        }
        func close(_ item: XMLItem?) -> [UInt8] { item.map { Array("</\($0.element)>".utf8) + lineEnd } ?? [] }
        func items(_ level: XMLLevel, _ depth: Int) -> [Item] {
            level.items.map { Item(field: $0.field, open: piece(open(depth, $0)), close: piece(close($0))) }
        }
        let school = form.school.items.first
        let student = form.student.items.first
        start = piece(
            line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
            line(0, "<\(form.root) xmlns=\"\(form.namespace)\">"), line(1, "<\(form.school.element)>"),
            open(2, school))
        schoolFieldsEnd = piece(close(school))
        studentStart = piece(line(2, "<\(form.student.element)>"), open(3, student))
        studentFieldsEnd = piece(close(student))
        studentEnd = piece(line(2, "</\(form.student.element)>"))
        courseStart = piece(line(3, "<\(form.course.element)>"))
        courseItems = items(form.course, 4)
        eventsBefore = form.course.eventsBefore ?? form.course.items.count
        courseEnd = piece(line(3, "</\(form.course.element)>"))
        eventStart = piece(line(4, "<\(form.event.element)>"))
        eventItems = items(form.event, 5)
        eventEnd = piece(line(4, "</\(form.event.element)>"))
        end = piece(line(1, "</\(form.school.element)>"), line(0, "</\(form.root)>"))
        codes = CodeWords(
            [form.school, form.student, form.course, form.event].flatMap(\.items).map { ($0.field, $0.codes) })
        self.bytes = bytes
        greatestLength = bytes.count + 20 * EncodedCodes.greatestLength
    }

    /// Appends a piece; there is room for it.
    @inline(__always)
    func append(_ piece: Piece, to block: inout ByteBlock) {
        bytes.withUnsafeBytes {
            block.append(UnsafeRawBufferPointer(rebasing: $0[piece.start..<piece.start + piece.count]))
        }
    }
}
