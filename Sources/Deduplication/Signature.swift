import Hashing
import Language

/// All that ``Deduplicator`` has to know of an article; computed anywhere, in any order.
///
/// It holds, for a text of some hundred words, well under a kilobyte: hashes of the content and of the URL, the
/// distinct word pairs in their order (for the comparison), and some pieces of four words (to find what to
/// compare with).
public struct Signature: Sendable {
    /// SHA-256 of the folded text, as ``contentHash(of:)`` gives it.
    public let contentHash: Digest256
    /// How many words the folded text has, counted up to 4,096.
    public let wordCount: Int

    /// What identical articles share: the content, of short texts the title too.
    let identity: Digest256?
    /// Hash of the canonical URL; nil without one that names a page.
    let page: Digest256?
    let title: TitleWords
    /// Distinct hashes of neighbouring words in the order of their first occurrence (``WordPairs``).
    let pairs: [UInt16]
    /// Hashes of four words in a row, a sample by the smallest hashes: the keys of the near index.
    let keys: [UInt32]
    /// What earlier runs know of the article (``DedupeMemory/recollection(of:id:)``).
    public var recollection: Recollection?

    /// The page as a name in the memory.
    var pageName: UInt64? {
        page?.withBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    }

    /// Words beyond this are not compared.
    static let maxWords = 4096

    public init(text: String, title: String?, url: String?, options: DedupeOptions) {
        var folded: [UInt8] = []
        var text = text
        text.withUTF8 { Folding.fold($0, into: &folded) }
        contentHash = SHA256.hash(folded)
        page = url.flatMap(CanonicalURL.init)?.hash
        self.title = TitleWords(title ?? "")
        let length = folded.count
        folded.append(contentsOf: repeatElement(0x20, count: WordScanner.padding))
        let capacity = min(length / 2 + 1, Self.maxWords)
        (wordCount, pairs, keys) = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { words in
            let count = folded.withUnsafeBytes { WordScanner.scan($0, into: words) }
            if !options.near || count < options.minWords { return (count, [], []) }
            let found = UnsafeBufferPointer(rebasing: words[..<count])
            return (count, WordPairs.distinct(in: found), PieceKeys.sample(of: found))
        }
        if length == 0 {
            identity = nil
        } else if wordCount < options.minWords {
            identity = SHA256.hash(Folding.fold(title ?? "") + [0x0A] + folded)
        } else {
            identity = contentHash
        }
    }
}
