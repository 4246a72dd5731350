/// Decides, in source order, which articles are the same as an earlier one.
///
/// ```swift
/// var deduplicator = Deduplicator(options: options)
/// let signature = Signature(text: text, title: title, url: url, options: options)  // anywhere
/// let decision = try deduplicator.decide(signature, position: position)  // in order
/// ```
///
/// The rule is about pairs: an article is a duplicate when an earlier one, kept or dropped, is verified to be the
/// same. So a decision is final, and the same for one run or thirty over the same articles. Cost: memory of less
/// than a kilobyte an article; time grows with the articles that share pieces, of which a fixed number is compared.
///
/// With a memory, articles have numbers that go on over the runs: those of earlier runs are read where they lie.
public struct Deduplicator: Sendable {
    private let options: DedupeOptions
    private let memory: DedupeMemory
    private let base: Int
    private var journal: Journal?
    private var contents = ExactIndex()
    private var pages = ExactIndex()
    private var pieces: PostingIndex
    private var store = ArticleStore()
    private var comparison: Comparison
    private var candidates: [Candidate] = []
    // Of each earlier article, which one it was last a candidate of (upper half) and in which place (lower half).
    private var places: [UInt64]
    private var stored = StoredArticle()
    /// What the last article, if it was kept, is contained in, and what it contains: the earliest first.
    public private(set) var containments: [Containment] = []

    private struct Candidate {
        var article: UInt32
        var votes: Int
    }

    /// - Parameter memory: what earlier runs left; nil when nothing is to be remembered either.
    public init(options: DedupeOptions, memory: DedupeMemory? = nil) {
        self.options = options
        self.memory = memory ?? DedupeMemory(options: options)
        base = self.memory.nextNumber
        journal = memory == nil ? nil : Journal()
        pieces = PostingIndex(limit: options.maxCandidates)
        comparison = Comparison(threshold: options.threshold)
        places = Array(repeating: 0, count: base - self.memory.firstNumber)
    }

    /// Bytes that the articles decided so far take; arrays that grow may hold up to twice as many.
    public var byteCount: Int {
        contents.byteCount + pages.byteCount + pieces.byteCount + store.byteCount
            + places.count * MemoryLayout<UInt64>.stride
    }

    /// The decision on the next article. Positions of kept articles are the caller's own, and grow over all runs.
    ///
    /// - Throws: what reading the memory throws; never without one.
    public mutating func decide(_ signature: Signature, position: Int) throws -> Decision {
        containments.removeAll(keepingCapacity: true)
        let decision = try recall(signature) ?? find(signature, position: position)
        if !decision.isKept { containments.removeAll() }
        journal?.add(signature, decision, position: position, isContained: !containments.isEmpty)
        return decision
    }

    /// What earlier runs say of the same content.
    private mutating func recall(_ signature: Signature) throws -> Decision? {
        guard let recollection = signature.recollection else { return nil }
        switch recollection.known {
        case .nothing: return nil
        case .held(let holder): return .duplicate(match(Int(holder.position), .exact, 1000))
        case .decided(let record):
            // Read once more in one run, it repeats itself as it did in the first one.
            if let identity = signature.identity, contents.holder(of: identity, orInsert: 0) != nil {
                return .duplicate(match(Int(record.position), .exact, 1000))
            }
            return journal?.decision(record, recollection)
        }
    }

    private mutating func find(_ signature: Signature, position: Int) throws -> Decision {
        let article = store.count
        if let identity = signature.identity, let holder = contents.holder(of: identity, orInsert: article) {
            return .duplicate(match(store.position(of: holder), .exact, 1000))
        }
        comparison.begin(signature)
        findCandidates(signature, of: article)
        if let revised = try revision(of: signature) {
            add(signature, position: revised)
            return .revision(of: revised)
        }
        if let update = try update(of: signature) {
            add(signature, position: update.position)
            return .update(match(update.position, .samePage, update.similarity))
        }
        guard let best = try bestCandidate() else {
            keep(signature, position: position)
            return .unique
        }
        let found = match(best.position, best.result.kind, best.result.similarity)
        if best.result.kind == .expanded {
            keep(signature, position: position)
            return .linked(found)
        }
        add(signature, position: best.position)
        return .duplicate(found)
    }

    /// The position of an earlier run's article that this one is the new text of. Within a run the first text stays.
    private mutating func revision(of signature: Signature) throws -> Int? {
        guard let recollection = signature.recollection, let revised = recollection.revised,
            journal?.hasKept(recollection.id) == false
        else { return nil }
        return try position(of: Int(revised))
    }

    /// The article of the same page, when this one is that one changed. A feed may give one page for all of its
    /// articles: what has little in common with the page's text is another article.
    private mutating func update(of signature: Signature) throws -> (position: Int, similarity: Int)? {
        guard let page = signature.page else { return nil }
        let earlier = signature.recollection?.page.map { Int($0) } ?? pages.holder(of: page).map { $0 + base }
        guard let earlier else { return nil }
        let (similarity, isComparable) = try withArticle(earlier) { comparison, pairs, _ in
            (comparison.jaccard(with: pairs), !pairs.isEmpty && !signature.pairs.isEmpty)
        }
        return similarity >= 200 || !isComparable ? (try position(of: earlier), similarity) : nil
    }

