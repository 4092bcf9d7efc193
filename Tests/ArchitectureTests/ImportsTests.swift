import Foundation
import Testing

/// The table "The rooms" of `docs/architecture.md` against the `import` lines under `Sources/`.
@Suite struct ImportsTests {
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What the document says.
    struct Table {
        /// By room, the rooms and packages it may import.
        var rooms: [String: Set<String>] = [:]
        /// What every room may import.
        var free: Set<String> = []

        init() throws {
            let text = try String(
                contentsOf: repository.appending(path: "docs/architecture.md"), encoding: .utf8)
            for line in text.split(separator: "\n") {
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                if line.hasPrefix("| `"), cells.count == 3 {
                    let room = cells[0].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
                    rooms[room] = cells[1] == "–" ? [] : Set(cells[1].components(separatedBy: ", "))
                } else if line.hasPrefix("Besides, every room may import") {
                    free = Set(
                        line.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
                    )
                }
            }
        }
    }

    /// By room, the modules that its files import, each with a file that does.
    static func imports() throws -> [String: [String: String]] {
        let sources = repository.appending(path: "Sources")
        var imports: [String: [String: String]] = [:]
        for room in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
            imports[room] = [:]
            let files = FileManager.default.enumerator(atPath: sources.appending(path: room).path)
            while let file = files?.nextObject() as? String {
                guard file.hasSuffix(".swift") else { continue }
                let text = try String(contentsOf: sources.appending(path: "\(room)/\(file)"), encoding: .utf8)
                for line in text.split(separator: "\n") {
                    guard
                        let found = line.wholeMatch(
                            of:
                                /(?:[@\w]+\s+)*import\s+(?:(?:struct|class|enum|func|protocol|typealias|var|let)\s+)?(\w+)\b.*/
                        )
                    else { continue }
                    imports[room]?[String(found.1)] = file
                }
            }
        }
        return imports
    }

    @Test func `the table names the rooms there are`() throws {
        #expect(try Set(Table().rooms.keys) == Set(ImportsTests.imports().keys))
    }

    @Test func `no room imports what the table does not allow`() throws {
        let table = try Table()
        #expect(table.free.count == 5)
        for (room, modules) in try ImportsTests.imports() {
            let allowed = try #require(table.rooms[room], "\(room) is not in the table").union(table.free)
            for (module, file) in modules {
                #expect(
                    allowed.contains(module),
                    "Sources/\(room)/\(file) imports \(module), which the table in docs/architecture.md does not allow")
            }
        }
    }

    @Test func `the table has no circle`() throws {
        var left = try Table().rooms
        while let room = left.first(where: { $0.value.isDisjoint(with: left.keys) })?.key { left[room] = nil }
        #expect(left.isEmpty)
    }

    @Test func `Package.swift gives no room more than the table does`() throws {
        let text = try String(
            contentsOf: ImportsTests.repository.appending(path: "Package.swift"), encoding: .utf8)
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var checked = 0
        for (room, allowed) in try Table().rooms {
            guard
                let match = flat.firstMatch(
                    of: try Regex("room\\( ?\"\(room)\", \\[(.*?)\\]", as: (Substring, Substring).self))
            else { continue }
            let dependencies = match.output.1.split(separator: ",")
                .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"")) }
                .filter { !$0.isEmpty }
                .map { $0.lowercased() }
            #expect(
                Set(allowed.map { $0.lowercased() }).isSuperset(of: dependencies), "\(room): \(dependencies)")
            checked += 1
        }
        #expect(checked > 10)
    }
}
