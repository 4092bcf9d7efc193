import CSN
import Testing

@testable import Normalizing

@Suite struct CourseTests {
    private func read(
        _ code: String, start: String = "2026-08-16", files: [String: String] = [:],
        patterns: [Skolkod: [String]] = [:], school: Int = 1003
    ) throws -> ReadRow {
        let bench = try RowBench(
            [.personnummer, .kurskod, .startdatum, .slutdatum], files: files, patterns: patterns,
            school: Skolkod(school))
        return bench.read([
            .personnummer: "19720120-9983", .kurskod: code, .startdatum: start, .slutdatum: "2026-12-07",
        ])
    }

    @Test(arguments: ["KEMKEM01", "MATMAT01a", "GRNMAT2", "GRNMATA", "MATE1C00X", "ADMADM00S", "FÖRENT0"])
    func nationalCodes(code: String) throws {
        let row = try read(code)
        #expect(row.notes.isEmpty && row.code == code)
    }

    @Test func lettersOfTwoScalarsAreSentAsOne() throws {
        let row = try read("FO\u{308}RENT0")
        #expect(row.notes.isEmpty)
        #expect(row.code.map { Array($0.utf8) } == Array("FÖRENT0".utf8))
        let local = try read(
            "GO\u{308}RA1", files: ["schools/1003/courses.csv": "local;kurskod\nGO\u{308}RA1;GO\u{308}RA1\n"])
        #expect(local.notes.isEmpty)
        #expect(local.code.map { Array($0.utf8) } == Array("GÖRA1".utf8))
    }

    @Test(arguments: [
        ("MATMAT01A", "MATMAT01a", FieldRepair.letterCase), ("matmat02c", "MATMAT02c", .letterCase),
        ("kemkem01", "KEMKEM01", .letterCase), ("förent0", "FÖRENT0", .letterCase),
        ("KH GRNSVA2 KV/DG", "GRNSVA2", .decoration), ("NA21A/SVESVE02", "SVESVE02", .decoration),
        ("ENGENG05-3", "ENGENG05", .decoration), ("Lektion IDRO1000X", "IDRO1000X", .decoration),
        ("KH\u{A0}GRNMAT2", "GRNMAT2", .decoration), ("engeng05-3", "ENGENG05", .decoration),
    ])
    func repairs(text: String, code: String, repair: FieldRepair) throws {
        let row = try read(text)
        #expect(row.code == code)
        let note = try #require(row.notes.first)
        #expect(row.notes.count == 1 && note.outcome == .repaired(repair))
        #expect(note.value == text && note.became == code && note.column == 1)
        #expect(!row.candidate.failed.contains(.kurskod))
    }

    @Test(arguments: [
        ("518107VUXFLEXENG05", "ENGENG05"), ("MATE1COOX", "MATE1C00X"), ("KHSVESVE02", "SVESVE02"),
        ("ENG05", "ENGENG05"), ("KEMKEMO1", "KEMKEM01"), ("KEMKEM0l", "KEMKEM01"), ("SVESVE92", "SVESVE02"),
    ])
    func unknownWithItsCandidate(text: String, candidate: String) throws {
        let row = try read(text)
        #expect(row.outcome(.kurskod) == .failed(.unknown))
        #expect(row.candidate.failed.contains(.kurskod))
        let suggestions = row.knowledge.courses.suggestions(for: text)
        #expect(suggestions.first == candidate && suggestions.count <= 3)
        #expect(suggestions == row.knowledge.courses.suggestions(for: text))
    }

    @Test(arguments: ["MENTORSRÅD", "STA", "GRNMATA/GRNMATB", "X"])
    func noCourse(text: String) throws {
        #expect(try read(text).outcome(.kurskod) == .failed(.unknown))
    }

    @Test(arguments: ["MENTORSRÅD", "STA", "", "QQQQQQQQ", String(repeating: "A", count: 60)])
    func nothingToSuggest(text: String) throws {
        let knowledge = try ScratchMappings([:]).read { try Knowledge(folders: $0, today: sampleDay) }
        #expect(knowledge.courses.suggestions(for: text) == [])
    }

    @Test(arguments: ["MODO1000XDEU", "modo1000xdeu", "Grupp MODO1000XDEU", "KEMKEM01XYZQW", "ABCDEFGHIJK"])
    func tooLong(text: String) throws {
        let row = try read(text)
        #expect(row.outcome(.kurskod) == .failed(.tooLong))
        #expect(row.notes.count == 1 && row.candidate.failed.contains(.kurskod))
    }

    @Test func tenCharactersAreCountedNotBytes() throws {
        // Ten characters, twelve bytes: too long for nothing.
        #expect(try read("ÅÄÖÅÄÖÅÄÖÅ").outcome(.kurskod) == .failed(.unknown))
        #expect(try read("ÅÄÖÅÄÖÅÄÖÅÅ").outcome(.kurskod) == .failed(.tooLong))
    }

