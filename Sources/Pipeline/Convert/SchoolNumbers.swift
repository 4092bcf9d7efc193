import Foundation
import Uploads

/// How many students a school had in one conversion: numbers only, nothing of a person.
struct SchoolNumbers: Codable, Equatable {
    /// How many students the exports held.
    var students = 0
    /// How many of them with protected identity.
    var protected = 0
    /// How many students stand in the files; nil where an earlier version of csnfil has not kept it.
    var sent: Int?
}

/// What the last conversion into an output folder counted, school by school, to compare the next one with.
struct LastConversion {
    private let file: WorkFile<[String: SchoolNumbers]>
    /// By skolkod.
    private let schools: [String: SchoolNumbers]

    /// - Parameter folder: the output folder. What cannot be read there was never counted.
    init(folder: String) {
        file = WorkFile("students.json", in: folder)
        schools = file.read() ?? [:]
    }

    /// A school's numbers; nil when it was in no conversion.
    subscript(skolkod: UInt16) -> SchoolNumbers? { schools[String(skolkod)] }

    /// Keeps this run's numbers beside those of schools that it did not have.
    func keep(_ numbers: [UInt16: SchoolNumbers]) throws(OutputProblem) {
        var all = schools
        for (school, count) in numbers { all[String(school)] = count }
        try file.write(all)
    }
}
