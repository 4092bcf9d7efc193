import SimulatedCSN

/// What the person who uploads does on a day; chance decides.
enum Uploader: Sendable {
    /// Uploads within the window and says so.
    case diligent
    /// Uploads after 17:00 and says so then, later, or never.
    case late
    /// Uploads nothing.
    case forgetful
    /// Uploads and says nothing, or says it days later.
    case silent
    /// CSN takes nothing that day, for a reason of its own.
    case unlucky
    /// Withdraws the file.
    case withdrawing
    /// Fetches the file in the morning and uploads that one in the afternoon, whatever lies in the outbox then.
    case stale

    static let weighted: [(Int, Uploader)] = [
        (72, .diligent), (6, .late), (6, .forgetful), (6, .silent), (4, .unlucky), (2, .withdrawing), (4, .stale),
    ]
}

/// Something that is to happen at a moment.
enum Act: Sendable {
    /// The day's export lands in the inbox.
    case export
    /// The nightly run.
    case run
    /// The person looks into the outbox and uploads what is for the coming reading.
    case upload(isUnlucky: Bool, says: Saying)
    /// The person fetches what is for the coming reading, and uploads it later.
    case fetch(uploadAt: WallTime)
    /// The fetched file is uploaded.
    case uploadFetched(OutboxFile)
    /// The person says that a file was uploaded at a moment.
    case say(OutboxFile, uploaded: WallTime)
    /// The person withdraws what is for the coming reading.
    case withdraw
    /// Somebody runs `migrate`; no file of it is to go before a day.
    case migrate(firstDay: CalendarDay?)
    /// What vanished is said.
    case forget
    /// The students of whom so many have left are confirmed.
    case confirm

    enum Saying: Sendable {
        case atOnce
        case at(WallTime)
        case never
    }
}
