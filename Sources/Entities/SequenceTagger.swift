import Language

/// Labels the tokens of an article by the model: a look-up a word, a Viterbi search a sentence, and all of it twice,
/// the second time with what the first made of the same words elsewhere in the article.
struct SequenceTagger {
    let model: EntityModel
    private let moves: LabelMoves
    /// Stands for the words beyond a line's edges.
    private let edge: SequenceWeights.Word
    /// By outcome of a vote.
    private let voteRows: [SIMD16<Int16>]
    private static let clusters = WordClusters()

    init(model: EntityModel) {
        self.model = model
        moves = LabelMoves(model)
        var edge = SequenceWeights.Word(word: SequenceFeatures.outside, cluster: SequenceFeatures.outside)
        let rows = (-2...2).map { model.row(SequenceFeatures.edge($0)) }
        edge.rows = (rows[0], rows[1], .zero, rows[3], rows[4])
        self.edge = edge
        voteRows = DocumentVotes.all.map(model.row)
    }

    /// - Parameters:
    ///   - known: names that are certain already; they vote in the second pass.
    ///   - weights: those of this model.
    func read(_ document: Document, known: [Span] = [], _ weights: SequenceWeights) -> Reading {
        let count = document.forms.count
        guard count > 0 else { return Reading() }
        let places = places(document, weights)
        let sentences = sentences(document)
        var scores = [SIMD16<Int16>](repeating: .zero, count: count)
        for sentence in sentences { score(sentence, places, weights, &scores) }
        var labels = [UInt8](repeating: 0, count: count)
        var search = ViterbiSearch(moves: moves)
        for sentence in sentences { search.run(sentence, scores, &labels) }

        var voted = labels
        for span in known { label(span, &voted) }
        let isChanged = vote(document, places, voted, weights, &scores, sentences)
        for (s, sentence) in sentences.enumerated() where isChanged[s] { search.run(sentence, scores, &labels) }
        return Reading(labels: labels, scores: scores, sentences: sentences)
    }

    /// The labels of a text's tokens, and what they were found from.
    struct Reading {
        var labels: [UInt8] = []
        var scores: [SIMD16<Int16>] = []
        var sentences: [Range<Int>] = []
    }

    /// Adds to the scores what the other places of each word say; returns by sentence whether that was anything.
    private func vote(
        _ document: Document,
        _ places: [Int32],
        _ labels: [UInt8],
        _ weights: SequenceWeights,
        _ scores: inout [SIMD16<Int16>],
        _ sentences: [Range<Int>]
    ) -> [Bool] {
        let tokens = document.tokens
        var isChanged = [Bool](repeating: false, count: sentences.count)
        weights.words.withUnsafeBufferPointer { words in
            weights.votes.withUnsafeMutableBufferPointer { votes in
                for i in tokens.indices where tokens[i].kind != .sign {
                    votes[Int(words[Int(places[i])].vote)].add(labels[i])
                }
                for (s, sentence) in sentences.enumerated() {
                    for i in sentence where tokens[i].kind != .sign {
                        let votes = votes[Int(words[Int(places[i])].vote)]
                        guard let outcome = votes.outcome(own: labels[i]) else { continue }
                        scores[i] &+= voteRows[outcome]
                        isChanged[s] = true
                    }
                }
                for place in places { votes[Int(words[Int(place)].vote)] = WordVotes() }
            }
        }
        return isChanged
    }

    /// By token: where its form lies among the weights.
    private func places(_ document: Document, _ weights: SequenceWeights) -> [Int32] {
        document.list.keys.withUnsafeBufferPointer { keys in
            document.forms.indices.map { index in
                let place = weights.place(of: Int(document.forms[index])) {
                    let token = document.tokens[index]
                    let key = UnsafeBufferPointer(rebasing: keys[Int(token.keyStart)..<Int(token.keyEnd)])
                    return (look(key, token), TokenFeatures.voteKey(key, token))
                }
                return Int32(truncatingIfNeeded: place)
            }
        }
    }

    private func label(_ span: Span, _ labels: inout [UInt8]) {
        guard let type = SequenceLabels.types.firstIndex(of: span.type) else { return }
        for i in span.first..<span.end {
            let position: SequenceLabels.Position =
                span.count == 1 ? .single : i == span.first ? .begin : i + 1 == span.end ? .end : .inside
            labels[i] = SequenceLabels.label(position, type)
        }
    }

    /// Without the second pass, and a text as one sentence.
    func firstPass(_ document: Document) -> [UInt8] {
        let count = document.forms.count
        guard count > 0 else { return [] }
        let weights = SequenceWeights()
        var scores = [SIMD16<Int16>](repeating: .zero, count: count)
        var labels = [UInt8](repeating: 0, count: count)
        var search = ViterbiSearch(moves: moves)
        score(0..<count, places(document, weights), weights, &scores)
        search.run(0..<count, scores, &labels)
        return labels
    }

