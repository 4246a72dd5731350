import Markup

/// Which blocks of a page are its article.
struct BlockChoice {
    /// Whether each block is kept.
    private(set) var isKept: [Bool]
    /// The first and last kept block, exclusive; empty when none is.
    private(set) var span: Range<Int>

    /// Where precision and recall of words balance on pages of many sites.
    private static let leastChance: Float = 0.43

    init(_ buffer: BlockBuffer, chances: GrowingBuffer<Float>) {
        isKept = (0..<buffer.blocks.count).map { chances[$0] > Self.leastChance && Self.hasLetters(buffer.blocks[$0]) }
        if !isKept.contains(true) { Self.keepLikeliest(buffer, chances, &isKept) }
        Self.keepHeadings(buffer, chances, &isKept)
        Self.trimLayoutTable(buffer, &isKept)
        let first = isKept.firstIndex(of: true) ?? 0
        let last = isKept.lastIndex(of: true) ?? -1
        span = first..<(last + 1)
    }

    /// False for a line of signs alone, like the end of a comment that was never begun.
    private static func hasLetters(_ block: Block) -> Bool {
        block.marks + block.stops + block.commas < block.size
    }

    /// A heading with the article before and behind it is the article's, unless the scorer is sure of the contrary.
    private static func keepHeadings(_ buffer: BlockBuffer, _ chances: GrowingBuffer<Float>, _ isKept: inout [Bool]) {
        for index in isKept.indices.dropFirst().dropLast() where !isKept[index] && isKept[index + 1] {
            let followsArticle = isKept[index - 1] || (index > 1 && isKept[index - 2])
            if followsArticle, chances[index] > 0.1, buffer.blocks[index].around.contains(.heading) {
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
