import CSN
import DeliveryLedger
import Findings
import Foundation
import Reports
import Uploads

/// FILE: a file's number in the ledger, its name, its path in the outbox, or the path of any copy of it.
struct FileReference {
    /// As typed.
    let text: String
    /// The outbox.
    let outbox: String

    /// What a person means by FILE, before it is known which version.
    private enum Meaning {
        case number(Int64)
        /// A name of the ledger, and the hash of what lies in the outbox under it.
        case name(String, lying: String?)
        /// A file somewhere else, by its hash.
        case copy(sha256: String)
    }

    // MARK: - By verb

    /// The version that was uploaded at a moment: by number or copy the one named; by name what lay in the outbox then.
    func uploaded(at moment: Moment, in files: DeliveredFiles) throws(RunFailure) -> DeliveredFile {
        switch try meaning(in: files) {
        case .number(let number):
            let file = try numbered(number, files)
            guard file.wasMade(by: moment) else { throw notMadeYet([file], moment) }
            return file
        case .copy(let hash):
            let file = try copy(hash, files, by: moment)
            guard file.wasMade(by: moment) else { throw notMadeYet([file], moment) }
            return file
        case .name(let name, let lying):
            let versions = files.versions(named: name)
            if let lying, versions.last?.wasMade(by: moment) == true {
                guard let same = versions.last(where: { $0.facts.sha256 == lying }) else {
                    throw changed(name, versions)
                }
                return same
            }
            let there = versions.filter { $0.wasMade(by: moment) }
            guard let last = there.last else { throw notMadeYet(versions, moment) }
            return last
        }
    }

    /// The one version that a person can mean who tells what CSN did: one that was sent, or that waits.
    func judged(in files: DeliveredFiles) throws(RunFailure) -> DeliveredFile {
        switch try meaning(in: files) {
        case .number(let number): return try numbered(number, files)
        case .copy(let hash): return try copy(hash, files)
        case .name(let name, _):
            let versions = files.versions(named: name)
            let open = versions.filter { $0.outcome.isConfirmed || $0.outcome == .planned }
            guard open.count <= 1 else { throw ambiguous(open) }
            return if let only = open.first { only } else { try last(versions) }
        }
    }

    /// The version that waits, else the newest.
    func waiting(in files: DeliveredFiles) throws(RunFailure) -> DeliveredFile {
        switch try meaning(in: files) {
        case .number(let number): return try numbered(number, files)
        case .copy(let hash): return try copy(hash, files)
        case .name(let name, _):
            let versions = files.versions(named: name)
            let planned = versions.last { $0.outcome == .planned }
            return if let planned { planned } else { try last(versions) }
        }
    }

    /// Whether FILE is a name, which several versions may have.
    func isName(in files: DeliveredFiles) -> Bool { number == nil && !files.names(matching: text).isEmpty }

    // MARK: - What is meant

    private var number: Int64? {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.count < 18, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int64(digits)
    }

    private func meaning(in files: DeliveredFiles) throws(RunFailure) -> Meaning {
        if let number { return .number(number) }
        let names = files.names(matching: text)
        if let name = names.first, names.count == 1 { return .name(name, lying: try hash(outbox + "/" + name)) }
        let last = text.split(separator: "/").last.map { String($0) } ?? text
        for name in files.names(matching: last) where isSamePlace(text, outbox + "/" + name) {
            return .name(name, lying: try hash(outbox + "/" + name))
        }
        if let hash = try hash(text) { return .copy(sha256: hash) }
        throw unknown()
    }

    private func isSamePlace(_ one: String, _ other: String) -> Bool {
        func place(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().standardized.path }
        return place(one) == place(other)
    }

