import CSN
import Profiles
import Testing

@testable import Normalizing

/// What an export says of the whole course beside the occasion.
@Suite struct WholeCourseTests {
    private static let slots: [Slot] = [.kursdel, .poang, .kurspoang, .fortsatter]

    struct Occasion: Sendable, CustomTestStringConvertible {
        var cells: [Slot: String]
        var poang: Int?
        var marks: Marks = []
        var failed: FieldSet = []
        var testDescription: String { cells.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ") }
    }

    @Test(arguments: [
        // Points of the whole course are those of an occasion that is the whole.
        Occasion(cells: [.kursdel: "11", .kurspoang: "100"], poang: 100),
        Occasion(cells: [.kursdel: "1:1", .kurspoang: "100,00"], poang: 100),
        Occasion(cells: [.kursdel: "11", .poang: "50", .kurspoang: "100"], poang: 50),
        Occasion(cells: [.kursdel: "12", .kurspoang: "100"], poang: nil),
        Occasion(cells: [.kurspoang: "100"], poang: nil),
        Occasion(cells: [.kursdel: "11", .kurspoang: "hundra"], poang: nil, failed: FieldSet(.poang)),
        Occasion(cells: [.kursdel: "12", .poang: "50", .kurspoang: "hundra"], poang: 50),
        // Fewer, as many, more.
        Occasion(cells: [.poang: "99", .kurspoang: "100"], poang: 99, marks: .readInParts),
        Occasion(cells: [.poang: "100", .kurspoang: "100"], poang: 100, marks: .wholeCourse),
        Occasion(cells: [.poang: "101", .kurspoang: "100"], poang: 101),
        Occasion(cells: [.kursdel: "12", .poang: "50", .kurspoang: "100"], poang: 50),
        Occasion(cells: [.kursdel: "11", .poang: "100", .kurspoang: "100"], poang: 100),
        Occasion(cells: [.poang: "100"], poang: 100),
        // It goes on.
        Occasion(cells: [.poang: "100", .kurspoang: "100", .fortsatter: "J"], poang: 100, marks: .readInParts),
        Occasion(cells: [.poang: "100", .fortsatter: "true"], poang: 100, marks: .readInParts),
        Occasion(cells: [.poang: "100", .fortsatter: "false"], poang: 100),
        Occasion(cells: [.poang: "100", .kurspoang: "100", .fortsatter: "N"], poang: 100, marks: .wholeCourse),
        Occasion(cells: [.kursdel: "12", .poang: "50", .fortsatter: "J"], poang: 50),
        Occasion(cells: [.poang: "100", .fortsatter: "kanske"], poang: 100, failed: FieldSet(.kursdel)),
        Occasion(cells: [.kursdel: "11", .poang: "100", .fortsatter: "kanske"], poang: 100),
        Occasion(cells: [.poang: "x", .kurspoang: "100"], poang: nil, failed: FieldSet(.poang)),
        Occasion(cells: [.kursdel: "x", .poang: "100", .kurspoang: "100"], poang: 100, failed: FieldSet(.kursdel)),
    ])
    func reads(occasion: Occasion) throws {
        let row = try RowBench(Self.slots).read(occasion.cells)
        #expect(row.candidate.poang == occasion.poang)
        #expect(row.candidate.marks == occasion.marks)
        #expect(row.candidate.failed.intersection(FieldSet(.poang, .kursdel)) == occasion.failed)
    }

    @Test func withoutTheColumnsNothingIsSaid() throws {
        let row = try RowBench([.kursdel, .poang]).read([.poang: "50", .kurspoang: "100", .fortsatter: "J"])
        #expect(row.candidate.marks == [] && row.candidate.poang == 50)
    }
}
