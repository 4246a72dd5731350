extension Run {
    public struct Options: Sendable {
        /// Workers.
        public var jobs: Int
        /// Articles that travel together at most.
        public var batchArticles: Int
        /// A run that lasts longer than this keeps what it has done, so that the next one continues when it is
        /// interrupted; 0 keeps everything at once.
        public var journalAfterSeconds: Double
        /// Asked often; a signal's number stops the run.
        public var shouldStop: @Sendable () -> Int32?
        /// Called when the run has the output to itself, before it reads anything.
        public var didBegin: @Sendable () -> Void
        /// Called when the outputs show the run: too late to stop.
        public var didPublish: @Sendable () -> Void
        /// Called from any thread.
        public var notice: @Sendable (RunNotice) -> Void

        public init(
            jobs: Int,
            batchArticles: Int = 256,
            journalAfterSeconds: Double = 10,
            shouldStop: @escaping @Sendable () -> Int32? = { nil },
            didBegin: @escaping @Sendable () -> Void = {},
            didPublish: @escaping @Sendable () -> Void = {},
            notice: @escaping @Sendable (RunNotice) -> Void = { _ in }
        ) {
            self.jobs = max(1, jobs)
            self.batchArticles = max(1, batchArticles)
            self.journalAfterSeconds = max(0, journalAfterSeconds)
            self.shouldStop = shouldStop
            self.didBegin = didBegin
            self.didPublish = didPublish
            self.notice = notice
        }
    }
}

/// What a run has to tell before it ends.
public enum RunNotice: Sendable, Equatable {
    /// It takes over what an interrupted run has done: on so many articles.
    case continues(articles: Int)
    /// It does not take over what an interrupted run has done; the reason is a clause.
    case startsAfresh(because: String)
    /// Should it be interrupted, the next run starts from the beginning; the reason is a clause.
    case keepsNoJournal(String)
}
