import CSN

/// The `csnfil.yaml` beside a sample: what its columns do not say.
struct SampleConfiguration {
    private let system: String
    private let showing: Showing
    private let schools: [Skolkod]

    init(_ system: String, _ showing: Showing, _ schools: [Skolkod]) {
        self.system = system
        self.showing = showing
        self.schools = schools
    }

    /// nil where the columns say everything.
    var text: String? {
        guard showing.school == .none || showing.start != .column else { return nil }
        return reason + "schools:\n" + schools.enumerated().map(school).joined()
    }

    private var reason: String {
        if showing.school == .none {
            return """
                # Hör till det syntetiska exportet: textfilen har varken skola eller påbörjat i någon kolumn.
                # Goes with the synthetic export: the text file has no column for the school, nor for a certified start.

                """
        }
        return """
            # Hör till det syntetiska exportet: det har ingen kolumn där skolan intygar att studierna påbörjats.
            # Goes with the synthetic export: it has no column in which the school certifies a start.

            """
    }

    private func school(_ number: Int, _ skolkod: Skolkod) -> String {
        let name = schools.count == 1 ? "Exempelskolan" : "Exempelskolan \(number + 1)"
        return """
              - skolkod: \(skolkod)
                name: \(name)
                system: \(system)
                started:
            \(started)
            """
    }

    private var started: String {
        guard showing.start == .status else { return "      grade: true\n" }
        let words = showing.statuses.map { "\"\($0)\"" }.joined(separator: ", ")
        return "      status: [\(words)]\n"
    }
}
