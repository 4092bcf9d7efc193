import CSN
import DeliveryLedger
import Findings

extension QueueCommit {
    /// What a person is told of the files whose reading has passed without a word: what becomes of what they held, and
    /// what to say if they were uploaded.
    var notices: [Text] { movedOn.map { QueueCommit.notice(of: $0.file, to: $0.to) } }

    private static func notice(of file: DeliveredFile, to next: Day?) -> Text {
        let name = file.facts.name.split(separator: "/").last.map(String.init) ?? file.facts.name
        let again =
            next.map {
                Text(
                    sv: "Dess innehåll går nu till läsningen \($0).",
                    en: "What it held now goes to the reading of \($0).")
            } ?? Text(sv: "CSN har redan det som stod i den.", en: "CSN has already what stood in it.")
        return Text(
            sv: """
                Ingen har sagt att \(name) laddades upp före läsningen. \(again.sv) Laddades den upp: csnfil outbox \
                sent \(file.id.number) --at ÅÅÅÅ-MM-DDTHH:MM
                """,
            en: """
                Nobody has said that \(name) was uploaded before its reading. \(again.en) If it was: csnfil outbox \
                sent \(file.id.number) --at YYYY-MM-DDTHH:MM
                """)
    }
}
