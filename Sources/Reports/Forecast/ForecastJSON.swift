import CSN

extension Forecast {
    /// The forecast as an object of `summary.json`. Weeks and points a week are decimal numbers.
    func write(to array: inout JSONWriter) {
        array.object { school in
            school.number("skolkod", Int(skolkod.number))
            school.number("students", students)
            school.number("started", started)
            school.number("studentsBefore", studentsBefore)
            school.number("begunCourses", begunCourses)
            school.number("begunThisWeek", begunThisWeek)
            school.array("groups") { array in
                for group in groups { array.object { Forecast.write(group, to: &$0) } }
            }
        }
    }

    private static func write(_ group: Group, to object: inout JSONWriter) {
        object.string("group", group.group.rawValue)
        object.number("students", group.students)
        object.number("started", group.started)
        object.number("notStarted", group.students - group.started)
        object.array("levels") { array in
            for level in group.levels {
                array.object {
                    $0.string("niva", level.niva.code)
                    $0.number("periods", level.periods)
                    $0.number("points", level.points)
                    $0.tenths("weeks", level.tenthsOfWeeks)
                    $0.object("pointsPerWeek") { quotient in
                        quotient.tenths("lowest", level.lowest)
                        quotient.tenths("median", level.median)
                        quotient.tenths("highest", level.highest)
                    }
                }
            }
        }
    }
}
