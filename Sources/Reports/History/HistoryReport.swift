import CSN

/// What was reported for a student, at each school: `history`.
public struct HistoryReport: Sendable {
    /// What the run takes for now.
    public var now: Moment
    /// The student at each school; empty when nothing was reported.
    public var students: [Student]

    /// A report.
    public init(now: Moment, students: [Student]) {
        self.now = now
        self.students = students
    }

    /// The student at one school.
    public struct Student: Sendable {
        /// The number in the ledger.
        public var key: Int64
        /// As it may be shown.
        public var personnummer: String
        /// The school.
        public var skolkod: Skolkod
        /// What the configuration calls the school.
        public var schoolName: String?
        /// By startdatum, code and part.
        public var courses: [Course]

        /// A student.
        public init(key: Int64, personnummer: String, skolkod: Skolkod, schoolName: String?, courses: [Course]) {
            self.key = key
            self.personnummer = personnummer
            self.skolkod = skolkod
            self.schoolName = schoolName
            self.courses = courses
        }
    }

    /// One course of the student.
    public struct Course: Sendable {
        /// The code.
        public var kurskod: String
        /// Which part.
        public var kursdel: Kursdel
        /// The student's own first day.
        public var startdatum: Day
        /// As CSN has it from the last file that it has read; nil when it has nothing of it.
        public var csn: Content?
        /// When and why it was let go; nil when it was not, or was reported again since.
        public var forgotten: Forgotten?
        /// Every file with it, the oldest first.
        public var files: [Entry]

        /// A course.
        public init(
            kurskod: String, kursdel: Kursdel, startdatum: Day, csn: Content?, forgotten: Forgotten?, files: [Entry]
        ) {
            self.kurskod = kurskod
            self.kursdel = kursdel
            self.startdatum = startdatum
            self.csn = csn
            self.forgotten = forgotten
            self.files = files
        }
    }

    /// That a course is not to be reported any more.
    public struct Forgotten: Hashable, Sendable {
        /// When it was said.
        public var at: Moment
        /// Why, without numbers of persons.
        public var reason: String

        /// A course let go.
        public init(at: Moment, reason: String) {
            self.at = at
            self.reason = reason
        }
    }

    /// The course in one file.
    public struct Entry: Sendable {
        /// The file.
        public var file: OutboxFile
        /// How the course stands there; nil when the file lets it go.
        public var content: Content?

        /// The course in a file.
        public init(file: OutboxFile, content: Content?) {
            self.file = file
            self.content = content
        }
    }

    /// A course as it is reported, as CSN's fields and values.
    public struct Content: Hashable, Sendable {
        /// A field by its name and the value as the file writes it; only fields that are not blank.
        public struct Value: Hashable, Sendable {
            /// CSN's name.
            public var field: Field
            /// As the file writes it.
            public var text: String

            /// A value of a field.
            public init(_ field: Field, _ text: String) {
                self.field = field
                self.text = text
            }
        }

        /// In the order of the upload file.
        public var values: [Value]

        /// A course with its values.
        public init(_ values: [Value]) { self.values = values }
    }
}
