/// What makes sure that a written file is what was meant and stays so. A run does all of it; the benchmarks leave it out
/// to time the conversion by itself (docs/performance.md). No option and no variable of the program reaches this.
package struct Durability: Sendable {
    /// Files and folders are flushed to the disk before anything relies on them.
    package var flushes = true
    /// What is read and what is written is hashed.
    package var hashes = true
    /// A written file is read back from the disk, compared and judged.
    package var readsBack = true

    /// All of it.
    package static let full = Durability()
    /// None of it.
    package static let none = Durability(flushes: false, hashes: false, readsBack: false)

    package init(flushes: Bool = true, hashes: Bool = true, readsBack: Bool = true) {
        self.flushes = flushes
        self.hashes = hashes
        self.readsBack = readsBack
    }
}
