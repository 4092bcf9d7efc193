import Documents
import Findings
import Foundation
import Testing

@testable import Profiles

/// What a profile says beside headers and words: XML, fixed order, side tables, terms, scales.
@Suite struct ProfileLanguageTests {
    private static let head = """
        profile: 1
        system: Exempel
        title: en lista
        basis: {}

        """

    /// Delimited text with a header row, and everything that may stand in one.
    private static let list =
        head + """
            container:
              kind: csv
              delimiter: semicolon
              header: row
              preamble: 3
              groups: ["Klass: *", Grupp*]
              joins: [Namn, Elev]
            school: {file: "csn_{skolkod}_*.csv"}
            persons: [elever, fler-elever]
            terms: {spring: [01-10, 06-12], autumn: [08-18, 12-20]}
            omits: [protected]
            columns:
              studentid: id
              kurskod: Kurskod
              startdatum: {headers: Startdatum, dates: [iso, term]}
              slutdatum: Slutdatum
              betyg: {headers: Betyg, scale: [A-F, G-IG]}
              andrabetyg: {headers: Betyg2, scale: IG-MVG}
              status: {headers: Status, words: {"99": avbrott, "81": ej börjat, death: avliden, "": pågår}}
            sample: {file: csn.csv, columns: [id]}
            """

    /// Delimited text whose columns go by position.
    private static let fixed =
        head + """
            container:
              kind: csv
              delimiter: semicolon
              header: none
              cells: 5
              preamble: 1
              joins: 5
            columns:
              personnummer: {position: 1}
              kurskod: {position: 2}
              startdatum: {position: 3}
              slutdatum: {position: 4, dates: compact}
            leaveOut:
              - {position: 5, values: SV, reason: svenska}
            """

    private static let xml =
        head + """
            container:
              kind: xml
              row: student/course
              repeated: last
            columns:
              personnummer: [civicno, student/@id]
              kurskod: code
              poang: points
              startdatum: [period/start, ns1:from]
              slutdatum: period/end
              betyg: grade/value
              betygsdatum: grade/date
            leaveOut:
              - {headers: course/status, values: applied, reason: sökta}
            """

    private static let persons =
        head + """
            records: persons
            container: {kind: csv, delimiter: tab}
            columns:
              studentid: GUID
              personnummer: Personnummer
              skyddad: Skyddad
            """

    private func read(_ text: String) throws -> Profile {
        try Profile.read(YAMLNode.read(path: "p.yaml", bytes: Array(text.utf8)), name: "p")
    }

    private func delimited(_ profile: Profile) throws -> Profile.Delimited {
        guard case .delimited(let form) = profile.container else { throw WrongContainer() }
        return form
    }

    private struct WrongContainer: Error {}

    @Test func readsAList() throws {
        let profile = try read(Self.list)
        let form = try delimited(profile)
        #expect(form.hasHeader && form.preamble == 3 && form.cells == nil && form.joinedPosition == nil)
        #expect(form.groups == ["Klass: *", "Grupp*"] && form.joins == [HeaderName("Namn"), HeaderName("Elev")])
        #expect(profile.schoolInFileName?.text == "csn_{skolkod}_*.csv" && profile.schoolInFileName?.isSkolkod == true)
        #expect(profile.personTables == ["elever", "fler-elever"] && profile.omitsProtected)
        #expect(profile.terms == Profile.TermDays(spring: 110...612, autumn: 818...1220))
        #expect(profile.columns[.betyg]?.scale == ["A", "B", "C", "D", "E", "F", "G", "I", "-"])
        #expect(profile.columns[.andrabetyg]?.scale == ["I", "G", "V", "M", "-"])
        #expect(profile.columns[.kurskod]?.scale == [])
        #expect(profile.columns[.startdatum]?.dates == [.iso, .term])
        #expect(profile.columns[.status]?.words["ej börjat"] == "81" && profile.columns[.status]?.words["pågår"] == "")
        #expect(profile.columns[.studentid]?.isRequired == true && profile.columns[.personnummer] == nil)
        #expect(profile.records == .courses)
    }

