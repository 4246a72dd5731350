/// A transform that works on the articles of a batch together, as a program beside this one does that is sent several
/// before it has answered the first.
///
/// Take ``Transform`` where articles are worked on one by one: it is simpler. What becomes of an article must not
/// depend on the others of its batch, which differ with the number of workers and the size of the batches.
public protocol BatchTransform: Transform {
    /// One answer an article, in their order. Called from any thread.
    ///
    /// - Throws: ``StageFailure`` when no article can be worked on any more.
    func apply(to articles: inout [Article]) throws(StageFailure) -> [Result<Verdict, ArticleError>]

    /// Tables that are known only at the end of a run.
    func finish() -> [ExtraTable]
}

extension BatchTransform {
    public func apply(_ article: inout Article) throws -> Verdict {
        var articles = [article]
        let answers = try apply(to: &articles)
        article = articles[0]
        return try answers[0].get()
    }

    public func finish() -> [ExtraTable] { [] }
}

/// Why a stage cannot go on: the run ends without publishing, whatever `onError` says.
public struct StageFailure: Error, Sendable, CustomStringConvertible {
    public let message: String
    public let hint: String?

    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var description: String { message }
}
