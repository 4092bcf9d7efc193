extension Reconciliation {
    /// The sums as an object of `summary.json`.
    func write(to object: inout JSONWriter) {
        let total = total
        object.object("reconciliation") {
            $0.bool("final", stage == .final)
            $0.number("rows", total.rows)
            $0.number("sent", total.sent)
            $0.number("withCSN", total.withCSN)
            $0.number("uploaded", total.uploaded)
            $0.number("waiting", total.waiting + total.rehearsed)
            $0.number("held", total.held)
            $0.number("dropped", total.dropped)
            $0.number("copies", total.copies)
            $0.number("records", total.records)
            $0.number("outside", rowsOutside)
            $0.number("leftOut", rowsLeftOut)
            $0.number("read", rowsRead)
        }
    }
}
