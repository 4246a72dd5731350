import Markup

/// Which blocks of a page are its article.
struct BlockChoice {
    /// Whether each block is kept.
    private(set) var isKept: [Bool]
    /// The first and last kept block, exclusive; empty when none is.
    private(set) var span: Range<Int>

    init(_ nodes: PageNodes, _ buffer: BlockBuffer, _ features: BlockFeatures, chances: GrowingBuffer<Float>) {
        let leastChance = Self.leastChance(buffer, chances)
        isKept = (0..<buffer.blocks.count).map { chances[$0] > leastChance && Self.hasLetters(buffer.blocks[$0]) }
        if !isKept.contains(true) { Self.keepLikeliest(buffer, chances, &isKept) }
        Self.keepHeadings(buffer, chances, &isKept)
        Self.trimLayoutTable(buffer, &isKept)
        Self.dropNextArticle(nodes, buffer, features, &isKept)
        Self.dropSecondCopy(buffer, features, &isKept)
        Self.dropPhrases(buffer, features, chances, &isKept)
        let first = isKept.firstIndex(of: true) ?? 0
        let last = isKept.lastIndex(of: true) ?? -1
        span = first..<(last + 1)
    }

    /// The threshold that makes the F1 to be expected of the page's words greatest: half of that F1.
    ///
    /// On a page of an unusual layout, where the scorer is sure of nothing, it is lower, and the article stays whole (Lipton,
    /// Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize F1 Measure", 2014). A block's words count
    /// as often as its chance says.
    private static func leastChance(_ buffer: BlockBuffer, _ chances: GrowingBuffer<Float>) -> Float {
        var words = [Float](repeating: 0, count: steps)
        var both = [Float](repeating: 0, count: steps)
        var total: Float = 0
        for index in 0..<buffer.blocks.count {
            let block = buffer.blocks[index]
            let weight = Float(block.words + block.ideographs)
            let step = min(Int(chances[index] * Float(steps)), steps - 1)
            words[step] += weight
            both[step] += weight * chances[index]
            total += weight * chances[index]
        }
        var (kept, found, best): (Float, Float, Float) = (0, 0, 0)
        for step in stride(from: steps - 1, through: 0, by: -1) {
            kept += words[step]
            found += both[step]
            best = max(best, 2 * found / max(kept + total, 1))
        }
        return max(best / 2, lowest)
    }

    /// On a page that is all menu the expected F1 of everything is the greatest, and low.
    private static let lowest: Float = 0.15

    /// Chances are told apart to a thousandth.
    private static let steps = 1000

    /// False for a line of signs alone, like the end of a comment that was never begun.
    private static func hasLetters(_ block: Block) -> Bool {
        block.marks + block.stops + block.commas < block.size
    }

    /// A heading with the article before and behind it is the article's, unless the scorer is sure of the contrary.
    private static func keepHeadings(_ buffer: BlockBuffer, _ chances: GrowingBuffer<Float>, _ isKept: inout [Bool]) {
        for index in isKept.indices.dropFirst().dropLast() where !isKept[index] && isKept[index + 1] {
            let followsArticle = isKept[index - 1] || (index > 1 && isKept[index - 2])
            // Between the article and its heading may stand an inset.
            let followsInset = isKept[max(0, index - 4)..<index].contains(true)
            guard buffer.blocks[index].around.contains(.heading) else { continue }
            if followsArticle && chances[index] > 0.1 || followsInset && chances[index] > 0.3 {
                isKept[index] = true
            }
        }
    }

    /// In a table used for layout the article's cell also holds menus, dates and links, set off by line breaks alone: only
    /// whole sentences begin and end the article there.
    private static func trimLayoutTable(_ buffer: BlockBuffer, _ isKept: inout [Bool]) {
        let kept = isKept.indices.filter { isKept[$0] }
        let isProse = { (index: Int) in
            let block = buffer.blocks[index]
            return block.endsSentence && block.size >= 80 && block.linkSize * 3 < block.size
        }
        guard let first = kept.first(where: isProse), let last = kept.last(where: isProse) else { return }
        let cell = buffer.blocks[first]
        guard cell.afterBreak, cell.around.contains(.table), cell.element == buffer.blocks[last].element else { return }
        for index in kept where index < first || index > last { isKept[index] = false }
    }

    /// Below its own article a page may show the next one whole: after a long stretch that is left out, in elements of
    /// its own, and with next to none of the words of the page's title and excerpt.
    private static func dropNextArticle(
        _ nodes: PageNodes,
        _ buffer: BlockBuffer,
        _ features: BlockFeatures,
        _ isKept: inout [Bool]
    ) {
        let kept = isKept.indices.filter { isKept[$0] }
        let cuts = kept.indices.dropFirst().filter { kept[$0] - kept[$0 - 1] > leastBetweenArticles }
        for cut in cuts.prefix(8) {
            let article = Stretch(kept[..<cut], nodes, buffer, features)
            let next = Stretch(kept[cut...], nodes, buffer, features)
            guard article.words >= 150, next.words >= 40, article.parents.isDisjoint(with: next.parents) else {
                continue
            }
            let (own, others) = (features.topic.shares(article.topic), features.topic.shares(next.topic))
            guard own.title >= 0.3, others.title <= 0.15, others.all <= 0.3 else { continue }
            for index in kept[cut...] { isKept[index] = false }
            return
        }
    }

