import CSN
import CSNRules
import Documents
import Findings
import Planning
import Reports
import Uploads

/// Writes a school's files as drafts and reads them back; they get their names later, all together.
struct FileWriting: Sendable {
    let folder: OutputFolder
    let layout: Layout
    /// Judges what was read back as a finished file.
    let checking: RuleEngine
    /// Which course a code of the written file is; made once for all files.
    let find: @Sendable (String) -> FoundCourse
    /// Rules of the catalogue whose hold the configuration has lowered: they do not stop a file.
    let lowered: Set<UInt16>
    /// Whether drafts may be flushed to disk while others are written: where nothing but their names depends on it.
    var flushesBeside = false

    /// A written draft and what the report says of it.
    struct Written: Sendable {
        var draft: Draft
        var facts: WrittenFacts
        var readingDay: Day
        var dates: DateSpan
    }

    /// What one thread keeps from file to file: the schema, and the codes it has met.
    struct Tools {
        fileprivate let reader: UploadReader
        fileprivate let codes: EncodedCodes
    }

    /// Tools for one thread. Throws when the layout's schema cannot be used.
    func makeTools() throws(RunFailure) -> Tools {
        do throws(DocumentProblem) {
            return Tools(
                reader: try UploadReader(layout: layout, find: find),
                codes: EncodedCodes(checking.settings.courses, layout: layout))
        } catch {
            throw RunFailure(error)
        }
    }

    /// Writes and reads back one file.
    ///
    /// - Throws: ``RunFailure`` with status 74 when what stands on the disk is not what was meant, 70 when a rule
    ///   refuses what was written, 74 when the system refuses to write.
    func write(_ file: SchoolFile, of school: Skolkod, with tools: Tools) throws(RunFailure) -> Written {
        let planned = Uploads.PlannedFile(skolkod: school, readingDay: file.readingDay, layout: layout)
        do {
            let sink = try folder.beginDraft()
            do {
                var writer = UploadWriter(
                    layout: layout, courses: checking.settings.courses, sink: sink, codes: tools.codes)
                try writer.write(file.records)
                let facts = try writer.finish()
                let draft = try flushesBeside ? folder.endSoon(sink, as: planned) : folder.end(sink, as: planned)
                if folder.durability.readsBack { try readBack(draft, file, tools.reader) }
                return Written(draft: draft, facts: facts, readingDay: file.readingDay, dates: file.dates)
            } catch {
                sink.discard()
                throw error
            }
        } catch let failure as RunFailure {
            throw failure
        } catch let problem as OutputProblem {
            throw RunFailure(problem)
        } catch let problem as DocumentProblem {
            throw RunFailure(problem)
        } catch let problem as WriteProblem {
            throw RunFailure(.fault, at: planned.file, problem.text)
        } catch {
            throw RunFailure(.fault, at: planned.file, Text(sv: "\(error)", en: "\(error)"))
        }
    }

    private func readBack(_ draft: Draft, _ file: SchoolFile, _ reader: UploadReader) throws {
        let courses = checking.settings.courses
        var judge = FinishedFileJudge(checking)
        let mismatch = try reader.readBack(
            path: draft.path, sha256: draft.contents.sha256, expected: file.records, courses: courses
        ) { _, read in
            judge.take(read)
        }
        judge.finish()
        if let mismatch {
            throw RunFailure(
                .inputOutput, at: draft.planned.file,
                Text(
                    sv:
                        "Filen läses inte tillbaka som den skrevs och har inte fått sitt namn. \(mismatch.text.sv) Kontrollera disken och kör igen.",
                    en:
                        "The file does not read back as it was written and has not got its name. \(mismatch.text.en) Check the disk and run again."
                ))
        }
        let refusals = judge.context.findings.findings.filter { $0.level == .error && !lowered.contains($0.rule) }
        if let first = refusals.first, let rule = Catalogue.shared.rule(first.rule) {
            throw RunFailure(
                .fault, at: draft.planned.file,
                Text(
                    sv:
                        "Fel i csnfil: den skrivna filen bryter mot regeln \(rule.name) och har inte fått sitt namn. Rapportera felet.",
                    en:
                        "Fault of csnfil: the written file breaks the rule \(rule.name) and has not got its name. Report the fault."
                ))
        }
    }
}
