import Foundation

/// A header's name in the two forms in which headers are compared.
///
/// Compared after Unicode decomposition, in lower case, letters a–z and digits only, without a prefix such as `ns1:`;
/// equal too when å ä ö are taken out of both, because exports lose them ("Fornamn", "P?b?rjad", "PÃ¥bÃ¶rjad").
public struct HeaderName: Hashable, Sendable {
    /// Letters and digits, å ä ö as a a o.
    public let folded: String
    /// Letters and digits, letters outside ASCII taken out.
    public let stripped: String

    /// The forms of a header as it stands in an export or a profile.
    public init(_ text: String) {
        let name = HeaderName.withoutPrefix(text)
        if let (folded, stripped) = HeaderName.formsOfLatin(name) {
            (self.folded, self.stripped) = (folded, stripped)
            return
        }
        folded = HeaderName.plain(name.decomposedStringWithCanonicalMapping)
        stripped = HeaderName.plain(name.precomposedStringWithCanonicalMapping)
    }

    /// Whether a header of an export is meant by this name of a profile.
    ///
    /// A name without å ä ö cannot have lost any, so that `S` is not taken for "Ås"; and of a name of which a single
    /// letter remains ("År") nothing can be told.
    public func matches(_ header: HeaderName) -> Bool {
        guard !folded.isEmpty else { return false }
        return folded == header.folded || (stripped != folded && stripped.count > 1 && stripped == header.stripped)
    }

    /// Whether nothing is left of the name to compare.
    var isEmpty: Bool { folded.isEmpty }

    /// The text behind an XML prefix: letters and digits, a colon, and no blank behind it ("ns1:Kurskod", but not
    /// "Datum: start").
    private static func withoutPrefix(_ text: String) -> Substring {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            text[..<colon].allSatisfy({ $0.isLetter || $0.isNumber })
        else { return text[...] }
        let rest = text[text.index(after: colon)...]
        guard let first = rest.first, !first.isWhitespace else { return text[...] }
        return rest
    }

    /// The letters of ISO-8859-1 from À on as their canonical decomposition writes them; a dot where it leaves them whole.
    private static let decomposed = Array(
        "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y".utf8)

    /// Both forms of a name in letters of ISO-8859-1, as nearly all are: thousands are compared before the first row is
    /// read, and the general way by Unicode's tables took a sixth of all instructions of a conversion of one row. nil
    /// for a name with any other character.
    private static func formsOfLatin(_ name: Substring) -> (folded: String, stripped: String)? {
        var folded: [UInt8] = []
        var stripped: [UInt8] = []
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A:
                folded.append(UInt8(scalar.value))
                stripped.append(UInt8(scalar.value))
            case 0x41...0x5A:
                folded.append(UInt8(scalar.value) | 0x20)
                stripped.append(UInt8(scalar.value) | 0x20)
            case 0xC0...0xFF:
                let letter = decomposed[Int(scalar.value - 0xC0)]
                if letter != UInt8(ascii: ".") { folded.append(letter) }
            case 0..<0xC0: continue
            default: return nil
            }
        }
        return (String(decoding: folded, as: UTF8.self), String(decoding: stripped, as: UTF8.self))
    }

    private static func plain(_ text: String) -> String {
        let kept = text.lowercased().unicodeScalars.filter {
            ("a"..."z").contains($0) || ("0"..."9").contains($0)
        }
        return String(String.UnicodeScalarView(kept))
    }
}