    /// Blocks left out between two articles: share buttons, tags, links to others.
    private static let leastBetweenArticles = 9

    /// Kept blocks in a row.
    private struct Stretch {
        var words: Int32 = 0
        var topic: UInt64 = 0
        var parents: Set<Int> = []

        init(_ blocks: ArraySlice<Int>, _ nodes: PageNodes, _ buffer: BlockBuffer, _ features: BlockFeatures) {
            for index in blocks {
                let block = buffer.blocks[index]
                words += block.words + block.ideographs
                topic |= features.topic(of: index)
                parents.insert(nodes.parent(Int(block.element)))
            }
        }
    }

    /// An article that stands on its page twice, for two widths of screen, is kept once. Single lines that come again, like
    /// a refrain or a teaser, stay.
    private static func dropSecondCopy(_ buffer: BlockBuffer, _ features: BlockFeatures, _ isKept: inout [Bool]) {
        var seen: Set<UInt64> = []
        var copies: [Int] = [], run: [Int] = []
        var words: (all: Int32, copied: Int32, run: Int32) = (0, 0, 0)
        for index in isKept.indices.filter({ isKept[$0] }) + [-1] {
            let block = index >= 0 ? buffer.blocks[index] : Block(element: 0, node: 0, start: 0)
            let count = block.words + block.ideographs
            words.all += count
            if index >= 0, count >= 3, !seen.insert(features.copyHash(index)).inserted {
                run.append(index)
                words.run += count
                continue
            }
            if run.count >= 2, words.run >= 60 {
                copies += run
                words.copied += words.run
            }
            run.removeAll()
            words.run = 0
        }
        guard words.copied * 5 >= words.all * 2 else { return }
        for index in copies { isKept[index] = false }
    }

    /// A line that is a phrase of chrome in its whole has to be likelier than others, most of all at the article's end,
    /// where a number alone is the page's too.
    private static func dropPhrases(
        _ buffer: BlockBuffer,
        _ features: BlockFeatures,
        _ chances: GrowingBuffer<Float>,
        _ isKept: inout [Bool]
    ) {
        for index in isKept.indices where isKept[index] && features.isCertainPhrase(index) && chances[index] < 0.6 {
            isKept[index] = false
        }
        while let last = isKept.lastIndex(of: true), isKept[..<last].contains(true) {
            let block = buffer.blocks[last]
            let isNumber = block.digits + block.marks + block.stops + block.commas >= block.size
            let isPhrase = features.isCertainPhrase(last) && chances[last] < 0.8
            guard isPhrase || isNumber && block.around.isDisjoint(with: [.table, .list, .definition]) else { return }
            isKept[last] = false
        }
    }

    /// A page on which nothing is likely still has its likeliest text, with what stands in the same place.
    private static func keepLikeliest(_ buffer: BlockBuffer, _ chances: GrowingBuffer<Float>, _ isKept: inout [Bool]) {
        var best = -1
        for index in 0..<buffer.blocks.count where buffer.blocks[index].size >= 40 {
            if best < 0 || chances[index] > chances[best] { best = index }
        }
        guard best >= 0 else { return }
        for index in 0..<buffer.blocks.count where buffer.blocks[index].path == buffer.blocks[best].path {
            isKept[index] = chances[index] * 2 > chances[best] && buffer.blocks[index].endsSentence
        }
    }

    /// The kept blocks, a line each.
    func text(_ buffer: BlockBuffer) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(buffer.text.count)
        for index in span where isKept[index] {
            if !bytes.isEmpty { bytes.append(0x0A) }
            bytes.append(contentsOf: buffer.bytes(buffer.blocks[index]))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What was left out between the first and the last kept block.
    func removed(_ buffer: BlockBuffer) -> [RemovedText] {
        span.filter { !isKept[$0] }.map { index in
            RemovedText(
                text: String(decoding: buffer.bytes(buffer.blocks[index]), as: UTF8.self),
                reason: RemovalReason.of(buffer.blocks[index])
            )
        }
    }
}

/// The reason codes of texts removed from inside an article.
enum RemovalReason {
    static func of(_ block: Block) -> String {
        for (bits, reason) in table where !block.around.isDisjoint(with: bits) { return reason }
        return block.linkSize * 2 >= block.size ? "links" : "not_prose"
    }

    private static let table: [(BlockContext, String)] = [
        ([.figcaption], "caption"), (ContextMeaning.named("caption"), "caption"),
        (ContextMeaning.named("newsletter"), "newsletter"), (ContextMeaning.named("related popular"), "related"),
        (ContextMeaning.named("comment"), "comments"), (ContextMeaning.named("share"), "share"),
        (ContextMeaning.named("promo"), "promotion"), (ContextMeaning.named("cookie paywall"), "notice"),
        (ContextMeaning.named("author"), "author"), (ContextMeaning.named("tag breadcrumb"), "labels"),
        (ContextMeaning.named("gallery media"), "media"), ([.nav], "navigation"),
        ([.aside], "aside"), ([.form], "form"), ([.button], "control"), ([.figure], "media"),
    ]
}
