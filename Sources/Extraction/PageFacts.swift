import Markup

/// Texts a page repeats elsewhere, as witnesses of what its article is.
struct PageHints {
    var title: WordSet?
    var excerpt: WordSet?
    var articleBody: WordSet?
    let topic: TopicWords

    init(title: String?, excerpt: String?, articleBody: String?) {
        self.title = title.map(WordSet.init)
        self.excerpt = excerpt.flatMap { $0.utf8.count >= 40 ? WordSet($0) : nil }
        self.articleBody = articleBody.flatMap { $0.utf8.count >= 200 ? WordSet($0) : nil }
        topic = TopicWords(title: title, excerpt: excerpt)
    }
}

/// What is true of a page as a whole, for the features of its blocks.
struct PageFacts {
    let size: Int32
    let linkSize: Int32
    let best: Int
    private let bestEnd: Int
    let bestSize: Int32
    let bestLinks: Int32
    private(set) var votedSize: Int32 = 0
    private(set) var firstVote = 0
    private(set) var lastVote = 0
    /// The block of the headline; -1 when none is seen.
    private(set) var heading = -1
    private(set) var articles: Int32 = 0
    private(set) var largestArticle: Int32 = 0
    /// The element of the headline and the elements around the best one and around the headline, innermost first.
    private var headingElement = -1
    private var bestAncestors: [Int] = []
    private var headingAncestors: [Int] = []
    private var votes: [Int32] = []
    private var articleOf: [Int32] = []
    private var articleSizes: [Int32] = []

    init(_ nodes: PageNodes, _ buffer: BlockBuffer, _ candidate: ContentCandidate, best: Int, hints: PageHints) {
        self.best = best
        bestEnd = best >= 0 ? nodes.end(of: best) : 0
        bestSize = best >= 0 ? candidate.sizes[best] : 0
        bestLinks = best >= 0 ? candidate.links[best] : 0
        var total: (size: Int32, links: Int32) = (0, 0)
        for index in 0..<buffer.blocks.count {
            total.size += buffer.blocks[index].size
            total.links += buffer.blocks[index].linkSize
        }
        (size, linkSize) = total
        findVotes(buffer)
        findHeading(nodes, buffer, hints)
        if heading >= 0 { headingElement = Int(buffer.blocks[heading].element) }
        bestAncestors = Self.ancestors(of: best, nodes)
        headingAncestors = Self.ancestors(of: headingElement, nodes)
        findArticles(nodes, candidate)
    }

    private static func ancestors(of node: Int, _ nodes: PageNodes) -> [Int] {
        var ancestors: [Int] = []
        var ancestor = node
        while ancestor >= 0, ancestors.count < 32 {
            ancestors.append(ancestor)
            ancestor = nodes.parent(ancestor)
        }
        return ancestors
    }

    private mutating func findVotes(_ buffer: BlockBuffer) {
        for index in 0..<buffer.blocks.count {
            let block = buffer.blocks[index]
            guard Int(block.node) >= best, Int(block.node) < bestEnd, ContentCandidate.vote(block) > 1 else { continue }
            votes.append(Int32(truncatingIfNeeded: index))
            votedSize += block.size
        }
        firstVote = Int(votes.first ?? 0)
        lastVote = Int(votes.last ?? 0)
    }

    /// The first `<h1>`-like block that repeats the title; else the first `<h1>`.
    private mutating func findHeading(_ nodes: PageNodes, _ buffer: BlockBuffer, _ hints: PageHints) {
        var fallback = -1
        for index in 0..<buffer.blocks.count {
            let block = buffer.blocks[index]
            guard block.around.contains(.heading) else { continue }
            if let title = hints.title, title.count > 1, block.words * 2 >= Int32(truncatingIfNeeded: title.count),
                title.share(of: buffer.bytes(block)) > 0.7
            {
                heading = index
                return
            }
            if fallback < 0, nodes.tag(Int(block.element)) == .h1 { fallback = index }
        }
        heading = fallback
    }

    private mutating func findArticles(_ nodes: PageNodes, _ candidate: ContentCandidate) {
        articleOf = [Int32](repeating: -1, count: nodes.count)
        for node in 0..<nodes.count {
            let parent = nodes.parent(node)
            if nodes.tag(node) == .article {
                articles += 1
                articleOf[node] = Int32(truncatingIfNeeded: articleSizes.count)
                articleSizes.append(candidate.sizes[node])
                largestArticle = max(largestArticle, candidate.sizes[node])
            } else if parent >= 0 {
                articleOf[node] = articleOf[parent]
            }
        }
    }

    /// True when the element stands in the same `<article>` as the headline, or both stand in none.
    func sharesArticle(_ element: Int) -> Bool {
        headingElement < 0 || articleOf[element] == articleOf[headingElement]
    }

    func articleSize(of element: Int) -> Int32 {
        articleOf[element] >= 0 ? articleSizes[Int(articleOf[element])] : 0
    }

    /// Where an element stands to the best one: inside, or how many steps up from it and from the best to where they meet.
    func place(of element: Int, _ nodes: PageNodes) -> (isInside: Bool, up: Int, down: Int) {
        guard best >= 0 else { return (false, 20, 20) }
        if element >= best, element < bestEnd { return (true, 0, 0) }
        let (up, down) = Self.way(from: element, to: best, bestAncestors, nodes)
        return (false, up, down)
    }

    /// Steps up from an element and from the headline to where they meet.
    func wayToHeading(from element: Int, _ nodes: PageNodes) -> (up: Int, down: Int) {
        guard headingElement >= 0 else { return (20, 20) }
        return Self.way(from: element, to: headingElement, headingAncestors, nodes)
    }

    private static func way(from element: Int, to target: Int, _ ancestors: [Int], _ nodes: PageNodes) -> (
        up: Int, down: Int
    ) {
        var meeting = element
        var up = 0
        while meeting >= 0, !(target >= meeting && target < nodes.end(of: meeting)), up < 20 {
            meeting = nodes.parent(meeting)
            up += 1
        }
        var down = 0
        while down < min(ancestors.count, 20), ancestors[down] != meeting { down += 1 }
        return (up, down)
    }

    /// Blocks to the nearest voter.
    func distanceToVote(_ index: Int) -> Int {
        guard !votes.isEmpty else { return 40 }
        var low = 0, high = votes.count
        while low < high {
            let middle = (low + high) / 2
            if Int(votes[middle]) < index { low = middle + 1 } else { high = middle }
        }
        var distance = 40
        if low < votes.count { distance = min(distance, Int(votes[low]) - index) }
        if low > 0 { distance = min(distance, index - Int(votes[low - 1])) }
        return distance
    }
}
