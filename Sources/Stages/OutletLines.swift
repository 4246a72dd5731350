import Extraction
import Hashing

/// The lines of each outlet, counted once for each of its articles.
///
/// An article that was collected twelve times is one article: without that, its own paragraphs would count as
/// lines that the outlet repeats. Articles are told apart by their longest line.
public struct OutletLines: Sendable {
    /// What is counted of one article.
    public struct Sighting: Sendable {
        let outlet: String
        let lines: [UInt64]
        /// The longest line and the outlet.
        let article: UInt64

        init(of text: String, outlet: String) {
            self.outlet = outlet
            lines = OutletLineCounts.lineHashes(of: text)
            var longest = Substring().utf8
            for line in Substring(text).utf8.split(separator: UInt8(ascii: "\n")) where line.count > longest.count {
                longest = line
            }
            article = XXH3.hash64("\(outlet)\n\(Substring(longest))")
        }
    }

    static let maxLines = 1_000_000

    private var counts = OutletLineCounts()
    private var articles: Set<UInt64> = []

    init() {}

    mutating func add(_ sighting: Sighting) {
        guard articles.insert(sighting.article).inserted else { return }
        counts.add(sighting.lines, outlet: sighting.outlet)
        // Most lines stand once. Letting go of them now and then bounds the memory, at the same articles in every run.
        if counts.lineCount > Self.maxLines { counts.removeLines(below: 2) }
    }

    /// Lets go of what no look-up asks for.
    mutating func close() {
        counts.removeLines(below: ScrapedTextOptions().repeatedFrom)
        articles = []
    }

    /// In how many of the outlet's articles a line stands, by its hash.
    func lookup(_ outlet: String) -> (UInt64) -> Int {
        counts.lookup(outlet: outlet)
    }
}
