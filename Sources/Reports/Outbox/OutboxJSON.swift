import CSN
import Findings

extension OutboxListing {
    /// The object of `--format json`, with a line end behind it.
    public func json(of program: RunReport.Program, in language: Language) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(program)
            object.string("verb", "list")
            object.string("now", now.description)
            object.string("outbox", outPath)
            let groups = [
                ("now", toUpload), ("later", later), ("overdue", overdue), ("sent", sent), ("recent", recent),
            ]
            object.array("files") { array in
                for (group, files) in groups { for file in files { file.write(group: group, to: &array) } }
            }
            OutboxNote.write(notes, in: language, to: &object)
            OutboxFile.writeNext(toUpload + later, to: &object)
        }
        writer.newline()
        return writer.bytes
    }
}

extension OutboxAnswer {
    /// The object of `--format json`, with a line end behind it.
    public func json(of program: RunReport.Program, in language: Language) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(program)
            object.string("verb", verb)
            object.string("now", now.description)
            object.string("outbox", outPath)
            object.bool("changed", hasChanged)
            object.array("files") { array in for file in files { file.write(group: nil, to: &array) } }
            if let course {
                object.object("course") { course.write(to: &$0) }
            } else {
                object.string("course", nil)
            }
            object.number("skolkod", skolkod.map { Int($0.number) })
            OutboxNote.write(notes, in: language, to: &object)
        }
        writer.newline()
        return writer.bytes
    }
}

extension OutboxCourse {
    fileprivate func write(to object: inout JSONWriter) {
        object.object("student") {
            $0.string("personnummer", personnummer)
            $0.string("key", String(student))
        }
        object.number("skolkod", Int(skolkod.number))
        object.string("kurskod", kurskod)
        object.string("kursdel", "\(kursdel.part):\(kursdel.parts)")
        object.string("startdatum", startdatum.description)
    }
}

extension OutboxFile {
    /// - Parameter group: in which part of a list the file stands.
    fileprivate func write(group: String?, to array: inout JSONWriter) {
        array.object {
            $0.number("number", Int(number))
            $0.string("path", path)
            if let group { $0.string("group", group) }
            $0.string("state", state.rawValue)
            $0.number("skolkod", Int(skolkod.number))
            $0.string("school", schoolName)
            $0.string("readingDay", readingDay.description)
            $0.number("records", records)
            $0.number("students", students)
            $0.string("firstDate", firstDate.description)
            $0.string("lastDate", lastDate.description)
            $0.number("bytes", bytes)
            $0.string("sha256", sha256)
            $0.string("made", made.description)
            $0.string("madeBy", madeBy)
            $0.string("uploadFrom", window.from.description)
            $0.string("uploadBefore", window.before.description)
            $0.string("sent", sent?.description)
            $0.string("reading", reading.description)
            $0.string("closed", closed?.description)
            $0.string("inOutbox", lying?.rawValue)
        }
    }

    /// What is to be uploaded next, as the other commands say it.
    fileprivate static func writeNext(_ files: [OutboxFile], to object: inout JSONWriter) {
        object.array("next") { array in
            for file in files {
                array.object {
                    $0.number("skolkod", Int(file.skolkod.number))
                    $0.string("path", file.path)
                    $0.string("uploadFrom", file.window.from.description)
                    $0.string("uploadBefore", file.window.before.description)
                }
            }
        }
    }
}

extension OutboxNote {
    fileprivate static func write(_ notes: [OutboxNote], in language: Language, to object: inout JSONWriter) {
        object.array("notes") { array in
            for note in notes {
                array.object {
                    $0.string("code", note.code)
                    $0.string("level", (note.isWarning ? Level.warning : .info).word)
                    $0.array("files") { list in for number in note.files { list.number(nil, Int(number)) } }
                    $0.number("skolkod", note.skolkod.map { Int($0.number) })
                    $0.string("message", note.text[language])
                }
            }
        }
    }
}
