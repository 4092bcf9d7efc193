import CSN
import Findings

/// `samordningsnummer-replaced`: a student who was reported under a samordningsnummer now has a personnummer.
enum SamordningsnummerReplaced: StudentRule {
    static let name: RuleName = "samordningsnummer-replaced"
    static let standing = Standing.advice
    static let heading = Heading.unit
    static let fields = FieldSet(.personnummer)
    static let turn = Turn(.check, 70)
    static let concerns: RecordTraits = .reported
    static let inputs: FieldSet = []

    /// Which message fits a number that took the place of another; nil when it is the same one.
    static func message(from old: Personnummer, to new: Personnummer) -> Int? {
        if old == new { return nil }
        return old.isSamordningsnummer && !new.isSamordningsnummer ? 0 : 1
    }

    static func apply(to student: inout StudentRecords, _ context: inout RuleContext) {
        guard let number = context.earlier.number, !context.earlier.isEmpty,
            let unit = student.units.firstIndex(where: { $0.records.contains { isOfExport($0) } }),
            let index = student.units[unit].records.firstIndex(where: isOfExport)
        else { return }
        for old in context.earlier.otherNumbers.sorted() {
            guard let message = message(from: old, to: number) else { continue }
            context.report(
                message, on: &student.units[unit].records[index], at: .personnummer,
                [Parameter("earlier", old.inClear, .personal)])
        }
    }

    private static func isOfExport(_ record: Record) -> Bool {
        !record.isCarried && !record.isDropped && !record.failed.contains(.personnummer)
    }

    static let title = Text(
        sv: "Den studerande har rapporterats under ett samordningsnummer och har nu ett personnummer.",
        en: "The student was reported under a samordningsnummer and now has a personnummer.")
    static let explanation = Text(
        sv: """
            Den studerande känns igen på exportens eget id. Kurser som behålls som de senast rapporterades får det nya \
            numret, så att studieperioden står under ett enda. Är det gamla numret inte ett samordningsnummer är \
            antingen det eller det nya fel.
            """,
        en: """
            The student is known by the export's own id. Courses that are kept as they were last reported get the new \
            number, so that the study period stands under one. Where the old number is not a samordningsnummer, either \
            it or the new one is wrong.
            """)
    static let remedy = Text(
        sv: """
            Ingenting behöver göras när ett samordningsnummer har ersatts. Annars: se efter i skolans system vilket \
            nummer som är rätt, och meddela CSN vad som rapporterades under det andra.
            """,
        en: """
            Nothing needs doing when a samordningsnummer has been replaced. Otherwise see in the school's system which \
            number is right, and tell CSN what was reported under the other.
            """)
    static let messages = [
        Message.send(
            .info,
            sv: "rapporterades förut under samordningsnumret {earlier}: allt skickas nu under personnumret",
            en: "was reported under the samordningsnummer {earlier} before: everything now goes under the personnummer"
        ),
        Message.send(
            .warning,
            sv: "rapporterades förut under ett annat nummer, {earlier}: CSN har kvar det som står under det",
            en: "was reported under another number before, {earlier}: CSN still has what stands under that"),
    ]
    static let source = Source.handbook(
        "Om personen senare blir folkbokförd ersätts samordningsnumret av ett personnummer.")
    static let broken = Example(["studentid": "17"], reported: [["studentid": "17", "personnummer": "19900161-9809"]])
    static let satisfied = Example(["studentid": "17"], reported: [["studentid": "17"]])
}
