import CSN
import Documents
import Testing

@testable import Normalizing

@Suite struct MappingMistakeTests {
    /// A mapping file with a mistake, and where it is said to be.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var file: String
        var text: String
        var place: String
        var says: String
        var testDescription: String { "\(file): \(text)" }
    }

    private static let local = "schools/1003/courses.csv"
    private static let head = "local;kurskod;name;points;niva;delkurs;graded\n"
    private static let national = "code;name;points;level;system;gradable;valid_from;valid_to;source\n"

    @Test(arguments: [
        Mistake(
            file: local, text: head + "A1;KEMKEM01;;;;;\nB1;KEMKEM01;;;;;\nA1;KEMKEM02;;;;;\n", place: "4:1",
            says: "stands on line 2 already"),
        Mistake(file: local, text: head + "A1;KEMKEM99;;;;;\n", place: "2:4", says: "not in the national register"),
        Mistake(file: local, text: head + "A1;kemkem01;;;;;\n", place: "2:4", says: "not in the national register"),
        Mistake(file: local, text: head + "A1;SFIKUC92;;;;;\n", place: "2:4", says: "sfi"),
        Mistake(file: local, text: head + ";KEMKEM01;;;;;\n", place: "2:1", says: "local code is missing"),
        Mistake(file: local, text: head + "LOKALKURS12;LOKALKURS12;;;;;\n", place: "2:13", says: "ten characters"),
        Mistake(file: local, text: head + "A1;A1;;1000;;;\n", place: "2:8", says: "0–999"),
        Mistake(file: local, text: head + "A1;A1;;hundra;;;\n", place: "2:8", says: "0–999"),
        Mistake(file: local, text: head + "A1;A1;;-1;;;\n", place: "2:8", says: "0–999"),
        Mistake(file: local, text: head + "A1;A1;;100;GX;;\n", place: "2:12", says: "“GX” is no level"),
        Mistake(file: local, text: head + "A1;A1;;100;GY;kanske;\n", place: "2:15", says: "delkurs is yes or no"),
        Mistake(file: local, text: head + "A1;A1;;100;GY;;2\n", place: "2:16", says: "graded is yes or no"),
        Mistake(file: local, text: "local;kurskod\nA1;\nA1;KEMKEM01\n", place: "3:1", says: "stands on line 2 already"),
        Mistake(
            file: local, text: "local;kurskod;leaveOut\nA1;;ja\nA1;;\n", place: "3:1", says: "stands on line 2 already"),
        Mistake(
            file: local, text: "local;kurskod;leaveOut\nA1;KEMKEM01;ja\n", place: "2:13", says: "kurskod and leaveOut"),
        Mistake(file: local, text: "local;kurskod;leaveOut\nKEMKEM01;;ja\n", place: "2:11", says: "national course"),
        Mistake(file: local, text: "local;kurskod;leaveOut\nA1;;kanske\n", place: "2:5", says: "leaveOut is yes or no"),
        Mistake(file: local, text: "local;kod\nA;B\n", place: "1:7", says: "Unknown column “kod”"),
        Mistake(file: local, text: head + "A1;A1\n", place: "2:1", says: "2 cells"),
        Mistake(file: local, text: "", place: "0:0", says: "empty"),
        Mistake(file: "schools/12345/courses.csv", text: head, place: "0:0", says: "named by the school's skolkod"),
        Mistake(file: "schools/norr/x.csv", text: "", place: "0:0", says: "named by the school's skolkod"),
        Mistake(
            file: "schools/1003/grades.csv", text: "spelling;betyg\nTopp;A\nSlut;81\n", place: "3:6",
            says: "no value of betyg"),
        Mistake(
            file: "schools/1003/grades.csv", text: "spelling;betyg\nTopp;AA\n", place: "2:6", says: "no value of betyg"),
        Mistake(file: "schools/1003/grades.csv", text: "spelling;betyg\n;A\n", place: "2:1", says: "word is missing"),
        Mistake(
            file: "schools/schools.csv", text: "id;skolkod\nNorr;1003\n norr ;1004\n", place: "3:1",
            says: "has skolkod 1003 already, here 1004"),
        Mistake(file: "schools/schools.csv", text: "id;skolkod\nNorr;2000\n", place: "2:6", says: "no skolkod"),
        Mistake(file: "schools/schools.csv", text: "id;skolkod\nNorr;999\n", place: "2:6", says: "no skolkod"),
        Mistake(file: "schools/schools.csv", text: "id;skolkod\n;1003\n", place: "2:1", says: "id is missing"),
        Mistake(
            file: "national/words.csv", text: "slot;spelling;value\nniva;G;GR\nnivo;G;GR\n", place: "3:1",
            says: "no slot that is read by words"),
        Mistake(
            file: "national/words.csv", text: "slot;spelling;value\nniva;G;GR\nniva;g;GY\n", place: "3:6",
            says: "“g” stands on line 2 already"),
        Mistake(
            file: "schools/1003/grades.csv", text: "spelling;betyg\nTopp;A\nSlut;E\ntopp;B\n", place: "4:1",
            says: "“topp” stands on line 2 already"),
        Mistake(
            file: "schools/1003/grades.csv", text: "spelling;grade\nTopp;A\n", place: "1:10",
            says: "Unknown column “grade”"),
        Mistake(file: "schools/schools.csv", text: "id;kod\nNorr;1003\n", place: "1:4", says: "Unknown column “kod”"),
        Mistake(file: "schools/schools.csv", text: "id;skolkod\nNorr;norr\n", place: "2:6", says: "no skolkod"),
        Mistake(
            file: "national/words.csv", text: "slot;word;value\nniva;G;GR\n", place: "1:6",
            says: "Unknown column “word”"),
        Mistake(
            file: local, text: head + "A1;KEMKEM01;;;;;\nA1;KEMKEM01;;;;;\n", place: "3:1",
            says: "stands on line 2 already"),
        Mistake(
            file: "national/words.csv", text: "slot;spelling;value\nkurskod;G;GR\n", place: "2:1",
            says: "no slot that is read by words"),
        Mistake(
            file: "national/words.csv", text: "slot;spelling;value\nniva;G;GX\n", place: "2:8", says: "no value of niva"
        ),
        Mistake(
            file: "national/words.csv", text: "slot;spelling;value\nniva;;GR\n", place: "2:6", says: "word is missing"),
        Mistake(file: "national/grades.csv", text: "spelling;betyg\nA;Å\n", place: "2:3", says: "no value of betyg"),
        Mistake(file: "national/courses.csv", text: national + ";x;;;;;;;\n", place: "2:1", says: "twice"),
        Mistake(
            file: "national/courses.csv", text: national + "AAA;;;GY;;yes;;;\naaa;;;GY;;yes;;;\n", place: "3:1",
            says: "twice"),
        Mistake(file: "national/courses.csv", text: national + "A;;x;GY;;yes;;;\n", place: "2:4", says: "0–999"),
        Mistake(file: "national/courses.csv", text: national + "A;;1;XX;;yes;;;\n", place: "2:6", says: "no level"),
        Mistake(file: "national/courses.csv", text: national + "A;;1;GY;;2;;;\n", place: "2:10", says: "yes or no"),
        Mistake(
            file: "national/courses.csv", text: national + "A;;1;GY;;yes;2025-02-29;;\n", place: "2:14", says: "no date"
        ),
        Mistake(
            file: "national/families.csv", text: "family;level;pattern;only_if\nx;GX;a;\n", place: "2:3",
            says: "no level"),
        Mistake(
            file: "national/families.csv", text: "family;level;pattern;only_if\nx;GY;(;\n", place: "2:6",
            says: "pattern"),
        Mistake(
            file: "national/families.csv", text: "family;level;pattern;only_if\nx;GY;a;startdatum > 2025-07-01\n",
            place: "2:8", says: "Unknown comparison"),
        Mistake(
            file: "national/families.csv", text: "family;level;pattern;only_if\nx;GY;a;startdatum >= 2025-13-01\n",
            place: "2:8", says: "has the form"),
        Mistake(
            file: "national/families.csv", text: "family;level;pattern;only_if\nx;GY;a;\n", place: "2:1",
            says: "grvux, gy2000, gy11, gy25"),
        Mistake(
            file: "national/kommunkoder.csv", text: "code\n1280\n", place: "1:1", says: "“name” is missing"),
    ])
    func refuses(mistake: Mistake) throws {
        let scratch = try ScratchMappings([mistake.file: mistake.text])
        let problem = try #require(throws: DocumentProblem.self) {
            _ = try scratch.read { try Knowledge(folders: $0, today: sampleDay) }
        }
        #expect("\(problem.line):\(problem.column)" == mistake.place)
        #expect(problem.text.en.contains(mistake.says), "\(problem.text.en)")
        let folder = mistake.file.split(separator: "/").dropLast().joined(separator: "/")
        #expect(problem.path.hasSuffix(mistake.file) || problem.path == folder)
    }

    @Test func aMissingFileSaysWhereItWasSought() throws {
        let problem = try #require(throws: DocumentProblem.self) {
            _ = try Knowledge(folders: MappingFolders(["/nowhere"]), today: sampleDay)
        }
        #expect(problem.path == "national/courses.csv" && problem.text.en.contains("/nowhere"))
    }

    @Test func aSchoolOfTheConfigurationAndTheFileMustAgree() throws {
        let scratch = try ScratchMappings(["schools/schools.csv": "id;skolkod\nNorr;1003\n"])
        func register(_ skolkod: Int) throws -> SchoolRegister {
            let school = SchoolRegister.School(
                skolkod: try #require(Skolkod(skolkod)), ids: ["NORR"], started: SchoolRegister.StartedDeclaration())
            return try scratch.read { try SchoolRegister(folders: $0, configured: [school]) }
        }
        _ = try register(1003)
        let problem = try #require(throws: DocumentProblem.self) { try register(1004) }
        #expect(problem.line == 2 && problem.column == 1)
    }

    @Test func theShippedExampleIsReadAsASchoolsOwn() throws {
        var files: [String: String] = [:]
        for name in ["courses.csv", "grades.csv"] {
            let path = repository.appending(path: "Mappings/schools/example/\(name)").path
            files["schools/1003/\(name)"] = try String(contentsOfFile: path, encoding: .utf8)
        }
        let schools = repository.appending(path: "Mappings/schools/example/schools.csv").path
        files["schools/schools.csv"] = try String(contentsOfFile: schools, encoding: .utf8)
        let bench = try RowBench([.skola, .kurskod, .betyg], files: files, school: nil)
        let row = bench.read([.skola: "Exempelskolan Vux", .kurskod: "MATTE GRUND", .betyg: "Deltagit"])
        #expect(row.candidate.skolkod?.number == 1003 && row.code == "GRNMAT2")
        #expect(row.outcome(.betyg) == nil && row.candidate.betyg == nil)
    }

    @Test func foldersAreSearchedInOrder() throws {
        let first = try ScratchMappings(["systems/b.yaml": "1", "systems/c.txt": ""])
        let second = try ScratchMappings([
            "systems/a.yaml": "2", "systems/b.yaml": "2", "schools/1004/x": "", "schools/1003/x": "",
        ])
        defer { withExtendedLifetime((first, second)) {} }
        let folders = MappingFolders([first.path, second.path])
        #expect(folders.find("systems/b.yaml") == first.path + "/systems/b.yaml")
        #expect(folders.find("systems/a.yaml") == second.path + "/systems/a.yaml")
        #expect(folders.find("systems/d.yaml") == nil)
        #expect(
            folders.all(in: "systems", ending: ".yaml") == [
                second.path + "/systems/a.yaml", first.path + "/systems/b.yaml",
            ])
        #expect(try folders.schools().map(\.school.number) == [1003, 1004])
    }
}
