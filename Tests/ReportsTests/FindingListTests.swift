import Findings
import Testing

@Suite("Lists of findings")
struct FindingListTests {
    private let place = Place(input: 0, line: 1)

    private func finding(_ rule: UInt16 = 0) -> Finding {
        Finding(rule: rule, level: .info, action: .none, place: place)
    }

    private func kept(_ value: String) -> String? {
        var list = FindingList()
        list.add(finding(), [Parameter("value", value)])
        return list.parameters(of: list.findings[0]).first?.value
    }

    @Test("What was given comes back, of every finding its own")
    func parameters() {
        let given: [[Parameter]] = [
            [], [Parameter("value", "", .hidden)],
            [Parameter("value", "åäö 🎓 \u{0} \" {line}", .personal), Parameter("line", "7"), Parameter("", "x")],
            [Parameter("value", "x", .nameLike)], [],
        ]
        var list = FindingList()
        for parameters in given { list.add(finding(), parameters) }
        #expect(list.findings.map { list.parameters(of: $0) } == given)
    }

    @Test("Lists put together keep the parameters of both", arguments: [0, 1, 3], [0, 1, 3])
    func adding(first: Int, second: Int) {
        func list(_ count: Int, _ name: String) -> FindingList {
            var list = FindingList()
            for number in 0..<count { list.add(finding(UInt16(number)), [Parameter(name, "\(name)\(number)")]) }
            return list
        }
        var all = list(first, "a")
        all.add(list(second, "b"))
        all.add(list(1, "c"))
        #expect(
            all.findings.map { all.parameters(of: $0).map(\.value) }
                == (0..<first).map { ["a\($0)"] } + (0..<second).map { ["b\($0)"] } + [["c0"]])
        #expect(all.count == first + second + 1)
    }

    @Test("400 bytes are kept, more are cut to a hundred characters")
    func long() {
        let exact = String(repeating: "å", count: 200)
        #expect(kept(exact) == exact)
        #expect(kept(exact + "x") == String(repeating: "å", count: 100) + "…")
        let last = String(repeating: "x", count: 400)
        #expect(kept(last) == last)
        #expect(kept(last + "x") == String(repeating: "x", count: 100) + "…")
        // Each of them 25 bytes.
        let families = String(repeating: "👨‍👩‍👧‍👦", count: 101)
        #expect(kept(families) == String(families.dropLast()) + "…")
    }

    @Test("A character with any number of marks is cut too")
    func marks() {
        let marks = String(repeating: "\u{301}", count: 40_000)
        #expect(kept("e" + marks) == "e" + marks.unicodeScalars.prefix(999).map { String($0) }.joined() + "…")
    }

    @Test("A finding takes 48 bytes")
    func size() {
        #expect(MemoryLayout<Finding>.stride == 48)
        #expect(MemoryLayout<Place>.stride == 16)
    }

    @Test("Numbers are masked from where the value begins, and not before")
    func masking() {
        let number = "19900101-9802"
        var bytes = Array((number + " " + number).utf8)
        #expect(Masking.maskNumbers(in: &bytes, from: number.utf8.count + 1))
        #expect(String(decoding: bytes, as: UTF8.self) == "19900101-9802 19900101-****")
        // The end of what stands before does not lengthen the number, nor does it make one.
        bytes = Array("199001019802".utf8)
        #expect(!Masking.maskNumbers(in: &bytes, from: 3))
        #expect(String(decoding: bytes, as: UTF8.self) == "199001019802")
    }

    @Test(
        "What is shown of a value",
        arguments: [
            ("19900101-9802", Privacy.personal, "19900101-****"), ("199001019802", .personal, "19900101-****"),
            ("19900101+9802", .personal, "19900101-****"), ("19900101 9802", .personal, "****"),
            ("1990010198022", .personal, "****"), ("19900101--9802", .personal, "****"), ("", .personal, "****"),
            ("900101-9802", .open, "900101-****"), ("2026-08-17", .open, "2026-08-17"), ("Ek", .hidden, "****"),
            ("Ek", .nameLike, "****"), ("", .open, ""),
        ])
    func shown(value: String, privacy: Privacy, shown: String) {
        #expect(Masking.shown(Parameter("value", value, privacy)) == shown)
        var bytes = Array("before\(value)".utf8)
        Masking.mask(&bytes, from: 6, as: privacy, isProtected: false, isShared: false, inClear: false)
        #expect(String(decoding: bytes, as: UTF8.self) == "before" + shown)
    }
}
