/// What counts as the same article.
public struct DedupeOptions: Hashable, Sendable {
    /// Whether similar texts are looked for beside identical ones.
    public var near: Bool
    /// From how many percent of shared word pairs (Jaccard) on two texts are the same.
    public var threshold: Int
    /// Texts with fewer words are the same only when title and text are identical, or when the URL is.
    public var minWords: Int
    /// Of the articles that share a piece of text, this many of the earliest are compared.
    public var maxCandidates: Int

    public init(near: Bool = true, threshold: Int = 40, minWords: Int = 15, maxCandidates: Int = 48) {
        self.near = near
        self.threshold = threshold
        self.minWords = minWords
        self.maxCandidates = maxCandidates
    }
}
