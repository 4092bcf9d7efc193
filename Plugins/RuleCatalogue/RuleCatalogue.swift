import Foundation
import PackagePlugin

/// Runs `RuleLister` over the files under `Rules/` of the target, so that nobody keeps a list of rules: a new rule is
/// one new file.
@main
struct RuleCatalogue: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        guard let module = target.sourceModule else { return [] }
        let rules = module.sourceFiles(withSuffix: "swift").map(\.url)
            .filter { $0.pathComponents.contains("Rules") }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "GeneratedCatalogue.swift")
        return [
            .buildCommand(
                displayName: "Listing \(rules.count) rules",
                executable: try context.tool(named: "RuleLister").url,
                arguments: [output.path] + rules.map(\.path),
                inputFiles: rules,
                outputFiles: [output])
        ]
    }
}
