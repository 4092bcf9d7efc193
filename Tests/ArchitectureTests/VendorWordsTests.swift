import Foundation
import Testing

/// A school system is data: its name and its headers stand in `Mappings/systems`, never in code. `Synthesis` makes the
/// exports of invented schools, and may know what they look like; so may a folder `Systems/` of a single system.
@Suite struct VendorWordsTests {
    /// CSN's own names of its fields, which exports may use too, and the columns of our own mapping tables.
    static let ownWords: Set<String> = [
        "skolkod", "personnummer", "kurskod", "kursdel", "poang", "niva", "startdatum", "slutdatum", "handelsedatum",
        "meddelandeorsak", "registrering", "betyg", "betygsdatum", "omfattning", "fardighetstraning",
        "uppdragsutbildning", "traineejobb", "studentid", "skola", "kursnamn", "id", "code", "name", "points", "status",
        "date", "course", "start", "end", "value",
    ]

    static let exempt = ["Sources/Synthesis/", "/Systems/"]

    private struct Words {
        var systems: Set<String> = []
        var headers: Set<String> = []

        init() throws {
            let folder = ImportsTests.repository.appending(path: "Mappings/systems").path
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".yaml") {
                let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
                var isInColumns = false
                for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                    if let name = line.wholeMatch(of: /system: (.+)/) { systems.insert(String(name.1)) }
                    if !line.hasPrefix(" ") { isInColumns = line.hasPrefix("columns:") }
                    if isInColumns, let column = line.wholeMatch(of: /\s+\w+: (.+)/) {
                        add(headersOf: String(column.1))
                    }
                }
            }
        }

        /// `Skola`, `[Personnummer, Pnr]`, `{headers: Skola, required: true}`.
        private mutating func add(headersOf column: String) {
            var list = column
            if let keyed = column.firstMatch(of: /headers: (\[[^\]]*\]|[^,}]+)/) {
                list = String(keyed.1)
            } else if column.hasPrefix("{") {
                return
            }
            for header in list.split(separator: ",") {
                headers.insert(header.trimmingCharacters(in: CharacterSet(charactersIn: " []\"'{}")))
            }
        }
    }

    /// The code of every file under `Sources` that must not know a system: its lines without their comments.
    private static func code() throws -> [(place: String, line: String)] {
        let root = ImportsTests.repository.path
        var lines: [(place: String, line: String)] = []
        let files = FileManager.default.enumerator(atPath: root + "/Sources")
        while let file = files?.nextObject() as? String {
            let path = "Sources/\(file)"
            guard path.hasSuffix(".swift"), !exempt.contains(where: { path.contains($0) }) else { continue }
            let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                guard let comment = line.firstRange(of: "//") else {
                    lines.append(("\(path):\(number + 1)", String(line)))
                    continue
                }
                lines.append(("\(path):\(number + 1)", String(line[..<comment.lowerBound])))
            }
        }
        return lines
    }

    @Test func `no code names a school system`() throws {
        // The clock of Stockholm is no school system.
        let names = try Words().systems.filter { $0 != "Stockholm" } + ["ProCapita", "Edlevo", "Progma", "Gerda"]
        try #require(names.contains("SchoolSoft"))
        for (place, line) in try VendorWordsTests.code() {
            for name in names where line.range(of: "\\b\(name)\\b", options: .regularExpression) != nil {
                Issue.record("\(place) names \(name): \(line)")
            }
        }
    }

    @Test func `no code knows a header of an export`() throws {
        let headers = try Words().headers
        try #require(headers.contains("socialnumber") && headers.contains("Personnummer"))
        let foreign = headers.filter { !$0.isEmpty && !VendorWordsTests.ownWords.contains($0) }
        for (place, line) in try VendorWordsTests.code() {
            for literal in line.matches(of: /"([^"\\]+)"/) where foreign.contains(String(literal.1)) {
                Issue.record("\(place) knows the header “\(literal.1)”: \(line)")
            }
        }
    }
}
