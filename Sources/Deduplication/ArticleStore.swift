/// What is kept of each article that later ones can match, in flat arrays.
struct ArticleStore: Sendable {
    private var pairs: [UInt16] = []
    private var ends: [Int] = [0]
    private(set) var titles: [TitleWords] = []
    private var positions: [UInt32] = []
    private var roots: [UInt32] = []

    var count: Int { roots.count }

    /// Bytes in use; the room for growth beside them is not counted.
    var byteCount: Int {
        pairs.count * MemoryLayout<UInt16>.stride
            + count * (2 * MemoryLayout<UInt32>.stride + MemoryLayout<Int>.stride + MemoryLayout<TitleWords>.stride)
    }

    /// Adds an article; without a root it is its own.
    mutating func append(_ signature: Signature, position: Int, root: Int?) {
        roots.append(UInt32(root ?? count))
        pairs.append(contentsOf: signature.pairs)
        ends.append(pairs.count)
        titles.append(signature.title)
        positions.append(UInt32(truncatingIfNeeded: position))
    }

    func position(of article: Int) -> Int { Int(positions[article]) }

    /// The article that stands for the story: itself, or the kept one it is a duplicate of.
    func root(of article: Int) -> Int { Int(roots[article]) }

    func withPairs<Result>(of article: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        pairs.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[ends[article]..<ends[article + 1]])) }
    }
}
