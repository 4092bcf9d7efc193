import CSN

/// What may stand directly in an element, prepared for comparing.
struct XMLPlan {
    struct Item {
        let field: Field
        let element: String
        /// Its place in the order.
        let key: Int
        var name: XMLName
    }

    private(set) var items: [Item]
    /// The name of the element that holds the next level; empty when there is none.
    let child: String
    var childName: XMLName
    /// The child's place in the order.
    let childKey: Int
    var namespace: XMLName
    /// The fields that must stand here.
    let obligatory: FieldSet
    /// By place in the order, those that must stand before it.
    private let obligatoryBefore: [FieldSet]
    /// Where the element met last stands among the items: the next one is looked for behind it.
    private var latest = -1

    private init(_ level: XMLLevel?, child: String, namespace: String) {
        let fields = level?.items ?? []
        let childKey = level?.eventsBefore ?? fields.count
        let items = fields.enumerated().map { index, item in
            Item(
                field: item.field, element: item.element, key: index < childKey ? index : index + 1,
                name: XMLName(item.element))
        }
        self.items = items
        self.child = child
        childName = XMLName(child)
        self.childKey = childKey
        self.namespace = XMLName(namespace)
        func obligatory(before key: Int) -> FieldSet {
            items.filter { $0.key < key && $0.field.isObligatory }.reduce(into: []) { $0.insert($1.field) }
        }
        obligatoryBefore = (0...items.count + 1).map { obligatory(before: $0) }
        self.obligatory = obligatory(before: .max)
    }

    /// Whether an obligatory field that stands before that place has not been seen.
    @inline(__always)
    func lacks(_ seen: FieldSet, before key: Int) -> Bool { !obligatoryBefore[key].isSubset(of: seen) }

    /// Which of the fields has an element of that name, if one was met before.
    @inline(__always)
    mutating func knownItem(_ name: UnsafePointer<UInt8>) -> Int? {
        for next in latest + 1..<items.count where items[next].name.address == name {
            latest = next
            return next
        }
        for next in 0..<latest + 1 where items[next].name.address == name {
            latest = next
            return next
        }
        return nil
    }

    /// Which of the fields has an element of that name.
    mutating func item(_ name: UnsafePointer<UInt8>) -> Int? {
        items.indices.first { items[$0].name.isIt(name) }
    }

    /// From the document, whose child is the root, to the event, which has none.
    static func levels(of form: XMLForm) -> [XMLPlan] {
        func plan(_ level: XMLLevel?, child: String) -> XMLPlan {
            XMLPlan(level, child: child, namespace: form.namespace)
        }
        return [
            plan(nil, child: form.root), plan(nil, child: form.school.element),
            plan(form.school, child: form.student.element), plan(form.student, child: form.course.element),
            plan(form.course, child: form.event.element), plan(form.event, child: ""),
        ]
    }
}

/// A name that the parser's are compared with. libxml2 keeps one copy of each name for as long as it reads a file, so
/// that a name met before is known by its address.
struct XMLName {
    private let bytes: [UInt8]
    /// Where the parser has this name; nil until it has been met. Holds for one file.
    private(set) var address: UnsafePointer<UInt8>?

    init(_ name: String) { bytes = Array(name.utf8) + [0] }

    @inline(__always)
    mutating func isIt(_ other: UnsafePointer<UInt8>?) -> Bool {
        guard let other else { return false }
        if address == other { return true }
        return isSpelled(other)
    }

    @inline(never)
    private mutating func isSpelled(_ other: UnsafePointer<UInt8>) -> Bool {
        let isSame = bytes.withUnsafeBufferPointer { bytes in
            for (index, byte) in bytes.enumerated() where other[index] != byte { return false }
            return true
        }
        if isSame { address = other }
        return isSame
    }
}
