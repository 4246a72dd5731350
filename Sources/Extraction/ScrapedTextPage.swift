import Language

/// The lines of one scraped text and the verdicts on them, filled rule by rule.
struct ScrapedTextPage {
    let bytes: UnsafeBufferPointer<UInt8>
    var lines: [ScrapedTextLine]
    /// Why each line is removed; nil while it is body.
    var reasons: [ChromeReason?]
    var titleIndex: Int?
    /// The lines from the first to the last paragraph of the article.
    var body = 0..<0
    /// The text is that of a whole page: most of its lines are chrome.
    var isWholePage = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        var scanner = ScrapedTextScanner(bytes)
        lines = scanner.lines()
        reasons = Array(repeating: nil, count: lines.count)
    }

    mutating func run(title: String?) {
        guard !lines.isEmpty else { return }
        findBody()
        findTitle(given: title)
        removePhrases()
        cleanHead()
        removeRepeatedHeadlines()
        removeRelatedLinks()
        removeInterruptions()
        cleanTail()
        if isWholePage { removeOutside() }
    }

    mutating func remove(_ index: Int, _ reason: ChromeReason) {
        if reasons[index] == nil, index != titleIndex { reasons[index] = reason }
    }

    func string(_ index: Int) -> String {
        String(decoding: bytes[lines[index].range], as: UTF8.self)
    }
}
