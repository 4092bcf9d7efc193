import CSN
import Findings
import Foundation
import Testing

@testable import Pipeline

@Suite("From what was typed to what is run")
struct ResolvingTests {
    private func surroundings(
        _ environment: [String: String] = [:], executable: String = "", terminal: Bool = false
    ) throws -> Surroundings {
        Surroundings(
            environment: environment, workingFolder: "/", executable: executable, processors: 2,
            now: try #require(Moment("2026-11-23T08:30")), outputIsTerminal: terminal, errorIsTerminal: terminal)
    }

    private func convert(
        _ environment: [String: String] = [:], executable: String = "", _ change: (inout TypedOptions) -> Void
    ) throws -> ConvertRequest {
        var options = TypedOptions()
        change(&options)
        return try Resolving.convert(options, in: surroundings(environment, executable: executable))
    }

    private func status(_ change: (inout TypedOptions) -> Void) -> Int32? {
        do {
            _ = try convert([:], change)
            return nil
        } catch { return (error as? RunFailure)?.status.rawValue }
    }

    @Test("Without anything the defaults hold")
    func defaults() throws {
        let request = try convert { $0.paths = ["x.csv"] }
        #expect(request.out == "out" && request.settings.reportPath == "out/report")
        #expect(request.holdScope == .unit && request.settings.jobs == 2 && request.settings.language == .sv)
        #expect(request.settings.now == Moment("2026-11-23T08:30") && request.settings.isRealTime)
        #expect(request.school == nil && request.system == nil && request.settings.layout == nil)
    }

    @Test("An option goes before the environment, the environment before the configuration")
    func precedence() throws {
        let scratch = try ScratchFolder()
        try scratch.write("csnfil.yaml", "hold: student\nlanguage: en\nlayout: komvux\n")
        let path = "\(scratch.path)/csnfil.yaml"
        let alone = try convert { $0.config = path }
        #expect(alone.holdScope == .student && alone.settings.language == .en && alone.settings.layout == "komvux")
        let environment = ["CSNFIL_HOLD": "file", "CSNFIL_LAYOUT": "komvux-fixed"]
        let overridden = try convert(environment) { $0.config = path }
        #expect(overridden.holdScope == .file && overridden.settings.layout == "komvux-fixed")
        let typed = try convert(environment) {
            $0.config = path
            $0.hold = "unit"
            $0.layout = "own"
            $0.language = "sv"
        }
        #expect(typed.holdScope == .unit && typed.settings.layout == "own" && typed.settings.language == .sv)
    }

    @Test("csnfil.yaml beside the exports is taken, and two of them are too many")
    func beside() throws {
        let scratch = try ScratchFolder()
        try scratch.write("a/csnfil.yaml", "hold: student\n")
        try scratch.write("a/x.csv", "")
        try scratch.write("b/csnfil.yaml", "hold: file\n")
        try scratch.write("c/x.csv", "")
        let file = try convert { $0.paths = ["\(scratch.path)/a/x.csv", "\(scratch.path)/c/x.csv"] }
        #expect(file.holdScope == .student)
        #expect(file.settings.configuration.path == "\(scratch.path)/a/csnfil.yaml")
        #expect(try convert { $0.paths = ["\(scratch.path)/b"] }.holdScope == .file)
        #expect(status { $0.paths = ["\(scratch.path)/a", "\(scratch.path)/b"] } == 2)
        #expect(status { $0.config = "\(scratch.path)/none.yaml" } == 2)
    }

    @Test("Mappings: option, configuration, environment, beside the configuration, installed, shipped")
    func mappings() throws {
        let scratch = try ScratchFolder()
        for folder in ["one", "two", "config", "env", "Mappings"] { try scratch.write("\(folder)/x", "") }
        try scratch.write("csnfil.yaml", "mappings: config\n")
        try scratch.write("prefix/share/csnfil/national/courses.csv", "")
        try scratch.write("prefix/Mappings/national/courses.csv", "")
        let root = scratch.path
        let request = try convert(["CSNFIL_MAPPINGS": "\(root)/env"], executable: "\(root)/prefix/bin/csnfil") {
            $0.config = "\(root)/csnfil.yaml"
            $0.mappings = ["\(root)/one", "\(root)/two"]
        }
        #expect(
            request.settings.mappingFolders
                == ["one", "two", "config", "env", "Mappings", "prefix/share/csnfil", "prefix/Mappings"].map {
                    "\(root)/\($0)"
                })
        #expect(status { $0.mappings = ["\(root)/three"] } == 2)
    }

    @Test("The shipped set is found from inside a build folder")
    func shipped() throws {
        let scratch = try ScratchFolder()
        try scratch.write("Mappings/national/courses.csv", "")
        let request = try convert(executable: "\(scratch.path)/.build/debug/csnfil") { $0.paths = ["x"] }
        #expect(request.settings.mappingFolders == ["\(scratch.path)/Mappings"])
    }

    @Test("--today is noon; --now is to the minute")
    func time() throws {
        let today = try convert { $0.today = "2026-12-01" }
        #expect(today.settings.now == Moment("2026-12-01T12:00") && !today.settings.isRealTime)
        #expect(try convert { $0.now = "2026-12-01T16:59" }.settings.now == Moment("2026-12-01T16:59"))
    }

