import CSN
import CSNRules
import Foundation
import Pipeline
import Reports
import Testing

/// The reconciliation of every sample, as a rehearsed migration of all its exports makes it, against what is known of
/// the sample otherwise: the rows of its files, and what `convert` makes of them.
@Suite struct ReconciliationTests {
    private static func always() throws -> ClosedRange<Day> {
        try #require(Day(iso: "1990-01-01"))...(try #require(Day(iso: "2099-12-31")))
    }

    private func rehearse(
        _ sample: SampleCase, _ days: ClosedRange<Day>, _ basis: MigrationBasis
    ) throws -> RunReport {
        var configuration = Configuration()
        if let path = sample.configuration { configuration = try Configuration.read(path: path, environment: [:]) }
        let settings = RunSettings(
            paths: sample.exports().map { "\(sample.folder)/\($0)" },
            mappingFolders: [sample.mappings, repository + "/Mappings"].compactMap { $0 }, now: sample.now,
            configuration: configuration)
        return try Migration.run(
            MigrateRequest(
                settings: settings, days: days, basis: basis, holdScope: configuration.holdScope ?? .unit,
                isRehearsal: true, system: sample.system, school: sample.school))
    }

    /// The rows of the sample's files, by their lines or as the case says.
    private func rows(of sample: SampleCase) throws -> Int {
        if let rows = sample.rows { return rows }
        return try sample.exports().reduce(0) { count, name in
            let bytes = try Data(contentsOf: URL(filePath: "\(sample.folder)/\(name)"))
            return count + bytes.count { $0 == 0x0A } - 1
        }
    }

    /// What holds whatever days were chosen.
    private func expectSums(_ report: RunReport, rows: Int, _ what: String) throws -> Reconciliation {
        let reconciliation = try #require(report.reconciliation)
        for line in reconciliation.schools.flatMap(\.lines) {
            let counts = line.counts
            let sent = counts.withCSN + counts.uploaded + counts.waiting + counts.rehearsed
            #expect(counts.rows == sent + counts.held + counts.dropped + counts.copies, "\(what): \(line)")
            #expect(counts.records <= sent && counts.rows > 0, "\(what): \(line)")
        }
        let total = reconciliation.total
        #expect(
            total.rows + reconciliation.rowsOutside + reconciliation.rowsLeftOut == rows, "\(what): \(reconciliation)")
        #expect(total.sent == report.rows.sent, "\(what)")
        #expect(total.held == report.rows.held, "\(what)")
        #expect(total.dropped + total.copies == report.rows.dropped, "\(what)")
        // What is chosen is in a file, once.
        let records = report.migration?.files.reduce(0) { $0 + ($1.chosenRecords ?? 0) }
        #expect(total.records == records, "\(what)")
        let keys = reconciliation.schools.map { school in
            Set(school.lines.map { "\($0.course.kurskod ?? "") \($0.course.isKnown) \($0.grade)" }).count
        }
        #expect(keys == reconciliation.schools.map(\.lines.count), "\(what): a course and grade has one line")
        return reconciliation
    }

    @Test(arguments: try Samples.converted())
    func `the columns add up, whichever days are chosen`(sample: SampleCase) throws {
        let rows = try rows(of: sample)
        let now = sample.now.day
        let always = try Self.always()
        let choices: [(MigrationBasis, ClosedRange<Day>)] = [
            (.grade, always), (.grade, always.lowerBound...now), (.grade, now + 1...always.upperBound),
            (.period, now + -120...now + 30),
        ]
        for (basis, days) in choices {
            _ = try expectSums(try rehearse(sample, days, basis), rows: rows, "\(basis), \(days)")
        }
    }

    /// Over all days, by when courses go on, a migration is about every row: what `convert` says of them holds.
    @Test(arguments: try Samples.converted())
    func `over all days it says what convert says, and its files say the same`(sample: SampleCase) throws {
        let report = try rehearse(sample, try Self.always(), .period)
        let reconciliation = try expectSums(report, rows: try rows(of: sample), "all days")
        let layout = try #require(sample.layouts.first)
        var converting = sample
        converting.command = .convert
        let converted = try #require(try Samples.convert(converting, layout).rows)
        let total = reconciliation.total
        #expect(reconciliation.rowsOutside == 0)
        #expect(total.sent == converted.sent)
        #expect(total.held == converted.held)
        #expect(total.dropped + total.copies == converted.dropped)
        #expect(reconciliation.rowsLeftOut == converted.ignored)
        try expectSame(report, total, sample)
    }

    /// The spreadsheet and the page have the same sums, and no number of a person's.
    private func expectSame(_ report: RunReport, _ total: Reconciliation.Counts, _ sample: SampleCase) throws {
        let files = ReconciliationFiles(report, in: .sv).contents.map {
            ($0.name, String(decoding: $0.bytes, as: UTF8.self))
        }
        let table = try #require(files.first { $0.0 == ReconciliationFiles.table }).1
        let page = try #require(files.first { $0.0 == ReconciliationFiles.page }).1
        let numbers = table.split(separator: "\r\n").dropFirst().map { line in
            line.split(separator: ";", omittingEmptySubsequences: false).suffix(9).compactMap { Int($0) }
        }
        #expect(numbers.allSatisfy { $0.count == 9 && $0[0] == $0[1] + $0[5] + $0[6] + $0[7] })
        #expect(numbers.allSatisfy { $0.count == 9 && $0[1] == $0[2] + $0[3] + $0[4] })
        #expect(numbers.reduce(0) { $0 + $1[0] } == total.rows)
        for name in sample.exports() {
            let bytes = Array(try Data(contentsOf: URL(filePath: "\(sample.folder)/\(name)")))
            for number in Self.personalNumbers(in: bytes) {
                #expect(!page.contains(number) && !table.contains(number))
            }
        }
    }

    /// Everything of ten digits or more, with and without a hyphen before the last four.
    private static func personalNumbers(in bytes: [UInt8]) -> Set<String> {
        let text = String(decoding: bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
        let found = text.matches(of: /[0-9]{6,8}[-+]?[0-9]{4}/).map { String($0.output) }
        return Set(found.flatMap { [$0, $0.filter(\.isNumber)] })
    }
}
