import Foundation

/// A header's name in the two forms in which headers are compared.
///
/// Compared after Unicode decomposition, in lower case, letters a–z and digits only, without a prefix such as `ns1:`;
/// equal too when å ä ö are taken out of both, because exports lose them ("Fornamn", "P?b?rjad").
public struct HeaderName: Hashable, Sendable {
    /// Letters and digits, å ä ö as a a o.
    public let folded: String
    /// Letters and digits, letters outside ASCII taken out.
    public let stripped: String

    /// The forms of a header as it stands in an export or a profile.
    public init(_ text: String) {
        var name = text[...]
        if let colon = name.lastIndex(of: ":"), name[..<colon].allSatisfy({ $0.isLetter || $0.isNumber }) {
            name = name[name.index(after: colon)...]
        }
        func kept(_ text: some StringProtocol) -> String {
            String(
                String.UnicodeScalarView(
                    text.lowercased().unicodeScalars.filter {
                        ("a"..."z").contains($0) || ("0"..."9").contains($0)
                    }))
        }
        folded = kept(name.decomposedStringWithCanonicalMapping)
        stripped = kept(name.precomposedStringWithCanonicalMapping)
    }

    /// Whether a header of an export is meant by this name of a profile.
    ///
    /// A header in which nothing was lost is compared folded only, so that "Mål" is not taken for "Ml".
    public func matches(_ header: HeaderName) -> Bool {
        guard !folded.isEmpty else { return false }
        return folded == header.folded || (!stripped.isEmpty && stripped != folded && stripped == header.folded)
    }
}
