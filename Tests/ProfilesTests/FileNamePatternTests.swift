import Profiles
import Testing

@Suite struct FileNamePatternTests {
    @Test(arguments: [
        ("csn_{skolkod}_*.csv", "csn_1234_2026-11-23.csv", "1234"),
        ("csn_{skolkod}_*.csv", "CSN_1234_.CSV", "1234"),
        ("{skolkod}.txt", "1000.txt", "1000"),
        ("*{skolkod}*", "lista 1999 ny.csv", "1999"),
        ("export-{skola}-*.xml", "export-Åkerskolan-2026-11.xml", "Åkerskolan"),
        ("{skola}.csv", "Norra skolan.csv", "Norra skolan"),
    ])
    func `the school is read from a name like the pattern`(pattern: String, name: String, school: String) throws {
        #expect(try #require(Profile.FileNamePattern(pattern)).school(in: name) == school)
    }

    @Test(arguments: [
        ("csn_{skolkod}_*.csv", "csn_123_2026.csv"), ("csn_{skolkod}_*.csv", "csn_12345_2026.csv"),
        ("csn_{skolkod}.csv", "csn_1234.txt"), ("csn_{skolkod}.csv", "csn_12A4.csv"), ("{skola}.csv", ".csv"),
        ("{skolkod}", "١٢٣٤"),
    ])
    func `a name that is not like it says nothing`(pattern: String, name: String) throws {
        #expect(try #require(Profile.FileNamePattern(pattern)).school(in: name) == nil)
    }

    @Test(arguments: ["csn.csv", "{skolkod}_{skola}.csv", "{skolkod}{skolkod}", ""])
    func `the school stands in a pattern exactly once`(pattern: String) {
        #expect(Profile.FileNamePattern(pattern) == nil)
    }
}
