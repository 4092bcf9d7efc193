import CSN

/// To what extent somebody is ill or cares for somebody, where a reason written in words says it ("sjukskriven 100 %",
/// "heltidssjukskriven", "vård av barn 50%").
///
/// It is told only when every word of the text is known here: "arbete på sjukhus 100 %" says nothing of an illness, and
/// a drop-out left out for it would never be reported.
enum IllnessExtent {
    private static let full: Set<String> = ["heltid", "hel", "hela", "helt"]
    private static let part: Set<String> = ["deltid", "halvtid", "halv", "delvis", "partiell", "partiellt"]
    private static let illness: Set<String> = [
        "sjuk", "sjukdom", "sjukskriven", "sjukskrivning", "sjukanmäld", "sjukfrånvaro", "sjukledig", "vab", "vabbar",
        "vård", "vårdar",
    ]
    private static let others: Set<String> = [
        "av", "barn", "för", "grund", "i", "närstående", "om", "omfattning", "på", "pga", "sjukt", "till", "är",
    ]
    private static let percent: Set<String> = ["%", "procent"]

    /// The reason with its extent: full time, part time, or unknown where the text does not say, or says both.
    static func reason(in text: String) -> EventReason {
        var words = words(of: text)[...]
        var isFull = false
        var isPart = false
        var namesIllness = false
        while let word = words.popFirst() {
            if let number = Int(word) {
                guard let next = words.popFirst(), percent.contains(next), (1...100).contains(number) else {
                    return .illUnknownExtent
                }
                if number == 100 { isFull = true } else { isPart = true }
            } else if full.contains(word) {
                isFull = true
            } else if part.contains(word) {
                isPart = true
            } else if let isFullTime = isFullTime(compound: word) {
                if isFullTime { isFull = true } else { isPart = true }
                namesIllness = true
            } else if illness.contains(word) {
                namesIllness = true
            } else if !others.contains(word) {
                return .illUnknownExtent
            }
        }
        guard namesIllness, isFull != isPart else { return .illUnknownExtent }
        return isFull ? .illFullTime : .illPartTime
    }

    /// "heltidssjukskriven", "halvtidssjuk".
    private static func isFullTime(compound word: String) -> Bool? {
        for (prefix, isFull) in [("heltids", true), ("deltids", false), ("halvtids", false)]
        where word.hasPrefix(prefix) && illness.contains(String(word.dropFirst(prefix.count))) {
            return isFull
        }
        return nil
    }

    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for letter in text.lowercased() {
            if letter.isLetter || letter.isNumber {
                // A number ends where letters begin ("100procent").
                if let last = word.last, last.isNumber != letter.isNumber {
                    words.append(word)
                    word = ""
                }
                word.append(letter)
            } else {
                if !word.isEmpty { words.append(word) }
                word = ""
                if letter == "%" { words.append("%") }
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
