import Findings
import Foundation
import Uploads

/// Says when students with protected identity may be missing, for systems that leave them out of their exports: how
/// many there were the last time in the same folder is kept there, numbers only.
struct OmittedStudents {
    /// How many students a school's exports held.
    struct Count: Codable, Equatable {
        var students = 0
        var protected = 0
    }

    private let path: String
    /// By skolkod.
    private let earlier: [String: Count]

    /// - Parameter folder: the output folder. What cannot be read there was never said.
    init(folder: String) {
        path = folder + "/.work/students.json"
        earlier =
            (try? Data(contentsOf: URL(filePath: path))).flatMap {
                try? JSONDecoder().decode([String: Count].self, from: $0)
            } ?? [:]
    }

    /// What a person is to look after, school by school.
    ///
    /// - Parameter counts: by skolkod, what the exports of this run hold.
    func notices(_ counts: [UInt16: Count]) -> [Text] {
        counts.sorted { $0.key < $1.key }.compactMap { school, now in
            guard let before = earlier[String(school)] else { return OmittedStudents.first(school, now) }
            guard now.protected < before.protected || (now.protected == 0 && now.students < before.students) else {
                return nil
            }
            return Text(
                sv: "Skola \(school): förra gången fanns \(before.students) studerande i exporten, varav "
                    + "\(before.protected) med skyddade uppgifter, nu \(now.students) och \(now.protected). Systemet "
                    + "kan lämna ut dem med skyddade uppgifter ur exporten: registrera dem som saknas i Mina tjänster.",
                en: "School \(school): last time the export held \(before.students) students, \(before.protected) of "
                    + "them with protected identity, now \(now.students) and \(now.protected). The system may leave "
                    + "those with protected identity out: register who is missing in Mina tjänster.")
        }
    }

    /// There is nothing to compare with yet.
    private static func first(_ school: UInt16, _ now: Count) -> Text? {
        guard now.protected == 0 else { return nil }
        return Text(
            sv: "Skola \(school): exporten har ingen studerande med skyddade uppgifter. Systemet kan lämna ut dem: "
                + "registrera dem som saknas i Mina tjänster.",
            en: "School \(school): the export holds nobody with protected identity. The system may leave them out: "
                + "register who is missing in Mina tjänster.")
    }

    /// Keeps this run's numbers beside those of schools that it did not have.
    func keep(_ counts: [UInt16: Count]) throws(OutputProblem) {
        var all = earlier
        for (school, count) in counts { all[String(school)] = count }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(all) else { return }
        try AtomicFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path)
    }
}
