import CSN
import Profiles

// What an export says of the whole course beside the occasion: its points, and whether it goes on.
extension RowNormalizer {
    /// Takes the points of a whole course from it, and marks what its points say of a blank kursdel.
    mutating func readWholeCourse(_ candidate: inout Candidate) {
        let isPartBlank = cell(.kursdel).isEmpty
        guard isPartBlank || cell(.poang).isEmpty else { return }
        var points: Int?
        switch NumberReading.poang(cell(.kurspoang)) {
        case .value(let number), .doubtful(let number, _): points = number
        case .blank: break
        case .failed(let problem):
            note(.poang, .failed(problem), .kurspoang)
            return
        }
        if cell(.poang).isEmpty, candidate.kursdel == .whole { candidate.poang = points }
        if isPartBlank { markPart(points, &candidate) }
    }

    private mutating func markPart(_ points: Int?, _ candidate: inout Candidate) {
        guard let goesOn = word(.fortsatter, nil) else {
            note(.kursdel, .failed(.format), .fortsatter)
            return
        }
        if goesOn == RowWords.yes {
            candidate.marks.insert(.readInParts)
        } else if let points, let here = candidate.poang, here <= points {
            candidate.marks.insert(here < points ? .readInParts : .wholeCourse)
        }
    }
}
