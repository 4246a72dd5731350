import Markup

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Describes every block of a page by the numbers the scorer decides on: a row a block, a column a feature.
///
/// Everything is linear in the page: sums below an element are taken once, backwards over the nodes.
struct BlockFeatures {
    private(set) var values = GrowingBuffer<Float>(capacity: 1 << 16)
    private(set) var rows = 0
    private var paths = PathCounts()
    private var copies = PathCounts()
    private var lines = GrowingBuffer<LineFacts>(capacity: 1 << 10)
    private var parts = BodyParts()
    /// The topic's words found below each element.
    private var topics = GrowingBuffer<UInt64>(capacity: 1 << 14)

    func deallocate() {
        values.deallocate()
        paths.deallocate()
        copies.deallocate()
        lines.deallocate()
        parts.deallocate()
        topics.deallocate()
    }

    func row(_ index: Int) -> UnsafePointer<Float> {
        UnsafePointer(values.base + index * Self.stride)
    }

    /// The words of the page's title and excerpt, and which of them a block has.
    private(set) var topic = TopicWords(title: nil, excerpt: nil)

    /// The block is a phrase that stands in no article's prose.
    func isCertainPhrase(_ block: Int) -> Bool { lines[block].phrase == 2 }

    /// The same for blocks of the same text.
    func copyHash(_ block: Int) -> UInt64 { lines[block].copyHash }

    func topic(of block: Int) -> UInt64 { lines[block].words.topic }

    /// Fills a column that is computed after the row.
    func set(_ index: Int, _ column: Int, _ value: Float) {
        values.base[index * Self.stride + column] = value
    }

    /// What is read off a block's bytes once and looked at by its neighbours too.
    private struct LineFacts: BitwiseCopyable {
        var words: LineWords
        var copyHash: UInt64 = 0
        var isHeading = false
        /// Blocks with the same text before this one.
        var copiesBefore: Int32 = 0
        /// The nearest heading before the block, and the top headings since the headline.
        var lastHeading: Int32 = -1
        var topHeadings: Int32 = 0
        /// 1 for a phrase of chrome, 2 for a certain one.
        var phrase: UInt8 = 0
        /// The nearest block before it that is a phrase which ends articles.
        var lastEnding: Int32 = -1
    }

    mutating func run(
        _ nodes: PageNodes,
        _ buffer: BlockBuffer,
        _ candidate: ContentCandidate,
        names: GrowingBuffer<UInt64>,
        hints: PageHints
    ) {
        let best = candidate.best
        topic = hints.topic
        values.removeAll(keeping: 1 << 22)
        rows = buffer.blocks.count
        values.reserve(rows * Self.stride)
        parts.find(nodes, buffer, names: names, best: best)
        readLines(nodes, buffer, hints)
        let page = PageFacts(nodes, buffer, candidate, best: best, hints: hints)
        for index in 0..<rows { append(index, nodes, buffer, candidate, page, hints) }
    }

    private mutating func readLines(_ nodes: PageNodes, _ buffer: BlockBuffer, _ hints: PageHints) {
        lines.removeAll()
        topics.removeAll()
        for _ in 0..<nodes.count { topics.append(0) }
        paths.removeAll(for: rows)
        copies.removeAll(for: rows)
        var lastHeading: Int32 = -1
        var topHeadings: Int32 = 0
        var lastEnding: Int32 = -1
        var scanner = ScrapedTextScanner(UnsafeBufferPointer(start: buffer.text.base, count: buffer.text.count))
        for index in 0..<rows {
            let block = buffer.blocks[index]
            let bytes = buffer.bytes(block)
            var line = LineFacts(words: LineWords(bytes, hints))
            let phrase = scanner.measure(Int(block.start)..<Int(block.start + block.length)).phrase
            if let phrase {
                line.phrase = phrase.isCertain ? 2 : 1
                if phrase.isCertain, phrase.reason.opensTail { lastEnding = Int32(truncatingIfNeeded: index) }
            }
            line.lastEnding = lastEnding
            parts.add(line.words, isPhrase: phrase != nil, to: index)
            topics[Int(block.element)] |= line.words.topic
            line.copyHash = ClassMeanings.hash(bytes)
            line.isHeading = block.around.contains(.heading)
            line.copiesBefore = copies.find(line.copyHash).count
            line.lastHeading = lastHeading
            line.topHeadings = topHeadings
            if line.isHeading {
                lastHeading = Int32(truncatingIfNeeded: index)
                if nodes.tag(Int(block.element)) == .h1 { topHeadings += 1 }
            }
            lines.append(line)
            paths.add(block.path, block)
            copies.add(line.copyHash, block)
        }
        for element in Swift.stride(from: nodes.count - 1, to: 0, by: -1) {
            let parent = nodes.parent(element)
            if parent >= 0 { topics[parent] |= topics[element] }
        }
    }

