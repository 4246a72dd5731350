/// The longer words of a page's title and excerpt, each with a bit of its own, to ask which of them a text has.
///
/// What follows an article on its page, though it be prose as well, has few of them.
struct TopicWords {
    /// The bits of the title's words, and of all.
    private(set) var title: UInt64 = 0
    private(set) var all: UInt64 = 0
    private var bits = [UInt8](repeating: Self.none, count: Self.slots)

    private static let slots = 4096
    private static let none: UInt8 = 64

    init(title: String?, excerpt: String?) {
        add(title ?? "", upTo: 40)
        self.title = all
        add(excerpt ?? "", upTo: 64)
    }

    /// The bit of a word by its hash; 0 for most words.
    @inline(__always)
    func bit(of word: UInt64) -> UInt64 {
        // A shift by 64 leaves nothing.
        1 << UInt64(bits[Int(truncatingIfNeeded: word >> 40) & (Self.slots - 1)])
    }

    private mutating func add(_ text: String, upTo limit: Int) {
        for piece in text.split(separator: " ") where piece.utf8.count >= 4 {
            Array(piece.utf8).withUnsafeBufferPointer { bytes in
                WordSet.forEachWord(bytes) { word in
                    let slot = Int(truncatingIfNeeded: word >> 40) & (Self.slots - 1)
                    guard bits[slot] == Self.none, all.nonzeroBitCount < limit else { return }
                    bits[slot] = UInt8(all.nonzeroBitCount)
                    all = all << 1 | 1
                }
            }
        }
    }

    /// The shares of the title's words and of all words that are among `found`.
    func shares(_ found: UInt64) -> (title: Float, all: Float) {
        (
            Float((found & title).nonzeroBitCount) / Float(max(title.nonzeroBitCount, 1)),
            Float(found.nonzeroBitCount) / Float(max(all.nonzeroBitCount, 1))
        )
    }
}