    @Test func whatIsNotSaidIsUsual() throws {
        let profile = try read(Self.persons)
        let form = try delimited(profile)
        #expect(form.hasHeader && form.preamble == 0 && form.groups.isEmpty && form.joins.isEmpty)
        #expect(profile.schoolInFileName == nil && profile.personTables.isEmpty && !profile.omitsProtected)
        #expect(profile.terms == nil)
    }

    @Test func readsAFixedOrder() throws {
        let profile = try read(Self.fixed)
        let form = try delimited(profile)
        #expect(!form.hasHeader && form.cells == 5 && form.preamble == 1 && form.joinedPosition == 4)
        #expect(profile.columns[.personnummer]?.position == 0 && profile.columns[.slutdatum]?.position == 3)
        #expect(profile.columns[.kurskod]?.names.isEmpty == true && profile.columns[.slutdatum]?.dates == [.compact])
        #expect(profile.leavesOut.first?.position == 4 && profile.leavesOut.first?.headers == [])
    }

    @Test func readsXML() throws {
        let profile = try read(Self.xml)
        guard case .xml(let shape) = profile.container else { throw WrongContainer() }
        #expect(shape.row == [HeaderName("student"), HeaderName("course")] && shape.repeated == .last)
        #expect(profile.container.dialects.isEmpty)
        #expect(profile.columns[.personnummer]?.headers == ["civicno", "student/@id"])
        let unsaid = try read(Self.xml.replacing("  repeated: last\n", with: ""))
        guard case .xml(let usual) = unsaid.container else { throw WrongContainer() }
        #expect(usual.repeated == .all)
    }

