import Pipeline
import Reports
import Testing

/// How two sets of files differ, and what of it may be shown.
@Suite struct FileComparisonTests {
    private func compare(_ expected: [UInt8], _ found: [UInt8]) -> [FileDifference] {
        FileComparison(expected: ["f": expected], found: ["f": found]).differences
    }

    private func compare(_ expected: String, _ found: String) -> [FileDifference] {
        compare(Array(expected.utf8), Array(found.utf8))
    }

    @Test func `the same bytes are no difference`() {
        #expect(compare("a\nb\n", "a\nb\n").isEmpty)
        #expect(FileComparison(expected: [:], found: [:]).differences.isEmpty)
    }

    @Test func `a line put in is that line alone`() {
        #expect(
            compare("a\nb\nc\n", "a\nx\nb\nc\n") == [FileDifference(file: "f", line: 2, expected: nil, found: "x")])
        #expect(
            compare("a\nx\nb\nc\n", "a\nb\nc\n") == [FileDifference(file: "f", line: 2, expected: "x", found: nil)])
    }

    @Test(arguments: [("åäö\n", "åäx\n", 3), ("abc\n", "abcd\n", 4), ("å\n", "ä\n", 1), ("\n", "x\n", 1)])
    func `the first character that differs is counted`(expected: String, found: String, column: Int) {
        #expect(compare(expected, found).map(\.column) == [column])
    }

    @Test func `line ends count`() {
        #expect(compare("a\r\nb\n", "a\nb\n").map(\.expected) == ["a\r"])
        #expect(compare("a\n", "a").map(\.expected) == [""])
    }

    @Test func `letters that look alike differ by their bytes`() {
        #expect(compare("e\u{301}", "\u{E9}").count == 1)
        #expect(compare([0xE9], [0xC3, 0xA9]).map(\.expected) == ["é"])
    }

    @Test func `of a long line the part that differs is shown`() throws {
        let expected = String(repeating: "å", count: 5_000) + "1" + String(repeating: "ö", count: 5_000)
        let difference = try #require(compare(expected, expected.replacing("1", with: "2")).first)
        #expect(difference.column == 5_001)
        #expect(difference.expected?.contains("å1ö") == true && difference.found?.contains("å2ö") == true)
        #expect((difference.expected?.count ?? 0) < 210)
        #expect(difference.expected?.hasPrefix("…å") == true && difference.expected?.hasSuffix("ö…") == true)
    }

    @Test func `many lines that differ are compared one by one`() {
        let expected = (0..<5_000).map { "a\($0)\n" }.joined()
        let found = (0..<5_000).map { "b\($0)\n" }.joined()
        #expect(compare(expected, found).map(\.line) == (1...5_000).map { $0 })
    }

    /// 197201209983 is of the series that nobody has; 209912310019 nobody can have before the year 2099.
    @Test(
        arguments: [
            ("1003209912310019KEM", "100320991231****KEM"), ("<p>209912310019</p>", "<p>20991231****</p>"),
            ("1003197201209983KEM", "1003197201209983KEM"), ("2026081720261016", "2026081720261016"),
            ("209912310010", "209912310010"),
        ])
    func `a number that somebody may have is masked`(line: String, shown: String) {
        #expect(compare(line + "x", line + "y").map(\.expected) == [shown + "x"])
    }
}
