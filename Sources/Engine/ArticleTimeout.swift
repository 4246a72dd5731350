import Pipeline

/// Takes an article out of the chain that a stage has worked on for too long.
///
/// It looks when the stage is done: a stage that may take long has to look at the time itself, as page extraction does.
/// So one slow page costs itself and no more, and a stage that never comes back is ended by a signal.
struct ArticleTimeout: Sendable {
    private let limit: TimeSpan
    private let nanoseconds: UInt64

    init(_ limit: TimeSpan) {
        self.limit = limit
        nanoseconds = UInt64(limit.seconds) * 1_000_000_000
    }

    /// - Throws: ``ArticleError`` with the code `article_timeout`; what `work` throws comes first.
    func watch<Value>(_ work: () throws -> Value) throws -> Value {
        let start = monotonicNanoseconds()
        let value = try work()
        guard monotonicNanoseconds() - start <= nanoseconds else {
            throw ArticleError(
                code: "article_timeout",
                message: "the stage worked on it for longer than limits.articleTimeout (\(limit.text))",
                mayPass: true
            )
        }
        return value
    }
}
