import CSN
import Findings

extension MachineReport {
    /// `plan.json`: the plan of a migration as one object, with a line end behind it; nil of another run.
    public func plan() -> [UInt8]? {
        guard let plan = report.migration else { return nil }
        var writer = JSONWriter(isIndented: true)
        writer.object { object in
            object.head(report.program)
            writeRun(to: &object)
            object.object("migration") { plan.writeChoice(to: &$0) }
            plan.writeFiles(to: &object)
        }
        writer.newline()
        return writer.bytes
    }
}

extension MigrationPlan {
    /// What a migration has of its own in the object of a run: what was chosen, the sums and the files.
    func write(to object: inout JSONWriter) {
        object.object("migration") {
            writeChoice(to: &$0)
            writeFiles(to: &$0)
        }
    }

    fileprivate func writeChoice(to object: inout JSONWriter) {
        object.string("from", days.lowerBound.description)
        object.string("to", days.upperBound.description)
        object.string("by", basis.rawValue)
        object.bool("again", isAgain)
        object.bool("dryRun", isRehearsal)
        object.string("firstDay", firstDay?.description)
    }

    fileprivate func writeFiles(to object: inout JSONWriter) {
        object.object("totals") { totals in
            totals.number("files", files.count)
            totals.number("filesDone", filesDone.count)
            totals.number("filesAhead", filesAhead.count)
            totals.number("recordsDone", filesDone.reduce(0) { $0 + $1.records })
            totals.number("recordsAhead", filesAhead.reduce(0) { $0 + $1.records })
            totals.number("schools", Set(files.map(\.skolkod)).count)
            totals.number("readingDays", Set(files.map(\.readingDay)).count)
            totals.string("lastDay", lastDay?.description)
            totals.number("rowsOutside", rowsOutside)
        }
        object.array("files") { array in for file in files { file.write(to: &array) } }
    }
}

extension MigrationPlan.File {
    fileprivate func write(to array: inout JSONWriter) {
        array.object {
            $0.string("path", path)
            $0.number("skolkod", Int(skolkod.number))
            $0.string("readingDay", readingDay.description)
            $0.string("state", state.rawValue)
            $0.number("records", records)
            $0.number("chosenRecords", chosenRecords)
            $0.number("students", students)
            $0.string("firstDate", firstDate.description)
            $0.string("lastDate", lastDate.description)
            $0.string("uploadFrom", window.from.description)
            $0.string("uploadBefore", window.before.description)
            $0.string("ownFile", ownFile?.rawValue)
        }
    }
}
