import CSN
import DeliveryLedger
import Testing

/// The database and the model after the same random commits.
@Suite struct RandomCommitTests {
    @Test(arguments: 1...10) func `the database says what the model says after every commit`(_ seed: UInt64) throws {
        let scratch = try Scratch()
        var ledger = try SQLiteLedger(path: scratch.file())
        var model = ModelStore()
        var maker = CommitMaker(seed: seed)
        for step in 0..<20 {
            let numbers = try ledger.nextNumbers()
            let changes = try maker.changes(numbers, model)
            try ledger.commit(changes)
            model.commit(changes)
            // Half of the time everything is read back from the file alone.
            if step % 2 == 0 {
                try ledger.close()
                ledger = try SQLiteLedger(path: scratch.file())
            }
            try compare(ledger, model, maker)
        }
    }

    private func compare(_ ledger: SQLiteLedger, _ model: ModelStore, _ maker: CommitMaker) throws {
        for school in maker.schools {
            let found = try ledger.deliveries(of: school)
            let expected = model.deliveries(of: school)
            #expect(found.students == expected.students)
            #expect(found.files == expected.files)
            #expect(found.versions == expected.versions)
            #expect(found.forgotten == expected.forgotten)
            #expect(found.lastExports == expected.lastExports)
        }
        #expect(try ledger.files(since: nil) == model.files(since: nil))
        let since = maker.today - 5
        #expect(try ledger.files(since: since) == model.files(since: since))
        #expect(try ledger.currentInputs() == model.currentInputs())
        #expect(try ledger.lastMoment() == model.lastMoment)
        #expect(try ledger.runs(limit: 3) == model.runs.suffix(3).reversed())
        for (key, value) in model.students.prefix(5) {
            #expect(try ledger.student(key)?.student == value.student)
            #expect(try ledger.student(key)?.school == value.school)
            let same = model.students.values.filter { $0.student.numbers.contains(value.student.personnummer) }
            #expect(try Set(ledger.students(value.student.personnummer).map(\.student)) == Set(same.map(\.student)))
            let history = try ledger.history(of: key)
            let expected = model.history(of: key)
            #expect(history.map(\.file) == expected.map(\.file))
            #expect(history.map(\.course) == expected.map(\.course))
            #expect(history.map(\.version) == expected.map(\.version))
        }
    }
}
