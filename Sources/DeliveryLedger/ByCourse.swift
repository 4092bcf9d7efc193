/// A value for each of a student's courses, in the order of the courses.
///
/// A student has a handful of courses: to look through them costs less than a hash table, with its memory and the hash
/// of a code.
public struct ByCourse<Value>: Sequence, ExpressibleByDictionaryLiteral {
    /// A course with its value.
    public typealias Element = (key: CourseKey, value: Value)

    @usableFromInline var elements: [Element] = []

    /// No course.
    @inlinable public init() {}

    /// The courses with their values, each course once.
    @inlinable
    public init(dictionaryLiteral elements: (CourseKey, Value)...) {
        for (key, value) in elements { self[key] = value }
    }

    @usableFromInline init(ordered elements: [Element]) { self.elements = elements }

    /// Where the course stands; nil when it has no value.
    @usableFromInline
    func index(of key: CourseKey) -> Int? { elements.firstIndex { $0.key == key } }

    /// Puts in a course that has no value as yet.
    @usableFromInline
    mutating func insert(_ value: Value, of key: CourseKey) -> Int {
        // Most come in order.
        let index = elements.last.map { $0.key < key } ?? true ? elements.count : elements.count { $0.key < key }
        elements.insert((key, value), at: index)
        return index
    }

    /// A course's value; nil when it has none.
    @inlinable
    public subscript(key: CourseKey) -> Value? {
        get { index(of: key).map { elements[$0].value } }
        set {
            switch (newValue, index(of: key)) {
            case (let value?, let index?): elements[index].value = value
            case (let value?, nil): _ = insert(value, of: key)
            case (nil, let index?): elements.remove(at: index)
            case (nil, nil): break
            }
        }
    }

    /// A course's value, to be changed in place; the default where it has none.
    @inlinable
    public subscript(key: CourseKey, default value: @autoclosure () -> Value) -> Value {
        get { self[key] ?? value() }
        _modify {
            let index = index(of: key) ?? insert(value(), of: key)
            yield &elements[index].value
        }
    }

    /// Whether the course has a value for which something holds; the value is not copied.
    @inlinable
    public func has(_ key: CourseKey, where holds: (borrowing Value) -> Bool) -> Bool {
        index(of: key).map { holds(elements[$0].value) } ?? false
    }

    /// How many courses have a value.
    @inlinable public var count: Int { elements.count }
    /// Whether none has.
    @inlinable public var isEmpty: Bool { elements.isEmpty }
    /// The courses, in order.
    @inlinable public var keys: [CourseKey] { elements.map(\.key) }
    /// The values, in the order of the courses.
    @inlinable public var values: [Value] { elements.map(\.value) }

    /// The same courses with other values.
    @inlinable
    public func mapValues<Other>(_ transform: (CourseKey, Value) throws -> Other) rethrows -> ByCourse<Other> {
        ByCourse<Other>(ordered: try elements.map { ($0.key, try transform($0.key, $0.value)) })
    }

    /// Course by course.
    @inlinable public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}

extension ByCourse: Sendable where Value: Sendable {}

extension ByCourse: Equatable where Value: Equatable {
    /// Whether both have the same courses with the same values.
    public static func == (left: ByCourse, right: ByCourse) -> Bool {
        left.count == right.count && zip(left.elements, right.elements).allSatisfy { $0 == $1 }
    }
}
