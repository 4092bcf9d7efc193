import CSN
import Findings

/// The part of a run's text that says what CSN will conclude from the files.
struct ForecastText {
    let forecasts: [Forecast]
    let plain: PlainWords
    let emphasis: Emphasis

    /// So many schools are shown; the others stand in summary.json.
    private static let shownSchools = 20

    private func say(_ sv: String, _ en: String) -> String { Text(sv: sv, en: en)[plain.language] }

    /// The lines; empty when there are no files.
    func text() -> String {
        guard !forecasts.isEmpty else { return "" }
        var text = emphasis(.bold, say("Vad CSN kommer att se i filerna", "What CSN will see in the files")) + "\n"
        // What is unlikely first: nobody reads a hundred schools to find it.
        let ordered = forecasts.filter { !$0.doubts.isEmpty } + forecasts.filter { $0.doubts.isEmpty }
        for forecast in ordered.prefix(ForecastText.shownSchools) { text += lines(of: forecast) }
        if ordered.count > ForecastText.shownSchools {
            let rest = plain.number(ordered.count - ForecastText.shownSchools)
            text += say(
                "  och \(rest) skolor till; alla står i summary.json\n",
                "  and \(rest) schools more; all of them are in summary.json\n")
        }
        return text
            + say(
                "  Poäng och veckor räknas per nivå och studieperiod, från första startdatum till sista slutdatum.\n",
                "  Points and weeks are counted per level and study period, from first startdatum to last slutdatum.\n")
    }

    private func lines(of forecast: Forecast) -> String {
        var text = "  " + say("skola", "school") + " \(forecast.skolkod): \(plain.students(forecast.students))"
        if let difference = forecast.difference { text += ", " + compared(difference) }
        text += "\n"
        for doubt in forecast.doubts {
            text += "    " + emphasis(.yellow, say("Obs", "Note")) + ": \(doubt[plain.language])\n"
        }
        for group in forecast.groups {
            let started = plain.number(group.started)
            let others = plain.number(group.students - group.started)
            text += "    \(name(of: group.group)): \(plain.students(group.students)), "
            text += say("\(started) har påbörjat, \(others) inte\n", "\(started) started, \(others) not\n")
            for level in group.levels { text += line(of: level) }
        }
        return text
    }

    private func compared(_ difference: Int) -> String {
        let number = plain.number(abs(difference))
        if difference == 0 { return say("lika många som i den förra filen", "as many as in the last file") }
        return difference < 0
            ? say("\(number) färre än i den förra filen", "\(number) fewer than in the last file")
            : say("\(number) fler än i den förra filen", "\(number) more than in the last file")
    }

    private func name(of group: Forecast.StudentGroup) -> String {
        switch group {
        case .studyAidAge: say("i studiehjälpsålder", "in study-aid age")
        case .older: say("äldre", "older")
        }
    }

    private func line(of level: Forecast.Level) -> String {
        let weeks = plain.tenths(level.tenthsOfWeeks)
        let points = plain.number(level.points)
        let (lowest, median, highest) = (
            plain.tenths(level.lowest), plain.tenths(level.median), plain.tenths(level.highest)
        )
        let quotients =
            level.lowest == level.highest
            ? lowest : "\(lowest)–\(highest), " + say("i mitten \(median)", "in the middle \(median)")
        return "      \(level.niva.code): \(plain.units(level.periods)), "
            + say(
                "\(points) poäng på \(weeks) veckor; poäng i veckan \(quotients)\n",
                "\(points) points in \(weeks) weeks; points a week \(quotients)\n")
    }
}

extension PlainWords {
    /// A number of tenths with its decimal: `11,8`, `11.8`.
    func tenths(_ tenths: Int) -> String { number(tenths / 10) + (language == .sv ? "," : ".") + String(tenths % 10) }
}
