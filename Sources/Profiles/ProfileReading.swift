import CSN
import Documents
import Findings

extension Profile {
    /// Reads an export profile.
    ///
    /// - Throws: what is wrong, with line and column: an unknown key, a wrong type, an unknown slot, date form or word
    ///   value, the same header for two slots, a needed column that is missing.
    public static func read(path: String) throws(DocumentProblem) -> Profile {
        let stem = path.split(separator: "/").last.map(String.init) ?? path
        let name = stem.hasSuffix(".yaml") ? String(stem.dropLast(5)) : stem
        return try read(YAMLNode.read(path: path), name: name)
    }

    /// Reads an export profile from YAML that has been parsed already.
    ///
    /// - Parameter name: what the profile is called, its file's name without the ending.
    /// - Throws: what is wrong, as ``read(path:)`` does.
    public static func read(_ root: YAMLNode, name: String) throws(DocumentProblem) -> Profile {
        let keys = try root.mapping(allowing: ProfileKey.names)
        for key in ProfileKey.required { _ = try keys.required(key.rawValue) }
        func optional(_ key: ProfileKey) -> YAMLNode? { keys.optional(key.rawValue) }
        func required(_ key: ProfileKey) throws(DocumentProblem) -> YAMLNode { try keys.required(key.rawValue) }
        _ = try required(.profile).int(in: ProfileWords.version)
        if let form = optional(.form) { _ = try form.word(among: ProfileWords.forms) }
        var profile = Profile(
            name: name, path: root.path, system: try required(.system).string(), title: try required(.title).string(),
            basis: try readBasis(required(.basis)), container: try readContainer(required(.container)),
            encoding: try readEncoding(optional(.encoding)), columns: [:], leavesOut: [])
        if let records = optional(.records) {
            profile.records = Records(rawValue: try records.word(among: Records.names)) ?? .courses
        }
        profile.schoolInFileName = try optional(.school).map(readSchool)
        if let persons = optional(.persons) { profile.personTables = try profile.readPersonTables(persons) }
        profile.terms = try optional(.terms).map(readTerms)
        if let omits = optional(.omits) {
            for (_, place) in try texts(omits) { _ = try place.word(among: [ProfileWords.protected]) }
            profile.omitsProtected = true
        }
        if let headers = optional(.knownBy) { profile.knownBy = try texts(headers).map { HeaderName($0.text) } }
        profile.columns = try profile.readColumns(required(.columns))
        profile.leavesOut = try profile.readLeaveOut(optional(.leaveOut))
        if let sample = optional(.sample) {
            profile.sample = try SampleReading(profile: profile, root: keys).read(sample)
        }
        return profile
    }

    private static func readBasis(_ node: YAMLNode) throws(DocumentProblem) -> Basis {
        let keys = try node.mapping(allowing: BasisKey.names)
        return Basis(
            known: try keys.optional(BasisKey.known.rawValue)?.string() ?? "",
            ours: try keys.optional(BasisKey.ours.rawValue)?.string() ?? "")
    }

    private static func readEncoding(_ node: YAMLNode?) throws(DocumentProblem) -> TextEncoding? {
        guard let node else { return nil }
        let name = try node.string()
        if name == ProfileWords.detect { return nil }
        guard let encoding = TextEncoding(name: name) else {
            let known = TextEncoding.allCases.map(\.name).joined(separator: ", ")
            throw node.expected(Text(sv: "detect eller en av \(known)", en: "detect or one of \(known)"))
        }
        return encoding
    }

    private func readLeaveOut(_ node: YAMLNode?) throws(DocumentProblem) -> [LeaveOut] {
        guard let node else { return [] }
        var result: [LeaveOut] = []
        for item in try node.list() {
            let keys = try item.mapping(allowing: LeaveOutKey.names)
            let (headers, position) = try readPlace(
                keys, headers: LeaveOutKey.headers.rawValue, position: LeaveOutKey.position.rawValue)
            let values = try keys.required(LeaveOutKey.values.rawValue)
            result.append(
                LeaveOut(
                    headers: headers.map(\.text), names: headers.map(\.name), position: position,
                    values: try Profile.texts(values).map(\.text),
                    reason: try keys.required(LeaveOutKey.reason.rawValue).string()))
        }
        return result
    }
}

extension Profile {
    /// The texts of a list, or one text alone, each with its place; none at all is a problem.
    static func texts(_ node: YAMLNode) throws(DocumentProblem) -> [(text: String, place: YAMLNode)] {
        var texts: [(text: String, place: YAMLNode)] = []
        for item in node.isList ? try node.list() : [node] { texts.append((try item.string(), item)) }
        guard !texts.isEmpty else { throw node.problem(Text(sv: "Listan är tom.", en: "The list is empty.")) }
        return texts
    }
}
