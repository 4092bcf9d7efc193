import CSN
import Findings

/// What CSN will conclude from the files of one school, so that a person sees an unlikely file before it is uploaded.
///
/// Source: the handbook under "Omfattning" and "Poäng": "När vi beräknar omfattningen av studier gör vi en tolkning av
/// vilka kurser som hör ihop med varandra tidsmässigt och tillhör samma nivå (Gr och Gy). Vi räknar alltså samman den
/// totala poängen per nivå och tittar sedan på hur många veckor den studerande läser genom att utgå från det tidigaste
/// startdatumet och det senaste slutdatumet på kurserna. På det sättet får vi fram en kvot som bestämmer omfattningen
/// som den studerande läser." Which courses belong together in time is CSN's own reading and nowhere described: here
/// they are those of one study period (`docs/architecture.md`, "Units"). The handbook does not say which quotient is
/// full time either, so none is called so.
public struct Forecast: Sendable, Hashable {
    /// Whose files they are.
    public var skolkod: Skolkod
    /// How many students stand in the files.
    public var students = 0
    /// How many of them have started a course (J).
    public var started = 0
    /// How many courses (a kurskod with a startdatum) began before the day of the run.
    public var begunCourses = 0
    /// How many of those began in the seven days before it.
    public var begunThisWeek = 0
    /// How many students stood in the files of the last conversion into the same folder; nil when nothing is known.
    public var studentsBefore: Int?
    /// The groups in which there is anybody, in the order of ``StudentGroup``.
    public var groups: [Group] = []

    /// A forecast of empty files.
    public init(skolkod: Skolkod) { self.skolkod = skolkod }

    /// Which kind of study aid CSN judges by.
    public enum StudentGroup: String, Sendable, CaseIterable {
        /// To 30 June of the year of turning 20: studiehjälp.
        case studyAidAge
        /// After it: studiemedel and other aid.
        case older
    }

    /// The students of a group: those with a study period that begins while they belong to it. A student may stand in
    /// both.
    public struct Group: Sendable, Hashable {
        /// Which group.
        public var group: StudentGroup
        /// How many students.
        public var students: Int
        /// How many of them have started a course (J) of such a study period.
        public var started: Int
        /// What they read, in the order of ``Niva``.
        public var levels: [Level]

        /// A group with its numbers.
        public init(group: StudentGroup, students: Int, started: Int, levels: [Level]) {
            self.group = group
            self.students = students
            self.started = started
            self.levels = levels
        }
    }

    /// The study periods on one level. Points and weeks are those of the courses that count: not of one that the
    /// student has not started (81, or 99 on its startdatum), of an examination ("Den studerande kan inte få studiestöd
    /// för den kursen, eftersom hen inte har studerat") or of uppdragsutbildning ("har hen inte rätt till studiestöd").
    public struct Level: Sendable, Hashable {
        /// The level.
        public var niva: Niva
        /// How many study periods have a course of the level that counts.
        public var periods: Int
        /// Their points together.
        public var points: Int
        /// Their weeks together, from the earliest startdatum to the latest slutdatum of each, in tenths.
        public var tenthsOfWeeks: Int
        /// Points a week, in tenths: the study period with the lowest quotient, the one in the middle, the highest.
        public var lowest: Int
        /// The middle one; of two the lower.
        public var median: Int
        /// The highest.
        public var highest: Int

        /// A level's sums over its study periods.
        ///
        /// - Parameters:
        ///   - periods: for each the points, and the days from first to last, both included (at least 1).
        public init?(niva: Niva, periods: [(points: Int, days: Int)]) {
            let quotients = periods.map { ($0.points * 70 + $0.days / 2) / max(1, $0.days) }.sorted()
            guard let lowest = quotients.first, let highest = quotients.last else { return nil }
            self.niva = niva
            self.periods = periods.count
            points = periods.reduce(0) { $0 + $1.points }
            tenthsOfWeeks = (periods.reduce(0) { $0 + $1.days } * 10 + 3) / 7
            self.lowest = lowest
            median = quotients[(quotients.count - 1) / 2]
            self.highest = highest
        }
    }
}

extension Forecast {
    /// How many students more (or, below 0, fewer) there are than in the last file; nil when nothing is known of one.
    public var difference: Int? { studentsBefore.map { students - $0 } }

    /// Whether more than a fifth of the last file's students are gone.
    public var lostMany: Bool { difference.map { -$0 * 5 > students - $0 } ?? false }

    /// Whether nobody has started although courses have begun.
    public var nothingStarted: Bool { begunCourses > 0 && started == 0 }

    /// What makes the files unlikely, with what to look at; empty when nothing does.
    var doubts: [Text] {
        var doubts: [Text] = []
        if nothingStarted {
            doubts.append(
                Text(
                    sv: "Ingen studerande har påbörjat en kurs (J), fast kurser har börjat: \(begunCourses), varav "
                        + "\(begunThisWeek) den senaste veckan. Se efter att skolan har intygat starterna.",
                    en: "No student has started a course (J), although courses have begun: \(begunCourses), "
                        + "\(begunThisWeek) of them this week. See whether the school has certified the starts."))
        }
        if students == 0, let studentsBefore, studentsBefore > 0 {
            doubts.append(
                Text(
                    sv: "Ingen studerande går i någon fil, och i den förra gick \(studentsBefore). Se efter vad som "
                        + "hålls tillbaka, och att exporten är hel.",
                    en: "No student goes in any file, and \(studentsBefore) went in the last. See what is held back, "
                        + "and whether the export is whole."))
        } else if lostMany, let difference {
            doubts.append(
                Text(
                    sv: "Mer än en femtedel av den förra filens studerande saknas (\(-difference)). Se efter att "
                        + "exporten är hel innan filen laddas upp.",
                    en: "More than a fifth of the last file's students are missing (\(-difference)). See whether the "
                        + "export is whole before the file is uploaded."))
        }
        return doubts
    }
}
