import CSN
import Testing

@testable import Normalizing

@Suite struct SchoolTests {
    private func school(_ number: Int) throws -> Skolkod { try #require(Skolkod(number)) }

    private func configured(_ number: Int, _ ids: [String] = []) throws -> SchoolRegister.School {
        SchoolRegister.School(skolkod: try school(number), ids: ids, started: SchoolRegister.StartedDeclaration())
    }

    @Test func idsOfConfigurationAndFile() throws {
        let bench = try RowBench(
            [.skola], files: ["schools/schools.csv": "id;skolkod;name\nVux  Norr;1003;Norr\n12345678;1004;\n"],
            schools: [configured(1005, ["Komvux Centrum i Exempelstad"])], school: nil)
        for (text, number) in [
            ("Vux Norr", 1003), ("vux norr", 1003), ("VUX   NORR", 1003), ("12345678", 1004), ("1005", 1005),
            ("komvux centrum i exempelstad", 1005), ("1006", 1006), ("1006.0", 1006), ("12345678.0", 1004),
        ] {
            for _ in 1...2 {
                let row = bench.read([.skola: text])
                #expect(row.candidate.skolkod?.number == UInt16(number), "\(text)")
                #expect(row.outcome(.skolkod) == nil)
            }
        }
        for text in ["Vux Söder", "999", "2000", "12345679", "10006", "X"] {
            let row = bench.read([.skola: text])
            #expect(row.outcome(.skolkod) == .failed(.unknown) && row.candidate.skolkod == nil, "\(text)")
        }
        #expect(bench.read([.skola: ""]).outcome(.skolkod) == .failed(.missing))
    }

    @Test func aKommunkodIsHeldUntilConfirmed() throws {
        for kommunkod in ["1280", "1480"] {
            let number = try #require(Int(kommunkod))
            let row = try RowBench([.skola], school: nil).read([.skola: kommunkod])
            #expect(row.outcome(.skolkod) == .failed(.kommunkod))
            #expect(try row.candidate.failed.contains(.skolkod) && row.candidate.skolkod == school(number))
            // By the configuration, by the file, or under CSN's own name.
            let configured = try RowBench([.skola], schools: [configured(number)], school: nil)
            #expect(configured.read([.skola: kommunkod]).outcome(.skolkod) == nil)
            let file = ["schools/schools.csv": "id;skolkod\nStad;\(kommunkod)\n"]
            #expect(try RowBench([.skola], files: file, school: nil).read([.skola: kommunkod]).outcome(.skolkod) == nil)
            let named = try RowBench([.skolkod], school: nil).read([.skolkod: kommunkod])
            #expect(try named.outcome(.skolkod) == nil && named.candidate.skolkod == school(number))
        }
    }

    @Test func aColumnThatIsCSNsByName() throws {
        let bench = try RowBench([.skolkod], schools: [configured(1003, ["9999"])], school: nil)
        for (text, outcome) in [
            ("1000", FieldNote.Outcome?.none), ("1999", nil), ("1000.0", nil), ("999", .failed(.range)),
            ("2000", .failed(.range)), ("9999", .failed(.range)), ("12345678", .failed(.range)),
            ("Vux", .failed(.format)), ("", .failed(.missing)), ("01003", .failed(.range)),
        ] {
            #expect(bench.read([.skolkod: text]).outcome(.skolkod) == outcome, "\(text)")
        }
    }

    @Test func whereCSNsCodeIsBlankTheOtherColumnSays() throws {
        let bench = try RowBench([.skolkod, .skola], schools: [configured(1003, ["Norr"])], school: nil)
        #expect(try bench.read([.skolkod: "", .skola: "Norr"]).candidate.skolkod == school(1003))
        #expect(try bench.read([.skolkod: "1004", .skola: "Norr"]).candidate.skolkod == school(1004))
        #expect(bench.read([.skolkod: "x", .skola: "Norr"]).outcome(.skolkod) == .failed(.format))
    }

    @Test func theGivenSchoolIsForExportsWithoutAColumn() throws {
        #expect(try RowBench([.kurskod], school: school(1003)).read([:]).candidate.skolkod == school(1003))
        #expect(try RowBench([.kurskod], school: nil).read([:]).candidate.skolkod == nil)
    }

    @Test func suggestionsAreTheIdsAsWritten() throws {
        let register = try ScratchMappings([:]).read {
            try SchoolRegister(folders: $0, configured: [configured(1003, ["Vux Norr"]), configured(1004, ["ABC"])])
        }
        #expect(register.suggestions(for: "vux nor") == ["Vux Norr"])
        #expect(register.suggestions(for: "Gymnasiet") == [])
    }

    @Test func samplesTakeCodesThatAreNoKommunkod() throws {
        let register = try ScratchMappings([:]).read { try SchoolRegister(folders: $0, configured: []) }
        let kommunkoder = register.kommunkoderInRange
        #expect(kommunkoder.contains(1280) && kommunkoder.contains(1480))
        #expect(kommunkoder == kommunkoder.sorted() && kommunkoder.allSatisfy { (1000...1999).contains($0) })
        #expect(register.codesThatAreNoKommunkod.count + kommunkoder.count == 1000)
    }

    @Test func aStudentIsOnePersonAtOneSchool() throws {
        let long = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
        let bench = try RowBench([.skola, .studentid, .personnummer], school: nil)
        func id(_ school: String, _ id: String, _ number: String = "") -> UInt32 {
            bench.read([.skola: school, .studentid: id, .personnummer: number]).candidate.studentID
        }
        let first = id("1003", "17")
        #expect(first != 0 && id("1003", "17") == first)
        #expect(id("1003", "18") != first && id("1004", "17") != first)
        #expect(id("1003", "17", "19720120-9983") == first)
        let guid = id("1003", long)
        #expect(guid != first && id("1003", "17") == first && id("1003", long) == guid)
        // Without an id: a readable number needs none, and what cannot be read counts as it stands.
        #expect(id("1003", "", "19720120-9983") == 0 && id("1003", "", "") == 0)
        let unreadable = id("1003", "", "720120-998")
        #expect(unreadable != 0 && id("1003", "", "720120-998") == unreadable && id("1003", "", "17") != first)
    }
}
