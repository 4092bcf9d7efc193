import CSN
import CSNRules
import Dispatch
import Findings
import Synchronization

/// The lines of `diagnostics.jsonl`, made block by block on several threads.
struct FindingLines {
    private let sorted: SortedFindings
    private let words: FindingWords
    /// How many findings a block has: half a megabyte, more or less.
    private static let blockSize = 1_000

    init(_ sorted: SortedFindings, in language: Language) {
        self.sorted = sorted
        words = FindingWords(sorted.words, in: language)
    }

    /// How many lines there are.
    var count: Int { sorted.count }

    /// The next blocks of lines in order, one a thread.
    func blocks(from position: inout Int, jobs: Int) -> [[UInt8]] {
        let starts = Array(stride(from: position, to: count, by: FindingLines.blockSize).prefix(jobs))
        let ranges = starts.map { $0..<min($0 + FindingLines.blockSize, count) }
        position = ranges.last?.upperBound ?? count
        guard ranges.count > 1 else { return ranges.map { lines($0) } }
        let blocks = Mutex([[UInt8]](repeating: [], count: ranges.count))
        DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
            let made = lines(ranges[number])
            blocks.withLock { $0[number] = made }
        }
        return blocks.withLock { $0 }
    }

    private func lines(_ range: Range<Int>) -> [UInt8] {
        let wording = Wording(words)
        var writer = JSONWriter(isIndented: false)
        for position in range {
            line(for: sorted.finding(position), of: sorted.student(position), wording, to: &writer)
        }
        return writer.take()
    }

    private func line(
        for finding: Finding, of student: SortedFindings.Student?, _ wording: Wording,
        to writer: inout JSONWriter
    ) {
        wording.take(finding, isProtected: student?.isProtected ?? false)
        writer.object {
            $0.string("rule", words.sentences(of: finding)?.name ?? "")
            $0.string("level", finding.level.word)
            $0.string("action", finding.action.word)
            $0.string("file", words.path(of: finding))
            $0.number("line", finding.place.line == 0 ? nil : Int(finding.place.line))
            $0.string("column", words.column(of: finding))
            $0.string("element", words.element(of: finding))
            $0.string("field", Field(of: finding)?.words.name)
            $0.text("value") { wording.value(to: &$0) }
            $0.text("became") { wording.became(to: &$0) }
            if let student {
                $0.object("student") {
                    $0.string("personnummer", words.personnummer(of: student))
                    $0.string("key", student.name)
                }
            } else {
                $0.string("student", nil)
            }
            $0.number("skolkod", finding.school == 0 ? nil : Int(finding.school))
            $0.string("kurskod", words.kurskod(of: finding))
            $0.text("message") {
                wording.message(to: &$0)
                return true
            }
            $0.text("help") {
                wording.help(to: &$0)
                return true
            }
            $0.strings("suggestions", wording.suggestions)
        }
        writer.newline()
    }
}
