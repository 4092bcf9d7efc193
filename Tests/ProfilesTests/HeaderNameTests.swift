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
}
