import Findings

/// Says when students with protected identity may be missing, for systems that leave them out of their exports.
enum OmittedStudents {
    /// What a person is to look after, school by school.
    ///
    /// - Parameter numbers: by skolkod, what the exports of this run hold.
    static func notices(_ numbers: [UInt16: SchoolNumbers], after last: LastConversion) -> [Text] {
        numbers.sorted { $0.key < $1.key }.compactMap { school, now in
            guard let before = last[school] else { return first(school, now) }
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
    private static func first(_ school: UInt16, _ now: SchoolNumbers) -> Text? {
        guard now.protected == 0 else { return nil }
        return Text(
            sv: "Skola \(school): exporten har ingen studerande med skyddade uppgifter. Systemet kan lämna ut dem: "
                + "registrera dem som saknas i Mina tjänster.",
            en: "School \(school): the export holds nobody with protected identity. The system may leave them out: "
                + "register who is missing in Mina tjänster.")
    }
}
