import Findings

extension DetectReport {
    /// The object of `--format json`, with a line end behind it.
    public func json(in language: Language) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(program)
            object.array("files") { array in
                for file in files { array.object { write(file, in: language, to: &$0) } }
            }
        }
        writer.newline()
        return writer.bytes
    }

    private func write(_ file: File, in language: Language, to object: inout JSONWriter) {
        object.string("path", file.path)
        object.bool("recognised", file.isRecognised)
        object.number("bytes", file.size)
        object.string("kind", file.kind.word)
        object.string("encodingEvidence", file.encoding?[language])
        object.array("readings") { array in
            for reading in file.readings { array.object { DetectReport.write(reading, to: &$0) } }
        }
        object.strings("otherProfiles", file.otherProfiles)
        object.strings("distinctions", file.distinctions.map { $0[language] })
        if let nearest = file.nearest {
            object.object("nearest") { DetectReport.write(nearest, to: &$0) }
        } else {
            object.string("nearest", nil)
        }
        object.string("problem", file.problem?[language])
        object.string("next", file.next?[language])
    }

    private static func write(_ reading: Reading, to object: inout JSONWriter) {
        object.string("profile", reading.profile)
        object.string("title", reading.title)
        object.string("system", reading.system)
        object.string("path", reading.path)
        object.string("known", reading.known)
        object.string("ours", reading.ours)
        object.string("schoolForm", reading.schoolForm)
        object.string("records", reading.records)
        object.strings("sideTables", reading.sideTables)
        object.object("container") { container in
            switch reading.container {
            case .delimited(let delimiter, let quote):
                container.string("kind", "delimited")
                container.string("delimiter", delimiter)
                container.string("quote", quote)
            case .xml(let row):
                container.string("kind", "xml")
                container.string("row", row)
            }
        }
        object.string("encoding", reading.encoding.name)
        object.number("headerLine", reading.headerLine)
        object.number("columnsFound", reading.found)
        object.number("columnsOfProfile", reading.columns.count)
        object.array("columns") { columns in
            for column in reading.columns {
                columns.object {
                    $0.string("slot", column.slot)
                    $0.bool("needed", column.isNeeded)
                    $0.string("header", column.header)
                    $0.strings("accepted", column.accepted)
                    $0.strings("claims", column.claims)
                    $0.bool("mayComeLater", column.mayComeLater)
                }
            }
        }
        object.strings("unused", reading.unused)
        object.array("leavesOut") { array in
            for rule in reading.leavesOut {
                array.object {
                    $0.string("header", rule.header)
                    $0.string("reason", rule.reason)
                }
            }
        }
    }
}
