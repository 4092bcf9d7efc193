import Foundation
import Testing

/// What CSN will conclude from a file, counted by hand from rows of an export.
@Suite("The forecast")
struct ForecastTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private struct Summary: Decodable {
        struct School: Decodable {
            struct Group: Decodable {
                struct Level: Decodable, Equatable {
                    struct Quotient: Decodable, Equatable {
                        var lowest: Double
                        var median: Double
                        var highest: Double
                    }
                    var niva: String
                    var periods: Int
                    var points: Int
                    var weeks: Double
                    var pointsPerWeek: Quotient
                }
                var group: String
                var students: Int
                var started: Int
                var notStarted: Int
                var levels: [Level]
            }
            var skolkod: Int
            var students: Int
            var started: Int
            var studentsBefore: Int?
            var begunCourses: Int
            var begunThisWeek: Int
            var groups: [Group]
        }
        var forecast: [School]
    }

    private static let columns = [
        "skolkod", "personnummer", "kurskod", "kursdel", "poang", "niva", "startdatum", "slutdatum", "registrering",
        "meddelandeorsak", "handelsedatum", "uppdragsutbildning", "provning", "betyg", "betygsdatum",
    ]

    private static let course = [
        "skolkod": "1003", "personnummer": "19900101-9802", "kurskod": "SVESVE01", "kursdel": "11", "poang": "100",
        "niva": "GY", "startdatum": "2026-08-17", "slutdatum": "2026-12-20", "registrering": "J",
    ]

    /// Converts rows, each as what differs from ``course``, and reads the forecast and what was said.
    private func convert(
        _ rows: [[String: String]], out: String = "out", now: String = "2026-11-23T12:00"
    ) throws -> (schools: [Summary.School], said: String) {
        var place = place
        place.now = now
        let lines = rows.map { row in Self.columns.map { row[$0] ?? Self.course[$0] ?? "" }.joined(separator: ";") }
        try place.write("export.csv", ([Self.columns.joined(separator: ";")] + lines).joined(separator: "\n") + "\n")
        let ending = try place.convert(["export.csv"], out: out) { $0.system = everySlot }
        let summary = try JSONDecoder().decode(
            Summary.self, from: Data(place.read(out + "/report/summary.json")))
        return (summary.forecast, ending.said)
    }

    /// Three numbers of the series 980–999 with their check digits.
    private static let people = ["19900101-9802", "19720120-9983", "19880703-9816"]

    @Test("Points, weeks and points a week of one study period, from its first day to its last")
    func quotient() throws {
        // 17 August to 20 December 2026 are 126 days, 18 weeks; 200 points in them are 11.1 a week.
        let schools = try convert([[:], ["kurskod": "ENGENG05"]]).schools
        let level = try #require(schools.first?.groups.first?.levels.first)
        #expect(level.niva == "GY" && level.periods == 1 && level.points == 200)
        #expect(level.weeks == 18.0)
        #expect(level.pointsPerWeek == .init(lowest: 11.1, median: 11.1, highest: 11.1))
        // The second begins later and ends sooner: the weeks are from the earliest start to the latest end.
        let inside = try convert([
            [:], ["kurskod": "ENGENG05", "startdatum": "2026-09-01", "slutdatum": "2026-10-30"],
        ]).schools
        #expect(inside.first?.groups.first?.levels == schools.first?.groups.first?.levels)
    }

    @Test("Each level has its own points and weeks")
    func levels() throws {
        // 17 August to 18 October are 63 days, 9 weeks.
        let schools = try convert([
            [:],
            ["kurskod": "GRNMAT2", "niva": "GR", "poang": "180", "kursdel": "12", "slutdatum": "2026-10-18"],
        ]).schools
        let levels = try #require(schools.first?.groups.first).levels
        #expect(levels.map(\.niva) == ["GR", "GY"])
        #expect(levels.map(\.points) == [180, 100])
        #expect(levels.map(\.weeks) == [9.0, 18.0])
        #expect(levels.map(\.pointsPerWeek.highest) == [20.0, 5.6])
    }

    @Test("Lowest, middle and highest are those of the study periods")
    func spread() throws {
        let rows = zip(Self.people, ["100", "50", "150"]).map { ["personnummer": $0, "poang": $1] }
        let level = try #require(try convert(rows).schools.first?.groups.first?.levels.first)
        #expect(level.periods == 3 && level.points == 300 && level.weeks == 54.0)
        #expect(level.pointsPerWeek == .init(lowest: 2.8, median: 5.6, highest: 8.3))
    }

    @Test("What gives no study aid adds nothing to the extent, but the student is there")
    func uncounted() throws {
        let rows = [
            ["uppdragsutbildning": "U"],
            [
                "personnummer": Self.people[1], "registrering": "N", "meddelandeorsak": "81",
                "handelsedatum": "2026-08-17",
            ],
            [
                "personnummer": Self.people[2], "provning": "J", "startdatum": "2026-10-05",
                "slutdatum": "2026-10-05", "betyg": "C", "betygsdatum": "2026-10-05",
            ],
        ]
        let school = try #require(try convert(rows).schools.first)
        #expect(school.students == 3 && school.started == 2)
        #expect(school.groups.map(\.levels) == [[]])
    }

    @Test(
        "Study-aid age ends with 30 June of the year of turning 20",
        arguments: [
            ("2027-06-30", "studyAidAge"), ("2027-07-01", "older"),
        ])
    func groups(_ start: String, _ group: String) throws {
        let school = try #require(
            try convert([
                [
                    "personnummer": "20070101-9804", "startdatum": start, "slutdatum": "2027-12-17",
                    "registrering": "N",
                ]
            ]).schools.first)
        #expect(school.groups.map(\.group) == [group])
        #expect(school.groups.first?.students == 1)
        #expect(school.groups.first?.notStarted == 1)
    }

    @Test("A student with study periods in both ages stands in both groups, and once in the school")
    func bothGroups() throws {
        let rows = [
            ["personnummer": "20060701-9809", "startdatum": "2026-03-02", "slutdatum": "2026-06-05"],
            ["personnummer": "20060701-9809", "kurskod": "ENGENG05", "registrering": "N"],
        ]
        let school = try #require(try convert(rows).schools.first)
        #expect(school.students == 1 && school.started == 1)
        #expect(school.groups.map(\.group) == ["studyAidAge", "older"])
        #expect(school.groups.map(\.students) == [1, 1])
        #expect(school.groups.map(\.started) == [1, 0])
    }

    @Test("Whoever is held is not in the forecast")
    func held() throws {
        let school = try #require(
            try convert([[:], ["personnummer": Self.people[1], "slutdatum": "2026-08-16"]]).schools.first)
        #expect(school.students == 1)
    }

    // MARK: - What is unlikely

    @Test("No started course, although courses have begun, is said with how many and how many this week")
    func nothingStarted() throws {
        let rows = [
            ["startdatum": "2026-11-16"], ["startdatum": "2026-11-15", "kurskod": "ENGENG05"],
            // Begins today: nobody can have certified it.
            ["startdatum": "2026-11-23", "kurskod": "MATMAT01a"],
            // The same course for another student is one course.
            ["startdatum": "2026-11-16", "personnummer": Self.people[1]],
        ].map { $0.merging(["registrering": "N"]) { $1 } }
        let (schools, said) = try convert(rows)
        #expect(schools.first?.begunCourses == 2 && schools.first?.begunThisWeek == 1)
        #expect(said.contains("although courses have begun: 2, 1 of them this week"), "\(said)")
        #expect(said.contains("started: {status:"), "\(said)")

        let (started, nothing) = try convert(rows + [["personnummer": Self.people[2]]], out: "started")
        #expect(started.first?.started == 1)
        #expect(!nothing.contains("although courses have begun"), "\(nothing)")
    }

    @Test("Nothing has begun: nothing is unlikely about it")
    func beforeTheTerm() throws {
        let (schools, said) = try convert([["registrering": "N"]], now: "2026-08-17T12:00")
        #expect(schools.first?.begunCourses == 0)
        #expect(!said.contains("although"), "\(said)")
        // The day after it is.
        #expect(try convert([["registrering": "N"]], out: "next", now: "2026-08-18T12:00").said.contains("although"))
    }

    @Test("The last conversion into the same folder is compared with")
    func comparison() throws {
        let all = Self.people.map { ["personnummer": $0] }
        let first = try convert(all)
        #expect(first.schools.first?.studentsBefore == nil)
        #expect(!first.said.contains("last file"))

        let same = try convert(all)
        #expect(same.schools.first?.studentsBefore == 3)
        #expect(same.said.contains("as many as in the last file"))

        let fewer = try convert(Array(all.prefix(2)))
        #expect(fewer.schools.first?.studentsBefore == 3)
        #expect(fewer.said.contains("1 fewer than in the last file"), "\(fewer.said)")
        #expect(fewer.said.contains("More than a fifth of the last file's students are missing (1)"), "\(fewer.said)")

        // What is compared with is always the last, and each folder has its own.
        #expect(try convert(all).said.contains("1 more than in the last file"))
        #expect(try convert(all, out: "elsewhere").schools.first?.studentsBefore == nil)
    }

    @Test("A run that holds everybody makes no file: the last one goes on being compared with")
    func everybodyHeld() throws {
        _ = try convert(Self.people.map { ["personnummer": $0] })
        let held = try convert([["slutdatum": "2026-08-16"]])
        #expect(held.schools.first?.students == 0 && held.schools.first?.studentsBefore == 3)
        #expect(try convert([[:]]).schools.first?.studentsBefore == 3)
    }

    @Test("The numbers that are kept hold nothing of a person, and another school's stay")
    func kept() throws {
        _ = try convert([[:], ["personnummer": Self.people[1]]])
        _ = try convert([["skolkod": "1004"]])
        let kept = String(decoding: try place.read("out/.work/students.json"), as: UTF8.self)
        #expect(
            kept
                == #"{"1003":{"protected":0,"sent":2,"students":2},"1004":{"protected":0,"sent":1,"students":1}}"#
                + "\n")
    }

    @Test("Numbers that an earlier version kept, and a file that nobody can read, are no comparison")
    func older() throws {
        try place.write("out/.work/students.json", #"{"1003":{"protected":0,"students":9}}"#)
        #expect(try convert([[:]]).schools.first?.studentsBefore == nil)
        try place.write("out/.work/students.json", "broken")
        #expect(try convert([[:]]).schools.first?.studentsBefore == nil)
        #expect(try convert([[:]]).schools.first?.studentsBefore == 1)
    }
}
