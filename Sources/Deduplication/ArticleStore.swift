/// What is kept of each article that later ones can match, in flat arrays.
struct ArticleStore: Sendable {
    private var pairs: [UInt16] = []
    private var ends: [Int] = [0]
    private(set) var titles: [TitleWords] = []
    private var positions: [UInt32] = []

    var count: Int { positions.count }

    /// Bytes in use; the room for growth beside them is not counted.
    var byteCount: Int {
        pairs.count * MemoryLayout<UInt16>.stride
            + count * (MemoryLayout<UInt32>.stride + MemoryLayout<Int>.stride + MemoryLayout<TitleWords>.stride)
    }

    /// Adds an article.
    ///
    /// - Parameter position: of the kept article that stands for the story: this one, or the one it repeats.
    mutating func append(_ signature: Signature, position: Int) {
        positions.append(UInt32(truncatingIfNeeded: position))
        pairs.append(contentsOf: signature.pairs)
        ends.append(pairs.count)
        titles.append(signature.title)
    }

    /// The position of the kept article that stands for the story.
    func position(of article: Int) -> Int { Int(positions[article]) }

    func withPairs<Result>(of article: Int, _ body: (UnsafeBufferPointer<UInt16>) throws -> Result) rethrows -> Result {
        try pairs.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[ends[article]..<ends[article + 1]]))
        }
    }
}
