import CSN
import DeliveryLedger
import Findings
import Reports
import Uploads

/// `outbox list`, from the files of the ledger and what lies in the outbox. Changes nothing.
struct OutboxListingMaking {
    let outbox: String
    let now: Moment
    let show: FileShowing

    func listing(_ all: [DeliveredFile]) throws(RunFailure) -> OutboxListing {
        var listing = OutboxListing(now: now, outPath: outbox)
        let files = all.map { $0.settled(among: all, at: now) }.sorted {
            ($0.facts.skolkod, $0.facts.readingDay, $0.id) < ($1.facts.skolkod, $1.facts.readingDay, $1.id)
        }
        for file in files where file.outcome == .planned {
            let window = show.readingDays.uploadWindow(of: file.facts.readingDay)
            if window.before <= now {
                listing.overdue.append(show(file))
                listing.notes.append(.overdue(show(file)))
                continue
            }
            let shown = try looked(at: file, files, &listing.notes)
            if window.contains(now) { listing.toUpload.append(shown) } else { listing.later.append(shown) }
        }
        listing.sent = files.filter { $0.outcome == .sent }.map { show($0) }
        listing.recent = recent(files)
        listing.notes += longQueues(listing) + silentSchools(files)
        return listing
    }

    private func looked(
        at file: DeliveredFile, _ all: [DeliveredFile], _ notes: inout [OutboxNote]
    ) throws(RunFailure) -> OutboxFile {
        let lying: String?
        do throws(OutputProblem) { lying = try OutputFolder.sha256(of: file.facts.name, in: outbox) } catch {
            throw RunFailure(error)
        }
        guard let lying else {
            notes.append(.missing(show(file)))
            return show(file, lying: .missing)
        }
        guard lying != file.facts.sha256 else { return show(file, lying: .same) }
        let other = all.last { $0.facts.name == file.facts.name && $0.facts.sha256 == lying }
        notes.append(other.map { .otherVersion(show($0), under: show(file)) } ?? .different(show(file)))
        return show(file, lying: .different)
    }

    // MARK: - What became of files

    private func recent(_ files: [DeliveredFile]) -> [OutboxFile] {
        let first = now.day - OutboxListing.recentDays
        func when(_ file: DeliveredFile) -> Moment {
            file.outcome == .accepted ? ReadingDays.hour(of: file.reading) : file.closed ?? now
        }
        let newest = Dictionary(files.map { ($0.facts.name, $0.id) }, uniquingKeysWith: { max($0, $1) })
        return files.filter { file in
            switch file.outcome {
            case .planned, .sent: return false
            case .accepted, .rejected, .withdrawn: break
            case .replaced:
                // A file that was made anew before anybody could upload it is no news.
                let from = show.readingDays.uploadWindow(of: file.facts.readingDay).from
                guard file.sent != nil || (newest[file.facts.name] == file.id && (file.closed ?? now) >= from) else {
                    return false
                }
            }
            return when(file).day >= first
        }.sorted { (when($1), $1.id) < (when($0), $0.id) }.map { show($0) }
    }

    // MARK: - What is to be seen to

    /// How far ahead files may wait, and how long nobody may have said anything, before it is said.
    private static let week = 7

    private func longQueues(_ listing: OutboxListing) -> [OutboxNote] {
        let waiting = Dictionary(grouping: listing.toUpload + listing.later, by: \.skolkod)
        return waiting.sorted { $0.key < $1.key }.compactMap { school, files in
            guard let last = files.map(\.readingDay).max(), last - now.day > OutboxListingMaking.week else {
                return nil
            }
            return .longQueue(school, files: files, until: last)
        }
    }

    /// Schools with files that were to be uploaded, of which nobody has told anything for more than a week.
    private func silentSchools(_ files: [DeliveredFile]) -> [OutboxNote] {
        Dictionary(grouping: files, by: \.facts.skolkod).sorted { $0.key < $1.key }.compactMap { school, files in
            let told = files.compactMap { $0.outcome.isVoid ? $0.closed : $0.sent }.max()
            let open = files.filter { file in
                guard file.outcome.isUncertain, file.sent == nil else { return false }
                // Made anew on the same day is one offer.
                let from = show.readingDays.uploadWindow(of: file.facts.readingDay).from
                return from <= (file.outcome == .planned ? now : file.closed ?? now)
                    && told.map { $0 < file.facts.made } ?? true
            }
            guard let first = open.map(\.facts.made.day).min(), now.day - first > OutboxListingMaking.week,
                let last = open.max(by: { $0.id < $1.id })
            else { return nil }
            return .silent(school, since: first, show(last))
        }
    }
}
