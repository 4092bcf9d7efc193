import Findings

extension MigrationChanges {
    /// What a person is to know of it, and what csnfil does about it; nothing where all is as it was.
    public var notices: [Text] {
        exports.compactMap(notice) + (options.isEmpty ? [] : [optionNotice])
    }

    private func notice(of export: Export) -> Text? {
        switch export.state {
        case .same: nil
        case .changed: changed(export)
        case .added:
            Text(
                sv: "\(export.name) var inte med \(since). \(sentence(of: export).sv)",
                en: "\(export.name) was not among the exports of \(since). \(sentence(of: export).en)"
            ).joined(consequences(of: export))
        case .missing: missing(export)
        }
    }

    private func changed(_ export: Export) -> Text {
        let counts = Self.counts(export)
        guard !counts.sv.isEmpty else {
            return Text(
                sv: "\(export.name) har ändrats sedan \(since), men ingen kurs som flytten gäller är annorlunda.",
                en: "\(export.name) has changed since \(since), but no course that the migration is about is different."
            )
        }
        return Text(
            sv: "\(export.name) har ändrats sedan \(since): \(counts.sv).",
            en: "\(export.name) has changed since \(since): \(counts.en)."
        ).joined(consequences(of: export))
    }

    private func missing(_ export: Export) -> Text {
        Text(
            sv: """
                \(export.name) lästes \(since) men är inte med nu. Det som rapporterades ur den står kvar som det \
                var, det som väntar också. Hör den till flytten: kör igen med den.
                """,
            en: """
                \(export.name) was read \(since) but is not given now. What was reported of it stands as \
                it was, and what waits does too. If it belongs to the migration, run again with it.
                """)
    }

    private func sentence(of export: Export) -> Text {
        let counts = Self.counts(export)
        guard !counts.sv.isEmpty else {
            return Text(
                sv: "Ingen kurs som flytten gäller är annorlunda.",
                en: "No course that the migration is about is different.")
        }
        return Text(sv: counts.sv + ".", en: counts.en + ".")
    }

    // MARK: - Counts

    private static func counts(_ export: Export) -> Text {
        let all: [(count: Int, sv: String, en: (one: String, several: String))] = [
            (export.newGrades, "har nytt betyg", ("has another grade", "have another grade")),
            (export.otherwise, "har ändrats på annat sätt", ("has changed otherwise", "have changed otherwise")),
            (export.new, export.new == 1 ? "är ny" : "är nya", ("is new", "are new")),
            (export.gone, "finns inte längre", ("is not there any more", "are not there any more")),
        ].filter { $0.count > 0 }
        let sv = all.enumerated().map { number, part in
            let noun = number > 0 ? "" : part.count == 1 ? "kurs " : "kurser "
            return "\(part.count) \(noun)\(part.sv)"
        }
        let en = all.enumerated().map { number, part in
            let noun = number > 0 ? "" : part.count == 1 ? "course " : "courses "
            return "\(part.count) \(noun)\(part.count == 1 ? part.en.one : part.en.several)"
        }
        return Text(sv: sv.joined(separator: ", "), en: en.joined(separator: ", "))
    }

    // MARK: - What csnfil does

    private func consequences(of export: Export) -> [Text] {
        var all: [Text] = []
        if export.goingAgain > 0 {
            let files = export.filesOfThese.joined(separator: ", ")
            all.append(
                Text(
                    sv: "CSN har redan \(export.goingAgain) av de ändrade: de går igen, i \(files).",
                    en: "CSN already has \(export.goingAgain) of the changed ones: they go again, in \(files)."))
        }
        if export.waiting > 0 {
            all.append(
                Text(
                    sv: "\(export.waiting) av de ändrade väntar: de står i sin fil som de är nu.",
                    en: "\(export.waiting) of the changed ones wait: they stand in their file as they are now."))
        }
        if export.gone > 0 {
            all.append(
                Text(
                    sv: """
                        Det som inte finns längre står kvar som det rapporterades; rapporten säger vilka kurser det är. \
                        Ska någon bort: csnfil outbox forget STUDENTKEY KURSKOD --reason TEXT
                        """,
                    en: """
                        What is not there any more stands as it was reported; the report says which courses these are. \
                        If one is to go: csnfil outbox forget STUDENTKEY KURSKOD --reason TEXT
                        """))
        }
        return all
    }

    // MARK: - Options

    private var optionNotice: Text {
        func list(_ value: (Option) -> String?, without: String) -> String {
            options.map { option in value(option).map { "\(option.name) \($0)" } ?? "\(without) \(option.name)" }
                .joined(separator: ", ")
        }
        return Text(
            sv: """
                Förra gången, \(since), kördes flytten med \(list(\.before, without: "utan")), nu med \
                \(list(\.now, without: "utan")). Det som väntar ligger kvar i kön.
                """,
            en: """
                Last time, \(since), the migration was run with \(list(\.before, without: "no")), now with \
                \(list(\.now, without: "no")). What waits stays in the queue.
                """)
    }
}

extension Text {
    /// The sentence with others after it.
    fileprivate func joined(_ others: [Text]) -> Text {
        others.reduce(self) { Text(sv: "\($0.sv) \($1.sv)", en: "\($0.en) \($1.en)") }
    }
}
