import Foundation
import Testing

/// A list report of SchoolSoft, written by hand: the header, and rows in which cells are changed by their header.
enum Export {
    static let headers = [
        "Skola", "Personnummer", "Förnamn", "Efternamn", "Grupp", "Kurskod", "Kursnamn", "Del", "Poäng", "Nivå",
        "Startdatum", "Slutdatum", "Påbörjad", "Avbrott", "Avbrottsdatum", "Betyg", "Betygsdatum", "Omfattning",
        "Färdighetsträning", "Uppdragsutbildning", "Sekretess",
    ]

    /// A student who reads one course, with nothing to remark. The number's check digit fits (Luhn over 980908-9809).
    static let cells = [
        "1234", "19980908-9809", "Linnéa", "Sjögren", "NV1", "MATMAT01a", "Matematik 1a", "1:1", "100", "GY",
        "2026-08-17", "2026-12-18", "J", "", "", "", "", "", "", "", "",
    ]

    /// Three invented people of the series 980–999, which nobody has.
    static let people = ["19980908-9809", "19720120-9983", "19840430-9943"]

    static var header: String { headers.joined(separator: ";") }

    static func row(_ changes: [String: String] = [:]) -> String {
        zip(headers, cells).map { header, cell in changes[header] ?? cell }.joined(separator: ";")
    }

    /// The header and the rows, each with its line end.
    static func text(_ rows: [String], header: String = Export.header) -> String {
        ([header] + rows).map { $0 + "\r\n" }.joined()
    }
}

/// Numbers that look random and are the same every time (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension Scratch {
    /// A synthetic export of the program's own, as its bytes.
    func sample(records: Int, seed: Int, faults: Int = 0, encoding: String? = nil) throws -> [UInt8] {
        let folder = "sample-\(UUID().uuidString)"
        let named = encoding.map { ["--encoding", $0] } ?? []
        let made = try Program.run(
            [
                "sample", "schoolsoft-list", "--records", "\(records)", "--seed", "\(seed)", "--faults", "\(faults)",
                "--out", folder, "--today", "2026-11-23",
            ] + named, in: self)
        try #require(made.status == 0, "\(made.error)")
        let bytes = try read(folder + "/csn-lista.csv")
        try remove(folder)
        return bytes
    }

    /// The lines of text without their ends.
    static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }
}
