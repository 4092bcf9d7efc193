import CSN
import DeliveryLedger

extension QueuedSchool {
    /// Takes what the ledger is to know of the students, and lets go of what nobody asks any more.
    ///
    /// - Parameters:
    ///   - complete: the systems of which a complete export counts.
    ///   - systems: by input, whose export it is.
    mutating func take(
        _ students: [SchoolJudgement.Student], _ before: SchoolDeliveries, systems complete: Set<String>,
        of systems: [String], key: (StudentIdentity) -> StudentKey?, id: (UInt32) -> ExportID?
    ) {
        var new: Set<UInt64> = []
        var exports = complete.sorted().map { LastExport(system: $0, known: [], new: []) }
        deliveries.students = [:]
        for student in students where !student.inputs.isEmpty {
            guard let personnummer = student.identity.personnummer else { continue }
            let number = key(student.identity)
            let known = number.flatMap { before.students[$0] }
            if let number, known != nil { numbers.append((student.key, number)) } else { new.insert(student.key) }
            for index in exports.indices
            where student.inputs.contains(where: { systems[Int($0)] == exports[index].system }) {
                if let number, known != nil {
                    exports[index].known.insert(number)
                } else {
                    exports[index].new.append(student.key)
                }
            }
            let ids = student.ids.compactMap(id)
            if let known, known.personnummer == personnummer, known.isProtected == student.isProtected,
                ids.allSatisfy(known.exportIDs.contains)
            {
                continue
            }
            deliveries.students[number ?? StudentKey(number: 0)] = known
            self.students.append(
                Student(
                    key: student.key, known: known?.key, personnummer: personnummer, ids: Set(ids),
                    isProtected: student.isProtected))
        }
        lastExports = exports.filter { !$0.new.isEmpty || before.lastExports[$0.system] ?? [] != $0.known }
        takeOwners(before, new)
        (deliveries.versions, deliveries.forgotten, deliveries.lastExports) = ([:], [:], [:])
    }

    /// Finds the students of what stands in the files. One of whom no export has a row is known by the number.
    private mutating func takeOwners(_ before: SchoolDeliveries, _ new: Set<UInt64>) {
        guard files.contains(where: { !$0.versions.isEmpty }) else { return }
        let known = Dictionary(numbers) { first, _ in first }
        lazy var others = before.studentsByNumber
        for file in files.indices {
            for version in files[file].versions.indices {
                let student = files[file].versions[version].student
                guard !new.contains(student) else { continue }
                files[file].versions[version].known =
                    known[student] ?? Personnummer(digits: student).flatMap { others[$0] }
            }
        }
    }
}

extension SchoolDeliveries {
    /// The students by each of the numbers under which they have been known; of several the first.
    var studentsByNumber: [Personnummer: StudentKey] {
        students.values.reduce(into: [:]) { students, student in
            for number in student.numbers {
                students[number] = students[number].map { min($0, student.key) } ?? student.key
            }
        }
    }
}
