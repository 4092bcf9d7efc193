extension String {
    /// The folder that a path lies in: empty for a name alone, `/` for what lies at the root.
    ///
    /// Foundation's `deletingLastPathComponent` traps on a path of one character (swift-corelibs-foundation, Swift
    /// 6.3), and a file may well be called `x`.
    var folderOfPath: String {
        guard let slash = lastIndex(of: "/") else { return "" }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
