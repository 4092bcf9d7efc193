import Findings

extension VerifyReport {
    /// The object of `--format json`, with a line end behind it.
    public func json(in language: Language) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(program)
            object.array("cases") { cases in
                for result in results { cases.object { write(result, in: language, to: &$0) } }
            }
            object.object("counts") { counts in
                counts.number("cases", results.count)
                for status in Status.allCases { counts.number(status.rawValue, count(status)) }
            }
        }
        writer.newline()
        return writer.bytes
    }

    private func write(_ result: Result, in language: Language, to object: inout JSONWriter) {
        object.string("name", result.name)
        object.string("layout", result.layout)
        object.string("status", result.status.rawValue)
        object.string("message", result.message?[language])
        object.array("differences") { differences in
            for difference in result.differences {
                differences.object {
                    $0.string("file", difference.file)
                    $0.number("line", difference.line)
                    $0.number("column", difference.column)
                    $0.string("expected", difference.expected)
                    $0.string("found", difference.found)
                }
            }
        }
        object.number("moreDifferences", result.more)
        object.array("changes") { changes in
            for change in result.changes {
                changes.object {
                    $0.string("action", change.kind.rawValue)
                    $0.string("file", change.file)
                }
            }
        }
    }
}