    private func hash(_ path: String) throws(RunFailure) -> String? {
        let folder = path.folderOfPath
        let name = path.split(separator: "/").last.map { String($0) } ?? path
        guard !name.isEmpty else { return nil }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            return nil
        }
        do throws(OutputProblem) {
            return try OutputFolder.sha256(of: name, in: folder.isEmpty ? "." : folder)
        } catch {
            throw RunFailure(error)
        }
    }

    private func numbered(_ number: Int64, _ files: DeliveredFiles) throws(RunFailure) -> DeliveredFile {
        guard let file = files[DeliveredFile.ID(number: number)] else { throw unknown() }
        return file
    }

    /// Of several files with the same bytes those that were there by a moment and that are called as the copy is, if
    /// there are any; of these the one that is open, else the newest.
    private func copy(
        _ hash: String, _ files: DeliveredFiles, by moment: Moment? = nil
    ) throws(RunFailure) -> DeliveredFile {
        var same = files.all.filter { $0.facts.sha256 == hash }
        let there = same.filter { file in moment.map { file.wasMade(by: $0) } ?? true }
        if !there.isEmpty { same = there }
        let called = same.filter { text.hasSuffix("/" + ($0.facts.name.split(separator: "/").last ?? "")) }
        if !called.isEmpty { same = called }
        guard let file = same.last(where: { $0.outcome == .planned || $0.outcome == .sent }) ?? same.last else {
            throw unknown(isCopy: true)
        }
        return file
    }

    private func last(_ versions: [DeliveredFile]) throws(RunFailure) -> DeliveredFile {
        guard let last = versions.last else { throw unknown() }
        return last
    }
}

// MARK: - What cannot be meant

extension FileReference {
    private var shown: String { Masking.withoutNumbers(text) }

    private func unknown(isCopy: Bool = false) -> RunFailure {
        let reason =
            isCopy
            ? Text(
                sv: "\(shown) är ingen fil som csnfil nightly har gjort, eller har ändrats sedan dess.",
                en: "\(shown) is no file that csnfil nightly has made, or was changed since.")
            : Text(sv: "Ingen fil i liggaren heter \(shown).", en: "No file in the ledger is called \(shown).")
        return RunFailure(
            .unusable,
            Text(
                sv: reason.sv + " csnfil outbox list visar vilka som finns, med nummer.",
                en: reason.en + " csnfil outbox list shows those there are, with their numbers."))
    }

    private func changed(_ name: String, _ versions: [DeliveredFile]) -> RunFailure {
        RunFailure(
            .unusable, at: "\(outbox)/\(name)",
            Text(
                sv: """
                    Filen i utkorgen är inte som csnfil gjorde den, så det går inte att veta vad som laddades upp. \
                    Laddades den upp som csnfil gjorde den, säg numret: \(FileReference.list(versions).sv).
                    """,
                en: """
                    The file in the outbox is not as csnfil made it, so nobody can know what was uploaded. If it was \
                    uploaded as csnfil made it, say its number: \(FileReference.list(versions).en).
                    """))
    }

    private func notMadeYet(_ versions: [DeliveredFile], _ moment: Moment) -> RunFailure {
        RunFailure(
            .unusable,
            Text(
                sv: "\(shown) fanns inte \(moment): \(FileReference.list(versions).sv). Säg en senare tid med --at.",
                en:
                    "\(shown) was not there at \(moment): \(FileReference.list(versions).en). Say a later time with --at."
            ))
    }

    private func ambiguous(_ versions: [DeliveredFile]) -> RunFailure {
        RunFailure(
            .unusable,
            Text(
                sv: "Flera filer heter \(shown): \(FileReference.list(versions).sv). Säg numret på den som menas.",
                en: "Several files are called \(shown): \(FileReference.list(versions).en). Say the number of the one "
                    + "that is meant."))
    }

    /// `17 (made 2026-11-23T02:00, sent 2026-11-23T08:00)`
    private static func list(_ versions: [DeliveredFile]) -> Text {
        func words(_ file: DeliveredFile, _ made: String, _ sent: String) -> String {
            let upload = file.sent.map { ", \(sent) \($0)" } ?? ""
            return "\(file.id.number) (\(made) \(file.facts.made)\(upload))"
        }
        return Text(
            sv: versions.map { words($0, "gjord", "uppladdad") }.joined(separator: ", "),
            en: versions.map { words($0, "made", "uploaded") }.joined(separator: ", "))
    }
}
