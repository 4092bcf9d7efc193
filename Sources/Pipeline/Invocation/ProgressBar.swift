import Findings
import Glibc
import Reports
import Synchronization

/// One line on standard error that says how far the run has come: stage, share, rows, rate and time left.
final class ProgressBar: ProgressSink {
    private let language: Language
    private let state = Mutex(State())

    private struct State {
        var stage = Text(sv: "", en: "")
        var begun = ContinuousClock.now
        var drawn: ContinuousClock.Instant?
    }

    init(in language: Language) { self.language = language }

    deinit { ProgressBar.write("\r\u{1B}[K") }

    func begin(_ stage: Text) {
        state.withLock { state in
            state = State(stage: stage)
            ProgressBar.write("\r\u{1B}[K\(stage[language]) …")
        }
    }

    func advance(bytes: Int, of total: Int?, rows: Int) {
        state.withLock { state in
            let now = ContinuousClock.now
            // Ten times a second is as often as an eye can follow.
            if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
            state.drawn = now
            let seconds = Double((now - state.begun) / .milliseconds(1)) / 1_000
            let line = ProgressLine(bytes: bytes, total: total, rows: rows, seconds: seconds)
            ProgressBar.write("\r\u{1B}[K\(state.stage[language]) \(line.text(in: language))")
        }
    }

    private static func write(_ text: String) {
        var text = text
        // What cannot be shown is not worth stopping a run for.
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// What a progress bar says at one moment.
struct ProgressLine {
    var bytes: Int
    var total: Int?
    var rows: Int
    /// Since the stage began.
    var seconds: Double

    func text(in language: Language) -> String {
        let counted = "\(rows) " + Text(sv: "rader", en: "rows")[language]
        var parts = [counted]
        if seconds >= 1 {
            parts.append("\(Int(Double(rows) / seconds)) " + Text(sv: "rader/s", en: "rows/s")[language])
        }
        guard let total, total > 0 else { return parts.joined(separator: ", ") }
        let share = min(1, Double(bytes) / Double(total))
        let full = Int(share * 20)
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: 20 - full)
        if seconds >= 1, share > 0.01 {
            let left = Int((seconds / share - seconds).rounded(.up))
            let clock = "\(left / 60):" + (left % 60 < 10 ? "0" : "") + "\(left % 60)"
            parts.append(Text(sv: "\(clock) kvar", en: "\(clock) left")[language])
        }
        return "\(bar) \(Int(share * 100)) %, " + parts.joined(separator: ", ")
    }
}
