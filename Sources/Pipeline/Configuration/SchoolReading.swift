import CSN
import Documents
import Findings

extension ConfigurationReader {
    /// `schools`: each skolkod once, each id once.
    mutating func readSchools(_ node: YAMLNode) {
        guard let items = attempt(node.list) else { return }
        var places: [Skolkod: Int] = [:]
        var ids: [String: (school: Skolkod, line: Int)] = [:]
        for item in items {
            guard let school = readSchool(item, &ids) else { continue }
            if let line = places[school.skolkod] {
                problems.append(
                    item.problem(
                        Text(
                            sv: "Skolkod \(school.skolkod) står redan på rad \(line). Slå ihop de två.",
                            en: "Skolkod \(school.skolkod) stands on line \(line) already. Make one of the two.")))
            } else {
                places[school.skolkod] = item.line
                configuration.schools.append(school)
            }
        }
    }

    private mutating func readSchool(
        _ node: YAMLNode, _ ids: inout [String: (school: Skolkod, line: Int)]
    ) -> Configuration.School? {
        attempt { () throws(DocumentProblem) in _ = try node.mapping(allowing: SchoolKey.names) }
        guard node.isMapping, let keys = try? node.mapping() else { return nil }
        let number = attempt { () throws(DocumentProblem) in
            try keys.required(SchoolKey.skolkod.rawValue).int(in: ConfigurationWords.skolkoder)
        }
        guard let number, let skolkod = Skolkod(number) else { return nil }
        var school = Configuration.School(skolkod: skolkod)
        for key in SchoolKey.allCases {
            guard let value = keys.optional(key.rawValue) else { continue }
            switch key {
            case .skolkod: break
            case .name: school.name = attempt(value.string)
            case .ids: school.ids = readIDs(value, of: skolkod, &ids)
            case .form:
                school.form = attempt { () throws(DocumentProblem) in try value.word(among: ConfigurationWords.forms) }
            case .system: school.system = nameOrFile(value)
            case .started: school.started = readStarted(value)
            case .complete:
                school.isComplete = attempt(value.bool) ?? true
            case .codePatterns: school.codePatterns = readPatterns(value)
            case .contact: school.contact = attempt(value.string)
            }
        }
        return school
    }

    /// The items of a list, or one text alone.
    private mutating func items(of node: YAMLNode) -> [YAMLNode] {
        node.isScalar ? [node] : attempt(node.list) ?? []
    }

    /// Ids are compared as the school register compares them: letter case and the width of blanks do not count.
    private mutating func readIDs(
        _ node: YAMLNode, of school: Skolkod, _ known: inout [String: (school: Skolkod, line: Int)]
    ) -> [String] {
        var ids: [String] = []
        for item in items(of: node) {
            do throws(DocumentProblem) {
                let id = try item.string()
                let folded = id.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
                guard !folded.isEmpty else { throw item.expected(Text(sv: "skolans id", en: "the school's id")) }
                if let other = known[folded] {
                    throw item.problem(
                        Text(
                            sv: "Id ”\(id)” står redan på rad \(other.line), för skola \(other.school). Låt ett stå.",
                            en: "Id “\(id)” stands on line \(other.line) already, for school \(other.school). "
                                + "Keep one of them."))
                }
                known[folded] = (school, item.line)
                ids.append(id)
            } catch {
                problems.append(error)
            }
        }
        return ids
    }

    private mutating func readStarted(_ node: YAMLNode) -> Configuration.Started {
        var started = Configuration.Started()
        do throws(DocumentProblem) {
            let keys = try node.mapping(allowing: StartedKey.names)
            started.statuses = try keys.optional(StartedKey.status.rawValue)?.strings() ?? []
            started.byGrade = try keys.optional(StartedKey.grade.rawValue)?.bool() ?? false
        } catch {
            problems.append(error)
        }
        return started
    }

    /// `codePatterns`: each a regular expression with exactly one group, which is the national code.
    private mutating func readPatterns(_ node: YAMLNode) -> [String] {
        var patterns: [String] = []
        for item in items(of: node) {
            do throws(DocumentProblem) {
                let pattern = try item.string()
                let groups = try ConfigurationReader.groups(in: pattern, at: item)
                guard groups == 1 else {
                    throw item.problem(
                        Text(
                            sv: "Mönstret ska ha exakt en grupp (…) som är kurskoden, men har \(groups).",
                            en: "The pattern must have exactly one group (…), the course code, but has \(groups)."))
                }
                patterns.append(pattern)
            } catch {
                problems.append(error)
            }
        }
        return patterns
    }

    /// How many groups a pattern catches. An alternative that is empty always matches, and a match counts the groups
    /// of all alternatives.
    private static func groups(in pattern: String, at node: YAMLNode) throws(DocumentProblem) -> Int {
        do {
            _ = try Regex(pattern)
            return try Regex("(?:\(pattern))|").wholeMatch(in: "").map { $0.output.count - 1 } ?? 0
        } catch {
            throw node.problem(
                Text(
                    sv: "Detta är inget reguljärt uttryck: \(error).", en: "This is no regular expression: \(error)."))
        }
    }
}
