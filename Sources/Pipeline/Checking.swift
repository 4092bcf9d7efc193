import CSN
import CSNRules
import Documents
import Findings
import Foundation
import Normalizing
import Reports
import Uploads

/// `check`: finished upload files, judged as CSN's reception would judge them, by every rule of the catalogue that a
/// finished file can break.
public enum Checking {
    /// Runs the whole.
    ///
    /// - Throws: why it could not be carried through: a file that is not there, of no known layout, or a mapping that
    ///   cannot be read.
    public static func run(_ request: CheckRequest, progress: any ProgressSink) throws(RunFailure) -> RunReport {
        let started = Date()
        let setup = try ConvertSetup(ConvertRequest(settings: request.settings, out: ""))
        let files = try ExportOpening.files(request.settings.paths)
        let layouts = try layouts(request.settings)
        progress.begin(Text(sv: "Kontrollerar", en: "Checking"))
        var checked: [CheckedFile] = []
        for (number, file) in files.enumerated() {
            do {
                checked.append(try check(file.path, UInt16(number), setup, layouts))
            } catch let failure as RunFailure {
                throw failure
            } catch let problem as OutputProblem {
                throw RunFailure(problem)
            } catch let problem as DocumentProblem {
                throw RunFailure(problem)
            } catch {
                throw RunFailure(.fault, at: file.path, Text(sv: "\(error)", en: "\(error)"))
            }
            progress.advance(bytes: number + 1, of: files.count, rows: checked.reduce(0) { $0 + $1.reading.rows })
        }
        return report(checked, setup, started)
    }

    /// A file that has been judged.
    private struct CheckedFile {
        var path: String
        var layout: Layout
        var reading: UploadReading
        var context: RuleContext
    }

    /// The layout that was named, or all there are, to choose by content.
    private static func layouts(_ settings: RunSettings) throws(RunFailure) -> [Layout] {
        let folders = MappingFolders(settings.mappingFolders)
        do throws(DocumentProblem) {
            if let name = settings.layout { return [try ConvertSetup.layout(named: name, folders)] }
            var layouts: [Layout] = []
            for path in folders.all(in: "layouts", ending: ".yaml") { layouts.append(try Layout.read(path: path)) }
            return layouts
        } catch {
            throw RunFailure(error)
        }
    }

    private static func check(_ path: String, _ number: UInt16, _ setup: ConvertSetup, _ layouts: [Layout]) throws
        -> CheckedFile
    {
        guard let layout = layouts.count == 1 ? layouts.first : try Layout.detect(path: path, among: layouts) else {
            throw RunFailure(
                .unusable, at: path,
                Text(
                    sv: """
                        Filen har ingen känd layout (\(layouts.map(\.name).joined(separator: ", "))). Är det en export? \
                        Gör den till en fil med csnfil convert. Annars: ange layouten med --layout.
                        """,
                    en: """
                        The file has no known layout (\(layouts.map(\.name).joined(separator: ", "))). Is it an export? \
                        Make a file of it with csnfil convert. Otherwise name the layout with --layout.
                        """))
        }
        let engine = setup.engine(columns: [], purpose: .check, fieldColumns: true)
        let find = setup.knowledge.courses.finder()
        let reader = try UploadReader(layout: layout, input: number) { code in
            let found = find(code)
            return FoundCourse(index: found.index, problem: found.problem)
        }
        var judge = FinishedFileJudge(engine, gathers: true)
        let reading = try reader.read(path: path) { judge.take($0) }
        judge.finish()
        var facts = judge.facts
        facts.formFaults = reading.problems.filter { $0.kind != .severalSchools }.map { problem in
            FileFacts.FormFault(
                line: problem.line, position: problem.column, sv: problem.text.sv, en: problem.text.en)
        }
        var context = judge.context
        context.fileInput = number
        engine.judge(facts, &context)
        return CheckedFile(path: path, layout: layout, reading: reading, context: context)
    }

    private static func report(_ files: [CheckedFile], _ setup: ConvertSetup, _ started: Date) -> RunReport {
        let clock = StockholmClock()
        let settings = setup.request.settings
        var report = RunReport(
            purpose: .check, program: .csnfil,
            run: RunReport.Run(
                id: UUID().uuidString.lowercased(), started: clock?.timestamp(of: started) ?? "",
                finished: clock?.timestamp(of: Date()) ?? "", today: settings.now.day),
            inputs: files.map { file in
                RunReport.Input(
                    path: file.path, system: file.layout.name, encoding: file.layout.encoding.rawValue,
                    rows: file.reading.rows, sha256: file.reading.sha256,
                    columns: Field.allCases.map { file.layout.columnName(of: $0) },
                    elements: Field.allCases.compactMap { file.layout.elementPath(of: $0) })
            }, courses: setup.knowledge.courses.table)
        report.notices = settings.configuration.notices
        if let first = files.first?.layout.title, files.allSatisfy({ $0.layout.title == first }) {
            report.notices.append(
                Text(sv: "Filens form prövas som \(first.sv).", en: "The form of the file is judged as \(first.en)."))
        }
        for file in files {
            report.findings.add(file.context.findings)
            report.notChecked += file.context.notChecked
        }
        report.internalFaults = report.findings.internalFaults
        report.reportPath = settings.reportPath
        return report
    }
}

extension Layout {
    /// The field as a person finds it in the file: by position its name with the characters, in XML its element.
    fileprivate func columnName(of field: Field) -> String {
        switch place(of: field) {
        case .positions(let positions):
            positions.count == 1
                ? "\(field.name) (\(positions.lowerBound))"
                : "\(field.name) (\(positions.lowerBound)–\(positions.upperBound))"
        case .element(let path): path.split(separator: "/").last.map(String.init) ?? field.name
        case nil: field.name
        }
    }

    /// The path of the field's element; nil in a layout by position.
    fileprivate func elementPath(of field: Field) -> String? {
        if case .element(let path)? = place(of: field) { return path }
        return nil
    }
}
