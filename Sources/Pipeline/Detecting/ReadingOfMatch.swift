import Exports
import Findings
import Profiles
import Reports

extension DetectReport.Reading {
    /// How a profile reads a file, in the words of a report. Headers may be anything a file has in its first row: what
    /// looks like a personnummer is masked.
    init(_ match: ProfileMatch) {
        let profile = match.profile
        let headers = match.headers.map { Masking.withoutNumbers($0) }
        let slots = profile.columns.sorted { $0.key.rawValue < $1.key.rawValue }
        self.init(
            profile: profile.name, title: profile.title, system: profile.system, path: profile.path,
            known: profile.basis.known, ours: profile.basis.ours, container: DetectReport.Container(match),
            encoding: (match.encoding.name, profile.encoding != nil),
            headerLine: match.lineOfHeaders,
            columns: slots.map { slot, column in
                DetectReport.Column(
                    slot: slot.name, isNeeded: column.isRequired, accepted: column.headers,
                    header: match.columns[slot].map { headers[$0] },
                    claims: (match.ambiguous[slot] ?? []).map { headers[$0] },
                    mayComeLater: match.unseen[slot] != nil && !match.missing.contains(slot))
            },
            unused: match.unused.map { headers[$0] },
            leavesOut: match.leavesOut.map { (headers[$0.column], $0.reason) })
        records = profile.records.rawValue
        sideTables = profile.personTables
    }
}

extension ProfileMatch {
    /// The line of the headers; nil where columns go by position or are elements.
    fileprivate var lineOfHeaders: Int? {
        guard case .delimited = container, hasHeader else { return nil }
        return headerLine
    }
}

extension DetectReport.Container {
    /// How the matched file is cut.
    init(_ match: ProfileMatch) {
        switch match.container {
        case .xml(let reading): self = .xml(row: reading.row)
        case .delimited(let dialect):
            self = .delimited(
                delimiter: String(Unicode.Scalar(dialect.delimiter)),
                quote: dialect.quote.map { String(Unicode.Scalar($0)) })
        }
    }
}
