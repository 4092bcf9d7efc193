import Documents
import Findings
import Profiles

/// An XML export with everything that is settled about it before its rows are read.
public struct XMLInput: Sendable {
    /// The bytes.
    public let source: ExportSource
    /// How its letters are stored.
    public let encoding: TextEncoding
    /// What is read from it.
    public let plan: XMLPlan
    /// The bounds of what is read.
    public let limits: XMLLimits
    let byteOrderMarkLength: Int

    /// An input.
    public init(
        _ source: ExportSource, _ encoding: XMLEncoding, plan: XMLPlan, limits: XMLLimits = XMLLimits()
    ) {
        self.source = source
        self.encoding = encoding.encoding
        self.plan = plan
        self.limits = limits
        byteOrderMarkLength = encoding.byteOrderMarkLength
    }
}

/// The encoding of an XML export, and why.
public struct XMLEncoding: Sendable, Hashable {
    /// The encoding.
    public let encoding: TextEncoding
    /// For people; nil where the profile says it.
    public let evidence: Text?
    let byteOrderMarkLength: Int

    /// What holds: the byte order mark, the XML declaration, the profile, the survey, in this order. A declaration that
    /// the bytes disprove does not hold: UTF-8 of a file that is not, ISO-8859-1 of one with letters that only
    /// Windows-1252 has.
    ///
    /// - Returns: nil when the encoding must not be guessed (UTF-16 without its mark).
    /// - Throws: when the file declares an encoding that is not read.
    public init?(of source: ExportSource, _ survey: InputSurvey, _ profile: Profile?) throws(ExportProblem) {
        byteOrderMarkLength = survey.encoding.byteOrderMarkLength
        let surveyed = survey.encoding.encoding
        if byteOrderMarkLength > 0, let surveyed {
            (encoding, evidence) = (surveyed, survey.encoding.text)
            return
        }
        guard let name = XMLEncoding.declared(try source.head(1_024)) else {
            guard let found = profile?.encoding ?? surveyed else { return nil }
            encoding = found
            evidence = profile?.encoding == nil ? survey.encoding.text : nil
            return
        }
        let isASCII = ["us-ascii", "ascii"].contains(name.lowercased())
        guard let declared = isASCII ? .utf8 : TextEncoding(name: name) else {
            throw .xmlEncoding(path: source.path, name: String(name.prefix(40)))
        }
        let isDisproved =
            declared == .utf8 && surveyed?.isSingleByte == true
            || declared == .latin1 && surveyed == .windows1252
        guard isDisproved, let surveyed else {
            encoding = declared
            evidence = Text(
                sv: "\(declared.name): så står det i filens XML-deklaration.",
                en: "\(declared.name): the file's XML declaration says so.")
            return
        }
        encoding = surveyed
        let bytes = survey.encoding.text
        evidence = Text(
            sv: "\(bytes.sv) Filens XML-deklaration säger \(declared.name), vilket inte stämmer.",
            en: "\(bytes.en) The file's XML declaration says \(declared.name), which is not true.")
    }

    /// The encoding that an XML declaration at the beginning names.
    private static func declared(_ head: [UInt8]) -> String? {
        let text = String(decoding: head.drop { $0 <= 0x20 }, as: UTF8.self)
        guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>") else { return nil }
        let found = text[..<end.lowerBound].firstMatch(of: /encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/)
        return found.map { String($0.1) }
    }
}
