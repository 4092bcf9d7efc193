import Findings

extension ExportProblem {
    /// What is wrong with an XML export, where, and what to do; empty for other problems.
    var xmlText: Text {
        switch self {
        case .xmlMalformed(let path, let line, let column, let reason):
            Text(
                sv:
                    "\(path):\(line):\(column): filen är inte välformad XML: \(reason). Gör om exporten i skolans system.",
                en: "\(path):\(line):\(column): the file is not well-formed XML: \(reason). Export again from the "
                    + "school's system.")
        case .xmlCutShort(let path, let line, let element):
            Text(
                sv: "\(path):\(line): filen slutar mitt i \(ExportProblem.place(element).sv). Den är avklippt; gör om "
                    + "exporten och vänta tills den är färdigskriven.",
                en: "\(path):\(line): the file ends inside \(ExportProblem.place(element).en). It was cut off; export "
                    + "again and wait until it has been written to its end.")
        case .xmlTooDeep(let path, let line, let limit):
            Text(
                sv:
                    "\(path):\(line): element ligger i varandra i mer än \(limit) nivåer. Så ser ingen export ut; gör om "
                    + "den i skolans system.",
                en: "\(path):\(line): elements lie in each other more than \(limit) levels deep. No export looks like "
                    + "that; export again from the school's system.")
        case .xmlExternal(let path, let line, let name):
            Text(
                sv: "\(path):\(line): filen hänvisar till något utanför sig själv (\(name)) med en DOCTYPE eller en "
                    + "entitet. Sådant öppnas aldrig. Ta bort hänvisningen eller gör en export utan den.",
                en: "\(path):\(line): the file refers to something outside itself (\(name)) by a DOCTYPE or an entity. "
                    + "Such things are never opened. Remove the reference, or make an export without it.")
        case .xmlEntities(let path, let line):
            Text(
                sv:
                    "\(path):\(line): filens egna entiteter (<!ENTITY …>) blir orimligt mycket text. Så ser ingen export "
                    + "ut; gör om den i skolans system.",
                en: "\(path):\(line): the file's own entities (<!ENTITY …>) become unreasonably much text. No export "
                    + "looks like that; export again from the school's system.")
        case .xmlTooManyNames(let path, let line, let limit):
            Text(
                sv:
                    "\(path):\(line): filen har fler än \(limit) olika element och attribut. Så ser ingen export ut; är "
                    + "det rätt fil?",
                en: "\(path):\(line): the file has more than \(limit) different elements and attributes. No export "
                    + "looks like that; is it the right file?")
        case .xmlValueTooLong(let path, let line, let element, let limit):
            Text(
                sv: "\(path):\(line): värdet i \(element) är längre än \(limit) byte. Är det rätt element i profilen?",
                en:
                    "\(path):\(line): the value of \(element) is longer than \(limit) bytes. Is it the right element in "
                    + "the profile?")
        default: xmlRowText
        }
    }

    private var xmlRowText: Text {
        switch self {
        case .xmlRowTooLong(let path, let line, let limit):
            Text(
                sv: "\(path):\(line): värdena i raden som börjar här är längre än \(limit) byte. Är radens element det "
                    + "rätta i profilen?",
                en: "\(path):\(line): the values of the row that begins here are longer than \(limit) bytes. Is the "
                    + "row's element the right one in the profile?")
        case .xmlAmbiguous(let path, let line, let column, let first, let second):
            Text(
                sv: "\(path):\(line): både \(first) och \(second) passar ”\(column)”. Skriv en längre väg i profilen "
                    + "(kurs/kod), eller ange vägarnas ordning med ranked: true.",
                en: "\(path):\(line): both \(first) and \(second) fit “\(column)”. Write a longer path in the profile "
                    + "(course/code), or rank the paths with ranked: true.")
        case .xmlNestedRow(let path, let line, let element, let outer):
            Text(
                sv:
                    "\(path):\(line): \(element) är en rad inuti raden som börjar på rad \(outer). Skriv radens element "
                    + "som en längre väg i profilen (student/course).",
                en: "\(path):\(line): \(element) is a row inside the row that begins on line \(outer). Write the row's "
                    + "element as a longer path in the profile (student/course).")
        case .xmlEncoding(let path, let name):
            Text(
                sv: "\(path): filen säger sig vara kodad i \(name), som csnfil inte läser. Exportera i UTF-8.",
                en: "\(path): the file says that it is encoded in \(name), which csnfil does not read. Export in UTF-8."
            )
        default: Text(sv: "", en: "")
        }
    }

    private static func place(_ element: String) -> Text {
        element.isEmpty ? Text(sv: "ett element", en: "an element") : Text(sv: element, en: element)
    }
}
