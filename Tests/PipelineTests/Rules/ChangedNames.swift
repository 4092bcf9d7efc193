import CSN
import CSNRules
import Findings

/// A catalogue whose names have changed: no rule of the shipped one has had another name yet.
enum ChangedNames {
    static let catalogue = Catalogue([ARule.self], retired: [NoMore.self])

    enum ARule: ReadingRule {
        static let name: RuleName = "a-rule"
        static let formerNames: [RuleName] = ["renamed-once", "the-first-name"]
        static let standing = Standing.advice
        static let heading = Heading.record
        static let fields = FieldSet(.slutdatum)
        static let title = Text(sv: "En regel.", en: "A rule.")
        static let explanation = Text(sv: "Den förklarar sig.", en: "It explains itself.")
        static let remedy = Text(sv: "Gör något.", en: "Do something.")
        static let messages = [Message.send(.warning, sv: "så är det", en: "so it is")]
        static let source = Source.own(Text(sv: "Skäl.", en: "Reason."))
        static let broken = Example()
        static let satisfied = Example()
    }

    enum NoMore: RetiredRule {
        static let name: RuleName = "no-more"
        static let replacements: [RuleName] = ["a-rule"]
        static let reason = Text(sv: "CSN frågar inte längre efter det.", en: "CSN does not ask for it any more.")
        static let until = "2.0"
    }
}
