/// Decides, in source order, which articles are the same as an earlier one.
///
/// ```swift
/// var deduplicator = Deduplicator(options: options)
/// let signature = Signature(text: text, title: title, url: url, options: options)  // anywhere
/// let decision = deduplicator.decide(signature, position: position)  // in order
/// ```
///
/// The rule is about pairs: an article is a duplicate when an earlier one, kept or dropped, is verified to be the
/// same. So a decision is final, and the same for one run or thirty over the same articles. Cost: memory of less
/// than a kilobyte an article; time grows with the articles that share pieces, of which a fixed number is compared.
public struct Deduplicator: Sendable {
    private let options: DedupeOptions
    private var contents = ExactIndex()
    private var pages = ExactIndex()
    private var pieces: PostingIndex
    private var store = ArticleStore()
    private var comparison: Comparison
    private var candidates: [Candidate] = []
    // Of each earlier article, which one it was last a candidate of (upper half) and in which place (lower half).
    private var places: [UInt64] = []

    private struct Candidate {
        var article: UInt32
        var votes: Int
    }

    public init(options: DedupeOptions) {
        self.options = options
        pieces = PostingIndex(limit: options.maxCandidates)
        comparison = Comparison(threshold: options.threshold)
    }

    /// Bytes that the articles decided so far take; arrays that grow may hold up to twice as many.
    public var byteCount: Int {
        contents.byteCount + pages.byteCount + pieces.byteCount + store.byteCount
            + places.count * MemoryLayout<UInt64>.stride
    }

    /// The decision on the next article. Positions are the caller's own and grow from call to call.
    public mutating func decide(_ signature: Signature, position: Int) -> Decision {
        let article = store.count
        if let identity = signature.identity, let holder = contents.holder(of: identity, orInsert: article) {
            return .duplicate(match(store.root(of: holder), .exact, 1000))
        }
        comparison.begin(signature)
        findCandidates(signature.keys, of: article)
        if let update = update(of: signature) {
            add(signature, position: position, root: update.root)
            return .update(match(update.root, .samePage, update.similarity))
        }
        guard let best = bestCandidate() else {
            keep(signature, position: position)
            return .unique
        }
        let found = match(store.root(of: best.article), best.result.kind, best.result.similarity)
        if best.result.kind == .expanded {
            keep(signature, position: position)
            return .linked(found)
        }
        add(signature, position: position, root: store.root(of: best.article))
        return .duplicate(found)
    }

    /// The article of the same page, when this one is that one changed. A feed may give one page for all of its
    /// articles: what has little in common with the page's text is another article.
    private func update(of signature: Signature) -> (root: Int, similarity: Int)? {
        guard let page = signature.page, let holder = pages.holder(of: page) else { return nil }
        let (similarity, isComparable) = store.withPairs(of: holder) {
            (comparison.jaccard(with: $0), !$0.isEmpty && !signature.pairs.isEmpty)
        }
        return similarity >= 200 || !isComparable ? (store.root(of: holder), similarity) : nil
    }

    private func match(_ root: Int, _ kind: DuplicateKind, _ similarity: Int) -> DuplicateMatch {
        DuplicateMatch(position: store.position(of: root), kind: kind, similarity: similarity)
    }

    private mutating func keep(_ signature: Signature, position: Int) {
        if let page = signature.page { _ = pages.holder(of: page, orInsert: store.count) }
        add(signature, position: position, root: nil)
    }

    private mutating func add(_ signature: Signature, position: Int, root: Int?) {
        store.append(signature, position: position, root: root)
        places.append(0)
    }

    /// The earlier articles that share keys; makes the article a holder of its keys.
    ///
    /// A stock phrase is in hundreds of stories: one key that many hold is too little to compare two articles.
    private mutating func findCandidates(_ keys: [UInt32], of article: Int) {
        candidates.removeAll(keepingCapacity: true)
        let round = UInt64(article) << 32
        for key in keys {
            pieces.visit(key, adding: UInt32(article)) { holders in
                let votes = holders.count <= Self.fewHolders ? Self.neededVotes : 1
                for holder in holders {
                    let place = places[Int(holder)]
                    if place >> 32 == UInt64(article) {
                        candidates[Int(place & 0xFFFF_FFFF)].votes += votes
                    } else {
                        places[Int(holder)] = round | UInt64(candidates.count)
                        candidates.append(Candidate(article: holder, votes: votes))
                    }
                }
            }
        }
    }

    private static let fewHolders = 4
    private static let neededVotes = 2

    /// The most similar candidate, of equals the earliest; one that is the same before one that is only longer
    /// or shorter.
    private mutating func bestCandidate() -> (article: Int, result: Comparison.Result)? {
        var best: (article: Int, result: Comparison.Result)?
        for candidate in candidates where candidate.votes >= Self.neededVotes {
            let earlier = Int(candidate.article)
            let title = store.titles[earlier]
            guard let result = store.withPairs(of: earlier, { comparison.result(with: $0, titled: title) }) else {
                continue
            }
            if let best, !Self.isBetter(result, earlier, than: best) { continue }
            best = (earlier, result)
        }
        return best
    }

    private static func isBetter(
        _ result: Comparison.Result,
        _ article: Int,
        than best: (article: Int, result: Comparison.Result)
    ) -> Bool {
        if (result.kind == .expanded) != (best.result.kind == .expanded) { return best.result.kind == .expanded }
        return result.jaccard != best.result.jaccard ? result.jaccard > best.result.jaccard : article < best.article
    }
}
