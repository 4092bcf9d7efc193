import Documents
import Findings
import Foundation
import Normalizing
import Uploads

/// Adds the codes that nothing knows to the schools' course lists, for a person to fill in.
struct CourseListWriting {
    /// The folders of mappings in the order in which they are searched.
    let folders: MappingFolders
    /// Those in which may be written, in the same order.
    let writable: [String]
    let language: Language

    /// A list that is written: where, and what stands there already.
    private struct Target {
        var path: String
        /// The list that counts today, in the same place or in one that is searched later.
        var existing: String?
    }

    /// Writes each school's list.
    ///
    /// - Throws: a list that cannot be read or written.
    func write(_ report: inout CodesReport) throws(RunFailure) {
        let entries = report.entries.filter { $0.school != 0 && $0.code != nil }
        guard !entries.isEmpty else { return }
        guard !writable.isEmpty else {
            report.notices.append(
                Text(
                    sv: """
                        Inget skrevs: det finns ingen egen mapp för översättningar. Skapa en, till exempel mappings, \
                        och ange den med --mappings eller i csnfil.yaml.
                        """,
                    en: """
                        Nothing was written: there is no folder of your own for mappings. Make one, such as mappings, \
                        and name it with --mappings or in csnfil.yaml.
                        """))
            return
        }
        for (school, entries) in Dictionary(grouping: entries, by: \.school).sorted(by: { $0.key < $1.key }) {
            guard let target = target(of: school) else {
                report.notices.append(hiddenBy(school))
                continue
            }
            let added = try write(entries, to: target)
            if added > 0 {
                report.written.append(CodesReport.Written(path: target.path, school: school, added: added))
            }
        }
        if report.written.isEmpty, report.notices.isEmpty {
            report.notices.append(
                Text(
                    sv: "Inget nytt att skriva: alla koderna står redan i kurslistorna och väntar.",
                    en: "Nothing new to write: all of the codes wait in the course lists already."))
        }
    }

    /// Where a school's list is written: where it lies, or in the first folder that may be written; nil where the list
    /// that counts lies before every such folder, so that what was written would never be read.
    private func target(of school: UInt16) -> Target? {
        let name = "schools/\(school)/courses.csv"
        let existing = folders.find(name)
        for folder in folders.paths {
            let path = "\(folder)/\(name)"
            if writable.contains(folder) { return Target(path: path, existing: existing) }
            if path == existing { return nil }
        }
        return nil
    }

    private func hiddenBy(_ school: UInt16) -> Text {
        let path = folders.find("schools/\(school)/courses.csv") ?? ""
        return Text(
            sv: "Skola \(school): listan \(path) går före alla mappar som får skrivas. Lägg in koderna i den för hand.",
            en: "School \(school): the list \(path) goes before all folders that may be written. Add the codes by hand."
        )
    }

    private func write(_ entries: [CodesReport.Entry], to target: Target) throws(RunFailure) -> Int {
        do {
            let existing = try target.existing.map(contents)
            let rows = entries.map { CourseListAddition.Row(local: $0.code ?? "", note: note(on: $0)) }
            let addition = try CourseListAddition(rows, to: existing, path: target.existing ?? target.path)
            guard !addition.added.isEmpty else { return 0 }
            try save(addition.bytes, to: target.path)
            return addition.added.count
        } catch let problem as DocumentProblem {
            throw RunFailure(problem)
        } catch let problem as OutputProblem {
            throw RunFailure(problem)
        } catch {
            throw RunFailure(.fault, at: target.path, Text(sv: "\(error)", en: "\(error)"))
        }
    }

    private func contents(of path: String) throws(DocumentProblem) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw DocumentProblem(
                path: path, text: Text(sv: "Filen kan inte läsas.", en: "The file cannot be read."))
        }
    }

    /// Whole or not at all. A list that is there keeps its mode, and a link to one its target.
    private func save(_ bytes: [UInt8], to path: String) throws {
        let place = URL(filePath: path).resolvingSymlinksInPath().path
        let mode = try? FileManager.default.attributesOfItem(atPath: place)[.posixPermissions]
        let file = try AtomicFile(path: place)
        do { try bytes.withUnsafeBytes { try file.take($0) } } catch {
            file.discard()
            throw error
        }
        try file.finish()
        if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place) }
    }

    /// What a person needs to decide, beside the code.
    private func note(on entry: CodesReport.Entry) -> String {
        var parts: [String] = []
        if let name = entry.name { parts.append(name) }
        parts.append(Text(sv: "\(entry.rows) rader", en: "\(entry.rows) rows")[language])
        if !entry.candidates.isEmpty {
            let list = entry.candidates
                .map { "\($0.course.code) \($0.course.name) (\(CodesText.reasons($0, language)))" }
                .joined(separator: ", ")
            parts.append(Text(sv: "kanske \(list)", en: "perhaps \(list)")[language])
        }
        return parts.joined(separator: " · ")
    }
}
