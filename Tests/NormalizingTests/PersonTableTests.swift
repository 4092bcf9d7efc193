import CSN
import Testing

@testable import Normalizing

@Suite struct PersonTableTests {
    static let guid = "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}"

    private func number(_ id: String, in table: PersonTable) -> Reading<Personnummer>? {
        var id = id
        return id.withUTF8 { table.person($0)?.number }
    }

    private func table(_ rows: (String, String)...) throws -> PersonTable {
        var table = PersonTable(today: try #require(Day(iso: "2026-11-23")))
        for (id, number) in rows { table.add(id: id, number: number, isProtected: false) }
        return table
    }

    @Test(arguments: [
        guid, "3F2504E0-4F89-11D3-9A0C-0305E82C3301", "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}", "  \(guid) ",
    ])
    func `braces, letter case and blanks do not count`(id: String) throws {
        let table = try table((PersonTableTests.guid, "900101-9802"))
        #expect(number(id, in: table) == .value(try #require(Personnummer(digits: 199_001_019_802))))
    }

    @Test func `an id that is not in the table has no person`() throws {
        let table = try table((PersonTableTests.guid, "900101-9802"))
        #expect(number("{3F2504E0-4F89-11D3-9A0C-0305E82C3302}", in: table) == nil)
        #expect(number("", in: table) == nil)
    }

    @Test func `the same number twice, spelled otherwise, is one`() throws {
        let table = try table((PersonTableTests.guid, "900101-9802"), (PersonTableTests.guid, "199001019802"))
        #expect(number(PersonTableTests.guid, in: table) == .value(try #require(Personnummer(digits: 199_001_019_802))))
        #expect(table.count == 1)
    }

    @Test func `two numbers for one id are none that could be sent`() throws {
        let table = try table((PersonTableTests.guid, "900101-9802"), (PersonTableTests.guid, "910101-9801"))
        #expect(number(PersonTableTests.guid, in: table) == .failed(.format))
    }

    @Test func `protection said once holds`() throws {
        var table = try table((PersonTableTests.guid, "900101-9802"))
        table.add(id: PersonTableTests.guid, number: "900101-9802", isProtected: true)
        table.add(id: PersonTableTests.guid, number: "900101-9802", isProtected: false)
        var id = PersonTableTests.guid
        #expect(id.withUTF8 { table.person($0)?.isProtected } == true)
    }
}
