import Markup

/// Which blocks of a page are its article.
struct BlockChoice {
    /// Whether each block is kept.
    private(set) var isKept: [Bool]
    /// The first and last kept block, exclusive; empty when none is.
    private(set) var span: Range<Int>

    init(_ nodes: PageNodes, _ buffer: BlockBuffer, candidate: Int, title: String?) {
        isKept = [Bool](repeating: false, count: buffer.blocks.count)
        let end = candidate >= 0 ? nodes.end(of: candidate) : 0
        for index in 0..<buffer.blocks.count {
            let block = buffer.blocks[index]
            guard candidate >= 0, Int(block.node) >= candidate, Int(block.node) < end else { continue }
            isKept[index] = Self.isProse(block)
        }
        let first = isKept.firstIndex(of: true) ?? 0
        let last = isKept.lastIndex(of: true) ?? -1
        span = first..<(last + 1)
    }

    private static func isProse(_ block: Block) -> Bool {
        let chrome: BlockContext = [.nav, .footer, .aside, .form, .figcaption, .button, .hidden]
        guard block.around.isDisjoint(with: chrome), block.near.isDisjoint(with: ContextMeaning.chrome) else { return false }
        return block.linkSize * 2 < block.size
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
                reason: RemovalReason.of(buffer.blocks[index]))
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
