import Findings

extension DoctorReport {
    /// The object of `--format json`, with a line end behind it.
    public func json(in language: Language) -> [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(program)
            object.array("checks") { array in
                for result in results {
                    array.object {
                        $0.string("check", result.check)
                        $0.string("status", result.status.rawValue)
                        $0.string("place", result.place)
                        $0.string("message", result.text[language])
                        $0.string("advice", result.advice?[language])
                    }
                }
            }
            object.object("counts") { counts in
                for status in Status.allCases { counts.number(status.rawValue, count(status)) }
            }
        }
        writer.newline()
        return writer.bytes
    }
}
