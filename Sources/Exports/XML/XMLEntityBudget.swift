import CLibXML2

/// Counts what a document's own entities hold and become. libxml2 has limits of its own, which for a parser without a
/// tree count references, not bytes; these come before them.
struct XMLEntityBudget {
    private let limit: Int
    private var declared = 0
    private var replaced = 0

    init(limit: Int) { self.limit = limit }

    /// Takes in a declaration; false where there is too much of them.
    mutating func declare(_ content: UnsafePointer<xmlChar>?) -> Bool {
        declared += 1 + (content.map { Int(xmlStrlen($0)) } ?? 0)
        return declared <= limit
    }

    /// Takes in a reference; false where references have become more than the limit and ten times what was read.
    mutating func refer(to entity: xmlEntityPtr, after read: Int) -> Bool {
        replaced += 1 + Int(entity.pointee.length)
        return replaced <= limit + 10 * read
    }
}
