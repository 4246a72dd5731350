import Language

/// In how many articles of an outlet each short line stands: what an outlet puts around all its articles is known by
/// nothing better.
///
/// Use it in two passes, or across runs: take ``lineHashes(of:)`` of every article (anywhere, in any order), `add` them
/// up, and hand `lookup(outlet:)` to ``ScrapedTextCleaner/clean(_:title:outlet:repeated:)``. Verdicts depend on the
/// counts, so they are the same for any number of workers only if every article is cleaned with the same counts: those
/// of all articles, or those of all before it in source order.
///
/// Lines are folded (``Language/Folding``), at most 240 bytes long and kept as 64-bit hashes. Adding, merging and
/// pruning in any order gives equal counts. Cost: a pass over the text; about 30 bytes of memory for each different
/// line, of which most stand once: `removeLines(below:)` lets go of them.
public struct OutletLineCounts: Sendable, Equatable {
    private var counts: [UInt64: UInt32] = [:]

    public init() {}

    /// Takes up what ``lines`` gave.
    public init(_ lines: [Line]) {
        counts = Dictionary(lines.map { ($0.key, $0.articles) }, uniquingKeysWith: +)
    }

    /// A line of an outlet: a hash of both, and in how many articles it stands.
    public struct Line: Sendable, Equatable {
        public var key: UInt64
        public var articles: UInt32

        public init(key: UInt64, articles: UInt32) {
            self.key = key
            self.articles = articles
        }
    }

    /// What the keys of ``lines`` mean: rises whenever a line may get another key.
    public static let version = Folding.version << 8 | 1

    /// Every line, in the order of the keys.
    public var lines: [Line] {
        counts.map { Line(key: $0.key, articles: $0.value) }.sorted { $0.key < $1.key }
    }

    /// How many different lines are counted.
    public var lineCount: Int { counts.count }

    /// The hashes of a text's short lines, each once, in ascending order.
    public static func lineHashes(of text: String) -> [UInt64] {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = ScrapedTextScanner(bytes)
            let hashes = scanner.lines().map(\.hash).filter { $0 != 0 }.sorted()
            return hashes.enumerated().filter { $0.offset == 0 || hashes[$0.offset - 1] != $0.element }.map(\.element)
        }
    }

    /// Counts one article.
    public mutating func add(_ lineHashes: [UInt64], outlet: String) {
        let outlet = Self.hash(outlet)
        for line in lineHashes { counts[Self.key(line, outlet), default: 0] += 1 }
    }

    public mutating func merge(_ other: OutletLineCounts) {
        counts.merge(other.counts) { $0 + $1 }
    }

    /// Forgets the lines that stand in fewer articles than `count`.
    public mutating func removeLines(below count: Int) {
        counts = counts.filter { $0.value >= count }
    }

    /// The number of the outlet's articles with a line, by the line's hash.
    public func lookup(outlet: String) -> @Sendable (UInt64) -> Int {
        let outlet = Self.hash(outlet)
        let counts = counts
        return { line in Int(counts[Self.key(line, outlet)] ?? 0) }
    }

    private static func hash(_ outlet: String) -> UInt64 {
        Folding.fold(outlet).withUnsafeBufferPointer { LineHash.of($0) }
    }

    private static func key(_ line: UInt64, _ outlet: UInt64) -> UInt64 {
        (line ^ (outlet << 1 | outlet >> 63)) &* 0x9E37_79B9_7F4A_7C15
    }
}
