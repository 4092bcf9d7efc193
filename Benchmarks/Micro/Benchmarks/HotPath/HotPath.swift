import Benchmark
import CSN
import CSNRules
import Documents
import Exports
import Normalizing
import Profiles
import Uploads

// Each benchmark does its part for Material.rows rows in one iteration. What it works on is made once, in its setup.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 2, maxDuration: .seconds(3),
        maxIterations: 1_000)

    Benchmark("CSV: find the cells of every row") { (_, export: DelimitedMaterial) in
        blackHole(try export.countCellBytes())
    } setup: {
        try DelimitedMaterial()
    }

    Benchmark("CSV: rows to candidates") { (_, export: DelimitedMaterial) in
        var failed = 0
        try export.forEachRow { candidate, _ in failed += candidate.failed.isEmpty ? 0 : 1 }
        blackHole(failed)
    } setup: {
        try DelimitedMaterial()
    }

    Benchmark("XML: find the values of every row") { (_, export: XMLMaterial) in
        blackHole(try export.countValueBytes())
    } setup: {
        try XMLMaterial()
    }

    Benchmark("Personnummer: date and check digit") { (_, numbers: [UInt64]) in
        var right = 0
        for digits in numbers where Personnummer(digits: digits)?.hasRightCheckDigit ?? false { right += 1 }
        blackHole(right)
    } setup: {
        try DelimitedMaterial().students().joined().compactMap(\.personnummer?.digits)
    }

    Benchmark("Rules: field, record, unit and student stage") { (_, school: JudgedMaterial) in
        var context = school.engine.makeContext()
        var sent = 0
        for rows in school.students {
            var rows = rows
            for index in rows.indices { school.engine.judgeFields(of: &rows[index], [], &context) }
            sent += school.engine.judge(rows, &context).fates.sent
        }
        blackHole(sent)
    } setup: {
        try JudgedMaterial()
    }

    for name in ["komvux-fixed", "komvux"] {
        Benchmark("Writer: layout \(name)") { (_, records: WrittenMaterial) in
            blackHole(try records.write())
        } setup: {
            try WrittenMaterial(layout: name)
        }
    }
}
