import Crypto
import Dispatch
import Exports
import Synchronization

/// The two passes over a whole input that come before its rows are read: what it is, and its hash.
enum SurveyedSource {
    /// Below this many bytes a second thread costs more than it saves.
    private static let leastToDivide = 4 << 20

    /// Surveys and hashes an input, a large one with a thread for each: nothing else can be done before the survey is
    /// there.
    static func survey(
        _ source: ExportSource, hashes: Bool = true
    ) throws(ExportProblem) -> (survey: InputSurvey, sha256: String) {
        guard hashes else { return (try InputSurvey(of: source), "") }
        var hash = SHA256()
        guard source.size >= leastToDivide else {
            let survey = try InputSurvey(of: source) { hash.update(bufferPointer: $0) }
            return (survey, hash.finalize().hexadecimal)
        }
        let survey = Mutex<Result<InputSurvey, ExportProblem>?>(nil)
        let sha256 = Mutex<Result<String, ExportProblem>?>(nil)
        DispatchQueue.concurrentPerform(iterations: 2) { pass in
            if pass == 0 {
                let result = Result { () throws(ExportProblem) in try InputSurvey(of: source) }
                survey.withLock { $0 = result }
            } else {
                let result = Result { () throws(ExportProblem) in try hashed(source) }
                sha256.withLock { $0 = result }
            }
        }
        guard let surveyed = survey.withLock({ $0 }), let hashed = sha256.withLock({ $0 }) else {
            throw .changedWhileRead(path: source.path)
        }
        return (try surveyed.get(), try hashed.get())
    }

    private static func hashed(_ source: ExportSource) throws(ExportProblem) -> String {
        var hash = SHA256()
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        defer { block.deallocate() }
        var offset = 0
        while offset < source.size {
            let part = UnsafeMutableRawBufferPointer(rebasing: block[..<min(block.count, source.size - offset)])
            try source.fill(part, at: offset)
            hash.update(bufferPointer: UnsafeRawBufferPointer(part))
            offset += part.count
        }
        return hash.finalize().hexadecimal
    }
}

extension SHA256.Digest {
    /// Two hexadecimal digits a byte.
    fileprivate var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
