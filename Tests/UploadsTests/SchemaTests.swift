import CSN
import Testing
import Uploads

@Suite struct SchemaTests {
    @Test(arguments: 100..<106)
    func xmllintAcceptsWhatIsWritten(_ seed: Int) throws {
        var generator = RecordGenerator(seed: UInt64(seed))
        let records = generator.records(200)
        let bytes = try written(records, Shipped.layout("komvux"), generator.courses)
        let result = try Xmllint.validate(bytes, schema: Shipped.schema)
        #expect(result.status == Xmllint.valid, "\(result.messages)")
    }

    /// A valid file, and what is put in the place of what: each breaks one line of CSN's list, or the form.
    static let broken: [(old: String, new: String)] = [
        ("<skolkod>1234</skolkod>", "<skolkod>0999</skolkod>"),
        ("<skolkod>1234</skolkod>", "<skolkod>2000</skolkod>"),
        ("<skolkod>1234</skolkod>", "<skolkod>12345678</skolkod>"),
        ("<skolkod>1234</skolkod>\n", ""),
        ("<skolkod>1234</skolkod>\n", "<skolkod>1234</skolkod><skolkod>1235</skolkod>\n"),
        ("199001019802", "19900101980"), ("199001019802", "19900101-9802"), ("199001019802", "19900101T982"),
        ("199001019802", "199013019802"), ("199001019802", "199001329802"), ("199001019802", "199004319802"),
        ("199001019802", "199001929802"), ("199001019802", "199001009802"), ("199001019802", "199002309802"),
        ("<personnummer>199001019802</personnummer>\n", ""),
        (">MATMAT01a<", "><"), (">MATMAT01a<", ">ABCDEFGHIJK<"), ("<kurskod>MATMAT01a</kurskod>\n", ""),
        ("<kursdel>11<", "<kursdel>10<"), ("<kursdel>11<", "<kursdel>21<"), ("<kursdel>11<", "<kursdel>100<"),
        ("<kursdel>11<", "<kursdel>1<"), ("<kursdel>11</kursdel>\n", ""),
        ("<poang>100<", "<poang>1000<"), ("<poang>100<", "<poang>-1<"), ("<poang>100<", "<poang>1O0<"),
        ("<poang>100</poang>\n", ""), ("<niva>GR<", "<niva>SFI<"), ("<niva>GR<", "<niva>gr<"),
        ("2026-08-17", "2026-02-29"), ("2026-08-17", "20260817"), ("2026-08-17", "2026-08-17Z"),
        ("2026-12-20</slutdatum>", "9999-12-31</slutdatum>"), ("<slutdatum>2026-12-20</slutdatum>\n", ""),
        ("<registrering>J<", "<registrering><"), ("<registrering>J<", "<registrering>1<"),
        ("<registrering>J</registrering>\n", ""), (">99<", ">30<"), (">99<", "><"), ("<betyg>A<", "<betyg>H<"),
        ("<betyg>A<", "<betyg>IG<"), ("<betyg>A<", "<betyg>a<"),
        ("<fardighetstraning>J<", "<fardighetstraning>N<"), ("<omfattning>H<", "<omfattning>X<"),
        ("<uppdragsutbildning>U<", "<uppdragsutbildning>J<"), ("<traineejobb>J<", "<traineejobb>U<"),
        ("<kursdel>11</kursdel>\n", "<kursdel>11</kursdel><namn>x</namn>\n"),
        ("<kurs>", "<kurs nummer=\"1\">"), ("urn:csnfil:komvux:1", "urn:csnfil:komvux:2"),
        ("</studerande>", "text</studerande>"),
    ]

    @Test func theValidFileIsValid() throws {
        let result = try Xmllint.validate(Array(FieldReadingTests.xml().utf8), schema: Shipped.schema)
        #expect(result.status == Xmllint.valid, "\(result.messages)")
    }

    /// xmllint refuses the file by the schema, and so does the reader: with a note, or with a problem.
    @Test(arguments: broken.indices)
    func xmllintAndTheReaderRefuse(_ index: Int) throws {
        let (old, new) = Self.broken[index]
        let valid = FieldReadingTests.xml()
        let text = valid.replacing(old, with: new, maxReplacements: 1)
        #expect(text != valid)
        let result = try Xmllint.validate(Array(text.utf8), schema: Shipped.schema)
        #expect(result.status == Xmllint.invalid, "\(result.messages)")
        let file = try ReadFile(Array(text.utf8), Shipped.layout("komvux"), CourseTable([]))
        let notes = file.records.flatMap(\.notes).count
        #expect(file.reading.problems.allSatisfy { !$0.text.sv.contains("199001") && !$0.text.en.contains("199001") })
        #expect(notes + file.reading.problemCount == 1, "said once: \(file.reading.problems)")
    }
}
