import Documents
import Findings

/// A header of an XML profile: a path of elements, outermost first, the last step perhaps an attribute
/// (`kurs/kod`, `elev/@id`).
public struct HeaderPath: Hashable, Sendable {
    /// The names of the elements and, at the end, of the attribute.
    public let steps: [HeaderName]
    /// Whether the last step is an attribute.
    public let endsInAttribute: Bool

    /// The path that a profile writes; nil when a step has no letter a–z and no digit, or an attribute has a step
    /// behind it.
    public init?(_ text: String) {
        var steps: [HeaderName] = []
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isAttribute = part.hasPrefix("@")
            let name = HeaderName(String(isAttribute ? part.dropFirst() : part))
            guard !name.isEmpty, !isAttribute || index == parts.count - 1 else { return nil }
            steps.append(name)
        }
        self.steps = steps
        endsInAttribute = parts.last?.hasPrefix("@") ?? false
    }

    /// Whether an element or attribute could be meant by both, were they the whole path of it.
    func clashes(with other: HeaderPath) -> Bool {
        endsInAttribute == other.endsInAttribute && steps.count == other.steps.count
            && zip(steps, other.steps).allSatisfy { $0.matches($1) || $1.matches($0) }
    }
}

extension Profile {
    /// The path that stands at a place of a profile.
    static func readPath(_ text: String, _ place: YAMLNode) throws(DocumentProblem) -> HeaderPath {
        guard let path = HeaderPath(text) else {
            throw place.expected(
                Text(
                    sv: "en väg av element, kanske med ett attribut sist (”kurs/kod”, ”elev/@id”)",
                    en: "a path of elements, perhaps with an attribute at the end (“kurs/kod”, “elev/@id”)"))
        }
        return path
    }
}
