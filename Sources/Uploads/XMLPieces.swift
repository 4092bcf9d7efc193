import CSN

/// The bytes between the values of an XML file, made once for a file. A class: it is asked for at every record.
final class XMLPieces {
    /// A field's element around its value.
    struct Item {
        let field: Field
        let codes: CodeTable
        let open: [UInt8]
        let close: [UInt8]
    }

    /// From the declaration to the skolkod's value.
    let start: [UInt8]
    let schoolFieldsEnd: [UInt8]
    let studentStart: [UInt8]
    let studentFieldsEnd: [UInt8]
    let studentEnd: [UInt8]
    let courseStart: [UInt8]
    let courseItems: [Item]
    let eventsBefore: Int
    let courseEnd: [UInt8]
    let eventStart: [UInt8]
    let eventItems: [Item]
    let eventEnd: [UInt8]
    /// Closes the school and the root.
    let end: [UInt8]
    /// More than any student's beginning with one record without events, or any event, takes.
    let greatestLength: Int

    init(_ form: XMLForm, lineEnd: [UInt8]) {
        func line(_ depth: Int, _ text: String) -> [UInt8] {
            Array((String(repeating: "  ", count: depth) + text).utf8) + lineEnd
        }
        func open(_ depth: Int, _ text: String) -> [UInt8] {
            Array((String(repeating: "  ", count: depth) + "<\(text)>").utf8)
        }
        func close(_ text: String) -> [UInt8] { Array("</\(text)>".utf8) + lineEnd }
        func items(_ level: XMLLevel, _ depth: Int) -> [Item] {
            level.items.map {
                Item(field: $0.field, codes: $0.codes, open: open(depth, $0.element), close: close($0.element))
            }
        }
        let school = items(form.school, 2)
        let student = items(form.student, 3)
        start =
            line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
            + line(0, "<\(form.root) xmlns=\"\(form.namespace)\">")
            + line(1, "<\(form.school.element)>") + (school.first?.open ?? [])
        schoolFieldsEnd = school.first?.close ?? []
        studentStart = line(2, "<\(form.student.element)>") + (student.first?.open ?? [])
        studentFieldsEnd = student.first?.close ?? []
        studentEnd = line(2, "</\(form.student.element)>")
        courseStart = line(3, "<\(form.course.element)>")
        courseItems = items(form.course, 4)
        eventsBefore = form.course.eventsBefore ?? form.course.items.count
        courseEnd = line(3, "</\(form.course.element)>")
        eventStart = line(4, "<\(form.event.element)>")
        eventItems = items(form.event, 5)
        eventEnd = line(4, "</\(form.event.element)>")
        end = line(1, "</\(form.school.element)>") + line(0, "</\(form.root)>")
        let pieces = start + schoolFieldsEnd + studentEnd + studentStart + studentFieldsEnd + courseStart + courseEnd
        let values = (courseItems + eventItems).reduce(0) { $0 + $1.open.count + $1.close.count }
        greatestLength = pieces.count + eventStart.count + eventEnd.count + values + 20 * EncodedCodes.greatestLength
    }
}