    private func match(_ position: Int, _ kind: DuplicateKind, _ similarity: Int) -> DuplicateMatch {
        DuplicateMatch(position: position, kind: kind, similarity: similarity)
    }

    private mutating func keep(_ signature: Signature, position: Int) {
        if let page = signature.page { _ = pages.holder(of: page, orInsert: store.count) }
        journal?.name(signature, number: UInt32(base + store.count))
        add(signature, position: position)
    }

    /// - Parameter position: of the kept article that stands for the story.
    private mutating func add(_ signature: Signature, position: Int) {
        store.append(signature, position: position)
        places.append(0)
    }

    // MARK: Earlier articles, by their numbers over all runs

    private mutating func position(of number: Int) throws -> Int {
        if number >= base { return store.position(of: number - base) }
        try memory.read(number, into: &stored)
        return stored.position
    }

    private mutating func withArticle<Result>(
        _ number: Int,
        _ body: (inout Comparison, UnsafeBufferPointer<UInt16>, TitleWords) throws -> Result
    ) throws -> Result {
        if number >= base {
            return try store.withPairs(of: number - base) { try body(&comparison, $0, store.titles[number - base]) }
        }
        try memory.read(number, into: &stored)
        return try stored.withPairs { try body(&comparison, $0, stored.title) }
    }

    /// The earlier articles that share keys; makes the article a holder of its keys.
    ///
    /// A stock phrase is in hundreds of stories: one key that many hold is too little to compare two articles.
    private mutating func findCandidates(_ signature: Signature, of article: Int) {
        candidates.removeAll(keepingCapacity: true)
        let round = UInt64(article + 1) << 32
        let first = memory.firstNumber
        var start = 0
        for (k, key) in signature.keys.enumerated() {
            let end = start + Int(signature.recollection?.holderCounts[k] ?? 0)
            let earlier = signature.recollection?.holders[start..<end] ?? []
            start = end
            pieces.visit(key, adding: UInt32(base + article)) { holders in
                let holders = holders.prefix(options.maxCandidates - earlier.count)
                let votes = earlier.count + holders.count <= Self.fewHolders ? Self.neededVotes : 1
                for holder in earlier { Self.vote(holder, votes, round, &places[Int(holder) - first], &candidates) }
                for holder in holders { Self.vote(holder, votes, round, &places[Int(holder) - first], &candidates) }
            }
        }
    }

    private static func vote(
        _ holder: UInt32,
        _ votes: Int,
        _ round: UInt64,
        _ place: inout UInt64,
        _ candidates: inout [Candidate]
    ) {
        if place >> 32 == round >> 32 {
            candidates[Int(place & 0xFFFF_FFFF)].votes += votes
        } else {
            place = round | UInt64(candidates.count)
            candidates.append(Candidate(article: holder, votes: votes))
        }
    }

    private static let fewHolders = 4
    private static let neededVotes = 2

    private struct Best {
        var article: Int
        var position: Int
        var result: Comparison.Result
    }

    /// The most similar candidate, of equals the earliest; one that is the same before one that is only longer
    /// or shorter.
    private mutating func bestCandidate() throws -> Best? {
        var best: Best?
        for k in candidates.indices where candidates[k].votes >= Self.neededVotes {
            let earlier = Int(candidates[k].article)
            let result = try withArticle(earlier) { $0.result(with: $1, titled: $2) }
            let position = earlier >= base ? store.position(of: earlier - base) : stored.position
            guard let result else {
                if let found = comparison.containment { note(found, position) }
                continue
            }
            if let best, !Self.isBetter(result, earlier, than: best) { continue }
            best = Best(article: earlier, position: position, result: result)
        }
        return best
    }

    /// Of an article and its repeats the one with the most in common counts.
    private mutating func note(_ found: Comparison.Containment, _ position: Int) {
        let new = Containment(other: position, share: found.share, isInner: found.isInner)
        guard let known = containments.firstIndex(where: { $0.other == position }) else {
            let place = containments.firstIndex { $0.other > position } ?? containments.endIndex
            return containments.insert(new, at: place)
        }
        if new.share > containments[known].share { containments[known] = new }
    }

    private static func isBetter(_ result: Comparison.Result, _ article: Int, than best: Best) -> Bool {
        if (result.kind == .expanded) != (best.result.kind == .expanded) { return best.result.kind == .expanded }
        return result.jaccard != best.result.jaccard ? result.jaccard > best.result.jaccard : article < best.article
    }

    // MARK: What later runs have to know

    /// Hands out what the run has decided: contents, and the window's articles.
    func learnt() -> (contents: [ContentRecord], articles: ArticleStore, keys: WindowKeys, base: Int) {
        var keys = WindowKeys(names: journal?.names ?? [])
        pieces.forEach { keys.pieces.append(($0, $1)) }
        return (journal?.contents ?? [], store, keys, base)
    }
}
