import Extraction
import Hashing

/// The lines of each outlet, counted once for each of its articles.
///
/// An article that was collected twelve times is one article: without that, its own paragraphs would count as
/// lines that the outlet repeats. Articles are told apart by their longest line, and by their `id` or URL.
public struct OutletLines: Sendable {
    /// What is counted of one article.
    public struct Sighting: Sendable {
        let outlet: String
        let lines: [UInt64]
        /// What the article is known again by: its longest line, and its name, each with the outlet's.
        let article: [UInt64]

        init(of text: String, outlet: String, name: String? = nil) {
            self.outlet = outlet
            lines = OutletLineCounts.lineHashes(of: text)
            var longest = Substring().utf8
            for line in Substring(text).utf8.split(separator: UInt8(ascii: "\n")) where line.count > longest.count {
                longest = line
            }
            let marks = [String(Substring(longest))] + (name.map { ["\n" + $0] } ?? [])
            article = marks.map { XXH3.hash64("\(outlet)\n\($0)") }
        }
    }

    static let maxLines = 1_000_000

    private let memory: OutletMemory?
    private var counts = OutletLineCounts()
    private var articles: Set<UInt64> = []
    /// What this run adds to the memory, once it was closed.
    private(set) var learnt = OutletMemory.Period()

    init(memory: OutletMemory? = nil) {
        self.memory = memory
    }

    mutating func add(_ sighting: Sighting) {
        let isKnown = sighting.article.contains { articles.contains($0) || memory?.contains($0) == true }
        // An article that changed since it was read is known by its new longest line from now on, too.
        articles.formUnion(sighting.article)
        if isKnown { return }
        counts.add(sighting.lines, outlet: sighting.outlet)
        // Most lines stand once. Letting go of them now and then bounds the memory, at the same articles in every run.
        if counts.lineCount > Self.maxLines { counts.removeLines(below: 2) }
    }

    /// Adds what earlier runs have counted, and lets go of what no look-up asks for.
    mutating func close() throws {
        if let memory {
            learnt = OutletMemory.Period(
                articles: articles.filter { !memory.contains($0) }.sorted(),
                lines: counts.lines
            )
            counts = OutletLineCounts(try memory.total(with: counts.lines))
        }
        counts.removeLines(below: ScrapedTextOptions().repeatedFrom)
        articles = []
    }

    /// Over every line and its articles.
    var fingerprint: Digest256 {
        var hash = SHA256()
        for line in counts.lines {
            withUnsafeBytes(of: line.key.littleEndian) { hash.update($0) }
            withUnsafeBytes(of: line.articles.littleEndian) { hash.update($0) }
        }
        return hash.finish()
    }

    /// In how many of the outlet's articles a line stands, by its hash.
    func lookup(_ outlet: String) -> (UInt64) -> Int {
        counts.lookup(outlet: outlet)
    }
}
