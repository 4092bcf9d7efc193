import CSN
import Testing
import Uploads

/// The positions by hand, from the table of fields in docs, never from the layout file.
@Suite struct FixedFormTests {
    private let courses = CourseTable([Course(code: "MATMAT01a"), Course(code: "SVÅ1")])

    private func record() throws -> Record {
        var fields = Candidate(origin: RowOrigin(input: 0, line: 1, offset: 0))
        fields.skolkod = Skolkod(1234)
        fields.personnummer = Personnummer(digits: 199_001_019_802)
        fields.course = CourseIndex(number: 0)
        fields.kursdel = Kursdel(13)
        fields.fardighetstraning = true
        fields.omfattning = .part
        fields.poang = 50
        fields.niva = .gr
        fields.startdatum = Day(iso: "2026-08-17")
        fields.slutdatum = Day(iso: "2026-12-20")
        fields.uppdragsutbildning = true
        fields.traineejobb = true
        fields.registrering = true
        fields.betyg = .i
        fields.betygsdatum = Day(iso: "2026-12-19")
        return Record(fields)
    }

    private func lines(_ record: Record) throws -> [String] {
        let bytes = try written([record], Shipped.layout("komvux-fixed"), courses)
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(UnicodeScalar(byte)) }
        let lines = String(text).split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.last == "")
        return lines.dropLast()
    }

    private func slice(_ line: String, _ from: Int, _ to: Int) -> String {
        String(line.unicodeScalars.dropFirst(from - 1).prefix(to - from + 1))
    }

    @Test func everyFieldStandsAtItsPositions() throws {
        var full = try record()
        let origin = full.fields.origin
        full.events = [Event(orsak: .dropOut, date: Day(iso: "2026-10-01"), origin: origin)]
        let line = try #require(lines(full).first)
        #expect(line.unicodeScalars.count == 73)
        #expect(slice(line, 1, 4) == "1234")
        #expect(slice(line, 5, 16) == "199001019802")
        #expect(slice(line, 17, 26) == "MATMAT01a ")
        #expect(slice(line, 27, 28) == "13")
        #expect(slice(line, 29, 29) == "J")
        #expect(slice(line, 30, 30) == "D")
        #expect(slice(line, 31, 33) == "050")
        #expect(slice(line, 34, 35) == "GR")
        #expect(slice(line, 36, 43) == "20260817")
        #expect(slice(line, 44, 51) == "20261220")
        #expect(slice(line, 52, 52) == "U")
        #expect(slice(line, 53, 53) == "J")
        #expect(slice(line, 54, 54) == "J")
        #expect(slice(line, 55, 56) == "99")
        #expect(slice(line, 57, 64) == "20261001")
        #expect(slice(line, 65, 65) == "I")
        #expect(slice(line, 66, 73) == "20261219")
    }

    @Test func whatIsBlankIsBlanks() throws {
        var bare = try record()
        bare.fields.fardighetstraning = false
        bare.fields.omfattning = nil
        bare.fields.uppdragsutbildning = false
        bare.fields.traineejobb = false
        bare.fields.registrering = false
        bare.fields.betyg = nil
        bare.fields.betygsdatum = nil
        bare.fields.poang = 0
        let line = try #require(lines(bare).first)
        #expect(line == "1234199001019802MATMAT01a 13  000GR2026081720261220  N" + String(repeating: " ", count: 19))
    }

    @Test func aRecordHasOneLineForEachEvent() throws {
        var absent = try record()
        let origin = absent.fields.origin
        absent.events = [
            Event(orsak: .absenceBegins, date: Day(iso: "2026-09-01"), origin: origin),
            Event(orsak: .absenceEnds, date: Day(iso: "2026-09-20"), origin: origin),
        ]
        let lines = try lines(absent)
        #expect(lines.map { slice($0, 55, 64) } == ["3120260901", "3220260920"])
        #expect(Set(lines.map { slice($0, 1, 54) + slice($0, 65, 73) }).count == 1)
    }

    @Test func charactersAreLatin1() throws {
        var swedish = try record()
        swedish.fields.course = CourseIndex(number: 1)
        let bytes = try written([swedish], Shipped.layout("komvux-fixed"), courses)
        #expect(bytes.count == 75)
        #expect(Array(bytes[16..<20]) == [0x53, 0x56, 0xC5, 0x31])
    }

    @Test(arguments: [
        ("Ž", WriteProblem.character(.kurskod, record: 1, scalar: 0x17D)),
        ("A\u{07}", .character(.kurskod, record: 1, scalar: 7)),
        (" A", .character(.kurskod, record: 1, scalar: 0x20)),
        ("ABCDEFGHIJK", .tooLong(.kurskod, record: 1)),
        ("", .missing(.kurskod, record: 1)),
    ])
    func aCodeThatCannotBeWrittenIsRefused(_ code: String, _ problem: WriteProblem) throws {
        let courses = CourseTable([Course(code: code)])
        let record = try record()
        let layout = try Shipped.layout("komvux-fixed")
        #expect(throws: problem) { try written([record], layout, courses) }
    }

    @Test(arguments: ["komvux", "komvux-fixed"])
    func aRecordThatBreaksTheFileIsRefused(_ name: String) throws {
        let layout = try Shipped.layout(name)
        let record = try record()
        var bare = record
        bare.fields.niva = nil
        #expect(throws: WriteProblem.missing(.niva, record: 1)) { try written([bare], layout, courses) }
        var elsewhere = record
        elsewhere.fields.skolkod = Skolkod(1235)
        #expect(throws: WriteProblem.severalSchools(record: 2)) { try written([record, elsewhere], layout, courses) }
        var earlier = record
        earlier.fields.personnummer = Personnummer(digits: 198_001_019_803)
        #expect(throws: WriteProblem.notInOrder(record: 2)) { try written([record, earlier], layout, courses) }
        #expect(throws: WriteProblem.empty) { try written([], layout, courses) }
    }
}
