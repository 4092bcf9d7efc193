import Documents
import Findings
import Normalizing
import Reports

/// The registers and mapping tables are found and can be read.
enum MappingsCheck: DoctorCheck {
    static let name = "mappings"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        let folders: [String]
        switch installation.mappingFolders {
        case .success(let found): folders = found
        case .failure(let failure): return errors(failure)
        }
        do throws(DocumentProblem) {
            _ = try ConvertSetup.knowledge(
                installation.configuration, MappingFolders(folders), today: installation.now.day)
        } catch {
            return errors(RunFailure(error))
        }
        let list = folders.joined(separator: ", ")
        return [ok(Text(sv: "läsbara, söks i \(list)", en: "readable, searched in \(list)"))]
    }
}
