import Documents
import Profiles

/// Which profile an input is read by.
public enum ProfileDetection: Sendable {
    /// One fits, or the first by name of several that read it alike; `others` are the names of those.
    case found(ProfileMatch, others: [String])
    /// Two fit equally well and read it to different records: the user chooses.
    case tie([ProfileMatch])
    /// None fits; the nearest, if any header was known at all, and the headers as the likeliest dialect reads them.
    case none(nearest: ProfileMatch?, headers: [String])
    /// No profile knows the XML: what is likeliest its row, and the names in it.
    case unknownXML(row: String, names: [String])
    /// There is no row at all.
    case noRows

    /// Among how many rows, beside those of a profile's preamble, the header is looked for, and how many after it are
    /// looked at.
    private static let headLength = 20

    /// Finds the profile whose columns the input has: all needed ones, and of those that fit the one with the most
    /// columns found, of equal ones those with most of what they are known by. A profile that knows columns by position is asked only where none knows the headers.
    public static func detect(
        _ source: ExportSource, _ survey: InputSurvey, among profiles: [Profile]
    ) throws(ExportProblem) -> ProfileDetection {
        if survey.kind == .xml { return try detectXML(source, survey, among: profiles) }
        var matches: [ProfileMatch] = []
        var sawRow = false
        let longest = profiles.compactMap { $0.container.delimited?.preamble }.max() ?? 0
        var heads = Heads(source, survey, count: longest + 2 * headLength)
        for profile in profiles.sorted(by: { $0.name < $1.name }) {
            guard let encoding = profile.encoding ?? survey.encoding.encoding,
                let form = profile.container.delimited
            else { continue }
            for dialect in form.dialects {
                let rows = Array(try heads.rows(dialect, encoding).prefix(form.preamble + 2 * headLength))
                guard rows.prefix(headLength).contains(where: { !$0.isBlank }) else { continue }
                sawRow = true
                let match =
                    form.hasHeader
                    ? headed(profile, form, dialect, encoding, rows)
                    : positional(profile, form, dialect, encoding, rows.filter { !$0.isBlank })
                if let match { matches.append(match) }
            }
        }
        guard sawRow else { return .noRows }
        return choose(among: matches)
    }

    /// The best match with one of the rows that the header can be: the first of those that fit best.
    private static func headed(
        _ profile: Profile, _ form: Profile.Delimited, _ dialect: DelimitedDialect, _ encoding: TextEncoding,
        _ rows: [HeadRow]
    ) -> ProfileMatch? {
        let places = rows.indices.prefix(form.preamble + headLength).filter { !rows[$0].isBlank }
        let matches = places.prefix(form.preamble + 1).map { place in
            ProfileMatch(
                profile, dialect: dialect, encoding: encoding, header: rows[place],
                following: Array(rows[(place + 1)...].filter { !$0.isBlank }.prefix(headLength)))
        }
        func quality(_ match: ProfileMatch) -> (Int, Int) { (match.fits ? 1 : 0, match.columns.count) }
        var best = matches.first
        for match in matches.dropFirst() {
            if let known = best, quality(known) < quality(match) { best = match }
        }
        return best
    }

    private static func positional(
        _ profile: Profile, _ form: Profile.Delimited, _ dialect: DelimitedDialect, _ encoding: TextEncoding,
        _ rows: [HeadRow]
    ) -> ProfileMatch? {
        guard rows.count > form.preamble else { return nil }
        let values = rows[form.preamble...].prefix(headLength)
        return ProfileMatch(
            profile, form, dialect: dialect, encoding: encoding, skipped: Array(rows[..<form.preamble]),
            rows: Array(values), start: rows[form.preamble].start)
    }

    /// The first rows of an input as each dialect reads them: many profiles share one, and a folder may hold a thousand
    /// exports.
    private struct Heads {
        private struct Key: Hashable {
            var dialect: DelimitedDialect
            var encoding: TextEncoding
        }

        private let source: ExportSource
        private let survey: InputSurvey
        private let count: Int
        private var read: [Key: [HeadRow]] = [:]

        init(_ source: ExportSource, _ survey: InputSurvey, count: Int) {
            self.source = source
            self.survey = survey
            self.count = count
        }

        mutating func rows(_ dialect: DelimitedDialect, _ encoding: TextEncoding) throws(ExportProblem) -> [HeadRow] {
            let key = Key(dialect: dialect, encoding: encoding)
            if let known = read[key] { return known }
            let input = try DelimitedInput(source, survey, dialect: dialect, encoding: encoding)
            let rows = try input.firstRows(count)
            read[key] = rows
            return rows
        }
    }

    static func choose(among matches: [ProfileMatch]) -> ProfileDetection {
        var fitting = matches.filter(\.fits)
        if fitting.contains(where: \.hasHeader) { fitting.removeAll { !$0.hasHeader } }
        guard let most = fitting.map(\.columns.count).max() else {
            let nearest = matches.filter { $0.hasHeader && (!$0.columns.isEmpty || !$0.ambiguous.isEmpty) }
                .max { $0.columns.count + $0.ambiguous.count < $1.columns.count + $1.ambiguous.count }
            let headers = matches.filter(\.hasHeader).map(\.headers).max { $0.count < $1.count } ?? []
            return .none(nearest: nearest, headers: headers)
        }
        let equal = fitting.filter { $0.columns.count == most }
        let characteristic = equal.map(\.characteristic).max() ?? 0
        let best = equal.filter { $0.characteristic == characteristic }
        guard let first = best.first else { return .none(nearest: nil, headers: []) }
        let alike = best.allSatisfy { first.readsLike($0) }
        guard alike else { return .tie(best) }
        let others = equal.map(\.profile.name).filter { $0 != first.profile.name }
        return .found(first, others: equal.allSatisfy { first.readsLike($0) } ? others : [])
    }
}
