/// What one page may cost before it is refused.
public struct PageLimits: Sendable, Equatable {
    public var maxBytes: Int
    /// Open elements around a text; browsers stop at 512.
    public var maxDepth: Int
    public var maxNodes: Int
    /// End tags times the depth they are sought through: bounds the parser's time on hostile nesting.
    public var maxSearchSteps: Int

    public init(
        maxBytes: Int = 64 << 20,
        maxDepth: Int = 10_000,
        maxNodes: Int = 8_000_000,
        maxSearchSteps: Int = 2_000_000_000
    ) {
        self.maxBytes = maxBytes
        self.maxDepth = maxDepth
        self.maxNodes = maxNodes
        self.maxSearchSteps = maxSearchSteps
    }
}

/// Why a page was not parsed.
public enum PageParseError: Error, Equatable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case tooTangled
    case outOfMemory

    public var message: String {
        switch self {
        case .tooLarge(let bytes, let limit): "the page has \(bytes) bytes, more than the limit of \(limit)"
        case .tooDeep(let limit): "elements are nested deeper than the limit of \(limit)"
        case .tooManyNodes(let limit): "the page has more than \(limit) elements and texts"
        case .tooTangled: "unmatched end tags in deep nesting would take too long to parse"
        case .outOfMemory: "the parser could not get memory"
        }
    }
}
