import CSN
import CSNRules
import Documents
import Findings
import Foundation

extension Configuration {
    /// Reads `csnfil.yaml`, all of it, before anything else is read.
    ///
    /// - Parameter environment: variables `CSNFIL_…` that override single keys.
    /// - Throws: everything that is wrong, each with file, line and column; exit status 2.
    public static func read(path: String, environment: [String: String] = [:]) throws(RunFailure) -> Configuration {
        let root: YAMLNode
        do { root = try YAMLNode.read(path: path) } catch { throw RunFailure(.unusable, [RunFailure.Problem(error)]) }
        return try read(root, environment: environment)
    }

    /// Reads a configuration from YAML that has been parsed already; paths are relative to the folder of the node's
    /// file. The catalogue is that whose rules it may name.
    public static func read(
        _ root: YAMLNode, environment: [String: String] = [:], catalogue: Catalogue = .shared
    ) throws(RunFailure) -> Configuration {
        var reader = ConfigurationReader(path: root.path, catalogue: catalogue)
        reader.read(root)
        reader.override(from: environment)
        guard reader.problems.isEmpty else {
            throw RunFailure(.unusable, reader.problems.map { RunFailure.Problem($0) })
        }
        return reader.configuration
    }

    /// What holds without a file: the defaults and the environment.
    public static func withoutFile(environment: [String: String]) throws(RunFailure) -> Configuration {
        var reader = ConfigurationReader(path: nil)
        reader.override(from: environment)
        guard reader.problems.isEmpty else {
            throw RunFailure(.unusable, reader.problems.map { RunFailure.Problem($0) })
        }
        return reader.configuration
    }
}

extension RunFailure.Problem {
    /// A problem in a file that people write, with its line and column.
    public init(_ problem: DocumentProblem) {
        let place = problem.line == 0 ? problem.path : "\(problem.path):\(problem.line):\(problem.column)"
        self.init(place: place, problem.text)
    }
}

/// Reads one configuration and gathers everything that is wrong with it, so that a person mends it in one go.
struct ConfigurationReader {
    var configuration = Configuration()
    var problems: [DocumentProblem] = []
    private let folder: String
    private let catalogue: Catalogue

    init(path: String?, catalogue: Catalogue = .shared) {
        self.catalogue = catalogue
        configuration.path = path
        folder = path.map { $0.folderOfPath } ?? ""
    }

    mutating func read(_ root: YAMLNode) {
        if root.isNull { return }
        attempt { () throws(DocumentProblem) in _ = try root.mapping(allowing: ConfigurationKey.names) }
        guard root.isMapping, let keys = try? root.mapping() else { return }
        for key in ConfigurationKey.allCases {
            if let node = keys.optional(key.rawValue) { read(key, node) }
        }
    }

    private mutating func read(_ key: ConfigurationKey, _ node: YAMLNode) {
        switch key {
        case .schools: readSchools(node)
        case .inbox: configuration.inbox = existingFolder(node)
        case .outbox: configuration.outbox = folderToBe(node)
        case .archive: configuration.archive = folderToBe(node)
        case .ledger: configuration.ledger = fileToBe(node)
        case .mappings: configuration.mappings = existingFolder(node)
        case .layout: configuration.layout = nameOrFile(node)
        case .absenceCodes: readWord(node, ConfigurationWords.absenceCodes) { $0.sendsAbsenceCodes = $1 == "file" }
        case .rules: readRules(node)
        case .hold: readWord(node, HoldScope.allCases.map(\.rawValue)) { $0.holdScope = HoldScope(rawValue: $1) }
        case .language: readWord(node, Language.allCases.map(\.rawValue)) { $0.language = Language(rawValue: $1) }
        case .retentionDays:
            let days = attempt { () throws(DocumentProblem) in try node.int(in: ConfigurationWords.retentionDays) }
            if let days { configuration.retentionDays = days }
        case .noReadingDays: readDays(node)
        }
    }

    @discardableResult
    mutating func attempt<Value>(_ body: () throws(DocumentProblem) -> Value) -> Value? {
        do { return try body() } catch {
            problems.append(error)
            return nil
        }
    }

    private mutating func readWord(
        _ node: YAMLNode, _ words: [String], _ take: (inout Configuration, String) -> Void
    ) {
        let word = attempt { () throws(DocumentProblem) in try node.word(among: words) }
        if let word { take(&configuration, word) }
    }

    private mutating func readDays(_ node: YAMLNode) {
        guard let items = attempt(node.list) else { return }
        for item in items {
            do throws(DocumentProblem) {
                guard let day = Day(iso: try item.string()) else {
                    throw item.expected(Text(sv: "en dag som 2026-12-28", en: "a day such as 2026-12-28"))
                }
                configuration.noReadingDays.insert(day)
            } catch {
                problems.append(error)
            }
        }
    }

