/// Why an article is held for the same as an earlier one.
public enum DuplicateKind: String, Sendable {
    /// The same words after folding.
    case exact
    /// Most word pairs are shared.
    case near
    /// The beginning of an earlier, longer article.
    case truncated
    /// A later, longer article that begins with the whole of an earlier one.
    case expanded
    /// A changed text under a known URL.
    case samePage = "same_page"
}

/// The earlier article that an article is the same as.
public struct DuplicateMatch: Hashable, Sendable {
    /// The position of the kept article at the root.
    public var position: Int
    public var kind: DuplicateKind
    /// Shared word pairs of the article and its best earlier match, per mille; for `truncated` and `expanded`
    /// the share of the shorter text that the longer one has.
    public var similarity: Int

    public init(position: Int, kind: DuplicateKind, similarity: Int) {
        self.position = position
        self.kind = kind
        self.similarity = similarity
    }
}

/// A kept article that stands inside another, as in a round-up.
public struct Containment: Hashable, Sendable {
    /// The position of the other kept article.
    public var other: Int
    /// Per mille of the shorter text that the longer one has.
    public var share: Int
    /// Whether the other is the longer one.
    public var isInner: Bool

    public init(other: Int, share: Int, isInner: Bool) {
        self.other = other
        self.share = share
        self.isInner = isInner
    }
}

/// What ``Deduplicator`` says of an article.
public enum Decision: Hashable, Sendable {
    /// Nothing earlier is the same.
    case unique
    /// To be dropped or marked.
    case duplicate(DuplicateMatch)
    /// Kept, and linked to the shorter version that came first.
    case linked(DuplicateMatch)
    /// The text of a known page has changed: within a run the first one stays.
    case update(DuplicateMatch)
    /// Kept: the new text of an article that an earlier run kept, at this position.
    case revision(of: Int)
}

extension Decision {
    /// Whether the article stays as one of its own.
    var isKept: Bool {
        switch self {
        case .unique, .linked, .revision: true
        case .duplicate, .update: false
        }
    }
}
