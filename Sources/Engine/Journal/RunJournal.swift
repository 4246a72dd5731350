import Locking
import Pipeline

/// What a run has done so far, kept so that the next one continues when this one is interrupted.
///
/// The costly sections of the chain look at one article alone. What they made of a batch is kept, under the hash of the
/// batch as it came to them: so a run that continues reads the inputs and decides in order all over again, and takes
/// over nothing but answers to the very question that it would ask. Hence the same bytes as of a run that was never
/// interrupted.
///
/// A run that is over in seconds pays nothing: the journal begins after some time. From then on it costs a tenth of
/// the work that it saves at most: a section that is cheaper is done again.
final class RunJournal: @unchecked Sendable {
    private let folder: Folder
    private let beginsAt: UInt64
    /// Keep everything at once, whatever it costs: for tests.
    private let isEager: Bool
    private let notice: (RunNotice) -> Void

    // Under the monitor.
    private let monitor = Monitor()
    private var key: JournalKey?
    private var file: JournalFile?
    private var pending: [UInt8] = []
    private var written: UInt64
    private var costs: [Int: (batches: Int, work: UInt64, cost: UInt64)] = [:]

    static let maxPendingBytes = 1_048_576
    private static let nanosecondsBetweenWrites: UInt64 = 1_000_000_000

    /// - Parameter seconds: how long a run lasts before it is worth a journal.
    init(in folder: Folder, afterSeconds seconds: Double, notice: @escaping (RunNotice) -> Void) {
        var seconds = seconds
        #if FAULTS
            seconds = Fault.journalAfterSeconds ?? seconds
        #endif
        self.folder = folder
        self.notice = notice
        isEager = seconds == 0
        written = monotonicNanoseconds()
        beginsAt = written + UInt64(seconds * 1e9)
    }

    deinit { file?.close() }

    // MARK: Beginning

    /// Takes over what an interrupted run left, or removes it.
    ///
    /// - Parameter key: nil for a run that cannot be continued, as of a stream.
    func open(_ key: JournalKey?) {
        do throws(RunError) {
            switch try JournalFile.find(in: folder) {
            case .nothing: self.key = key
            case .foreign: notice(.keepsNoJournal("\(folder.place(JournalFile.name)) is no journal of a run"))
            case .torn:
                try folder.remove(JournalFile.name)
                self.key = key
            case .journal(let found, let old): try take(found, old, key)
            }
        } catch {
            notice(.keepsNoJournal(error.message))
        }
    }

    private func take(_ found: JournalFile, _ old: JournalKey, _ key: JournalKey?) throws(RunError) {
        file = found
        guard let difference = key.map({ $0.difference(from: old) }) ?? "the inputs are a stream" else {
            try file?.scan()
            if let articles = file?.articles, articles > 0 { notice(.continues(articles: articles)) }
            return self.key = key
        }
        file = nil
        found.close()
        try folder.remove(JournalFile.name)
        // A run that was killed when it was published already left no work undone.
        if key.map({ $0.lastRun <= old.lastRun }) ?? true { notice(.startsAfresh(because: difference)) }
        self.key = key
    }

    // MARK: Work

    /// Whether the section's work on the batch may be taken over or has to be kept.
    func wants(section: Int, batch: Int) -> Bool {
        locked {
            if file?.records[.init(section: section, batch: batch)] != nil { return true }
            guard key != nil, file != nil || monotonicNanoseconds() >= beginsAt else { return false }
            guard !isEager, let costs = costs[section], costs.batches >= 4 else { return true }
            // Articles may get more costly on the way.
            return costs.cost * 10 <= costs.work || batch % 64 == 0
        }
    }

    func record(section: Int, batch: Int) -> [UInt8]? {
        guard
            let (file, record) = locked({ () -> (JournalFile, JournalFile.Record)? in
                guard let file, let record = file.records[.init(section: section, batch: batch)] else { return nil }
                return (file, record)
            })
        else { return nil }
        return file.bytes(at: record.offset, record.count)
    }

    func add(_ record: [UInt8], section: Int, batch: Int, articles: Int) {
        let head = JournalFile.head(record, .init(section: section, batch: batch), articles: articles)
        locked {
            guard key != nil else { return }
            pending += head
            pending += record
            let now = monotonicNanoseconds()
            let isDue = pending.count >= Self.maxPendingBytes || now - written >= Self.nanosecondsBetweenWrites
            guard isDue || isEager else { return }
            written = now
            write()
        }
    }

    func note(section: Int, workNanoseconds: UInt64, costNanoseconds: UInt64) {
        locked {
            let sum = costs[section, default: (0, 0, 0)]
            costs[section] = (sum.batches + 1, sum.work + workNanoseconds, sum.cost + costNanoseconds)
        }
    }

    /// Called under the monitor.
    private func write() {
        guard let key, !pending.isEmpty else { return }
        do throws(RunError) {
            if file == nil { file = try JournalFile.create(in: folder, key) }
            guard let file, hasRoom(file) else {
                throw RunError(.ioError, "there is little space left beside \(folder.place(JournalFile.name))")
            }
            try self.file?.append(pending)
            pending.removeAll(keepingCapacity: true)
        } catch {
            giveUp(error)
        }
    }

    private func hasRoom(_ file: JournalFile) -> Bool {
        guard let free = FileSystem.freeBytes(file.descriptor) else { return true }
        return Self.hasRoom(for: file.size + pending.count, freeBytes: free)
    }

    /// The outputs come first: the journal takes a fifth of what was free at most.
    static func hasRoom(for bytes: Int, freeBytes: Int) -> Bool { bytes <= freeBytes / 4 }

    /// The run goes on without; the space is given back.
    private func giveUp(_ error: RunError) {
        try? file?.truncate(to: 0)
        discard()
        notice(.keepsNoJournal(error.message))
    }

    // MARK: Ending

    /// Leaves the journal to the next run.
    func keep() {
        locked {
            write()
            key = nil
        }
    }

    /// Removes the journal: the run has come to its end.
    func remove() throws(RunError) {
        monitor.lock()
        defer { monitor.unlock() }
        let isThere = file != nil
        file?.close()
        file = nil
        key = nil
        pending = []
        if isThere { try folder.remove(JournalFile.name) }
    }

    /// Called under the monitor.
    private func discard() {
        key = nil
        pending = []
        guard file != nil else { return }
        try? folder.remove(JournalFile.name)
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        monitor.lock()
        defer { monitor.unlock() }
        return body()
    }
}
