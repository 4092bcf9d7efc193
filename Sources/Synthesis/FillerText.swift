import CSN
import Profiles

/// What stands in columns that no record needs: names, groups, teachers. All text is sample text.
struct FillerText {
    let stock: CourseStock

    func append(
        _ filler: SampleShape.Filler, of row: DraftRow, _ student: StudentDraft, place: Int, to line: inout [UInt8]
    ) {
        let person = student.person
        let course = stock.courses[row.shown.course]
        let start = row.shown.start
        switch filler {
        case .given: line.append(contentsOf: given(person))
        case .family: line.append(contentsOf: Names.families[person.lastName])
        case .name:
            line.append(contentsOf: Names.families[person.lastName])
            line.append(", ")
            line.append(contentsOf: given(person))
        case .sex: line.append(person.isWoman ? "K" : "M")
        case .class:
            line.append("VUX")
            line.append(digits: UInt64(1 + student.studentID % 9))
        case .group:
            line.append(contentsOf: course.code)
            line.append(UInt8(ascii: "-"))
            line.append(digits: UInt64(1 + place % 4))
        case .course: line.append(contentsOf: course.name)
        case .period:
            line.append(digits: UInt64(start.year % 100), width: 2)
            line.append(start.halfYear % 2 == 0 ? "2" : "4")
        case .year: line.append(digits: UInt64(start.year))
        case .teacher: line.append(contentsOf: teacher(place))
        case .mixedCase: break
        case .guid: append(guidOf: person, &line)
        }
    }

    private func given(_ person: Person) -> [UInt8] {
        person.isWoman ? Names.women[person.firstName] : Names.men[person.firstName]
    }

    /// Sometimes two at once, with a sign between them that XML has to write otherwise.
    private func teacher(_ place: Int) -> [UInt8] {
        let one = Names.families[place % Names.families.count]
        guard place % 7 == 2 else { return one }
        return one + Array(" & ".utf8) + Names.families[(place + 5) % Names.families.count]
    }

    /// Of a person, the same wherever the person stands.
    private func append(guidOf person: Person, _ line: inout [UInt8]) {
        var random = SeededRandom(seed: person.number)
        let (high, low) = (random.next(), random.next())
        let digits = [high, low].flatMap { number in
            stride(from: 60, through: 0, by: -4).map { hexadecimal[Int(number >> UInt64($0) & 15)] }
        }
        line.append(UInt8(ascii: "{"))
        for (place, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { line.append(UInt8(ascii: "-")) }
            line.append(digit)
        }
        line.append(UInt8(ascii: "}"))
    }

    private let hexadecimal = Array("0123456789ABCDEF".utf8)
}
