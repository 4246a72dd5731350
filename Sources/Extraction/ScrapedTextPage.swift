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
        cleanTail()
        if isWholePage { removeOutside() }
    }

    mutating func remove(_ index: Int, _ reason: ChromeReason) {
        if reasons[index] == nil, index != titleIndex { reasons[index] = reason }
    }

    func string(_ index: Int) -> String {
        String(decoding: bytes[lines[index].range], as: UTF8.self)
    }

    // MARK: The body

    /// Finds the lines between which the article stands.
    ///
    /// In an article's frame that is from the first to the last paragraph. In a whole page, whose menus, notices and
    /// teasers have paragraphs too, it is the stretch with the greatest sum of the lines' weights (Bentley,
    /// "Programming Pearls", column 8): prose counts for, short lines and phrases of chrome count against.
    private mutating func findBody() {
        var short = 0
        var phrases = 0
        for line in lines {
            if line.phrase != nil { phrases += 1 }
            if line.isShort { short += 1 }
        }
        isWholePage = short >= 15 && phrases >= 5 && short * 2 >= lines.count
        body = isWholePage ? heaviestStretch() : paragraphStretch()
    }

    private func paragraphStretch() -> Range<Int> {
        let isProse = { (line: ScrapedTextLine) in line.isParagraph && line.phrase?.isCertain != true }
        guard let first = lines.firstIndex(where: isProse), let last = lines.lastIndex(where: isProse) else {
            return lines.count..<lines.count
        }
        return first..<endOfArticle(first..<last + 1)
    }

    /// Where a comment form cuts the article off: behind it stand its readers.
    private func endOfArticle(_ stretch: Range<Int>) -> Int {
        var end = stretch.upperBound
        for index in stretch where lines[index].phrase?.reason == .commentForm && lines[index].phrase?.isCertain == true {
            let before = lines[stretch.lowerBound..<index].reduce(0) { $0 + $1.width }
            let behind = lines[index..<stretch.upperBound].reduce(0) { $0 + $1.width }
            if before > behind { end = index }
            break
        }
        while end > stretch.lowerBound, !lines[end - 1].isParagraph { end -= 1 }
        return end
    }

    private func heaviestStretch() -> Range<Int> {
        var best = (sum: 0, start: 0, end: 0)
        var sum = 0
        var start = 0
        for index in lines.indices {
            if sum <= 0 {
                sum = 0
                start = index
            }
            sum += weight(lines[index])
            if sum > best.sum { best = (sum, start, index + 1) }
        }
        return best.end > 0 ? best.start..<best.end : paragraphStretch()
    }

    private func weight(_ line: ScrapedTextLine) -> Int {
        if let phrase = line.phrase {
            if phrase.reason == .commentForm { return phrase.isCertain ? -40 : -12 }
            return phrase.isCertain ? -8 : -6
        }
        if line.isParagraph {
            if line.end == .open { return line.width < 220 ? 4 : 12 }
            return 8 + min(line.width, 600) / 20
        }
        return line.end == .stop && line.words >= 4 ? 3 : -3
    }
}
