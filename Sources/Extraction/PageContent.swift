import Language

/// What a page says: its article and what is known of it.
public struct PageContent: Sendable {
    public var title: String?
    /// The main text; each paragraph, heading and list entry is one line.
    public var text: String
    public var authors: [String]
    public var published: ParsedTime?
    public var modified: ParsedTime?
    public var outlet: String?
    public var section: String?
    public var keywords: [String]
    public var excerpt: String?
    public var canonicalURL: String?
    public var declaredLanguage: String?
    public var image: String?
    public var encoding: String
    public var encodingFrom: String
    /// What was taken out from inside the article.
    public var removed: [RemovedText]
}

/// A time as a page gives it.
public struct ParsedTime: Sendable, Equatable {
    public var timestamp: Timestamp
    /// False when only the day is known.
    public var hasTime: Bool
    public var asWritten: String

    public init(timestamp: Timestamp, hasTime: Bool, asWritten: String) {
        self.timestamp = timestamp
        self.hasTime = hasTime
        self.asWritten = asWritten
    }
}

/// Why a page gave no article; the code is stable, the message is for people.
public struct PageError: Error, Sendable, Equatable {
    /// `html_no_text`, `html_too_large`, `html_limit` or `article_timeout`.
    public let code: String
    public let message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
