import CSN
import Synchronization

/// Codes that could have been meant by one that nothing knows. Never used to map a code: a person decides.
///
/// Looks for the same code with O for 0 or I for 1, in another letter case, and for codes one or two changes away.
/// The latter through an index of the codes with one letter taken out, made when the first suggestion is asked for:
/// comparing with every code took milliseconds a code.
final class CodeSuggestions: Sendable {
    private let codes: [String]
    private let state = Mutex(State())

    private struct State {
        var byShape: [String: [String]] = [:]
        var byDeletion: [String: [String]] = [:]
        var answers: [String: [String]] = [:]
        var isBuilt = false
    }

    /// Suggestions among those codes.
    init(codes: [String]) { self.codes = codes }

    /// Up to three codes, the likeliest first, in the same order at every call.
    func suggestions(for code: String) -> [String] {
        guard !code.isEmpty, code.count <= 20 else { return [] }
        return state.withLock { state in
            if let answer = state.answers[code] { return answer }
            if !state.isBuilt { build(&state) }
            let upper = code.uppercased()
            let same = state.byShape[CodeSuggestions.shape(upper)] ?? []
            var near: Set<String> = []
            for variant in CodeSuggestions.deletions(of: upper) + [upper] {
                near.formUnion(state.byDeletion[variant] ?? [])
            }
            let ranked = near.subtracting(same).map { ($0, CodeSuggestions.distance($0.uppercased(), upper)) }
                .filter { $0.1 <= 2 }
                .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
                .map(\.0)
            let answer = Array((same.sorted() + ranked).prefix(3))
            state.answers[code] = answer
            return answer
        }
    }

    private func build(_ state: inout State) {
        for code in codes {
            let upper = code.uppercased()
            state.byShape[CodeSuggestions.shape(upper), default: []].append(code)
            state.byDeletion[upper, default: []].append(code)
            for variant in CodeSuggestions.deletions(of: upper) { state.byDeletion[variant, default: []].append(code) }
        }
        state.isBuilt = true
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
