import Foundation
import Testing

/// Inputs from which nothing can be made: exit status 2, a message that says what, where and what to do, nothing
/// written.
@Suite struct UnusableInputTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    struct Case: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var arguments: [String] = []
        /// What stands before the message: the file, with the line where there is one.
        var place = "in.csv:"
        /// What the message says is wrong.
        var english: String
        var swedish: String
        /// What it says is to be done.
        var remedy = "Export again from the school's system"
        var swedishRemedy = "Gör om exporten i skolans system"

        var testDescription: String { name }
    }

    private static func header(_ changes: [String: String]) -> String {
        Export.headers.map { changes[$0] ?? $0 }.joined(separator: ";")
    }

    static let cases: [Case] = [
        Case(name: "no bytes", bytes: [], english: "the file is empty", swedish: "filen är tom"),
        Case(
            name: "blank lines", bytes: Array("\r\n \r\n\t\r\n".utf8), english: "the file is empty",
            swedish: "filen är tom"),
        Case(
            name: "only a byte order mark", bytes: [0xEF, 0xBB, 0xBF], english: "the file is empty",
            swedish: "filen är tom"),
        Case(
            name: "no known header", bytes: Array("Namn;Telefon\nErik;08-1234567\n".utf8),
            english: "no export profile knows the headers ”Namn”, ”Telefon”",
            swedish: "ingen exportprofil känner igen rubrikerna ”Namn”, ”Telefon”"),
        Case(
            name: "a needed column missing",
            bytes: Array(Export.text([Export.row()], header: header(["Kurskod": "Ämneskod"])).utf8), place: "in.csv:1:",
            english: "the column for kurskod is missing", swedish: "kolumnen för kurskod saknas",
            remedy: "Include the column in the list", swedishRemedy: "Ta med kolumnen i listan"),
        Case(
            name: "a needed column missing, the system named",
            bytes: Array(Export.text([Export.row()], header: header(["Slutdatum": "Sista dag"])).utf8),
            arguments: ["--system", "schoolsoft-list"], place: "in.csv:1:",
            english: "the column for slutdatum is missing", swedish: "kolumnen för slutdatum saknas",
            remedy: "Include the column in the list", swedishRemedy: "Ta med kolumnen i listan"),
        Case(
            name: "two headers for one field",
            bytes: Array(Export.text([Export.row()], header: header(["Kursnamn": "KURSKOD"])).utf8), place: "in.csv:1:",
            english: "both “Kurskod” and “KURSKOD” fit kurskod", swedish: "både ”Kurskod” och ”KURSKOD” passar kurskod",
            remedy: "Remove one of the columns", swedishRemedy: "Ta bort den ena kolumnen"),
        Case(
            name: "PDF", bytes: Array("%PDF-1.7\n%âãÏÓ\n1 0 obj\n".utf8), english: "a PDF file", swedish: "en PDF-fil"),
        Case(
            name: "an error page of a web server",
            bytes: Array("<!DOCTYPE html>\n<html><body><h1>API PARTNER ERROR</h1></body></html>\n".utf8),
            english: "a web page (HTML)", swedish: "en webbsida (HTML)"),
        Case(
            name: "an error text instead of a list", bytes: Array("API PARTNER ERROR\n".utf8),
            english: "no export profile knows the headers ”API PARTNER ERROR”",
            swedish: "ingen exportprofil känner igen rubrikerna ”API PARTNER ERROR”"),
        Case(
            name: "ZIP", bytes: [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0, 0, 8, 0] + Array("lista.csv".utf8),
            english: "a ZIP archive", swedish: "ett ZIP-arkiv"),
        Case(
            name: "XLSX",
            bytes: [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 6, 0, 8, 0] + Array("[Content_Types].xml".utf8),
            english: "an Excel workbook (.xlsx)", swedish: "en Excel-arbetsbok (.xlsx)"),
        Case(
            name: "UTF-16 without its mark",
            bytes: Export.text([Export.row()]).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            english: "looks like UTF-16 but lacks the mark (BOM)", swedish: "UTF-16"),
    ]

    @Test(arguments: cases) func isRefused(_ input: Case) throws {
        try scratch.write("in.csv", input.bytes)
        let english = try Program.convert(["in.csv"] + input.arguments, in: scratch)
        #expect(english.status == 2)
        #expect(english.output == "")
        #expect(english.error.hasPrefix("\(input.place) error: "), "\(english.error)")
        #expect(english.error.contains(input.english), "\(english.error)")
        #expect(english.error.contains(input.remedy), "\(english.error)")
        #expect(!english.error.contains("?."))
        let swedish = try Program.convert(["in.csv", "--language", "sv"] + input.arguments, in: scratch)
        #expect(swedish.status == 2)
        #expect(swedish.error.hasPrefix("\(input.place) fel: "), "\(swedish.error)")
        #expect(swedish.error.contains(input.swedish), "\(swedish.error)")
        #expect(swedish.error.contains(input.swedishRemedy), "\(swedish.error)")
        #expect(scratch.isUntouched(), "\(scratch.files(below: "out"))")
    }

    @Test func aMissingFile() throws {
        let outcome = try Program.convert(["nowhere/in.csv"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error == "nowhere/in.csv: error: There is no such file. Check the path of the export.\n")
        #expect(!scratch.exists("out"))
        let swedish = try Program.convert(
            ["nowhere/in.csv"], in: scratch, Program.Manner(environment: ["LANG": "sv_SE"]))
        #expect(swedish.error == "nowhere/in.csv: fel: Filen finns inte. Kontrollera sökvägen till exporten.\n")
    }

    /// The other file is good; still nothing is written, because this one was asked for by name.
    @Test func aBadFileGivenByNameBesideAGoodOne() throws {
        try scratch.write("good.csv", Export.text([Export.row()]))
        try scratch.write("bad.csv", "%PDF-1.4\n")
        #expect(try Program.convert(["good.csv", "bad.csv"], in: scratch).status == 2)
        #expect(scratch.isUntouched())
    }

    @Test func aBadFileInAFolderIsNamedAndIgnored() throws {
        try scratch.write("exports/good.csv", Export.text([Export.row()]))
        try scratch.write("exports/readme.pdf", "%PDF-1.4\n")
        try scratch.write("exports/inner/other.csv", "a;b\n")
        let outcome = try Program.convert(["exports"], in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("exports/readme.pdf was not read: "))
        #expect(!outcome.output.contains("other.csv"))
        #expect(try scratch.uploadFiles().keys.sorted() == ["1234/1234_2026-11-23.xml"])
    }

    @Test func aFolderOfNothingUsable() throws {
        try scratch.write("exports/readme.pdf", "%PDF-1.4\n")
        let outcome = try Program.convert(["exports"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("exports/readme.pdf was not read: "))
        #expect(outcome.error.contains("Name at least one file that some profile recognises."))
        #expect(scratch.isUntouched())
    }

    /// A profile that takes the same columns for the same fields but reads a word otherwise.
    @Test func twoProfilesThatFitEqually() throws {
        let shipped = try String(contentsOfFile: Shipped.mappings + "/systems/schoolsoft-list.yaml", encoding: .utf8)
        let read = shipped.components(separatedBy: "sample:\n")[0]
        try scratch.write(
            "own/systems/own-list.yaml", read.replacing("  kursdel: Del\n", with: "  kursdel: Kursnamn\n"))
        try scratch.write("in.csv", Export.text([Export.row()]))
        let outcome = try Program.convert(["in.csv", "--mappings", "own"], in: scratch)
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("own-list"))
        #expect(outcome.error.contains("schoolsoft-list"))
        #expect(outcome.error.contains("--system"))
        #expect(scratch.isUntouched())
        let chosen = try Program.convert(["in.csv", "--mappings", "own", "--system", "schoolsoft-list"], in: scratch)
        #expect(chosen.status == 0)
    }

    @Test func aHeaderWithoutRowsIsNothingToReport() throws {
        try scratch.write("in.csv", Export.text([]))
        let outcome = try Program.convert(["in.csv"], in: scratch)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("There is nothing to report."))
        #expect(try scratch.uploadFiles().isEmpty)
    }
}

/// The mappings that the program is shipped with.
enum Shipped {
    static let mappings = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Mappings").path
}
