import Foundation
import Pipeline
import Testing

/// `codes`, called as the program calls it.
@Suite struct CodesTests {
    private static let header = "Skola;Elev;Personnummer;Kurskod;Kursnamn;Startdatum;Slutdatum"
    private static let students = ["19720120-9983", "19850614-9807", "19900101-9802", "19920301-9809"]

    /// An export of those codes, each with its name and how many students have it.
    private func export(_ codes: [(code: String, name: String, students: Int)], school: String = "1003") -> String {
        var lines = [Self.header]
        for (code, name, count) in codes {
            for student in Self.students.prefix(count) {
                lines.append("\(school);;\(student);\(code);\(name);2026-08-16;2026-12-07")
            }
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    /// The list report with the course's name.
    private static let profile = """
        profile: 1
        system: Listan
        title: en lista med kursnamn
        basis: {ours: allt}
        container: {kind: csv, delimiter: semicolon}
        columns:
          skola: {headers: Skola, required: true}
          personnummer: Personnummer
          kurskod: Kurskod
          kursnamn: {headers: Kursnamn, required: true}
          startdatum: Startdatum
          slutdatum: Slutdatum

        """

    private struct Answer: Decodable {
        struct Code: Decodable {
            struct Candidate: Decodable {
                var kurskod: String
                var by: [String]
            }
            var skolkod: Int?
            var code: String
            var name: String?
            var rows: Int
            var students: Int
            var problem: String
            var first: String
            var candidates: [Candidate]
            var waitsAt: String?
        }
        struct Hidden: Decodable {
            var rows: Int
            var first: String
        }
        struct Written: Decodable {
            var path: String
            var added: Int
        }
        var codes: [Code]
        var hidden: [Hidden]
        var rowsWithoutCode: Int
        var written: [Written]
        var notices: [String]
    }

    private func workplace(_ export: String) throws -> Workplace {
        let place = try Workplace()
        try place.write("lista.csv", export)
        try place.write("own/systems/listan.yaml", Self.profile)
        return place
    }

    private func answer(_ place: Workplace, writes: Bool = false) throws -> (Answer, Int32) {
        let outcome = try place.codes(["lista.csv"], mappings: ["own"]) {
            $0.format = "json"
            $0.writes = writes
            $0.system = "listan"
        }
        try #require(outcome.error.isEmpty, "\(outcome.error)")
        return (try JSONDecoder().decode(Answer.self, from: Data(outcome.output)), outcome.status)
    }

    @Test func allKnown() throws {
        let place = try workplace(export([("KEMKEM01", "Kemi 1", 1), ("KH GRNMAT2", "", 1), ("engeng05", "", 1)]))
        let (answer, status) = try answer(place)
        #expect(status == 0 && answer.codes.isEmpty && answer.hidden.isEmpty)
        let text = try place.codes(["lista.csv"], mappings: ["own"]) { $0.system = "listan" }
        #expect(String(decoding: text.output, as: UTF8.self) == "All course codes are known.\n")
    }

    @Test func theSameCodesAsConvertHolds() throws {
        let codes = ["KEMKEMO1", "MATTE1", "518107VUXFLEXENG05", "MODO1000XDEU", "SFIKUC92", "KEMKEM01", "ABCD1000X"]
        let place = try workplace(export(codes.map { ($0, "", 1) }))
        let (answer, status) = try answer(place)
        #expect(status == 1)
        let held = try place.convert(["lista.csv"]).findings
            .filter { ["unknown-course-code", "kurskod-length"].contains($0.rule) }
        #expect(Set(answer.codes.map(\.code)) == Set(held.compactMap(\.value)) && answer.codes.count == 5)
        #expect(answer.codes.first { $0.code == "MODO1000XDEU" }?.problem == "too-long")
        #expect(answer.codes.first { $0.code == "518107VUXFLEXENG05" }?.candidates.first?.kurskod == "ENGENG05")
        // Neither sfi nor twelve characters could ever stand as kurskod in a list.
        for code in ["MODO1000XDEU", "SFIKUC92"] {
            let found = try #require(answer.codes.first { $0.code == code })
            #expect(!found.candidates.map(\.kurskod).contains(code))
        }
    }

    @Test func countsAndPlace() throws {
        let place = try workplace(
            export([("KEMKEM01", "", 1), ("MATTE1", "Matematik 1a", 3), ("MATTE1", "", 1), ("", "", 2)]))
        let (answer, _) = try answer(place)
        let code = try #require(answer.codes.first)
        #expect(answer.codes.count == 1 && code.skolkod == 1003 && code.rows == 4 && code.students == 3)
        #expect(code.first == place.path("lista.csv") + ":3" && code.name == "Matematik 1a")
        #expect(answer.rowsWithoutCode == 2)
    }

    @Test(arguments: [
        ("X1-ENG", "Engelska 5", ["ENGENG05"], ["name"]), ("KEMKEMO1", "Kemi 1", ["KEMKEM01"], ["code", "name"]),
        ("KEMKEMO1", "", ["KEMKEM01"], ["code"]), ("Q1", "Engelska 5, kväll", ["ENGENG05"], ["name"]),
        ("Q1", "ENGELSKA 6", ["ENGENG06"], ["name"]), ("Q1", "Matematik 1a", ["MATMAT01a"], ["name"]),
    ])
    func candidates(code: String, name: String, first: [String], by: [String]) throws {
        let (answer, _) = try answer(try workplace(export([(code, name, 3)])))
        let found = try #require(answer.codes.first)
        #expect(found.candidates.count <= 3)
        #expect(Array(found.candidates.map(\.kurskod).prefix(1)) == first)
        #expect(found.candidates.first?.by == by)
    }

    @Test(arguments: ["Engelska", "Engelska 55", "Svensson", "5", "Kurs"])
    func noCandidateByName(name: String) throws {
        let (answer, _) = try answer(try workplace(export([("Q1", name, 3)])))
        #expect(try #require(answer.codes.first).candidates.filter { $0.kurskod == "ENGENG05" }.isEmpty)
    }

    @Test func whatMayBeANameOrANumberIsNotShown() throws {
        let place = try workplace(
            export([
                ("Lindström", "", 2), ("MENTORSRÅD", "", 3), ("19720120-9983", "", 3), ("720120-TF98", "", 3),
                ("MATTE1", "Andersson", 2), ("MATTE2", "Hemkunskap på väg", 3), ("MATTE3", "Kemi 1", 1),
            ]))
        let (answer, status) = try answer(place)
        #expect(status == 1 && answer.hidden.map(\.rows).sorted() == [2, 3, 3])
        #expect(Set(answer.codes.map(\.code)) == ["MENTORSRÅD", "MATTE1", "MATTE2", "MATTE3"])
        #expect(answer.codes.first { $0.code == "MATTE1" }?.name == nil)
        #expect(answer.codes.first { $0.code == "MATTE2" }?.name == "Hemkunskap på väg")
        #expect(answer.codes.first { $0.code == "MATTE3" }?.name == "Kemi 1")
        for format in ["text", "json"] {
            let outcome = try place.codes(["lista.csv"], mappings: ["own"]) {
                $0.format = format
                $0.system = "listan"
                $0.writes = true
            }
            let said = String(decoding: outcome.output, as: UTF8.self)
            for secret in ["Lindström", "9983", "TF98", "Andersson"] { #expect(!said.contains(secret)) }
        }
        let list = String(decoding: try place.read("own/schools/1003/courses.csv"), as: UTF8.self)
        for secret in ["Lindström", "9983", "TF98", "Andersson"] { #expect(!list.contains(secret)) }
    }

    @Test func writesOnceAndKeepsWhatStandsThere() throws {
        let place = try workplace(export([("MATTE1", "Matematik 1a", 3), ("A;B", "", 1), ("GAMLA1", "", 1)]))
        let own = "local;note;kurskod\r\nGAMLA1;\"vi \"\"vet\"\" inte\";\r\nKLAR1; ;KEMKEM01"
        try place.write("own/schools/1003/courses.csv", own)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o640], ofItemAtPath: place.path("own/schools/1003/courses.csv"))
        // The cell A;B is cut in two by the export: its row has a cell too many and is no code.
        let (first, status) = try answer(place, writes: true)
        #expect(status == 1 && first.written.map(\.added) == [1])
        #expect(first.codes.first { $0.code == "GAMLA1" }?.waitsAt == place.path("own/schools/1003/courses.csv") + ":2")
        let text = String(decoding: try place.read("own/schools/1003/courses.csv"), as: UTF8.self)
        #expect(text.hasPrefix(own + "\r\nMATTE1;") && text.hasSuffix(";\r\n") && text.contains("MATMAT01a"))
        let mode = try FileManager.default.attributesOfItem(
            atPath: place.path("own/schools/1003/courses.csv"))[.posixPermissions]
        #expect(mode as? Int == 0o640)
        let (second, again) = try answer(place, writes: true)
        #expect(again == 1 && second.written.isEmpty && second.notices.count == 1)
        #expect(String(decoding: try place.read("own/schools/1003/courses.csv"), as: UTF8.self) == text)
    }

    @Test func aNewListIsItsOwnersAlone() throws {
        let place = try workplace(export([("MATTE1", "Matematik 1a", 1)]))
        let (answer, _) = try answer(place, writes: true)
        #expect(answer.written.map(\.path) == [place.path("own/schools/1003/courses.csv")])
        let mode = try FileManager.default.attributesOfItem(
            atPath: place.path("own/schools/1003/courses.csv"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        // Filled in by a person, the code is known.
        let list = String(decoding: try place.read("own/schools/1003/courses.csv"), as: UTF8.self)
        try place.write(
            "own/schools/1003/courses.csv", list.replacingOccurrences(of: "MATTE1;;", with: "MATTE1;MATMAT01a;"))
        #expect(try self.answer(place).1 == 0)
    }

    @Test func theShippedMappingsAreNeverWritten() throws {
        let place = try Workplace()
        try place.write("lista.csv", export([("MATTE1", "", 1)]))
        let outcome = try place.codes(["lista.csv"]) { $0.writes = true }
        #expect(outcome.status == 1)
        #expect(String(decoding: outcome.output, as: UTF8.self).contains("Nothing was written"))
        #expect(!FileManager.default.fileExists(atPath: repository + "/Mappings/schools/1003"))
    }

    @Test func waitingAndLeftOutCodesInAConversion() throws {
        let place = try workplace(export([("MENTORSRÅD", "", 3), ("MATTE1", "", 1), ("KEMKEM01", "", 4)]))
        try place.write(
            "own/schools/1003/courses.csv",
            "local;kurskod;leaveOut;note\nMENTORSRÅD;;ja;ingen kurs\nMATTE1;;;\n")
        let ending = try place.convert(["lista.csv"]) { $0.mappings = [place.path("own")] + $0.mappings }
        #expect(ending.status == 1 && ending.said.contains("codes that wait for a kurskod: 1"))
        #expect(ending.findings.contains { $0.rule == "row-left-out" && $0.message.contains("course list") })
        #expect(ending.findings.filter { $0.rule == "unknown-course-code" }.count == 1)
        #expect(try place.rows()["ignored"] == 3)
        let (answer, _) = try answer(place)
        #expect(answer.codes.map(\.code) == ["MATTE1"] && answer.codes.first?.waitsAt != nil)
    }
}
