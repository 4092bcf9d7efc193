import CSN

/// The courses of the codes that files of one layout hold, each looked up once. A class, so that the files that one
/// thread reads share them: most codes of a file stood in one before.
///
/// Codes of up to sixteen bytes, which all good ones are, lie in a table with open addressing: a dictionary, which
/// hashes the bytes one by one, took as long as all other fields of a record together.
final class FoundCodes {
    private let find: (String) -> FoundCourse
    private var places = [Place](repeating: Place(), count: 1 << 8)
    private var count = 0
    /// Another in each run, so that no file can be made in which all codes fall on one place.
    private let factor = UInt64.random(in: .min ... .max) | 1

    /// - Parameter find: asked once for each different code.
    init(_ find: @escaping (String) -> FoundCourse) { self.find = find }

    private struct Place {
        var first: ByteWord = 0
        var second: ByteWord = 0
        /// nil where no code lies.
        var course: FoundCourse?
    }

    /// The course of a code; nil for one that is longer than the field.
    ///
    /// - Parameter text: the code as text, asked for only when it has not been met.
    func course(of bytes: FieldBytes, text: () -> String) -> FoundCourse? {
        guard bytes.count <= 16 else { return made(text()) }
        let (first, second) = (bytes.first, bytes.second)
        var place = home(first, second)
        while let course = places[place].course {
            if places[place].first == first, places[place].second == second { return course }
            place = (place + 1) & (places.count - 1)
        }
        guard let course = made(text()) else { return nil }
        places[place] = Place(first: first, second: second, course: course)
        count += 1
        if count * 2 > places.count { grow() }
        return course
    }

    @inline(__always)
    private func home(_ first: ByteWord, _ second: ByteWord) -> Int {
        let mixed = (first ^ (second &* 0x9E37_79B9_7F4A_7C15)) &* factor
        return Int(truncatingIfNeeded: mixed >> 32) & (places.count - 1)
    }

    private func grow() {
        let old = places
        places = [Place](repeating: Place(), count: old.count * 2)
        for entry in old where entry.course != nil {
            var place = home(entry.first, entry.second)
            while places[place].course != nil { place = (place + 1) & (places.count - 1) }
            places[place] = entry
        }
    }

    private func made(_ code: String) -> FoundCourse? {
        code.unicodeScalars.count <= Field.kurskod.width ? find(code) : nil
    }
}
