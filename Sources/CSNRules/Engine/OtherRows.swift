import CSN
import Findings

// What is said of a row in a finding about another one, and what makes rows comparable.

extension Parameter {
    /// Another row's line, as `{line}` in a sentence about a row; with its input where that is another, so that the
    /// sentence names the file too.
    static func line(of row: RowOrigin, seenFrom own: RowOrigin) -> [Parameter] {
        let line = Parameter(Parameter.line, String(row.line))
        return row.input == own.input ? [line] : [line, Parameter(Parameter.lineInput, String(row.input))]
    }
}

extension StudentRows {
    /// Lets rows of one course point to one entry of the table: a school's own code and the national code that it
    /// stands for are two entries with one code, and in the file they are one course.
    mutating func nameCoursesAlike(in courses: CourseTable) {
        guard rows.count > 1, let first = rows.first?.course, rows.contains(where: { $0.course != first }) else {
            return
        }
        for index in rows.indices {
            guard let course = rows[index].course, courses.repeatsCode(course) else { continue }
            for other in rows {
                guard let known = other.course, known.number < course.number, courses.haveSameCode(known, course) else {
                    continue
                }
                rows[index].course = known
                break
            }
        }
    }
}
