import CSN

/// A national course that a code may stand for. A person decides.
public struct CourseCandidate: Sendable {
    /// Why it is one.
    public struct Reasons: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt8
        /// Reasons with these bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The code is like it: a decoration, O for 0, another letter case, a slip or two.
        public static let code = Reasons(rawValue: 1)
        /// The course's name in the export is its name, or near to it.
        public static let name = Reasons(rawValue: 2)
    }

    /// The national course.
    public let course: Course
    /// Why.
    public let reasons: Reasons
}

extension CourseRegister {
    /// Up to three national courses that a code and the course's name beside it could have meant.
    ///
    /// What both speak for goes first, then what the code speaks for, then courses of the very name, then of one near
    /// to it. Of three that the code alone speaks for the last gives way to a course of the very name.
    public func candidates(for code: String, name: String?) -> [CourseCandidate] {
        let byCode = suggestions(for: code).filter(isReportable)
        let equal = name.map { names.codes(named: $0) } ?? []
        let near = name.map { names.codes(near: $0) } ?? []
        let byName = Set(equal + near)
        var order = byCode.filter(byName.contains) + byCode.filter { !byName.contains($0) }
        if let named = equal.first, order.count > 2, !order.prefix(3).contains(where: equal.contains) {
            order.insert(named, at: 2)
        }
        for code in equal + near where !order.contains(code) { order.append(code) }
        return order.prefix(3).compactMap { code in
            guard let index = national.indices[code] else { return nil }
            var reasons: CourseCandidate.Reasons = byCode.contains(code) ? .code : []
            if byName.contains(code) { reasons.insert(.name) }
            return CourseCandidate(course: national.courses[index], reasons: reasons)
        }
    }

    /// Whether the register has a course of that name, so that the text is nobody's own.
    public func isCourseName(_ name: String) -> Bool { !names.codes(named: name).isEmpty }

    /// Whether a code could stand as kurskod in a school's list: sfi and codes of twelve characters cannot.
    private func isReportable(_ code: String) -> Bool {
        guard let index = national.indices[code] else { return false }
        return national.isReportable[index] && code.count <= CourseRegister.longestCode
    }
}
