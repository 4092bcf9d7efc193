import CSN
import Synchronization

/// Codes that could have been meant by one that nothing knows. Never used to map a code: a person decides.
///
/// Looks for the same code with O for 0 or I for 1, in another letter case, for a code glued onto other letters, and for
/// codes one or two changes away. The latter through an index of the codes with one letter taken out, made when the
/// first suggestion is asked for: comparing with every code took milliseconds a code.
final class CodeSuggestions: Sendable {
    private let codes: [String]
    private let state = Mutex(State())

    private struct State {
        var byShape: [String: [String]] = [:]
        var byDeletion: [String: [String]] = [:]
        /// By the whole code and by its end without the subject, in capitals.
        var byEnd: [String: [String]] = [:]
        var answers: [String: [String]] = [:]
        var isBuilt = false
    }

    /// Suggestions among those codes.
    init(codes: [String]) { self.codes = codes }

    /// Up to three codes, the likeliest first, in the same order at every call.
    func suggestions(for code: String) -> [String] {
        guard !code.isEmpty, code.count <= CodeSuggestions.longestText else { return [] }
        return state.withLock { state in
            if let answer = state.answers[code] { return answer }
            if !state.isBuilt { build(&state) }
            let upper = code.uppercased()
            var found = (state.byShape[CodeSuggestions.shape(upper)] ?? []).sorted()
            for more in [glued(upper, state), near(upper, state)] {
                found += more.filter { !found.contains($0) }
            }
            let answer = Array(found.prefix(3))
            state.answers[code] = answer
            return answer
        }
    }

    /// The codes that a text ends with, whole or without their subject ("518107VUXFLEXENG05": ENGENG05), in order.
    func endingCodes(of text: String) -> [String] {
        guard text.count <= CodeSuggestions.longestText else { return [] }
        return state.withLock { state in
            if !state.isBuilt { build(&state) }
            let upper = text.uppercased()
            for length in stride(from: upper.count, through: CodeSuggestions.shortestEnd, by: -1) {
                if let codes = state.byEnd[String(upper.suffix(length))] { return codes.sorted() }
            }
            return []
        }
    }

    /// Longer texts are no codes.
    private static let longestText = 40
    /// Three letters and two digits: less says nothing.
    private static let shortestEnd = 5

    /// The codes that stand somewhere in a text: the longest whole one, else those whose end the text has.
    private func glued(_ upper: String, _ state: State) -> [String] {
        let letters = Array(upper)
        guard letters.count >= CodeSuggestions.shortestEnd else { return [] }
        for length in stride(from: min(12, letters.count), through: CodeSuggestions.shortestEnd, by: -1) {
            for start in 0...(letters.count - length) {
                if let codes = state.byEnd[String(letters[start..<start + length])] { return codes.sorted() }
            }
        }
        return []
    }

    private func near(_ upper: String, _ state: State) -> [String] {
        guard upper.count <= 14 else { return [] }
        var near: Set<String> = []
        for variant in CodeSuggestions.deletions(of: upper) + [upper] {
            near.formUnion(state.byDeletion[variant] ?? [])
        }
        return near.map { (code: $0, distance: CodeSuggestions.distance($0.uppercased(), upper)) }
            .filter { $0.distance <= 2 }
            .sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }
            .map(\.code)
    }

    private func build(_ state: inout State) {
        for code in codes {
            let upper = code.uppercased()
            state.byShape[CodeSuggestions.shape(upper), default: []].append(code)
            state.byDeletion[upper, default: []].append(code)
            for variant in CodeSuggestions.deletions(of: upper) { state.byDeletion[variant, default: []].append(code) }
            for end in CodeSuggestions.ends(of: upper) { state.byEnd[end, default: []].append(code) }
        }
        state.isBuilt = true
    }

    /// The code itself, and of Gy11's codes what follows the three letters of the subject: ENGENG05 → ENG05.
    private static func ends(of upper: String) -> [String] {
        let end = upper.dropFirst(3)
        let isOwn = end.count >= shortestEnd && end.prefix(3).allSatisfy(\.isLetter) && end.dropFirst(3).first == "0"
        return isOwn ? [upper, String(end)] : [upper]
    }

    /// The code with what is mistaken for each other made the same: O and 0, I, L and 1.
    private static func shape(_ upper: String) -> String {
        String(upper.map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : $0 })
    }

    private static func deletions(of code: String) -> [String] {
        code.indices.map { index in
            var shorter = code
            shorter.remove(at: index)
            return shorter
        }
    }

    /// Levenshtein distance.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (lineNumber, letter) in left.enumerated() {
            var corner = row[0]
            row[0] = lineNumber + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, corner + (letter == other ? 0 : 1))
                corner = above
            }
        }
        return row[right.count]
    }
}
