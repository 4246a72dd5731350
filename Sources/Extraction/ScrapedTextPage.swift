import Language

/// The lines of one scraped text and the verdicts on them, filled rule by rule.
struct ScrapedTextPage {
    let text: String
    /// The UTF-8 of the text.
    let bytes: UnsafeBufferPointer<UInt8>
    var lines: [ScrapedTextLine]
    /// Why each line is removed; nil while it is body.
    var reasons: [ChromeReason?]
    var titleIndex: Int?
    /// The lines from the first to the last paragraph of the article.
    var body = 0..<0
    /// In how many articles of the outlet each line stands; empty where nobody has counted.
    var outletCounts: [Int] = []
    /// The text is that of a whole page: most of its lines are chrome.
    var isWholePage = false

    init(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.text = text
        self.bytes = bytes
        var scanner = ScrapedTextScanner(bytes)
        lines = scanner.lines()
        reasons = Array(repeating: nil, count: lines.count)
    }

    mutating func run(title: String?, _ options: ScrapedTextOptions) {
        runRules(title: title, options)
        askModel()
    }

    mutating func runRules(title: String?, _ options: ScrapedTextOptions) {
        guard !lines.isEmpty else { return }
        findBody()
        findTitle(given: title, options)
        removePhrases()
        cleanHead()
        removeRunsOfPhrases()
        removeRepeatedHeadlines()
        removeRelatedLinks()
        removeInterruptions()
        cleanTail()
        if isWholePage { removeOutside() }
    }

    mutating func remove(_ index: Int, _ reason: ChromeReason) {
        if reasons[index] == nil, index != titleIndex { reasons[index] = reason }
    }

    func string(_ index: Int) -> String { String(substring(index)) }

    /// A slice of the text, so that its bytes are copied without being validated again.
    func substring(_ index: Int) -> Substring {
        let range = lines[index].range
        let utf8 = text.utf8
        return text[
            utf8.index(
                utf8.startIndex,
                offsetBy: range.lowerBound
            )..<utf8.index(utf8.startIndex, offsetBy: range.upperBound)
        ]
    }
}
