/// What one page may cost before it is refused.
public struct PageLimits: Sendable, Equatable {
    public var maxBytes: Int
    /// Open elements around a text; browsers stop at 512.
    public var maxDepth: Int
    public var maxNodes: Int
    /// End tags times the depth they are sought through: bounds the parser's time on hostile nesting.
    public var maxSearchSteps: Int
    /// Texts between block boundaries: each is described by some two hundred numbers.
    public var maxBlocks: Int
    /// What none of the others foresees: time on the wall.
    public var maxSeconds: Int

    public init(
        maxBytes: Int = 64 << 20,
        maxDepth: Int = 10_000,
        maxNodes: Int = 8_000_000,
        maxSearchSteps: Int = 2_000_000_000,
        maxBlocks: Int = 100_000,
        maxSeconds: Int = 60
    ) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
        self.maxNodes = maxNodes
        self.maxSearchSteps = maxSearchSteps
        self.maxBlocks = maxBlocks
        self.maxSeconds = maxSeconds
    }
}

/// Why a page was not parsed.
public enum PageParseError: Error, Equatable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case tooManyBlocks(limit: Int)
    case tooTangled
    case tooSlow(seconds: Int)
    case outOfMemory

    public var message: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the page has \(bytes) bytes, more than the limit of \(limit)"
        case .tooDeep(let limit): "elements are nested deeper than the limit of \(limit)"
        case .tooManyNodes(let limit): "the page has more than \(limit) elements and texts"
        case .tooManyBlocks(let limit): "the page has more than \(limit) blocks of text"
        case .tooSlow(let seconds): "the page took longer than the limit of \(seconds) s"
        case .tooTangled: "unmatched end tags in deep nesting would take too long to parse"
        case .outOfMemory: "the parser could not get memory"
        }
    }
}
