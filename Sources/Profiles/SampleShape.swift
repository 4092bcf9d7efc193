/// How `csnfil sample` writes an export of a profile's kind. Reading exports never asks it.
public struct SampleShape: Sendable {
    /// What the file is called.
    public var file: String
    /// The encoding where the user names none.
    public var encoding: SampleEncoding
    /// CRLF or LF.
    public var usesCRLF: Bool
    /// How personnummer are written.
    public var personnummer: PersonnummerSpelling
    /// The columns (in XML the elements) of a row, in order.
    public var columns: [Column]
    /// The elements around the rows; nil for delimited text.
    public var elements: Elements?
    /// The profile of the side table that goes with the export.
    public var personTable: String?
    /// For each slot the word that is written for a value: the first that the profile has for it.
    public var words: [Slot: [String: String]]

    /// A column, or an element that holds a value.
    public struct Column: Sendable {
        /// The header or the element's name.
        public var header: String
        /// What it is read as; nil where the profile does not read it.
        public var slot: Slot?
        /// A text that always stands there.
        public var text: String?
        /// What stands there instead of the slot's value.
        public var filler: Filler?
        /// The item of ``Profile/leavesOut`` whose column it is.
        public var leaveOut: Int?
    }

    /// The elements of an XML export.
    public struct Elements: Sendable {
        /// The outermost one.
        public var root: String
        /// The one around the rows of a student.
        public var parent: Parent?
        /// A row.
        public var row: String
    }

    /// An element around the rows of a student.
    public struct Parent: Sendable {
        /// Its name.
        public var element: String
        /// The values that it holds before the rows.
        public var columns: [Column]
    }

    /// What can stand in a column that the profile does not read, or in place of a slot's value.
    public enum Filler: String, Sendable, CaseIterable {
        /// "Lindström, Erik".
        case name
        /// "Erik".
        case given
        /// "Lindström".
        case family
        /// K or M.
        case sex
        /// The student's class.
        case `class`
        /// A group of the course: "KEMKEM01-2".
        case group
        /// The name of the course.
        case course
        /// The term in which the course begins, year and digit: 174 is autumn 2017.
        case period
        /// The year in which the course begins.
        case year
        /// Who teaches; in XML now and then two elements.
        case teacher
        /// The slot's value, in two rows of three with letters in lower case: "Kemkem01", "kemkem01".
        case mixedCase = "mixed-case"
        /// A GUID of the student in braces, the same at every school.
        case guid
    }
}

/// How a sample writes personnummer. The raw value is the word of a profile.
public enum PersonnummerSpelling: String, Sendable, CaseIterable {
    /// ÅÅÅÅMMDD-XXXX.
    case longHyphen = "long-hyphen"
    /// ÅÅÅÅMMDDXXXX.
    case long
    /// ÅÅMMDD-XXXX.
    case shortHyphen = "short-hyphen"
    /// ÅÅMMDDXXXX.
    case short
    /// Mostly with century and hyphen, now and then without one of them.
    case mixed
}

/// The encoding of a sample. The raw value is its name on the command line and in a profile.
public enum SampleEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// With a byte order mark.
    case utf8BOM = "utf-8-bom"
    case latin1 = "iso-8859-1"
    case windows1252 = "windows-1252"
    /// Mac OS Roman.
    case macintosh
    case cp850
    /// UTF-16, little-endian, with a byte order mark.
    case utf16LE = "utf-16le"
}
