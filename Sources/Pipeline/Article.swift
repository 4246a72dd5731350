import Hashing
import Language

/// One news article: the record that flows through the chain.
///
/// Stages change it in place. `title`, `text` and the other fields are plain Unicode; `nil` means unknown, which
/// is written as `null`. The order of the fields here is the order of the keys in the outputs.
public struct Article: Sendable {
    /// The input's own id, or one that is derived once when it is first needed.
    public var id: String?
    public var url: String?
    /// Where the input says it was collected from.
    public var source: String?
    public var outlet: String?
    public var title: String?
    public var authors: [String] = []
    public var published: Timestamp?
    public var modified: Timestamp?
    /// ISO 639-1.
    public var language: String?
    public var section: String?
    public var keywords: [String] = []
    public var excerpt: String?
    /// Paragraphs, one a line. Changing it forgets what was derived from it.
    public var text: String {
        didSet {
            contentHash = nil
            wordCount = nil
        }
    }
    /// Words of `text`, once counted.
    public var wordCount: Int?
    /// SHA-256 of the folded text, once computed.
    public var contentHash: Digest256?
    public var duplicate: Duplicate?
    public var entities: [Entity] = []
    /// What the input had besides, as it was written.
    public var extra: [ExtraField] = []
    public var provenance: Provenance
    /// The page this article is still to be extracted from; `clean` takes it away.
    public var page: Page?
    /// What `clean` removed, for the counts of the manifest.
    public var removed: [Removal] = []

    public init(text: String = "", provenance: Provenance) {
        self.text = text
        self.provenance = provenance
    }
}

extension Article {
    /// A stage that looks at the text cannot work on a page that was not made into one.
    public func requireText(_ stage: String) throws(ArticleError) {
        guard page == nil else {
            throw ArticleError(
                code: "page_not_cleaned",
                message: "the article is still a page; put \"clean\" before \"\(stage)\""
            )
        }
    }
}

/// A field of the input that has no place of its own: its key, and its value as JSON text.
public struct ExtraField: Sendable, Equatable {
    public let key: String
    public let json: String

    public init(key: String, json: String) {
        self.key = key
        self.json = json
    }
}

/// An HTML page as it came in.
public struct Page: Sendable {
    public enum Content: Sendable {
        /// Bytes whose character encoding is still to be decided.
        case bytes([UInt8])
        /// Text that was decoded already, as inside JSON.
        case text(String)
    }

    public let content: Content
    /// The encoding that came with the page from outside, as an HTTP header gives it.
    public let declaredEncoding: String?

    public init(_ content: Content, declaredEncoding: String? = nil) {
        self.content = content
        self.declaredEncoding = declaredEncoding
    }
}

/// A piece of boilerplate that was taken out, and why.
public struct Removal: Sendable, Equatable {
    public let text: String
    public let reason: String

    public init(text: String, reason: String) {
        self.text = text
        self.reason = reason
    }
}

/// Which kept article this one repeats.
public struct Duplicate: Sendable, Equatable {
    /// The id of the kept article.
    public let of: String
    /// `exact`, `near`, `truncated` …
    public let kind: String
    /// Per cent; 100 for equal contents.
    public let similarity: Int

    public init(of: String, kind: String, similarity: Int) {
        self.of = of
        self.kind = kind
        self.similarity = similarity
    }
}

/// Where an article came from, to the byte.
public struct Provenance: Sendable, Equatable {
    /// The input's path as the definition reaches it.
    public var path: String
    /// Byte of the input, unpacked and decoded, at which the record starts.
    public var offset: Int
    /// SHA-256 of the record's bytes.
    public var sha256: Digest256
    /// `text`, `html`, `jsonl` or `csv`.
    public var format: String
    public var encoding: String
    /// How the encoding was decided: `bom`, `declared`, `utf-8 validity`, `guess` …
    public var encodingFrom: String
    /// The time of publication as the input has it.
    public var published: String?
    /// The boilerplate that `clean` removed; nil unless it was asked for.
    public var removed: [Removal]?

    public init(
        path: String,
        offset: Int,
        sha256: Digest256,
        format: String,
        encoding: String = "utf-8",
        encodingFrom: String = "declared"
    ) {
        self.path = path
        self.offset = offset
        self.sha256 = sha256
        self.format = format
        self.encoding = encoding
        self.encodingFrom = encodingFrom
    }
}
