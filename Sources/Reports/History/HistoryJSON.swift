import CSN

extension HistoryReport {
    /// The object of `--format json`, with a line end behind it.
    public func json(of program: RunReport.Program) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(program)
            object.string("now", now.description)
            object.array("students") { array in
                for student in students { array.object { student.write(to: &$0) } }
            }
        }
        writer.newline()
        return writer.bytes
    }
}

extension HistoryReport.Student {
    fileprivate func write(to object: inout JSONWriter) {
        object.string("key", String(key))
        object.string("personnummer", personnummer)
        object.number("skolkod", Int(skolkod.number))
        object.string("school", schoolName)
        object.array("courses") { array in for course in courses { array.object { course.write(to: &$0) } } }
    }
}

extension HistoryReport.Course {
    fileprivate func write(to object: inout JSONWriter) {
        object.string("kurskod", kurskod)
        object.string("kursdel", "\(kursdel.part):\(kursdel.parts)")
        object.string("startdatum", startdatum.description)
        HistoryReport.Content.write(csn, as: "csn", to: &object)
        if let forgotten {
            object.object("forgotten") {
                $0.string("at", forgotten.at.description)
                $0.string("reason", forgotten.reason)
            }
        } else {
            object.string("forgotten", nil)
        }
        object.array("files") { array in for entry in files { array.object { entry.write(to: &$0) } } }
    }
}

extension HistoryReport.Entry {
    fileprivate func write(to object: inout JSONWriter) {
        object.number("number", Int(file.number))
        object.string("path", file.path)
        object.string("state", file.state.rawValue)
        object.string("readingDay", file.readingDay.description)
        object.string("made", file.made.description)
        object.string("sent", file.sent?.description)
        object.string("reading", file.reading.description)
        object.string("closed", file.closed?.description)
        HistoryReport.Content.write(content, as: "content", to: &object)
    }
}

extension HistoryReport.Content {
    /// Events can be several, so that fields are a list.
    fileprivate static func write(_ content: Self?, as key: String, to object: inout JSONWriter) {
        guard let content else { return object.string(key, nil) }
        object.array(key) { array in
            for value in content.values {
                array.object {
                    $0.string("field", value.field.name)
                    $0.string("value", value.text)
                }
            }
        }
    }
}