    // MARK: One row

    private mutating func append(
        _ index: Int,
        _ nodes: PageNodes,
        _ buffer: BlockBuffer,
        _ candidate: ContentCandidate,
        _ page: PageFacts,
        _ hints: PageHints
    ) {
        let block = buffer.blocks[index]
        appendText(block, lines[index])
        appendContext(block)
        appendElements(block, nodes, candidate, page)
        appendPath(block, lines[index], page)
        appendPlace(index, block, nodes, page)
        appendHints(index, block, page, hints)
        appendHeading(index, block, nodes, page)
        appendFamily(block, nodes, candidate)
        for step in [-2, -1, 1, 2] { appendNeighbour(index, index + step, buffer) }
        appendPage(page)
        appendPhrase(index)
        appendPart(index, block, nodes, candidate, page, hints.topic)
        for _ in 0..<Self.companyColumns { add(0) }
    }

    private mutating func add(_ value: Float) { values.append(value) }
    private mutating func add(_ value: Bool) { values.append(value ? 1 : 0) }

    private mutating func addLog(_ value: Int32) { values.append(logf(Float(value) + 1)) }

    private mutating func addShare(_ part: Int32, _ whole: Int32) {
        values.append(whole > 0 ? Float(part) / Float(whole) : 0)
    }

    private mutating func appendText(_ block: Block, _ line: LineFacts) {
        addLog(block.size)
        addLog(block.words)
        addShare(block.linkSize, block.size)
        addShare(block.strongSize, block.size)
        addShare(block.commas, block.words + block.ideographs)
        addShare(block.stops, block.words + block.ideographs)
        addShare(block.digits, block.size)
        addShare(block.uppers, block.size)
        addShare(block.marks, block.size)
        addShare(block.size, block.words)
        add(Float(block.links))
        add(Float((block.endsSentence ? 1 : 0) + (block.endsWithColon ? 2 : 0)))
        add(block.startsLower)
        add(Float((block.afterBreak ? 1 : 0) + (block.beforeBreak ? 2 : 0)))
        add(block.ideographs > 0)
        addShare(line.words.chromeWords, block.words)
        for kind in 0..<ChromeWord.kinds {
            let bit = UInt16(1) << UInt16(kind)
            add(Float((line.words.kinds & bit != 0 ? 1 : 0) + (line.words.firstKinds & bit != 0 ? 1 : 0)))
        }
    }

    private mutating func appendContext(_ block: Block) {
        for bit in 0..<62 {
            let mask = UInt64(1) << UInt64(bit)
            add(Float((block.around.rawValue & mask != 0 ? 1 : 0) + (block.near.rawValue & mask != 0 ? 1 : 0)))
        }
    }

    private mutating func appendElements(
        _ block: Block,
        _ nodes: PageNodes,
        _ candidate: ContentCandidate,
        _ page: PageFacts
    ) {
        var element = Int(block.element)
        add(Float(Self.rank(nodes.tag(element))))
        var parentSize: Int32 = 0
        for step in 0..<5 {
            let size = element >= 0 ? candidate.sizes[element] : 0
            addLog(size)
            addShare(element >= 0 ? candidate.links[element] : 0, size)
            if step == 1 { parentSize = size }
            if element >= 0 { element = nodes.parent(element) }
        }
        addShare(block.size, parentSize)
        addShare(parentSize, page.size)
    }

    /// Elements that hold prose first, so that one threshold tells them from the others.
    private static func rank(_ tag: Tag) -> Int {
        switch tag {
        case .p: 0
        case .blockquote: 1
        case .h2, .h3, .h4: 2
        case .h1: 3
        case .h5, .h6: 4
        case .pre: 5
        case .li: 6
        case .div: 7
        case .section, .article, .main, .center: 8
        case .td: 9
        case .th: 10
        case .dd, .dt: 11
        case .body: 12
        case .figcaption, .caption: 13
        case .custom: 14
        default: 15
        }
    }

