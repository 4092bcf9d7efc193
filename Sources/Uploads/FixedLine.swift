import CSN

/// A line of a layout by position, prepared for writing and reading. A class: it is asked for at every record.
final class FixedLine {
    /// By position; together they fill the line.
    let slots: [Slot]
    let codes: CodeWords
    /// Characters without the line's end.
    let length: Int
    /// The line's end.
    let end: ByteWord

    /// One field of the line. Without references, so that taking one costs nothing.
    struct Slot {
        let field: Field
        let isObligatory: Bool
        let isNumber: Bool
        /// From 0.
        let start: Int
        let length: Int

        /// From 1, as people are told it.
        var position: Int { start + 1 }
    }

    init(_ form: FixedForm, lineEnd: Layout.LineEnd) {
        slots = form.slots.map { slot in
            Slot(
                field: slot.field, isObligatory: slot.field.isObligatory, isNumber: slot.form == .digits,
                start: slot.position - 1, length: slot.length)
        }
        codes = CodeWords(form.slots.map { ($0.field, $0.codes) })
        length = form.recordLength
        end = ByteWord(bytes: lineEnd.bytes) ?? .blanks
    }
}