    @Test(arguments: ["SFIKUC92", "sfikuc92", "KH SFIKUC92", "SFIKUA92"])
    func sfiIsNotReported(code: String) throws {
        #expect(try read(code).outcome(.kurskod) == .failed(.unknown))
    }

    @Test func blankIsMissing() throws { #expect(try read("").outcome(.kurskod) == .failed(.missing)) }

    @Test(arguments: [
        ("ABCD1000X", "2025-07-01", true), ("ABCD1000X", "2025-06-30", false), ("GYARXX25", "2025-07-01", true),
        ("GYARXX25", "2025-06-30", false), ("QX1201", "2012-06-30", true), ("QX1201", "2012-07-01", false),
        ("QXQ1201A", "2012-06-30", true), ("GYARXX", "2020-01-01", true), ("QXQWXW01b", "2020-01-01", true),
        ("VGRMAT1", "2026-08-16", true), ("VGRQXQ1D2", "2026-08-16", true), ("GRNQXQ2", "2020-01-01", true),
        ("GRNORI21Q", "2020-01-01", true), ("QXQWXW9", "2020-01-01", false), ("vgrqxq1", "2026-08-16", false),
    ])
    func nationalFormsThatTheRegisterDoesNotHave(code: String, start: String, exists: Bool) throws {
        let row = try read(code, start: start)
        #expect(row.code == code)
        #expect(row.outcome(.kurskod) == (exists ? nil : .failed(.unknown)))
        if exists, let course = row.candidate.course, code != "VGRMAT1" {
            #expect(!row.knowledge.courses.table.facts(course).isInRegister)
        }
    }

    @Test func aFormsConditionIsNotAskedWithoutStart() throws {
        #expect(try read("ABCD1000X", start: "?").outcome(.kurskod) == nil)
    }

    @Test func delkurser() throws {
        for (code, isDelkurs) in [
            ("GRNMATA", true), ("GRNMATD", true), ("GRNQXQB", true), ("GRNMAT2", false), ("MATMAT01a", false),
            ("VGRMAT1", false),
        ] {
            let row = try read(code)
            let course = try #require(row.candidate.course)
            #expect(row.knowledge.courses.table.facts(course).isDelkurs == isDelkurs, "\(code)")
        }
    }

    // MARK: - A school's own courses

    private static let own = """
        local;kurskod;name;points;niva;delkurs;graded
        MATTE GRUND;GRNMAT2;;;;;
        SVEKOMB1;SVEKOMB1;Svenska i arbetet;150;GY;nej;nej
        DEL1;DEL1;;100;GR;ja;
        TYSKA;MODO1000XDEU;;;;;
        INTE BESTÄMT;;;;;;
        """

    @Test func localCodesHoldAtTheirSchoolOnly() throws {
        let files = ["schools/1003/courses.csv": Self.own]
        let here = try read("MATTE GRUND", files: files)
        #expect(here.code == "GRNMAT2" && here.notes.isEmpty)
        #expect(try read("MATTE GRUND", files: files, school: 1004).outcome(.kurskod) == .failed(.tooLong))
        #expect(try read("SVEKOMB1", files: files, school: 1004).outcome(.kurskod) == .failed(.unknown))
        #expect(try read("INTE BESTÄMT", files: files).outcome(.kurskod) != nil)
        // What the school says nothing of is read as everywhere.
        #expect(try read("matmat01A", files: files).code == "MATMAT01a")
    }

    @Test func aCodeThatIsNoCourseIsLeftOutAtItsSchool() throws {
        let files = ["schools/1003/courses.csv": "local;kurskod;leaveOut\nSTA;;ja\nSFIKUC92;;ja\nKLAR;KEMKEM01;nej\n"]
        #expect(try read("STA", files: files).isLeftOut)
        #expect(try read("SFIKUC92", files: files).isLeftOut)
        #expect(try !read("STA", files: files, school: 1004).isLeftOut)
        let known = try read("KLAR", files: files)
        #expect(!known.isLeftOut && known.code == "KEMKEM01")
    }

    @Test func localCoursesHaveTheirOwnFacts() throws {
        let row = try read("SVEKOMB1", files: ["schools/1003/courses.csv": Self.own])
        let course = try #require(row.candidate.course)
        let facts = row.knowledge.courses.table.facts(course)
        #expect(row.code == "SVEKOMB1" && row.knowledge.courses.table[course].name == "Svenska i arbetet")
        #expect(facts.points == 150 && facts.niva == .gy && facts.isUngraded && !facts.isDelkurs && !facts.isInRegister)
        let part = try read("DEL1", files: ["schools/1003/courses.csv": Self.own])
        let partFacts = part.knowledge.courses.table.facts(try #require(part.candidate.course))
        #expect(partFacts.isDelkurs && partFacts.niva == .gr && !partFacts.isUngraded)
        let mapped = try read("MATTE GRUND", files: ["schools/1003/courses.csv": Self.own])
        let mappedFacts = mapped.knowledge.courses.table.facts(try #require(mapped.candidate.course))
        #expect(mappedFacts.isInRegister && mappedFacts.points == 600 && mappedFacts.niva == .gr)
    }

    @Test func aLocalCodeForATooLongCodeIsTooLong() throws {
        let row = try read("TYSKA", files: ["schools/1003/courses.csv": Self.own])
        #expect(row.outcome(.kurskod) == .failed(.tooLong))
    }

    @Test func declaredPatternsCutOffWhatIsGluedOn() throws {
        let school = try #require(Skolkod(1003))
        let patterns = [school: [#"\d{6}([A-Z]+\d\d[abc]?)"#]]
        let row = try read("518107KEMKEM01", patterns: patterns)
        #expect(row.code == "KEMKEM01" && row.outcome(.kurskod) == .repaired(.declaredPattern))
        #expect(try read("518107KEMKEM01", patterns: patterns, school: 1004).outcome(.kurskod) == .failed(.unknown))
        #expect(try read("51810KEMKEM01", patterns: patterns).outcome(.kurskod) == .failed(.unknown))
    }

    @Test func aFinishedFilesCodesAreFound() throws {
        let files = ["schools/1003/courses.csv": Self.own, "schools/1004/courses.csv": "local;kurskod\nLOK1;LOK1\n"]
        let register = try ScratchMappings(files).read { try CourseRegister(folders: $0) }
        let find = register.finder()
        for (code, problem) in [
            ("KEMKEM01", FieldProblem?.none), ("SVEKOMB1", nil), ("LOK1", nil), ("VGRQXQ1", nil),
            ("MATTE GRUND", .tooLong), ("MODO1000XDEU", .tooLong), ("SFIKUC92", .unknown), ("MENTOR", .unknown),
            ("matmat01a", .unknown),
        ] {
            let (index, found) = find(code)
            #expect(found == problem && register.table[index].code == code, "\(code)")
        }
    }

    @Test func oneCodeIsResolvedOnceWhateverItsLength() throws {
        let codes = MetCodes(number: 0)
        let register = try ScratchMappings([:]).read { try CourseRegister(folders: $0) }
        for text in ["KEMKEM01", "518107VUXFLEXENG05"] {
            let first = withCell(text) { codes.resolve($0, at: 0, in: register) }
            let again = withCell(text) { codes.resolve($0, at: 0, in: register) }
            #expect(first.course == again.course && first.outcome == again.outcome)
        }
    }
}

/// What is known of a course beside its code.
@Suite struct CourseFactTests {
    private func facts(_ code: String, _ lines: String = "") throws -> CourseFacts {
        let bench = try RowBench(
            [.personnummer, .kurskod, .startdatum, .slutdatum],
            files: lines.isEmpty
                ? [:] : ["schools/1003/courses.csv": "local;kurskod;points;niva;delkurs\n\(lines)\n"],
            school: Skolkod(1003))
        let row = bench.read([
            .personnummer: "19720120-9983", .kurskod: code, .startdatum: "2026-08-16", .slutdatum: "2026-12-07",
        ])
        return row.knowledge.courses.table.facts(try #require(row.candidate.course))
    }

    @Test(
        arguments: [
            ("KEMKEM01", CourseFamily.gy11, true), ("MATE1C00X", .gy25, true), ("GRNMAT2", .grvux, true),
            ("VGRSVE1", .grvux, false), ("SVESVE09", .gy11, false), ("GYARZZ25", .gy25, false), ("LOK1", nil, false),
        ] as [(String, CourseFamily?, Bool)])
    func familyByRegisterOrForm(_ code: String, _ family: CourseFamily?, _ isInRegister: Bool) throws {
        let facts = try facts(code, family == nil ? "\(code);\(code);50;GY;" : "")
        #expect(facts.family == family && facts.isInRegister == isInRegister)
        #expect(facts.isDegreeProject == code.hasPrefix("GYAR"))
    }

    /// The register has the points of the whole course; what the school's own part of it gives it does not say.
    @Test func aDelkursHasThePointsThatTheSchoolSays() throws {
        #expect(try facts("Kemi del 1", "Kemi del 1;KEMKEM01;;;yes").points == nil)
        #expect(try facts("Kemi del 1", "Kemi del 1;KEMKEM01;40;;yes").points == 40)
        #expect(try facts("Kemi", "Kemi;KEMKEM01;;;").points == 100)
        #expect(try facts("Matte A", "Matte A;GRNMATA;;;yes").points == 100)
    }
}
