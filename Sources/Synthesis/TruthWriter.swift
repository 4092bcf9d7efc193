import CSN

/// Writes what is true of a row as one line of JSON.
struct TruthWriter {
    let stock: CourseStock
    let days: DayText

    func append(_ row: DraftRow, of student: StudentDraft, line number: Int, to text: inout [UInt8]) {
        text.append("{\"line\":")
        text.append(digits: UInt64(number))
        text.append(",\"fate\":\"")
        text.append(contentsOf: row.fate.rawValue.utf8)
        text.append("\",\"fault\":")
        if let fault = row.fault {
            text.append("\"")
            text.append(contentsOf: fault.rule.utf8)
            text.append("\"")
        } else {
            text.append("null")
        }
        text.append(",\"record\":{")
        appendRecord(row.meant, student, &text)
        text.append("}}\n")
    }

    /// The fields of CSN's record in CSN's order and forms (dates ÅÅÅÅ-MM-DD); empty ones left out.
    private func appendRecord(_ record: Enrolment, _ student: StudentDraft, _ text: inout [UInt8]) {
        text.append("\"skolkod\":\"")
        text.append(digits: UInt64(record.skolkod))
        text.append("\",\"personnummer\":\"")
        text.append(digits: student.person.number, width: 12)
        text.append("\",\"kurskod\":\"")
        text.append(contentsOf: stock.courses[record.course].code)
        text.append("\",\"kursdel\":\"")
        text.append(digits: UInt64(record.kursdel))
        if record.isSkillsTraining { text.append("\",\"fardighetstraning\":\"J") }
        if let scope = record.omfattning {
            text.append("\",\"omfattning\":\"")
            text.append(scope.rawValue)
        }
        text.append("\",\"poang\":\"")
        text.append(digits: UInt64(record.points))
        text.append(stock.courses[record.course].niva == .gr ? "\",\"niva\":\"GR" : "\",\"niva\":\"GY")
        appendDay("\",\"startdatum\":\"", record.start, &text)
        appendDay("\",\"slutdatum\":\"", record.end, &text)
        if record.isContract { text.append("\",\"uppdragsutbildning\":\"U") }
        text.append(record.isStarted ? "\",\"registrering\":\"J" : "\",\"registrering\":\"N")
        if let event = record.event {
            text.append("\",\"meddelandeorsak\":\"")
            text.append(digits: UInt64(event.number))
        }
        appendDay("\",\"handelsedatum\":\"", record.eventDay, &text)
        if let grade = record.grade {
            text.append("\",\"betyg\":\"")
            text.append(grade.rawValue)
        }
        appendDay("\",\"betygsdatum\":\"", record.gradeDay, &text)
        text.append("\"")
    }

    private func appendDay(_ name: StaticString, _ day: Day?, _ text: inout [UInt8]) {
        guard let day else { return }
        text.append(name)
        text.append(contentsOf: days.text(day))
    }

    /// The last line: the counts.
    static func closing(_ counts: SampleCounts) -> [UInt8] {
        let faults = counts.faults.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return Array(
            """
            {"rows":\(counts.rows),"sent":\(counts.sent),"held":\(counts.held),"dropped":\(counts.dropped),\
            "ignored":\(counts.ignored),"students":\(counts.students),"faults":{\(faults.joined(separator: ","))}}

            """.utf8)
    }
}
