import Markup

/// Finds the element that holds most of a page's prose: each paragraph votes for the elements around it.
///
/// The votes fall with the distance, as in Arc90's Readability; commas and sentence ends of every script count.
struct ContentCandidate {
    private var scores = GrowingBuffer<Float>(capacity: 1 << 14)
    private(set) var links = GrowingBuffer<Int32>(capacity: 1 << 14)
    /// Characters of text below each element.
    private(set) var sizes = GrowingBuffer<Int32>(capacity: 1 << 14)
    /// Blocks below each element, and those of them that end a sentence.
    private(set) var counts = GrowingBuffer<Int32>(capacity: 1 << 14)
    private(set) var sentences = GrowingBuffer<Int32>(capacity: 1 << 14)

    /// The element with the most votes; -1 when no text looks like prose.
    private(set) var best = -1

    func deallocate() {
        scores.deallocate()
        links.deallocate()
        sizes.deallocate()
        counts.deallocate()
        sentences.deallocate()
    }

    mutating func find(_ nodes: PageNodes, _ buffer: BlockBuffer) {
        clear(nodes.count)
        for index in 0..<buffer.blocks.count {
            let block = buffer.blocks[index]
            sizes[Int(block.element)] += block.size
            links[Int(block.element)] += block.linkSize
            counts[Int(block.element)] += 1
            if block.endsSentence { sentences[Int(block.element)] += 1 }
            let vote = Self.vote(block)
            guard vote > 0 else { continue }
            var element = nodes.tag(Int(block.element)) == .p ? nodes.parent(Int(block.element)) : Int(block.element)
            var share: Float = 1
            for _ in 0..<4 where element > 0 {
                scores[element] += vote * share
                share *= 0.6
                element = nodes.parent(element)
            }
        }
        best = -1
        for element in stride(from: nodes.count - 1, through: 0, by: -1) {
            let parent = nodes.parent(element)
            if parent >= 0 {
                sizes[parent] += sizes[element]
                links[parent] += links[element]
                counts[parent] += counts[element]
                sentences[parent] += sentences[element]
            }
            guard scores[element] > 0 else { continue }
            let density = Float(links[element]) / Float(max(sizes[element], 1))
            scores[element] *= 1 - density
            if best < 0 || scores[element] >= scores[best] { best = element }
        }
    }

    private mutating func clear(_ count: Int) {
        scores.removeAll()
        links.removeAll()
        sizes.removeAll()
        counts.removeAll()
        sentences.removeAll()
        for _ in 0..<count {
            scores.append(0)
            links.append(0)
            sizes.append(0)
            counts.append(0)
            sentences.append(0)
        }
    }

    static func vote(_ block: Block) -> Float {
        let plain = block.size - block.linkSize
        guard plain >= 25, block.linkSize * 2 < block.size else { return 0 }
        let chrome: BlockContext = [.nav, .footer, .aside, .form, .figcaption, .button, .hidden, .heading]
        guard block.around.isDisjoint(with: chrome), block.near.isDisjoint(with: ContextMeaning.chrome) else {
            return 0
        }
        let length = min(Float(plain) / 100, 4)
        let punctuation = min(Float(block.commas + block.stops), 8) * 0.4
        return (block.endsSentence ? 0.6 : 0) + length + punctuation
    }
}

/// Named meanings, for rules written by hand.
enum ContextMeaning {
    private static let names: [String] = ContextToken.words.split(separator: "\n").map {
        String($0.prefix { $0 != " " })
    }

    static func named(_ words: String) -> BlockContext {
        var bits = BlockContext()
        for word in words.split(separator: " ") {
            guard let index = names.firstIndex(of: String(word)) else { continue }
            bits.insert(BlockContext(rawValue: 1 << UInt64(index + BlockContext.firstMeaning)))
        }
        return bits
    }

    static let chrome = named(
        "comment related share sidebar promo newsletter breadcrumb tag author menu footer cookie popular paywall caption search"
    )
    static let content = named("body content article post story text lead")
}
