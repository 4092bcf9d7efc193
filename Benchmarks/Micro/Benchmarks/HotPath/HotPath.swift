import Benchmark
import CSN
import CSNRules
import Documents
import Exports
import Normalizing
import Uploads

// Each benchmark does its part for all of Material.rows rows in one iteration; "throughput" is iterations a second.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .throughput, .peakMemoryResident], warmupIterations: 2,
        maxDuration: .seconds(3), maxIterations: 1_000)

    Benchmark("CSV: find the cells of every row") { benchmark in
        let material = try Material()
        let profile = try material.profile("schoolsoft-list")
        let export = try material.export(profile)
        let match = try export.match(profile)
        let input = try export.delimited(profile)
        var reader = RowReader(input, binding: SlotBinding(match.binding), form: match.rowForm)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var cursor = SliceCursor(input, from: match.firstRow)
            var bytes = 0
            while let slice = try cursor.next() {
                try reader.open(slice)
                while try reader.next() != nil {
                    for column in match.columns.values { bytes += reader.cell(column: column)?.bytes.count ?? 0 }
                }
            }
            blackHole(bytes)
        }
        benchmark.stopMeasurement()
    }

    Benchmark("CSV: rows to candidates") { benchmark in
        let material = try Material()
        let profile = try material.profile("schoolsoft-list")
        let export = try material.export(profile)
        let match = try export.match(profile)
        let input = try export.delimited(profile)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var rows = Rows(input, match, material.knowledge)
            var failed = 0
            try rows.forEach { candidate, _ in failed += candidate.failed.isEmpty ? 0 : 1 }
            blackHole(failed)
        }
        benchmark.stopMeasurement()
    }

    Benchmark("XML: find the values of every row") { benchmark in
        let material = try Material()
        let profile = try material.profile("edlevo-xml")
        let export = try material.export(profile)
        let input = try export.xml(profile)
        let columns = profile.columns.count
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var cursor = try XMLRowCursor(input)
            var rows = XMLRows(input)
            var bytes = 0
            while let portion = try cursor.next() {
                rows.open(portion)
                while rows.next() != nil {
                    for column in 0..<columns { bytes += rows.cell(column: column)?.bytes.count ?? 0 }
                }
            }
            blackHole(bytes)
        }
        benchmark.stopMeasurement()
    }

    Benchmark("Personnummer: date and check digit of 20,000 numbers") { benchmark in
        let material = try Material()
        let profile = try material.profile("schoolsoft-list")
        let numbers = try material.students(material.export(profile), profile).joined()
            .compactMap(\.personnummer?.digits)
        guard numbers.count == Material.rows else { throw MaterialProblem(text: "rows without a personnummer") }
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var right = 0
            for digits in numbers where Personnummer(digits: digits)?.hasRightCheckDigit ?? false { right += 1 }
            blackHole(right)
        }
        benchmark.stopMeasurement()
    }

    Benchmark("Rules: field, record, unit and student stage") { benchmark in
        let material = try Material()
        let profile = try material.profile("schoolsoft-list")
        let students = try material.students(material.export(profile), profile)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var context = material.engine.makeContext()
            var sent = 0
            for rows in students {
                var rows = rows
                for index in rows.indices { material.engine.judgeFields(of: &rows[index], [], &context) }
                sent += material.engine.judge(rows, &context).fates.sent
            }
            blackHole(sent)
        }
        benchmark.stopMeasurement()
    }

    for name in ["komvux-fixed", "komvux"] {
        Benchmark("Writer: 20,000 records, layout \(name)") { benchmark in
            let material = try Material()
            let profile = try material.profile("schoolsoft-list")
            let layout = try material.layout(name)
            let records = try material.students(material.export(profile), profile).flatMap { rows in
                RecordAssembly.records(of: rows)
            }
            let ofFirstSchool = records.map { record in
                var record = record
                record.fields.skolkod = records.first?.skolkod
                return record
            }
            let codes = EncodedCodes(material.knowledge.courses.table, layout: layout)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                let sink = Nowhere()
                var writer = UploadWriter(
                    layout: layout, courses: material.knowledge.courses.table, sink: sink, codes: codes)
                for record in ofFirstSchool { try writer.write(record) }
                blackHole(try writer.finish())
                blackHole(sink.count)
            }
            benchmark.stopMeasurement()
        }
    }
}
