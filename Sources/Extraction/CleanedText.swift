import Language

/// What ``ScrapedTextCleaner`` made of a scraped text.
public struct CleanedText: Sendable, Equatable {
    /// The headline: the one that was given, else the line of the text that is it.
    public var title: String?
    /// The paragraphs, one a line, without empty lines between.
    public var text: String
    public var authors: [String] = []
    public var outlet: String?
    /// The place the article was written in, when a line says so.
    public var dateline: String?
    public var published: ParsedDate?
    /// The line that said when it was published.
    public var publishedAsWritten: String?
    public var section: String?
    /// The lines that were taken out, in their order; the title is not among them.
    public var removed: [RemovedText] = []
}
