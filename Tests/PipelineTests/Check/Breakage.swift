import Testing

/// One way in which a finished file breaks one rule: words of one record of ``Breakage/records`` changed, or a record
/// put in.
struct Breakage: CustomTestStringConvertible {
    /// The rule whose finding is expected.
    var rule: String
    /// Which record is broken, by its index.
    var record: Int
    /// The field that the finding is about; nil for the record or the file as a whole.
    var field: String?
    /// The words that are changed; "" for a blank.
    var changes: [String: String]
    /// The same by position, where it has no room for them or another way; nil for the same.
    var byPosition: [String: String]?
    /// Changes the whole file and not one record.
    var isEverywhere = false
    /// A record put in before the broken one, as changes of it.
    var addition: [String: String]?
    /// Whether the schema refuses it too: it states what can be said of single values.
    var schemaRefuses = false

    var testDescription: String {
        "\(rule) \(changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))"
    }

    /// A value that is wrong by itself.
    static func value(
        _ rule: String, _ record: Int, _ field: String, _ word: String, byPosition: String? = nil
    ) -> Breakage {
        Breakage(
            rule: rule, record: record, field: field, changes: [field: word],
            byPosition: byPosition.map { [field: $0] }, schemaRefuses: true)
    }

    /// Values that are right each by itself.
    static func together(_ rule: String, _ record: Int, _ field: String?, _ changes: [String: String]) -> Breakage {
        Breakage(rule: rule, record: record, field: field, changes: changes)
    }

    func records(in form: FinishedFile.Form) -> [FinishedFile.Words] {
        let changes = form == .fixed ? byPosition ?? changes : changes
        var records = Breakage.records
        for index in records.indices where isEverywhere || index == record {
            records[index].merge(changes) { $1 }
        }
        if let addition { records.insert(records[record].merging(addition) { $1 }, at: record) }
        return records
    }
}

extension Breakage {
    private static let course = [
        "skolkod": "1003", "kursdel": "11", "poang": "100", "niva": "GY", "startdatum": "2026-08-17",
        "slutdatum": "2026-12-18", "registrering": "J",
    ]

    /// A file that breaks nothing, in the order in which `convert` writes. The numbers' check digits fit.
    static let records: [FinishedFile.Words] = [
        [
            "personnummer": "197201209983", "kurskod": "ENGENG05", "meddelandeorsak": "99",
            "handelsedatum": "2026-10-11",
        ],
        ["personnummer": "197201209983", "kurskod": "SVESVE01"],
        [
            "personnummer": "198405779847", "kurskod": "MATE1A00X", "registrering": "N", "meddelandeorsak": "81",
            "handelsedatum": "2026-08-17",
        ],
        [
            "personnummer": "198807039816", "kurskod": "PSYPSY01", "slutdatum": "2026-10-30", "betyg": "C",
            "betygsdatum": "2026-10-30",
        ],
        [
            "personnummer": "200002299832", "kurskod": "GRNMAT2", "kursdel": "13", "fardighetstraning": "J",
            "poang": "200", "niva": "GR",
        ],
        [
            "personnummer": "200709159859", "kurskod": "SVESVE01", "meddelandeorsak": "31",
            "handelsedatum": "2026-09-01",
        ],
    ].map { course.merging($0) { $1 } }

    /// Every ● and ○ rule that both layouts can break, and the ways in which it is broken most often.
    static let all = values + ofRecords + ofFiles

