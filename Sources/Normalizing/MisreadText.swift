/// Text that was written as UTF-8, read as ISO-8859-1 or Windows-1252 and written again: "GodkÃ¤nt", "FÃ–SPER01".
enum MisreadText {
    /// The text as it was meant; nil where it cannot have come about so.
    static func undone(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var isMisread = false
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) ?? windows1252[scalar] else { return nil }
            if byte >= 0x80 { isMisread = true }
            bytes.append(byte)
        }
        return isMisread ? String(validating: bytes, as: UTF8.self) : nil
    }

    /// What Windows-1252 has where ISO-8859-1 has control characters. Source: Unicode's CP1252.TXT.
    private static let windows1252: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88, "‰": 0x89, "Š": 0x8A,
        "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97,
        "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B, "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]
}
