import CSN
import Findings
import Foundation
import Testing

@testable import Reports

@Suite("The outbox and a student's history")
struct OutboxTests {
    private let program = RunReport.Program(name: "csnfil", version: "1.2.3")

    private func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    @Test("The texts are as recorded", arguments: Language.allCases)
    func golden(language: Language) throws {
        let text = OutboxText(in: language)
        try expectGolden(text.text(try ModelOutbox.listing()), "outbox.\(language.rawValue).txt")
        try expectGolden(text.text(try ModelOutbox.answer()), "outbox-answer.\(language.rawValue).txt")
        try expectGolden(
            HistoryText(try ModelOutbox.history(), in: language).text(), "history.\(language.rawValue).txt")
    }

    @Test("The objects are as recorded")
    func goldenJSON() throws {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        try expectGolden(text(try ModelOutbox.listing().json(of: program, in: .en)), "outbox.json")
        try expectGolden(text(try ModelOutbox.answer().json(of: program, in: .en)), "outbox-answer.json")
        try expectGolden(text(try ModelOutbox.history().json(of: program)), "history.json")
    }

    @Test("Foundation reads the objects")
    func parses() throws {
        let listing = try object(try ModelOutbox.listing().json(of: program, in: .sv))
        #expect(listing["schemaVersion"] as? Int == 1)
        #expect((listing["files"] as? [[String: Any]])?.count == 9)
        let next = try #require(listing["next"] as? [[String: Any]])
        #expect(next.map { $0["uploadBefore"] as? String } == ["2026-11-23T17:00", "2026-11-24T17:00"])
        let answer = try object(try ModelOutbox.answer().json(of: program, in: .sv))
        #expect((answer["notes"] as? [[String: Any]])?.count == 30)
        #expect(answer["changed"] as? Bool == true)
    }

    @Test("Codes name one sentence each, and both languages say something else")
    func codes() throws {
        let notes = try ModelOutbox.listing().notes + ModelOutbox.answer().notes
        #expect(Set(notes.map(\.code)).count == notes.count - 2)
        #expect(notes.allSatisfy { $0.code.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil })
        #expect(notes.allSatisfy { $0.text.sv != $0.text.en && !$0.text.sv.contains("  ") })
    }

    @Test("When to upload, in words that a person acts on")
    func windows() throws {
        let window = ReadingDays().uploadWindow(of: try #require(Day(iso: "2026-11-23")))
        let words = PlainWords(language: .sv)
        func said(_ now: String) throws -> String { words.upload(window, seenFrom: try #require(Moment(now))) }
        #expect(try said("2026-11-23T00:00") == "ladda upp i dag före kl. 17.00")
        #expect(try said("2026-11-22T23:59") == "ladda upp nu, före måndag 23 november 2026 kl. 17.00")
        let waiting = "ladda upp tidigast lördag 21 november 2026 kl. 00.00 och före måndag 23 november 2026 kl. 17.00"
        #expect(try said("2026-11-20T23:59") == waiting)
        #expect(try said("2026-11-21T00:00") == "ladda upp nu, före måndag 23 november 2026 kl. 17.00")
        let tuesday = ReadingDays().uploadWindow(of: try #require(Day(iso: "2026-11-24")))
        #expect(
            words.upload(tuesday, seenFrom: try #require(Moment("2026-11-23T09:00")))
                == "ladda upp tidigast tisdag 24 november 2026 kl. 00.00 och före kl. 17.00")
    }
}
