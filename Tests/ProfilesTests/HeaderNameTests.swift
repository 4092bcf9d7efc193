import Foundation
import Profiles
import Testing

@Suite struct HeaderNameTests {
    @Test(arguments: [
        ("Påbörjad", "Påbörjad"), ("Påbörjad", "PÅBÖRJAD"), ("Påbörjad", "Paborjad"), ("Påbörjad", "P?b?rjad"),
        ("Påbörjad", "Pbrjad"), ("Påbörjad", "P\u{FFFD}b\u{FFFD}rjad"), ("Påbörjad", "Pa\u{30A}bo\u{308}rjad"),
        ("Pa\u{30A}bo\u{308}rjad", "Påbörjad"), ("Påbörjad", "PÃ¥bÃ¶rjad"), ("Paborjad", "Påbörjad"),
        ("Kurskod", "ns1:Kurskod"), ("Kurskod", "tns:kurskod"), ("Kurskod", " kurs-kod "), ("Kurskod", "\"Kurs kod\""),
        ("CSN-skolkod", "csn_skolkod"), ("Förnamn", "Fornamn"), ("Nivå", "Niva"), ("Poäng", "Poäng:"),
        ("Personnummer", "\u{FEFF}Personnummer"),
    ])
    func means(name: String, header: String) {
        #expect(HeaderName(name).matches(HeaderName(header)))
    }

    @Test(arguments: [
        ("Kurs", "Kurskod"), ("Kurskod", "Kurs"), ("Startdatum", "Slutdatum"), ("Mal", "Ml"), ("S", "Ås"), ("Ås", "S"),
        ("start", "Datum: start"), ("Del", ""), ("Del", "???"), ("", ""), ("???", "???"), ("Betyg", "Betygsdatum"),
    ])
    func doesNotMean(name: String, header: String) {
        #expect(!HeaderName(name).matches(HeaderName(header)))
    }

    /// The letters by which headers are compared are those of Unicode's canonical decomposition, whichever way they are
    /// found: every character of ISO-8859-1 and some beyond, alone and before a combining mark.
    @Test func formsAreThoseOfUnicode() throws {
        func plain(_ text: String) -> String {
            String(
                String.UnicodeScalarView(
                    text.lowercased().unicodeScalars.filter {
                        $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
                    }))
        }
        for value in UInt32(0)..<0x180 {
            for tail in ["x", "\u{308}", "z9"] {
                let text = "A" + String(try #require(Unicode.Scalar(value))) + tail
                // A colon cuts an XML prefix off.
                if text.contains(":") { continue }
                #expect(HeaderName(text).folded == plain(text.decomposedStringWithCanonicalMapping), "U+\(value)")
                #expect(HeaderName(text).stripped == plain(text.precomposedStringWithCanonicalMapping), "U+\(value)")
            }
        }
    }
}
