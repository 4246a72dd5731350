/// The trained judge of whole pages: what the rules leave undecided between the body and its surroundings.
///
/// It only breaks ties: lines that are chrome by their words are not asked about, texts of an article's frame never.
/// Made by `make model-text` from pages whose main text is known, and from the same pages with their letters exchanged,
/// as if in a language without phrases.
extension ScrapedTextPage {
    mutating func askModel() {
        guard isWholePage else { return }
        let asked = lines.indices.filter { $0 != titleIndex && isOpen($0) }
        let features = ScrapedTextFeatures(self)
        let judged = zip(asked, features.odds(of: asked))
        let chrome = judged.filter { reasons[$0.0] == nil && $0.1 > Self.chromeFrom }.map(\.0)
        for (index, odds) in judged where reasons[index] != nil && odds < Self.bodyBelow { reasons[index] = nil }
        // Who takes most of an article for chrome has not understood the page.
        if 2 * width(of: chrome) > width(of: lines.indices.filter { reasons[$0] == nil }) { return }
        for index in chrome { remove(index, reason(at: index)) }
    }

    private func width(of chosen: [Int]) -> Int {
        chosen.reduce(0) { $0 + (lines[$1].isParagraph ? lines[$1].width : 0) }
    }

    /// The logarithm of the odds from which on a line that the rules left is taken for chrome, and that below which one
    /// that they took is left: precision comes first on both sides.
    private static let chromeFrom: Float = 1.25
    private static let bodyBelow: Float = 0.5

    /// Whether the rules left the line, or went by its place alone and it may be more than an entry of a menu.
    func isOpen(_ index: Int) -> Bool {
        switch reasons[index] {
        case nil: true
        case .beforeBody, .afterBody, .relatedLink: !lines[index].isTiny && lines[index].phrase?.isCertain != true
        default: false
        }
    }

    private func reason(at index: Int) -> ChromeReason {
        index < body.lowerBound ? .beforeBody : index >= body.upperBound ? .afterBody : .insideBody
    }
}

extension ScrapedTextFeatures {
    private static let model = BlockModel(ScrapedTextModelTable.trees)

    /// The logarithms of the odds that the lines are chrome.
    func odds(of lines: [Int]) -> [Float] {
        var odds: [Float] = []
        odds.reserveCapacity(lines.count + 3)
        rows.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { return }
            for start in stride(from: 0, to: lines.count, by: 4) {
                let four = (0..<4).map { base + lines[min(start + $0, lines.count - 1)] * Self.width }
                let sums = Self.model.sums(four, skipsSure: false)
                for place in 0..<4 { odds.append(sums[place]) }
            }
        }
        return Array(odds.prefix(lines.count))
    }
}