    private mutating func appendPath(_ block: Block, _ line: LineFacts, _ page: PageFacts) {
        let path = paths.find(block.path)
        addLog(path.count)
        addLog(path.size)
        addShare(path.size, page.size)
        addShare(path.linkSize, path.size)
        addShare(path.sentences, path.count)
        addShare(path.size, path.count)
        addLog(copies.find(line.copyHash).count)
        add(Float(min(line.copiesBefore, 5)))
    }

    /// The heading the block stands under, and the way to the page's headline.
    private mutating func appendHeading(_ index: Int, _ block: Block, _ nodes: PageNodes, _ page: PageFacts) {
        let line = lines[index]
        let last = Int(line.lastHeading)
        add(Float(last < 0 ? 60 : min(index - last, 60)))
        let kinds = last < 0 ? 0 : lines[last].words.kinds
        for kind in [1, 2, 5, 6, 7, 9] { add(kinds & (1 << UInt16(kind)) != 0) }
        add(last == page.heading)
        add(Float(min(line.topHeadings, 8)))
        let way = page.wayToHeading(from: Int(block.element), nodes)
        add(Float(way.up))
        add(Float(way.down))
        add(page.sharesArticle(Int(block.element)))
    }

    /// What the blocks below the elements around are like.
    private mutating func appendFamily(_ block: Block, _ nodes: PageNodes, _ candidate: ContentCandidate) {
        var element = nodes.parent(Int(block.element))
        for _ in 0..<3 {
            let count = element >= 0 ? candidate.counts[element] : 0
            addLog(count)
            addShare(element >= 0 ? candidate.sizes[element] : 0, count)
            addShare(element >= 0 ? candidate.sentences[element] : 0, count)
            if element >= 0 { element = nodes.parent(element) }
        }
    }

    private mutating func appendPlace(_ index: Int, _ block: Block, _ nodes: PageNodes, _ page: PageFacts) {
        add(Float(index) / Float(max(rows, 1)))
        addLog(Int32(truncatingIfNeeded: index))
        addLog(Int32(truncatingIfNeeded: rows - index))
        let place = page.place(of: Int(block.element), nodes)
        add(place.isInside)
        add(Float(place.up))
        add(Float(place.down))
        add(Float(clamp(index - page.firstVote)))
        add(Float(clamp(index - page.lastVote)))
        add(Float(clamp(page.distanceToVote(index))))
        add(Float(clamp(page.heading < 0 ? 100 : index - page.heading)))
        addShare(page.articleSize(of: Int(block.element)), page.largestArticle)
    }

    private func clamp(_ value: Int) -> Int { max(-40, min(40, value)) }

    private mutating func appendHints(
        _ index: Int,
        _ block: Block,
        _ page: PageFacts,
        _ hints: PageHints
    ) {
        let words = lines[index].words
        for share in [words.inTitle, words.inExcerpt, words.inBody] { add(share) }
        add(index == page.heading)
        addShare(block.words, Int32(truncatingIfNeeded: hints.title?.count ?? 0))
    }

    private mutating func appendNeighbour(_ index: Int, _ other: Int, _ buffer: BlockBuffer) {
        guard other >= 0, other < rows else {
            for _ in 0..<8 { add(-1) }
            return
        }
        let block = buffer.blocks[index], neighbour = buffer.blocks[other]
        addLog(neighbour.size)
        addShare(neighbour.linkSize, neighbour.size)
        add(Float((neighbour.endsSentence ? 1 : 0) + (neighbour.endsWithColon ? 2 : 0)))
        add(lines[other].isHeading)
        add(neighbour.path == block.path)
        add(neighbour.element == block.element)
        add(Float(neighbour.kindOfLine))
        addShare(lines[other].words.chromeWords, neighbour.words)
    }

    private mutating func appendPage(_ page: PageFacts) {
        addLog(page.size)
        addShare(page.linkSize, page.size)
        addLog(Int32(truncatingIfNeeded: rows))
        addShare(page.bestSize, page.size)
        addShare(page.bestLinks, page.bestSize)
        addLog(page.votedSize)
        addLog(page.articles)
    }

