import Documents
import Exports
import Findings
import Foundation
import Normalizing
import Profiles
import Reports
import Uploads

/// `profile EXPORT --name NAME`: a profile proposed for an export that none fits.
public struct ProposalRequest: Sendable {
    /// Mappings, configuration, day and language; its only path is the export.
    public var settings: RunSettings
    /// What the profile is to be called: its file's name without the ending.
    public var name: String
    /// The folder the profile is written in; nil: it goes to standard output.
    public var folder: String?

    /// A request.
    public init(settings: RunSettings, name: String, folder: String? = nil) {
        self.settings = settings
        self.name = name
        self.folder = folder
    }
}

/// `profile`: looks at an export and proposes how it is read.
enum Proposing {
    /// What came of it.
    struct Result {
        /// The profile, or where it was written.
        var output: String
        /// What is missing or not certain.
        var advice: [Text]
        var isComplete: Bool
    }

    /// Runs the whole.
    ///
    /// - Throws: why it could not be carried through: the file cannot be read, is no text, or the profile's file is
    ///   there already.
    static func run(_ request: ProposalRequest) throws(RunFailure) -> Result {
        let path = request.settings.paths[0]
        let language = request.settings.language
        let proposed: Result
        do {
            proposed = try proposal(request, path)
        } catch let failure as RunFailure {
            throw failure
        } catch let problem as ExportProblem {
            throw RunFailure(problem)
        } catch let problem as DocumentProblem {
            throw RunFailure(problem)
        } catch {
            throw RunFailure(.fault, at: path, Text(sv: "\(error)", en: "\(error)"))
        }
        guard let folder = request.folder else { return proposed }
        let file = "\(folder)/\(request.name).yaml"
        guard !FileManager.default.fileExists(atPath: file) else {
            throw RunFailure(
                .unusable, at: file,
                Text(
                    sv: "Filen finns redan och skrivs inte över. Välj ett annat --name eller ta bort den.",
                    en: "The file is there already and is not written over. Choose another --name or remove it."))
        }
        do throws(OutputProblem) { try AtomicFile.write(proposed.output, to: file) } catch { throw RunFailure(error) }
        var written = proposed
        written.output =
            Text(sv: "Förslaget ligger i \(file)\n", en: "The proposal lies in \(file)\n")[language]
        return written
    }

    private static func proposal(_ request: ProposalRequest, _ path: String) throws -> Result {
        let setup = try ConvertSetup(ConvertRequest(settings: request.settings, out: ""))
        let source = try ExportSource(
            path: path, keepingPipesIn: FileManager.default.temporaryDirectory.path)
        let survey = try InputSurvey(of: source)
        if survey.kind == .xml { return skeleton(request) }
        guard survey.kind == .text else {
            throw RunFailure(
                .unusable, at: path,
                Text(
                    sv: "Filen är \(survey.kind.text.sv). Exportera listan som text med skiljetecken (CSV).",
                    en: "The file is \(survey.kind.text.en). Export the list as delimited text (CSV)."))
        }
        guard survey.encoding.encoding != nil else { throw RunFailure(.unusable, at: path, survey.encoding.text) }
        let folders = MappingFolders(request.settings.mappingFolders)
        let proposal = try ProfileProposal(
            of: source, survey, named: request.name,
            fileName: path == "-" ? request.name : path.split(separator: "/").last.map(String.init) ?? path,
            knowledge: setup.knowledge, headers: ProposalHeaders(folders: folders, profiles: setup.profiles))
        guard let proposal else {
            throw RunFailure(
                .unusable, at: path,
                Text(
                    sv: "Filen har inga kolumner: varken semikolon, tabb eller komma delar raderna lika.",
                    en: "The file has no columns: neither semicolon, tab nor comma cuts its rows alike."))
        }
        return Result(
            output: proposal.yaml(in: request.settings.language), advice: proposal.advice,
            isComplete: proposal.isComplete)
    }

    /// What a profile of XML needs; which elements hold what is for a person to say.
    private static func skeleton(_ request: ProposalRequest) -> Result {
        let name = ProfileProposal.quoted(request.name)
        let place = Text(sv: "skriv elementets namn", en: "write the element's name")[request.settings.language]
        let columns = Slot.needed.map { "  \($0.name): \"\"  # \(place)\n" }.joined()
        let skeleton = """
            profile: 1
            system: \(name)
            title: \(name)
            basis: {known: "", ours: ""}
            container:
              kind: xml
              row: ""  # \(place)
            columns:

            """
        return Result(
            output: skeleton + columns,
            advice: [
                Text(
                    sv: "En XML-fil behöver en profil skriven för hand. Fyll i vilket element som är en rad och var "
                        + "personnummer, kurskod, startdatum och slutdatum står; docs/profiles.md visar hur.",
                    en: "An XML file needs a profile written by hand. Fill in which element is a row and where "
                        + "personnummer, kurskod, startdatum and slutdatum stand; docs/profiles.md shows how.")
            ], isComplete: false)
    }
}

extension Resolving {
    /// For which export a profile is asked for, and where it goes.
    static func profile(
        named name: String, _ options: TypedOptions, in surroundings: Surroundings
    ) throws(RunFailure) -> ProposalRequest {
        let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "-_".contains($0) } && !name.isEmpty
        guard isName else {
            throw usage(
                "--name",
                Text(
                    sv: "ett namn av bokstäver, siffror och bindestreck",
                    en: "a name of letters, digits and hyphens"), name)
        }
        return ProposalRequest(
            settings: try settings(options, surroundings), name: name,
            folder: options.writes ? options.out ?? "." : nil)
    }
}

extension Invocation {
    /// `profile`
    public func profile(named name: String) -> Outcome {
        outcome { presenting throws(RunFailure) in
            let request = try Resolving.profile(named: name, options, in: surroundings)
            let result = try Proposing.run(request)
            let language = request.settings.language
            return Outcome(
                output: Array(result.output.utf8),
                error: result.advice.map { "csnfil: \($0[language])".forTerminal + "\n" }.joined(),
                status: (result.isComplete ? ExitStatus.success : .findings).rawValue)
        }
    }
}
