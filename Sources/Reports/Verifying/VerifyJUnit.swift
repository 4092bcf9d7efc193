import Findings

extension VerifyReport {
    /// The results as JUnit XML, which build servers read: one test case for each case in each layout. Texts are in
    /// English, and there are no times: the same results give the same bytes.
    public func junit() -> String {
        let failures = results.count { !$0.status.isGood }
        let counts = "tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\""
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites name=\"\(program.name.inXML(isAttribute: true)) verify\" \(counts)>\n"
        text += "  <testsuite name=\"\(program.name.inXML(isAttribute: true)) verify\" \(counts)>\n"
        for result in results {
            let name = (result.layout ?? "case").inXML(isAttribute: true)
            text += "    <testcase classname=\"\(result.name.inXML(isAttribute: true))\" name=\"\(name)\""
            guard !result.status.isGood else {
                text += "/>\n"
                continue
            }
            let details = VerifyText(self, in: .en).part(result)
            text +=
                ">\n      <failure type=\"\(result.status.rawValue)\" message=\"\(headline(of: result).inXML(isAttribute: true))\">"
            text += details.inXML(isAttribute: false) + "</failure>\n    </testcase>\n"
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    private func headline(of result: Result) -> String {
        if let message = result.message { return message.en }
        let files = Set(result.differences.map(\.file)).sorted().joined(separator: ", ")
        return "not as expected: \(files)"
    }
}

extension String {
    /// The text as it may stand in an attribute or an element: markup escaped, and characters that XML 1.0 (section
    /// 2.2) does not have replaced. In attributes line ends are references, because readers make blanks of them there.
    fileprivate func inXML(isAttribute: Bool) -> String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\n", "\t":
                if isAttribute { text += "&#\(scalar.value);" } else { text.unicodeScalars.append(scalar) }
            case "\r": text += "&#13;"
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                text.unicodeScalars.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return text
    }
}
