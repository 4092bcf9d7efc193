import CSN
import CSNRules
import Findings

/// The exit statuses of csnfil.
public enum ExitStatus: Int32, Sendable {
    /// Everything that should be reported is in a file, or there was nothing to report.
    case success = 0
    /// The run went through, but somebody is held back or an error was found.
    case findings = 1
    /// Nothing could be written: input or configuration unusable.
    case unusable = 2
    /// Wrong usage.
    case usage = 64
    /// A fault of the program.
    case fault = 70
    /// Reading or writing failed.
    case inputOutput = 74
    /// Another run holds the lock.
    case locked = 75
}

/// How many findings there are, each counted once by level and the changing ones once more by action.
public struct FindingCounts: Sendable, Hashable {
    /// Findings shown as errors.
    public var error = 0
    /// Findings shown as warnings.
    public var warning = 0
    /// Findings shown as information.
    public var info = 0
    /// Values that were mended.
    public var repair = 0
    /// Records, events and grades that were left out.
    public var drop = 0
    /// By the rule's number in the catalogue.
    public var byRule: [UInt16: Int] = [:]
    /// Findings that hold, by the rule's number in the catalogue.
    public var heldByRule: [UInt16: Int] = [:]

    /// Counts the findings.
    public init(_ findings: [Finding]) {
        var all: [Int] = []
        var held: [Int] = []
        func count(_ finding: Finding, in counts: inout [Int]) {
            let rule = Int(finding.rule)
            if rule >= counts.count { counts += repeatElement(0, count: rule + 1 - counts.count) }
            counts[rule] += 1
        }
        for finding in findings {
            switch finding.level {
            case .error: error += 1
            case .warning: warning += 1
            case .info: info += 1
            }
            switch finding.action {
            case .repair: repair += 1
            case .drop: drop += 1
            case .hold: count(finding, in: &held)
            case .none: break
            }
            count(finding, in: &all)
        }
        byRule = FindingCounts.byRule(all)
        heldByRule = FindingCounts.byRule(held)
    }

    private static func byRule(_ counts: [Int]) -> [UInt16: Int] {
        let found = counts.enumerated().filter { $0.element > 0 }
        return Dictionary(uniqueKeysWithValues: found.map { (UInt16($0.offset), $0.element) })
    }
}

extension RunReport {
    /// The rows with their fates, as outputs say them. A finished file that is checked has no rows but those that it
    /// would send.
    var shownRows: RowFates {
        guard purpose == .check, rows.read == 0 else { return rows }
        var all = RowFates()
        all.sent = inputs.reduce(0) { $0 + $1.rows }
        return all
    }

    /// The findings counted.
    public var counts: FindingCounts { FindingCounts(findings.findings) }

    /// What the program ends with: 70 after a fault of ours, 74 when something could not be written that is not an
    /// upload file, 1 when somebody is held back or an error was found, else 0.
    public var exitStatus: ExitStatus {
        if internalFaults > 0 { return .fault }
        if !undone.isEmpty { return .inputOutput }
        let gravest: Level = isStrict ? .warning : .error
        let isClean =
            !isIncomplete && rows.held == 0 && held.records == 0
            && !findings.findings.contains { $0.level.rawValue <= gravest.rawValue }
        return isClean ? .success : .findings
    }

    /// The key under which the run knows a student.
    public func canonicalKey(of student: UInt64) -> UInt64 { studentAliases[student] ?? student }

    /// Whether the student has protected identity.
    public func isProtected(_ student: UInt64) -> Bool {
        student != 0 && (protected.contains(student) || protected.contains(canonicalKey(of: student)))
    }

    /// The file a place lies in, as people know it: an input's path as given; empty when it lies in none.
    func path(of place: Place) -> String {
        inputs.indices.contains(Int(place.input)) ? inputs[Int(place.input)].path : ""
    }

    /// The name of a place's column as its input writes it; nil for a whole row.
    func columnName(of place: Place) -> String? {
        guard inputs.indices.contains(Int(place.input)) else { return nil }
        let columns = inputs[Int(place.input)].columns
        return columns.indices.contains(Int(place.column)) ? columns[Int(place.column)] : nil
    }

    /// The XPath of a place's element, for XML: `(//kurs)[17]/kod`, without the row where none is meant.
    func element(of place: Place) -> String? {
        guard inputs.indices.contains(Int(place.input)) else { return nil }
        let input = inputs[Int(place.input)]
        let column = input.elements.indices.contains(Int(place.column)) ? input.elements[Int(place.column)] : nil
        guard !input.rowElement.isEmpty, place.offset > 0 else { return column }
        let row = "(//\(input.rowElement))[\(place.offset)]"
        return column.map { "\(row)/\($0)" } ?? row
    }
}

extension RunReport {
    /// The files in the order in which a person uploads them: by the end of their window, then by school.
    public var filesToUpload: [OutputFile] {
        files.sorted { ($0.window.before, $0.skolkod, $0.path) < ($1.window.before, $1.skolkod, $1.path) }
    }
}
