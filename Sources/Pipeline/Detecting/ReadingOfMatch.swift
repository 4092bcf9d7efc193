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
            headerLine: match.hasHeader ? match.headerLine : nil,
            columns: slots.map { slot, column in
                DetectReport.Column(
                    slot: slot.name, isNeeded: column.isRequired, accepted: column.headers,
                    header: match.columns[slot].map { headers[$0] },
                    claims: (match.ambiguous[slot] ?? []).map { headers[$0] })
            },
            unused: match.unused.map { headers[$0] },
            leavesOut: match.leavesOut.map { (headers[$0.column], $0.reason) })
        records = profile.records.rawValue
        sideTables = profile.personTables
    }
}

extension DetectReport.Container {
    /// How the matched file is cut.
    init(_ match: ProfileMatch) {
        switch match.profile.container {
        case .xml(let shape): self = .xml(row: shape.row.map(\.folded).joined(separator: "/"))
        case .delimited:
            self = .delimited(
                delimiter: String(Unicode.Scalar(match.dialect.delimiter)),
                quote: match.dialect.quote.map { String(Unicode.Scalar($0)) })
        }
    }
}