    @Test("A wrong option is wrong usage: 64")
    func usage() {
        #expect(status { $0.today = "2026-02-29" } == 64)
        #expect(status { $0.now = "2026-11-23" } == 64)
        #expect(status { ($0.now, $0.today) = ("2026-11-23T08:00", "2026-11-23") } == 64)
        #expect(status { $0.school = "999" } == 64)
        #expect(status { $0.school = "12345678" } == 64)
        #expect(status { $0.jobs = 0 } == 64)
        #expect(status { $0.schoolForm = "gymnasium" } == 64)
        #expect(status { $0.schoolForm = "komvux" } == nil)
        #expect(status { $0.language = "de" } == 64)
        #expect(status { $0.format = "sarif" } == 64)
        #expect(status { $0.hold = "all" } == 64)
    }

    @Test("The report lies where it is wanted, else beside the school folders")
    func report() throws {
        #expect(try convert { $0.out = "ut" }.settings.reportPath == "ut/report")
        #expect(try convert { $0.report = "r" }.settings.reportPath == "r")
        #expect(try Resolving.check(TypedOptions(), in: surroundings()).settings.reportPath == nil)
    }

    @Test(
        "The language follows the locale",
        arguments: [
            ([:], Language.sv), (["LANG": "sv_SE.UTF-8"], .sv), (["LANG": "C.UTF-8"], .en), (["LANG": "en_GB"], .en),
            (["LC_ALL": "en_GB", "LANG": "sv_SE"], .en), (["LC_MESSAGES": "sv", "LANG": "de"], .sv),
            (["LC_ALL": "", "LANG": "sv"], .sv), (["CSNFIL_LANGUAGE": "sv", "LANG": "en"], .sv),
        ] as [([String: String], Language)])
    func language(environment: [String: String], language: Language) throws {
        #expect(try surroundings(environment).language(typed: nil) == language)
    }

    @Test("Colour and progress only where a person watches and nobody has said no")
    func terminal() throws {
        var options = TypedOptions()
        #expect(try surroundings(terminal: true).allowsColour(options))
        #expect(try surroundings(terminal: true).showsProgress(options))
        #expect(try !surroundings().allowsColour(options))
        #expect(try !surroundings().showsProgress(options))
        #expect(try !surroundings(["NO_COLOR": "1"], terminal: true).allowsColour(options))
        #expect(try surroundings(["NO_COLOR": ""], terminal: true).allowsColour(options))
        options.isColourless = true
        options.isQuiet = true
        #expect(try !surroundings(terminal: true).allowsColour(options))
        #expect(try !surroundings(terminal: true).showsProgress(options))
        options.isQuiet = false
        options.hidesProgress = true
        #expect(try !surroundings(terminal: true).showsProgress(options))
    }

    @Test("A progress line says share, rows, rate and time left")
    func progress() {
        let line = ProgressLine(bytes: 25, total: 100, rows: 1_000, seconds: 10)
        #expect(line.text(in: .sv) == "█████░░░░░░░░░░░░░░░ 25 %, 1000 rader, 100 rader/s, 0:30 kvar")
        let pipe = ProgressLine(bytes: 25, total: nil, rows: 1_000, seconds: 0.5)
        #expect(pipe.text(in: .en) == "1000 rows")
    }
}

@Suite("csnfil rules")
struct RulesQueryTests {
    private func outcome(_ query: RulesQuery, language: String = "en") throws -> Invocation.Outcome {
        var options = TypedOptions()
        options.language = language
        let surroundings = Surroundings(
            environment: [:], workingFolder: "/", executable: "", processors: 1,
            now: try #require(Moment("2026-11-23T08:30")))
        return Invocation(options, in: surroundings).rules(query)
    }

    @Test("A rule is explained in the language asked for")
    func explained() throws {
        let swedish = try outcome(RulesQuery(name: "end-before-start"), language: "sv")
        #expect(swedish.status == 0)
        #expect(String(decoding: swedish.output, as: UTF8.self).contains("Slutdatum är före startdatum."))
        let english = try outcome(RulesQuery(name: "end-before-start"))
        #expect(String(decoding: english.output, as: UTF8.self).contains("The end date is before the start date."))
    }

    @Test("A name that no rule has: the nearest ones, and 64")
    func unknown() throws {
        let outcome = try outcome(RulesQuery(name: "end-before-strat"))
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.error.contains("“end-before-start”"))
    }

    @Test("A filter that does not exist is wrong usage; a field may be spelled with å ä ö")
    func filters() throws {
        #expect(try outcome(RulesQuery(action: "holds")).status == 64)
        #expect(try outcome(RulesQuery(field: "slutdatm")).error.contains("slutdatum"))
        #expect(try outcome(RulesQuery(heading: "fields")).status == 64)
        let plain = try outcome(RulesQuery(field: "handelsedatum"))
        #expect(plain.status == 0)
        #expect(try outcome(RulesQuery(field: "händelsedatum")).output == plain.output)
    }
}
