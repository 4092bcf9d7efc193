import Documents
import Findings
import Normalizing
import Profiles
import Reports

/// Every export profile can be read, and each school's system has one.
enum ProfilesCheck: DoctorCheck {
    static let name = "profiles"

    static func look(at installation: Installation) -> [DoctorReport.Result] {
        guard case .success(let paths) = installation.mappingFolders else { return [] }
        let folders = MappingFolders(paths)
        var results: [DoctorReport.Result] = []
        var count = 0
        for path in folders.all(in: "systems", ending: ".yaml") {
            do throws(DocumentProblem) {
                _ = try Profile.read(path: path)
                count += 1
            } catch {
                results += errors(RunFailure(error))
            }
        }
        if count == 0 {
            results.append(
                error(
                    Text(sv: "inga profiler hittas", en: "no profiles are found"),
                    advice: Text(
                        sv: "Installera om csnfil, eller ange mappen med mappningar med --mappings.",
                        en: "Install csnfil again, or name the folder of mappings with --mappings.")))
        }
        // One that cannot be read has been named above and would end the search for any.
        guard results.isEmpty else { return results }
        for school in installation.configuration.schools {
            guard let system = school.system else { continue }
            do throws(DocumentProblem) { _ = try ConvertSetup.profiles(named: system, folders) } catch {
                results.append(
                    self.error(
                        Text(
                            sv: "skola \(school.skolkod): \(error.text.sv)",
                            en: "school \(school.skolkod): \(error.text.en)"),
                        at: installation.configuration.path))
            }
        }
        results.append(ok(Text(sv: "\(count) profiler är läsbara", en: "\(count) profiles are readable")))
        return results
    }
}
