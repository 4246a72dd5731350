/// Compares the pairs of one article with those of earlier ones, in integers only.
struct Comparison: Sendable {
    struct Result {
        var kind: DuplicateKind
        /// Per mille, as ``DuplicateMatch/similarity``.
        var similarity: Int
        /// Shared of all pairs, per mille: what the best match is chosen by.
        var jaccard: Int
    }

    /// How one text stands inside the other, not at its beginning.
    struct Containment {
        /// Per mille of the shorter text that the longer one has.
        var share: Int
        /// Whether the article is the shorter one.
        var isInner: Bool
    }

    /// What the last comparison found beside its result: a part of a round-up is no duplicate of it.
    private(set) var containment: Containment?

    private let threshold: Int
    private var marks = PairMarks()
    private var otherMarks = PairMarks()
    private var article: [UInt16] = []
    private var numbers = 0
    private var title = TitleWords("")

    init(threshold percent: Int) {
        threshold = percent * 10
    }

    /// Makes `signature` the article that is compared from now on.
    mutating func begin(_ signature: Signature) {
        article.withUnsafeBufferPointer { marks.clear($0) }
        article = signature.pairs
        article.withUnsafeBufferPointer { marks.set($0) }
        numbers = article.withUnsafeBufferPointer(Self.numbers)
        title = signature.title
    }

    /// Shared of all pairs, per mille.
    func jaccard(with earlier: UnsafeBufferPointer<UInt16>) -> Int {
        let shared = shared(marks.count(earlier).all, of: earlier.count)
        return shared * 1000 / max(1, earlier.count + article.count - shared)
    }

    /// How the article is the same as the earlier one; nil when it is another.
    mutating func result(with earlier: UnsafeBufferPointer<UInt16>, titled earlierTitle: TitleWords) -> Result? {
        containment = nil
        let count = marks.count(earlier)
        let shared = shared(count.all, of: earlier.count)
        let jaccard = shared * 1000 / max(1, earlier.count + article.count - shared)
        let containment = shared * 1000 / max(1, min(earlier.count, article.count))
        let isLead = jaccard < threshold && containment >= Self.leadContainment
        guard isLead || jaccard >= editedThreshold else { return nil }
        let sharedNumbers = Share(of: count.numbers, in: min(numbers, Self.numbers(of: earlier)))
        if jaccard < 850, hasOtherNumbers(sharedNumbers, min(earlier.count, article.count)) { return nil }
        let titles = title.shared(with: earlierTitle)
        if isLead {
            let found = Result(kind: .near, similarity: containment, jaccard: jaccard)
            if let lead = lead(of: earlier, shared, titles, found) { return lead }
            if min(earlier.count, article.count) >= Self.minContained {
                self.containment = Containment(share: containment, isInner: article.count < earlier.count)
            }
            return nil
        }
        guard jaccard >= frameThreshold || isSame(as: earlier, jaccard, sharedNumbers, titles) else { return nil }
        return Result(kind: .near, similarity: jaccard, jaccard: jaccard)
    }

    /// From here on a text whose words were changed one by one is the same.
    private var editedThreshold: Int { threshold * 7 / 10 }
    /// From here on two texts are no longer taken for one frame filled twice.
    private var frameThreshold: Int { threshold * 4 / 3 }

    /// Tables, weather, closing prices and results share their frame; what they say is in the numbers.
    private func hasOtherNumbers(_ numbers: Share, _ count: Int) -> Bool {
        let isMostlyNumbers = numbers.whole >= 30 || numbers.whole >= 6 && numbers.whole * 100 >= count * 18
        return isMostlyNumbers && numbers.isBelow(percent: 30)
    }

    private static func numbers(of pairs: UnsafeBufferPointer<UInt16>) -> Int {
        pairs.reduce(0) { $0 + Int($1 >> 15) }
    }

    /// Takes off what agrees by chance among fifteen bits of hash.
    private func shared(_ marked: Int, of count: Int) -> Int {
        max(0, marked - (count - marked) * article.count / 32_768)
    }

    /// Shorter texts stand in longer ones as often by a common phrase.
    private static let minContained = 25

    /// Per mille of the shorter text that the longer one has to have.
    private static let leadContainment = 800

    /// The shorter text has to be the beginning of the longer, inside a round-up it is another article's part; and
    /// a fair share of it, or under the same title, because round-ups begin with something too.
    private mutating func lead(
        of earlier: UnsafeBufferPointer<UInt16>,
        _ shared: Int,
        _ titles: Share,
        _ result: Result
    ) -> Result? {
        var result = result
        let shorter = min(article.count, earlier.count)
        if result.jaccard * 2 < threshold, titles.whole < 3 || titles.isBelow(percent: 75) { return nil }
        let reach = shorter * 5 / 4 + 40
        let inReach: Int
        if article.count < earlier.count {
            result.kind = .truncated
            inReach = marks.count(UnsafeBufferPointer(rebasing: earlier.prefix(reach))).all
        } else {
            result.kind = .expanded
            otherMarks.set(earlier)
            inReach = article.withUnsafeBufferPointer {
                otherMarks.count(UnsafeBufferPointer(rebasing: $0.prefix(reach))).all
            }
            otherMarks.clear(earlier)
        }
        return inReach * 10 >= shared * 9 ? result : nil
    }

    /// Whether texts that share about half are one text edited, and not two filled into one frame.
    private mutating func isSame(
        as earlier: UnsafeBufferPointer<UInt16>,
        _ jaccard: Int,
        _ numbers: Share,
        _ titles: Share
    ) -> Bool {
        otherMarks.set(earlier)
        let own = article.withUnsafeBufferPointer { otherMarks.passages($0) }
        otherMarks.clear(earlier)
        let others = marks.passages(earlier)
        let (count, earlierCount) = (article.count, earlier.count)
        if jaccard < threshold {
            // Words changed here and there, but not the numbers, and hardly a passage that only one text has.
            return min(count, earlierCount) >= 40 && !(numbers.whole >= 6 && numbers.isBelow(percent: 50))
                && !titles.isBelow(percent: 50)
                && own.length * 6 <= count && others.length * 6 <= earlierCount
        }
        // A match report, a session, an opening: passages of their own again and again between the same
        // sentences, other numbers, another title.
        let isOtherTitle = titles.shared == 0 && titles.whole > 0
        let pairsPerPassage = isOtherTitle ? 150 : 115
        let ownPercent = isOtherTitle ? 16 : 18
        return titles.isAbove(percent: 50) || numbers.isAbove(percent: isOtherTitle ? 75 : 70)
            || min(own.innerCount, others.innerCount) < 2
            || (own.innerCount + others.innerCount) * pairsPerPassage < count + earlierCount
            || own.length * 100 < count * ownPercent || others.length * 100 < earlierCount * ownPercent
    }
}

/// How many of some are shared.
struct Share {
    let shared: Int
    let whole: Int

    init(of shared: Int, in whole: Int) {
        self.shared = shared
        self.whole = whole
    }

    func isBelow(percent: Int) -> Bool { shared * 100 < whole * percent }
    func isAbove(percent: Int) -> Bool { shared * 100 > whole * percent }
}