    private func look(_ key: UnsafeBufferPointer<UInt8>, _ token: Token) -> SequenceWeights.Word {
        let whole = TokenFeatures.whole(key, token.kind)
        let wordHash = TokenFeatures.hash(.word, whole)
        if let entry = model.word(EntityModel.wordKey(whole, token)) {
            let cluster = UInt64(entry.loadUnaligned(as: UInt16.self))
            var known = SequenceWeights.Word(word: wordHash, cluster: TokenFeatures.hash(.cluster1, cluster))
            func row(_ k: Int) -> SIMD16<Int16> {
                SIMD16<Int16>(
                    truncatingIfNeeded: entry.loadUnaligned(fromByteOffset: 4 + 16 * k, as: SIMD16<Int8>.self)
                ) &<< EntityModel.wordShift
            }
            known.rows = (row(0), row(1), row(2), row(3), row(4))
            return known
        }
        var new = SequenceWeights.Word(word: wordHash, cluster: TokenFeatures.hash(.cluster1, 0xFFFF))
        let features = TokenFeatures(key: key, kind: token.kind, capitals: token.capitals, clusters: Self.clusters)
        var hashes = features.hashes
        let rest = TokenFeatures.voteKey(key, token)
        if rest != whole, let entry = model.word(rest), entry.loadUnaligned(as: UInt16.self) != 0xFFFF {
            let cluster = UInt64(entry.loadUnaligned(as: UInt16.self))
            hashes.append((.restCluster, TokenFeatures.hash(.restCluster, cluster)))
        }
        withUnsafeMutablePointer(to: &new.rows) { rows in
            rows.withMemoryRebound(to: SIMD16<Int16>.self, capacity: 5) { add(hashes, to: $0) }
        }
        return new
    }

    /// Adds to five rows, one a neighbour, what a new word's features weigh there; first the filter, then the look-ups.
    private func add(
        _ features: [(template: TokenFeatures.Template, hash: UInt64)],
        to rows: UnsafeMutablePointer<SIMD16<Int16>>
    ) {
        withUnsafeTemporaryAllocation(of: SequenceWeights.Hit.self, capacity: 5 * features.count) { hits in
            var count = 0
            for feature in features where feature.template != .word {
                let opened = TokenHash.open(feature.hash)
                for offset in feature.template.offsets {
                    let hash = SequenceFeatures.at(offset, opened: opened)
                    hits[count] = SequenceWeights.Hit(feature: hash, place: offset + 2)
                    count += model.mayHold(hash) ? 1 : 0
                }
            }
            for hit in hits[..<count] { model.addHeld(hit.feature, to: &rows[hit.place]) }
        }
    }

    /// Token ranges that end with a full stop, question or exclamation mark, or with the line.
    private func sentences(_ document: Document) -> [Range<Int>] {
        let tokens = document.list.tokens
        var ranges: [Range<Int>] = []
        var start = 0
        for i in tokens.indices {
            let isLast = i + 1 == tokens.count
            let ends =
                isLast || tokens[i + 1].startsLine
                || (tokens[i].kind == .sign && tokens[i + 1].gap != .none && isStop(document, tokens[i]))
                // A line without a stop is cut before it makes the search slow to fit the cache.
                || i - start >= 400
            if ends {
                ranges.append(start..<(i + 1))
                start = i + 1
            }
        }
        return ranges
    }

    private func isStop(_ document: Document, _ token: Token) -> Bool {
        let start = Int(token.keyStart)
        switch token.keyCount {
        case 1:
            let sign = document.list.keys[start]
            return sign == UInt8(ascii: ".") || sign == UInt8(ascii: "!") || sign == UInt8(ascii: "?")
        case 2: return document.list.keys[start] == 0xD8 && document.list.keys[start + 1] == 0x9F
        default: return false
        }
    }

    /// The sum of what each word and its neighbours say, and of the pairs among them.
    ///
    /// Pairs are first tried on the filter, all of a sentence, and those few that pass are then looked up: the processor
    /// overlaps look-ups that wait for memory when nothing else stands between them.
    private func score(
        _ sentence: Range<Int>,
        _ places: [Int32],
        _ weights: SequenceWeights,
        _ scores: inout [SIMD16<Int16>]
    ) {
        if weights.hits.count < 8 * sentence.count {
            weights.hits = Array(repeating: SequenceWeights.Hit(feature: 0, place: 0), count: 8 * sentence.count)
        }
        let (first, end) = (sentence.lowerBound, sentence.upperBound)
        withUnsafePointer(to: edge) { edge in
            weights.words.withUnsafeBufferPointer { words in
                places.withUnsafeBufferPointer { places in
                    scores.withUnsafeMutableBufferPointer { scores in
                        weights.hits.withUnsafeMutableBufferPointer { hits in
                            guard let base = words.baseAddress else { return }
                            @inline(__always)
                            func word(_ i: Int) -> UnsafePointer<SequenceWeights.Word> {
                                i >= first && i < end ? base + Int(places[i]) : edge
                            }
                            var count = 0
                            var (second, before, word0, after) = (edge, edge, word(first), word(first + 1))
                            for i in sentence {
                                let last = word(i + 2)
                                scores[i] =
                                    second.pointee.rows.0 &+ before.pointee.rows.1 &+ word0.pointee.rows.2
                                    &+ after.pointee.rows.3 &+ last.pointee.rows.4
                                @inline(__always)
                                func pair(_ opened: UInt64, _ b: UInt64) {
                                    let feature = TokenHash.close(opened, b)
                                    hits[count] = SequenceWeights.Hit(feature: feature, place: i)
                                    count += model.mayHold(feature) ? 1 : 0
                                }
                                // The pairs of `SequenceFeatures.pairs`, one by one.
                                pair(before.pointee.opened.0, word0.pointee.word)
                                pair(word0.pointee.opened.1, after.pointee.word)
                                pair(before.pointee.opened.2, word0.pointee.cluster)
                                pair(word0.pointee.opened.3, after.pointee.cluster)
                                pair(before.pointee.opened.4, after.pointee.cluster)
                                pair(before.pointee.opened.5, after.pointee.word)
                                if i > first { pair(second.pointee.opened.6, before.pointee.cluster) }
                                if i + 1 < end { pair(after.pointee.opened.7, last.pointee.cluster) }
                                (second, before, word0, after) = (before, word0, after, last)
                            }
                            for hit in hits[..<count] { model.addHeld(hit.feature, to: &scores[hit.place]) }
                        }
                    }
                }
            }
        }
    }
}