    /// What the phrases of chrome say of the block and its neighbours.
    private mutating func appendPhrase(_ index: Int) {
        let line = lines[index]
        add(Float(line.phrase))
        add(Float(line.lastEnding < 0 ? 60 : min(index - Int(line.lastEnding), 60)))
        var near = 0
        for other in max(0, index - 3)..<min(rows, index + 4) where other != index && lines[other].phrase > 0 {
            near += 1
        }
        add(Float(near))
    }

    /// The part of the article's element the block stands in, and how much of the topic is there.
    private mutating func appendPart(
        _ index: Int,
        _ block: Block,
        _ nodes: PageNodes,
        _ candidate: ContentCandidate,
        _ page: PageFacts,
        _ topic: TopicWords
    ) {
        let part = parts.part(of: index)
        let element = Int(part.element), first = Int(part.first)
        add(Float(Self.rank(nodes.tag(element))))
        var depth = 0, inner = Int(block.element)
        while inner > element, depth < 12 {
            inner = nodes.parent(inner)
            depth += 1
        }
        add(Float(depth))
        addLog(part.size)
        addLog(part.count)
        addShare(part.linkSize, part.size)
        addShare(part.sentences, part.count)
        addShare(part.headings, part.count)
        addShare(part.phrases, part.count)
        addLog(part.controls)
        let alike = parts.alike(part)
        addLog(alike.count)
        addShare(alike.size, page.bestSize)
        add(Float((lines[first].isHeading ? 1 : 0) + (lines[first].phrase > 0 ? 2 : 0)))
        add(Float(lines[first].words.kinds & (1 << 12) != 0 ? 1 : 0) + (part.kinds & (1 << 12) != 0 ? 1 : 0))
        add(lines[first].words.kinds & (1 << 1) != 0)
        add(Float(min(index - first, 40)))
        let last = Int(lines[index].lastHeading)
        add(Float(last < 0 ? 0 : lines[last].phrase))
        for found in [lines[index].words.topic, part.topic] {
            let shares = topic.shares(found)
            add(shares.title)
            add(shares.all)
        }
        var around = Int(block.element)
        for size in [900, 3600] as [Int32] {
            while nodes.parent(around) >= 0, candidate.sizes[around] < size { around = nodes.parent(around) }
            let shares = topic.shares(topics[around])
            add(shares.title)
            add(shares.all)
        }
    }

    /// Numbers in a row, and those behind them that ``BlockScorer`` fills.
    static let stride = columns + companyColumns
    static let companyColumns = 22
    static let columns = 16 + ChromeWord.kinds + 62 + 13 + 8 + 12 + 9 + 11 + 5 + 4 * 8 + 7 + 3 + partColumns
    static let partColumns = 24
}

extension Block {
    /// A coarse class of the element around, for neighbours: list entry, caption, table cell, quote.
    var kindOfLine: Int {
        if around.contains(.figcaption) { return 4 }
        if around.contains(.table) { return 3 }
        if around.contains(.list) { return 2 }
        return around.contains(.blockquote) ? 1 : 0
    }
}

/// How many blocks share a hash, and what they are like together.
struct PathCounts {
    struct Entry: BitwiseCopyable {
        var hash: UInt64 = 0
        var count: Int32 = 0
        var size: Int32 = 0
        var linkSize: Int32 = 0
        var sentences: Int32 = 0
    }

    private var entries = GrowingBuffer<Entry>(capacity: 2048)
    private var mask = 0

    func deallocate() { entries.deallocate() }

    mutating func removeAll(for count: Int) {
        var capacity = 64
        while capacity < count * 2 { capacity *= 2 }
        mask = capacity - 1
        entries.removeAll(keeping: 1 << 16)
        entries.reserve(capacity)
        for _ in 0..<capacity { entries.append(Entry()) }
    }

    func add(_ hash: UInt64, _ block: Block) {
        let slot = self.slot(hash)
        entries.base[slot].hash = hash | 1
        entries.base[slot].count += 1
        entries.base[slot].size += block.size
        entries.base[slot].linkSize += block.linkSize
        entries.base[slot].sentences += block.endsSentence ? 1 : 0
    }

    func find(_ hash: UInt64) -> Entry { entries[slot(hash)] }

    private func slot(_ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (hash | 1) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
        while entries[slot].hash != 0, entries[slot].hash != hash | 1 { slot = (slot + 1) & mask }
        return slot
    }
}
