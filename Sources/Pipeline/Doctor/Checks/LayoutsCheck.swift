import CSN
import Documents
import Findings
import Normalizing
import Reports
import Uploads

/// Every layout can be read, with its schema, and the one that is configured is there.
enum LayoutsCheck: DoctorCheck {
    static let name = "layouts"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard case .success(let paths) = installation.mappingFolders else { return [] }
        let folders = MappingFolders(paths)
        var results: [DoctorReport.Result] = []
        for path in folders.all(in: "layouts", ending: ".yaml") {
            do throws(DocumentProblem) { try use(try Layout.read(path: path)) } catch {
                results += errors(RunFailure(error))
            }
        }
        let named = installation.configuration.layout ?? "komvux"
        do throws(DocumentProblem) {
            let layout = try ConvertSetup.layout(named: named, folders)
            if results.isEmpty {
                try use(layout)
                results.append(
                    ok(
                        Text(
                            sv: "filerna skrivs som \(layout.name)", en: "files are written as \(layout.name)"),
                        at: layout.path))
            }
        } catch {
            results += errors(RunFailure(error))
        }
        return results
    }

    /// A reader compiles the layout's schema.
    private static func use(_ layout: Layout) throws(DocumentProblem) {
        _ = try UploadReader(layout: layout) { _ in FoundCourse(index: CourseIndex(number: 0)) }
    }
}