    @Test func readsASideTable() throws {
        let profile = try read(Self.persons)
        #expect(profile.records == .persons && profile.columns[.kurskod] == nil)
        #expect(
            profile.columns.filter(\.value.isRequired).keys.sorted { $0.rawValue < $1.rawValue }
                == [.personnummer, .studentid])
    }

    @Test(arguments: [
        ("kurs/kod", 2, false), ("elev/@id", 2, true), ("@id", 1, true), ("Ämne", 1, false),
        ("ns1:kurs/ns1:kod", 2, false),
    ])
    func aHeaderOfXMLIsAPath(text: String, steps: Int, isAttribute: Bool) throws {
        let path = try #require(HeaderPath(text))
        #expect(path.steps.count == steps && path.endsInAttribute == isAttribute)
        #expect(path.steps.last == HeaderName(String(text.split(whereSeparator: { "/@:".contains($0) }).last ?? "")))
    }

    @Test(arguments: ["", "/", "kurs/", "/kurs", "kurs//kod", "@id/kurs", "@", "kurs/@", "***"])
    func refusesWhatIsNoPath(text: String) { #expect(HeaderPath(text) == nil) }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var profile: String
        var line: String
        var instead: String
        var place: (line: Int, column: Int)
        var says: String
        var testDescription: String { instead }

        init(_ profile: String, _ line: String, _ instead: String, at place: (Int, Int), _ says: String) {
            (self.profile, self.line, self.instead, self.place, self.says) = (profile, line, instead, place, says)
        }
    }

    @Test(arguments: [
        Mistake(list, "header: row", "header: yes", at: (8, 11), "row, none"),
        Mistake(list, "header: row", "headers: row", at: (8, 3), "Did you mean “header”?"),
        Mistake(list, "header: row", "cells: 4", at: (8, 10), "belongs to header: none"),
        Mistake(list, "header: row", "row: course", at: (8, 3), "does not belong to kind: csv"),
        Mistake(list, "header: row", "repeated: all", at: (8, 3), "does not belong to kind: csv"),
        Mistake(list, "preamble: 3", "preamble: -1", at: (9, 13), "from 0 to 100"),
        Mistake(list, "preamble: 3", "preamble: 101", at: (9, 13), "from 0 to 100"),
        Mistake(list, "preamble: 3", "preamble: [3]", at: (9, 13), "whole number"),
        Mistake(list, "Grupp*", "\"*\"", at: (10, 24), "pattern with letters"),
        Mistake(list, "[Namn, Elev]", "\"*\"", at: (11, 10), "header with letters"),
        Mistake(list, "[Namn, Elev]", "{Namn: Elev}", at: (11, 10), "a text"),
        Mistake(list, "{file: \"csn_{skolkod}_*.csv\"}", "csn_{skolkod}.csv", at: (12, 9), "keys with values"),
        Mistake(list, "csn_{skolkod}_*.csv", "csn_*.csv", at: (12, 16), "{skolkod} or {skola} once"),
        Mistake(list, "csn_{skolkod}_*.csv", "{skolkod}_{skola}.csv", at: (12, 16), "{skolkod} or {skola} once"),
        Mistake(list, "csn_{skolkod}_*.csv", "{skolkod}_{skolkod}.csv", at: (12, 16), "{skolkod} or {skola} once"),
        Mistake(list, "csn_{skolkod}_*.csv", "{kurskod}.csv", at: (12, 16), "{skolkod} or {skola} once"),
        Mistake(list, "csn_{skolkod}_*.csv", "{skolkod}}.csv", at: (12, 16), "{skolkod} or {skola} once"),
        Mistake(list, "{file:", "{files:", at: (12, 10), "Did you mean “file”?"),
        Mistake(list, "[elever, fler-elever]", "[elever, p]", at: (13, 19), "its own side table"),
        Mistake(list, "[elever, fler-elever]", "[]", at: (13, 10), "list is empty"),
        Mistake(list, "persons: [elever, fler-elever]\n", "", at: (16, 3), "personnummer is missing"),
        Mistake(
            list, "terms: {spring: [01-10, 06-12], autumn: [08-18, 12-20]}\n", "", at: (18, 50), "needs the key “terms”"
        ),
        Mistake(list, "spring: [01-10, 06-12], ", "", at: (14, 8), "“spring” is missing"),
        Mistake(list, "spring:", "vår:", at: (14, 9), "spring"),
        Mistake(list, "06-12]", "06-31]", at: (14, 25), "a day that every year has"),
        Mistake(list, "06-12]", "02-29]", at: (14, 25), "a day that every year has"),
        Mistake(list, "06-12]", "13-01]", at: (14, 25), "a day that every year has"),
        Mistake(list, "06-12]", "00-10]", at: (14, 25), "a day that every year has"),
        Mistake(list, "06-12]", "06-00]", at: (14, 25), "a day that every year has"),
        Mistake(list, "06-12]", "6-12]", at: (14, 25), "a day that every year has"),
        Mistake(list, "06-12]", "01-09]", at: (14, 25), "before its first"),
        Mistake(list, "06-12]", "06-12, 06-13]", at: (14, 17), "first and last day"),
        Mistake(list, "omits: [protected]", "omits: [skyddade]", at: (15, 9), "protected"),
        Mistake(list, "slutdatum: Slutdatum", "slutdatum: {headers: Slutdatum, dates: terms}", at: (20, 42), "“term”"),
        Mistake(
            list, "  slutdatum: Slutdatum\n", "  slutdatum: Slutdatum\n  betygsdatum: {headers: D, dates: term}\n",
            at: (21, 36), "only startdatum and slutdatum"),
        Mistake(list, "scale: IG-MVG", "scale: IG-MGV", at: (22, 40), "Did you mean “IG-MVG”?"),
        Mistake(list, "scale: IG-MVG", "scale: []", at: (22, 40), "list is empty"),
        Mistake(
            list, "kurskod: Kurskod", "kurskod: {headers: Kurskod, scale: A-F}", at: (18, 38), "kurskod is no grade"),
        Mistake(list, "kurskod: Kurskod", "kurskod: {headers: Kurskod, position: 2}", at: (18, 31), "header: none"),
        Mistake(list, "\"81\": ej börjat", "\"32\": ej börjat", at: (23, 52), "death, 99, 81, \"\""),
        Mistake(fixed, "  cells: 5\n", "", at: (6, 3), "“cells” must say"),
        Mistake(fixed, "cells: 5", "cells: 0", at: (9, 10), "from 1 to 65535"),
        Mistake(fixed, "joins: 5", "joins: 6", at: (11, 10), "from 1 to 5"),
        Mistake(fixed, "joins: 5", "joins: Namn", at: (11, 10), "from 1 to 5"),
        Mistake(fixed, "kurskod: {position: 2}", "kurskod: {position: 6}", at: (14, 23), "from 1 to 5"),
        Mistake(fixed, "kurskod: {position: 2}", "kurskod: {position: 0}", at: (14, 23), "from 1 to 5"),
        Mistake(fixed, "kurskod: {position: 2}", "kurskod: {position: 1}", at: (14, 23), "personnummer already"),
        Mistake(fixed, "kurskod: {position: 2}", "kurskod: {}", at: (14, 12), "“position” is missing"),
        Mistake(fixed, "kurskod: {position: 2}", "kurskod: Kurskod", at: (14, 12), "go by position"),
        Mistake(fixed, "kurskod: {position: 2}", "kurskod: {headers: K, position: 2}", at: (14, 22), "go by position"),
        Mistake(fixed, "{position: 5, values", "{headers: Form, values", at: (18, 15), "go by position"),
        Mistake(fixed, "{position: 5, values", "{position: 9, values", at: (18, 16), "from 1 to 5"),
        Mistake(xml, "  row: student/course\n", "", at: (6, 3), "“row” is missing"),
        Mistake(xml, "row: student/course", "row: student/@id", at: (7, 8), "no attribute"),
        Mistake(xml, "row: student/course", "row: student//course", at: (7, 8), "path of elements"),
        Mistake(xml, "repeated: last", "repeated: lst", at: (8, 13), "Did you mean “last”?"),
        Mistake(xml, "repeated: last", "header: row", at: (8, 3), "does not belong to kind: xml"),
        Mistake(xml, "repeated: last", "delimiter: tab", at: (8, 3), "does not belong to kind: xml"),
        Mistake(xml, "kurskod: code", "kurskod: \"@code/x\"", at: (11, 12), "path of elements"),
        Mistake(xml, "kurskod: code", "kurskod: {headers: code, position: 1}", at: (11, 28), "header: none"),
        Mistake(xml, "period/end", "ns1:Period/Start", at: (14, 14), "startdatum already"),
        Mistake(xml, "headers: course/status", "headers: course/", at: (18, 15), "path of elements"),
        Mistake(persons, "  studentid: GUID\n", "", at: (8, 3), "studentid is missing"),
        Mistake(persons, "  personnummer: Personnummer\n", "", at: (8, 3), "personnummer is missing"),
        Mistake(persons, "records: persons", "records: persons\npersons: q", at: (6, 10), "names no other"),
        Mistake(persons, "records: persons", "records: people", at: (5, 10), "courses, persons"),
    ])
    func refuses(mistake: Mistake) throws {
        let range = try #require(mistake.profile.range(of: mistake.line))
        let text = mistake.profile.replacingCharacters(in: range, with: mistake.instead)
        let problem = try #require(throws: DocumentProblem.self) { try read(text) }
        #expect("\(problem.line):\(problem.column)" == "\(mistake.place.line):\(mistake.place.column)")
        #expect(problem.text.en.contains(mistake.says), "\(problem.text.en)")
        #expect(problem.text.sv != problem.text.en && problem.path == "p.yaml")
    }

    /// A step deeper is another value: `points` of a course and `grade/points` are two.
    @Test func pathsAreComparedWhole() throws {
        let profile = try read(Self.xml.replacing("grade/value", with: "grade/points"))
        #expect(profile.columns[.poang]?.headers == ["points"] && profile.columns[.betyg]?.headers == ["grade/points"])
        let attribute = try read(Self.xml.replacing("grade/value", with: "\"@points\""))
        #expect(attribute.columns[.betyg]?.headers == ["@points"])
    }
}