    /// `rules`: a name of the catalogue, and a word that may be said of that rule.
    private mutating func readRules(_ node: YAMLNode) {
        guard let keys = attempt(node.mapping as () throws(DocumentProblem) -> YAMLMapping) else { return }
        for entry in keys.entries {
            do throws(DocumentProblem) {
                guard let (rule, number) = try rule(named: entry.key, at: entry.keyNode) else { continue }
                let word = try entry.value.word(among: PolicyWord.allCases.map(\.rawValue))
                guard let policy = PolicyWord(rawValue: word) else { continue }
                if let refusal = policy.refusal(for: rule) {
                    let allowed = PolicyWord.allowed(for: rule).map(\.rawValue).joined(separator: ", ")
                    throw entry.value.problem(
                        Text(
                            sv: "\(refusal.sv) Här får stå: \(allowed.isEmpty ? "ingenting" : allowed).",
                            en: "\(refusal.en) What may stand here: \(allowed.isEmpty ? "nothing" : allowed)."))
                }
                guard configuration.policies.updateValue(policy.policy, forKey: number) == nil else {
                    throw entry.keyNode.problem(
                        Text(
                            sv: "Här står \(rule.name) två gånger, under ett äldre namn också. Ta bort det ena.",
                            en: "\(rule.name) stands here twice, under an older name too. Take one of them away."))
                }
            } catch {
                problems.append(error)
            }
        }
    }

    /// The rule that a key of `rules` names, also by a name that it had before, which is said; nil for one that is no
    /// more, which is said too.
    private mutating func rule(
        named name: String, at node: YAMLNode
    ) throws(DocumentProblem) -> (any Rule.Type, UInt16)? {
        func notice(_ text: Text) -> Text {
            let place = "\(node.path):\(node.line)"
            return Text(sv: "\(place): \(text.sv)", en: "\(place): \(text.en)")
        }
        switch catalogue.meaning(of: RuleName(name)) {
        case .rule(let rule, let number): return (rule, number)
        case .renamed(let rule, let number):
            configuration.notices.append(notice(RuleNames.renamed(name, to: rule)))
            return (rule, number)
        case .retired(let rule):
            configuration.notices.append(notice(RuleNames.retired(rule)))
            return nil
        case nil: throw node.problem(RuleNames.unknown(name, in: catalogue))
        }
    }

    // MARK: - Paths

    /// A path relative to the configuration's own folder.
    func resolved(_ path: String) -> String {
        path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    }

    private enum Kind { case nothing, file, folder }

    private static func kind(of path: String) -> Kind {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .nothing }
        return isFolder.boolValue ? .folder : .file
    }

    mutating func existingFolder(_ node: YAMLNode) -> String? {
        do throws(DocumentProblem) {
            let path = resolved(try node.string())
            guard ConfigurationReader.kind(of: path) == .folder else {
                throw node.problem(
                    Text(
                        sv: "Mappen \(path) finns inte. Skapa den eller ange en annan.",
                        en: "There is no folder \(path). Make it or name another one."))
            }
            return path
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// A folder that may come into being; the one it lies in must exist.
    private mutating func folderToBe(_ node: YAMLNode) -> String? { pathToBe(node, clashing: .file) }

    /// A file that may come into being; the folder it lies in must exist.
    private mutating func fileToBe(_ node: YAMLNode) -> String? { pathToBe(node, clashing: .folder) }

    private mutating func pathToBe(_ node: YAMLNode, clashing: Kind) -> String? {
        do throws(DocumentProblem) {
            let path = resolved(try node.string())
            if ConfigurationReader.kind(of: path) == clashing {
                throw node.problem(
                    clashing == .file
                        ? Text(sv: "\(path) är en fil, ingen mapp.", en: "\(path) is a file, not a folder.")
                        : Text(sv: "\(path) är en mapp, ingen fil.", en: "\(path) is a folder, not a file."))
            }
            let parent = path.folderOfPath
            guard parent.isEmpty || ConfigurationReader.kind(of: parent) == .folder else {
                throw node.problem(
                    Text(
                        sv: "Mappen \(parent) finns inte. Skapa den eller ange en annan.",
                        en: "There is no folder \(parent). Make it or name another one."))
            }
            return path
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// A name that mappings are searched for, or the path of a file (with a slash or `.yaml`), which must exist.
    mutating func nameOrFile(_ node: YAMLNode) -> String? {
        do throws(DocumentProblem) {
            let name = try node.string()
            guard name.contains("/") || name.hasSuffix(".yaml") else { return name }
            let path = resolved(name)
            guard ConfigurationReader.kind(of: path) == .file else {
                throw node.problem(
                    Text(
                        sv: "Filen \(path) finns inte. Ange en annan fil eller bara ett namn.",
                        en: "There is no file \(path). Name another file, or a name alone."))
            }
            return path
        } catch {
            problems.append(error)
            return nil
        }
    }
}
