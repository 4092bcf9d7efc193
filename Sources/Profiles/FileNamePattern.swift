extension Profile {
    /// A file's name with the place where the school stands in it, such as `csn_{skolkod}_*.csv`: `*` is any text,
    /// `{skolkod}` four digits, `{skola}` any text that is not empty. Letter case does not count.
    public struct FileNamePattern: Sendable, Hashable {
        /// As the profile writes it.
        public let text: String
        /// Whether what stands there is CSN's code; otherwise it is what the export calls the school.
        public let isSkolkod: Bool

        private static let codeMark = "{skolkod}"
        private static let idMark = "{skola}"

        /// A pattern; nil unless the school stands in it exactly once, and nothing else in braces.
        public init?(_ text: String) {
            let parts = text.components(of: [FileNamePattern.codeMark, FileNamePattern.idMark])
            guard parts.count == 2, !parts.contains(where: { $0.contains("{") || $0.contains("}") }) else { return nil }
            self.text = text
            isSkolkod = text.contains(FileNamePattern.codeMark)
        }

        /// What stands at the school's place in a file's name; nil when the name is not like the pattern.
        public func school(in name: String) -> String? {
            let parts = text.components(of: [FileNamePattern.codeMark, FileNamePattern.idMark])
            guard parts.count == 2 else { return nil }
            let letters = Array(name)
            let (before, behind) = (Glob(parts[0]), Glob(parts[1]))
            // The longest school that fits would swallow what a * behind it is for: the shortest one counts.
            for length in isSkolkod ? 4...4 : 1...max(1, letters.count) {
                for start in letters.indices where start + length <= letters.count {
                    let school = letters[start..<start + length]
                    if isSkolkod, !school.allSatisfy({ $0.isASCII && $0.isNumber }) { continue }
                    guard before.matches(String(letters[..<start])) else { continue }
                    if behind.matches(String(letters[(start + length)...])) { return String(school) }
                }
            }
            return nil
        }
    }
}

extension String {
    /// The pieces between any of the marks.
    fileprivate func components(of marks: [String]) -> [String] {
        marks.reduce([self]) { pieces, mark in
            pieces.flatMap { piece -> [String] in
                var parts: [String] = []
                var rest = piece[...]
                while let range = rest.firstRange(of: mark) {
                    parts.append(String(rest[..<range.lowerBound]))
                    rest = rest[range.upperBound...]
                }
                return parts + [String(rest)]
            }
        }
    }
}
