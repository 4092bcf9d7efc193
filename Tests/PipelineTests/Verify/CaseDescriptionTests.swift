import Foundation
import Pipeline
import Testing

/// `case.yaml`: what may stand in it, and where a mistake is said to be.
@Suite struct CaseDescriptionTests {
    @Test func `all keys are read`() throws {
        let cases = try CaseFolder()
        try cases.writeCase(
            "one",
            description: """
                title: All keys
                now: 2026-11-23T12:00
                system: ./mappings/systems/own.yaml
                school: 1003
                layouts: [komvux-fixed, own]
                status: 1
                rows: 12

                """)
        let sample = try SampleCase(name: "one", folder: cases.path("one"))
        #expect(sample.title == "All keys")
        #expect(sample.now.description == "2026-11-23T12:00")
        #expect(sample.system == cases.path("one") + "/./mappings/systems/own.yaml")
        #expect(sample.school?.number == 1003)
        #expect(sample.layouts == ["komvux-fixed", "own"])
        #expect(sample.status == 1 && sample.rows == 12)
    }

    @Test func `two layouts unless said, and any status but 2`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one", description: "title: t\nnow: 2026-11-23T12:00\n")
        let sample = try SampleCase(name: "one", folder: cases.path("one"))
        #expect(sample.layouts == ["komvux", "komvux-fixed"])
        #expect(sample.status == nil && sample.rows == nil && !sample.expectsRefusal)
    }

    @Test func `a case is converted unless it says that it is a migration`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one", description: "title: t\nnow: 2026-11-23T12:00\n")
        guard case .convert = try SampleCase(name: "one", folder: cases.path("one")).command else {
            Issue.record("not converted")
            return
        }
        let days = "from: 2026-01-01\nto: 2026-06-30\n"
        try cases.writeCase("one", description: "title: t\nnow: 2026-11-23T12:00\ncommand: migrate\n\(days)")
        let least = try SampleCase(name: "one", folder: cases.path("one"))
        try cases.writeCase(
            "one",
            description: """
                title: t
                now: 2026-11-23T12:00
                command: migrate
                from: 2026-01-01
                to: 2026-01-01
                by: period
                firstDay: 2026-11-25

                """)
        let most = try SampleCase(name: "one", folder: cases.path("one"))
        guard case .migrate(let few) = least.command, case .migrate(let all) = most.command else {
            Issue.record("no migration")
            return
        }
        #expect("\(few.days.lowerBound) \(few.days.upperBound)" == "2026-01-01 2026-06-30")
        #expect(few.basis == .grade && few.firstDay == nil)
        #expect("\(all.days.lowerBound) \(all.days.upperBound)" == "2026-01-01 2026-01-01")
        #expect(all.basis == .period && all.firstDay?.description == "2026-11-25")
    }

    @Test(
        arguments: [
            ("title: t\nnow: 2026-11-23T12:00\nschol: 1003\n", "3:1", "“school”"),
            ("title: t\nnow: yesterday\n", "2:6", "2026-11-23T12:00"),
            ("now: 2026-11-23T12:00\n", "1:1", "“title”"),
            ("title: t\nnow: 2026-11-23T12:00\nschool: 2000\n", "3:9", "1999"),
            ("title: t\nnow: 2026-11-23T12:00\nstatus: 3\n", "3:9", "0 to 2"),
            ("title: t\nnow: 2026-11-23T12:00\nlayouts: [komvux, ../out]\n", "3:19", "name of a layout"),
            ("title: t\nnow: 2026-11-23T12:00\nlayouts: [komvux, komvux]\n", "3:19", "once"),
            ("title: t\nnow: 2026-11-23T12:00\nlayouts: []\n", "3:10", "at least one"),
            ("title: t\nnow: 2026-11-23T12:00\nrows: many\n", "3:7", "whole number"),
            ("title: t\nnow: 2026-11-23T12:00\ncommand: nightly\n", "3:10", "migrate"),
            ("title: t\nnow: 2026-11-23T12:00\nto: 2026-06-30\n", "3:5", "command: migrate"),
            ("title: t\nnow: 2026-11-23T12:00\ncommand: convert\nby: grade\n", "4:5", "command: migrate"),
            ("title: t\nnow: 2026-11-23T12:00\ncommand: migrate\nfrom: 2026-01-01\n", "1:1", "“to”"),
            ("title: t\nnow: 2026-11-23T12:00\ncommand: migrate\nfrom: i\nto: 2026-01-01\n", "4:7", "2026-01-15"),
            (
                "title: t\nnow: 2026-11-23T12:00\ncommand: migrate\nfrom: 2026-01-02\nto: 2026-01-01\n", "5:5",
                "from 2026-01-02 on"
            ),
            (
                "title: t\nnow: 2026-11-23T12:00\ncommand: migrate\nfrom: 2026-01-01\nto: 2026-01-01\nby: term\n",
                "6:5", "period"
            ),
        ])
    func `a mistake ends the run with 2 and has a line and a column`(
        description: String, place: String, said: String
    ) throws {
        let cases = try CaseFolder()
        try cases.writeCase("good")
        try cases.writeCase("wrong", description: description)
        let outcome = try cases.call([""])
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.error.hasPrefix("\(cases.path("wrong/case.yaml")):\(place): error: "), "\(outcome.error)")
        #expect(outcome.error.contains(said), "\(outcome.error)")
    }

    @Test func `the exports are the folder's own files`() throws {
        let cases = try CaseFolder()
        try cases.writeCase("one")
        for name in ["csnfil.yaml", "personer.csv", ".hidden", "expected/komvux/x", "mappings/y", "other/z"] {
            try cases.write("one/\(name)", "")
        }
        let sample = try SampleCase(name: "one", folder: cases.path("one"))
        #expect(sample.exports() == ["export.csv", "personer.csv"])
    }
}