    private static let values: [Breakage] = [
        everywhere("skolkod-range", "skolkod", "2000"),
        everywhere("skolkod-range", "skolkod", "0999"),
        everywhere("skolkod-range", "skolkod", ""),
        value("personnummer-format", 3, "personnummer", "19880703981"),
        value("personnummer-format", 3, "personnummer", "19880703-9816", byPosition: "880703-9816"),
        value("personnummer-format", 3, "personnummer", ""),
        value("temporary-personnummer", 3, "personnummer", "19880703T981"),
        value("personnummer-date", 3, "personnummer", "198813039816"),
        valid("personnummer-check-digit", 3, "personnummer", "198807039817"),
        value("kurskod-length", 0, "kurskod", "ENGENG05ABC", byPosition: ""),
        valid("unknown-course-code", 0, "kurskod", "MENTORSRÅD"),
        value("kursdel-range", 0, "kursdel", "10"),
        value("kursdel-range", 0, "kursdel", ""),
        value("kursdel-order", 0, "kursdel", "21"),
        value("poang-range", 0, "poang", "1000", byPosition: "-10"),
        value("poang-range", 0, "poang", ""),
        value("niva-value", 0, "niva", "XX"),
        value("niva-value", 0, "niva", ""),
        value("betyg-value", 3, "betyg", "H"),
        value("registrering-value", 0, "registrering", "X"),
        value("registrering-value", 0, "registrering", ""),
        value("date-format", 0, "startdatum", "2026-06-31"),
        value("date-format", 0, "slutdatum", "2026-13-01"),
        value("date-format", 0, "handelsedatum", "2026-10-00"),
        value("date-format", 3, "betygsdatum", "2026-02-29"),
        value("start-date-missing", 0, "startdatum", ""),
        value("end-date-missing", 0, "slutdatum", ""),
        value("end-date-missing", 0, "slutdatum", "9999-12-31"),
        value("meddelandeorsak-value", 0, "meddelandeorsak", "98"),
        value("flag-value", 1, "fardighetstraning", "N"),
        value("flag-value", 1, "omfattning", "K"),
        value("flag-value", 1, "uppdragsutbildning", "J"),
        value("flag-value", 1, "traineejobb", "N"),
    ]

    private static let ofRecords: [Breakage] = [
        together("end-before-start", 1, "slutdatum", ["slutdatum": "2026-08-16"]),
        together("course-over-a-year", 1, "slutdatum", ["slutdatum": "2027-08-18"]),
        together("event-date-missing", 0, "handelsedatum", ["handelsedatum": ""]),
        together("event-date-missing", 0, "meddelandeorsak", ["meddelandeorsak": ""]),
        together("event-date-outside-course", 0, "handelsedatum", ["handelsedatum": "2026-12-19"]),
        together("event-date-outside-course", 0, "handelsedatum", ["handelsedatum": "2026-08-16"]),
        together("not-started-date", 2, "handelsedatum", ["handelsedatum": "2026-08-18"]),
        together("not-started-but-started", 2, "meddelandeorsak", ["registrering": "J"]),
        together("drop-out-not-registered", 0, "registrering", ["registrering": "N"]),
        together("absence-age", 5, "handelsedatum", ["personnummer": "200601019805"]),
        together("x-only-gr", 3, "betyg", ["betyg": "X"]),
        together("fardighetstraning-only-gr", 1, "fardighetstraning", ["fardighetstraning": "J"]),
        together("grade-without-date", 3, "betygsdatum", ["betygsdatum": ""]),
        together("grade-before-start", 3, "betygsdatum", ["betygsdatum": "2026-08-16"]),
        together("grade-not-started", 3, "registrering", ["registrering": "N"]),
        Breakage(
            rule: "conflicting-records", record: 1, field: "slutdatum", changes: [:],
            addition: ["slutdatum": "2026-12-11"]),
    ]

    private static let ofFiles: [Breakage] = [
        Breakage(
            rule: "file-span", record: 0, changes: [:],
            addition: [
                "kurskod": "KEMKEM01", "startdatum": "2025-08-18", "slutdatum": "2025-12-19", "meddelandeorsak": "",
                "handelsedatum": "",
            ]),
        Breakage(rule: "file-one-school", record: 5, changes: ["skolkod": "1004"], schemaRefuses: true),
    ]

    private static func everywhere(_ rule: String, _ field: String, _ word: String) -> Breakage {
        Breakage(
            rule: rule, record: 0, field: field, changes: [field: word], isEverywhere: true, schemaRefuses: true)
    }

    /// A value that is wrong by itself, but not to a schema.
    private static func valid(_ rule: String, _ record: Int, _ field: String, _ word: String) -> Breakage {
        together(rule, record, field, [field: word])
    }
}
