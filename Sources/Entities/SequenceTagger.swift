import Language

/// Labels the tokens of an article by the model: a look-up a word, a Viterbi search a sentence, and all of it twice,
/// the second time with what the first made of the same words elsewhere in the article.
struct SequenceTagger {
    let model: EntityModel
    private let moves: LabelMoves
    private let edges: [UInt64]
    private static let clusters = WordClusters()

    init(model: EntityModel) {
        self.model = model
        moves = LabelMoves(model)
        edges = (-2...2).map(SequenceFeatures.edge)
    }

    /// What the model knows of one token: its rows, and its part in pairs.
    private struct Own {
        var rows: (SIMD16<Int16>, SIMD16<Int16>, SIMD16<Int16>, SIMD16<Int16>, SIMD16<Int16>) = (
            .zero, .zero, .zero, .zero, .zero
        )
        var word: UInt64 = 0
        var cluster: UInt64 = 0
    }

    /// - Parameter known: names that are certain already; they vote in the second pass.
    func labels(_ document: Document, known: [Span] = []) -> [UInt8] {
        let tokens = document.list.tokens
        guard !tokens.isEmpty else { return [] }
        var own: [Own] = []
        own.reserveCapacity(tokens.count)
        var votesKeys: [UInt64] = []
        votesKeys.reserveCapacity(tokens.count)
        document.list.keys.withUnsafeBufferPointer { keys in
            for token in tokens {
                let key = UnsafeBufferPointer(rebasing: keys[Int(token.keyStart)..<Int(token.keyEnd)])
                own.append(look(key, token))
                votesKeys.append(TokenFeatures.voteKey(key, token))
            }
        }
        let sentences = sentences(document)
        var scores = [SIMD16<Int16>](repeating: .zero, count: tokens.count)
        for sentence in sentences { score(sentence, own, &scores) }
        var labels = [UInt8](repeating: 0, count: tokens.count)
        var search = ViterbiSearch(moves: moves)
        for sentence in sentences { search.run(sentence, scores, &labels) }

        var votes = DocumentVotes(capacity: tokens.count)
        for span in known { label(span, &labels) }
        for i in tokens.indices where tokens[i].kind != .sign { votes.add(votesKeys[i], labels[i]) }
        var changed = [Bool](repeating: false, count: sentences.count)
        for (s, sentence) in sentences.enumerated() {
            for i in sentence where tokens[i].kind != .sign {
                guard let feature = votes.feature(votesKeys[i], own: labels[i]) else { continue }
                model.add(feature, to: &scores[i])
                changed[s] = true
            }
        }
        if !known.isEmpty { changed = [Bool](repeating: true, count: sentences.count) }
        for (s, sentence) in sentences.enumerated() where changed[s] { search.run(sentence, scores, &labels) }
        return labels
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
        let tokens = document.list.tokens
        var own: [Own] = []
        document.list.keys.withUnsafeBufferPointer { keys in
            for token in tokens {
                own.append(look(UnsafeBufferPointer(rebasing: keys[Int(token.keyStart)..<Int(token.keyEnd)]), token))
            }
        }
        guard !tokens.isEmpty else { return [] }
        var scores = [SIMD16<Int16>](repeating: .zero, count: tokens.count)
        var labels = [UInt8](repeating: 0, count: tokens.count)
        var search = ViterbiSearch(moves: moves)
        score(0..<tokens.count, own, &scores)
        search.run(0..<tokens.count, scores, &labels)
        return labels
    }

    private func look(_ key: UnsafeBufferPointer<UInt8>, _ token: Token) -> Own {
        var own = Own()
        let whole = TokenFeatures.whole(key, token.kind)
        own.word = TokenFeatures.hash(.word, whole)
        if let entry = model.word(EntityModel.wordKey(whole, token)) {
            let cluster = UInt64(entry.loadUnaligned(as: UInt16.self))
            own.cluster = TokenFeatures.hash(.cluster1, cluster)
            func row(_ k: Int) -> SIMD16<Int16> {
                SIMD16<Int16>(
                    truncatingIfNeeded: entry.loadUnaligned(fromByteOffset: 4 + 16 * k, as: SIMD16<Int8>.self)
                ) &<< EntityModel.wordShift
            }
            own.rows = (row(0), row(1), row(2), row(3), row(4))
            return own
        }
        let features = TokenFeatures(key: key, kind: token.kind, capitals: token.capitals, clusters: Self.clusters)
        own.cluster = TokenFeatures.hash(.cluster1, 0xFFFF)
        var hashes = features.hashes
        let rest = TokenFeatures.voteKey(key, token)
        if rest != whole, let entry = model.word(rest), entry.loadUnaligned(as: UInt16.self) != 0xFFFF {
            let cluster = UInt64(entry.loadUnaligned(as: UInt16.self))
            hashes.append((.restCluster, TokenFeatures.hash(.restCluster, cluster)))
        }
        for feature in hashes where feature.template != .word {
            for offset in feature.template.offsets {
                let hash = SequenceFeatures.at(offset, feature.hash)
                switch offset {
                case -2: model.add(hash, to: &own.rows.0)
                case -1: model.add(hash, to: &own.rows.1)
                case 0: model.add(hash, to: &own.rows.2)
                case 1: model.add(hash, to: &own.rows.3)
                default: model.add(hash, to: &own.rows.4)
                }
            }
        }
        return own
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

    private func score(_ sentence: Range<Int>, _ own: [Own], _ scores: inout [SIMD16<Int16>]) {
        let (first, end) = (sentence.lowerBound, sentence.upperBound)
        let outside = SequenceFeatures.outside
        own.withUnsafeBufferPointer { own in
            for i in sentence {
                var sum = own[i].rows.2
                if i - 2 >= first { sum &+= own[i - 2].rows.0 } else { model.add(edges[0], to: &sum) }
                if i - 1 >= first { sum &+= own[i - 1].rows.1 } else { model.add(edges[1], to: &sum) }
                if i + 1 < end { sum &+= own[i + 1].rows.3 } else { model.add(edges[3], to: &sum) }
                if i + 2 < end { sum &+= own[i + 2].rows.4 } else { model.add(edges[4], to: &sum) }
                // The pairs of `SequenceFeatures.pairs`, one by one.
                let (word, cluster) = (own[i].word, own[i].cluster)
                let before = i > first ? own[i - 1].word : outside
                let after = i + 1 < end ? own[i + 1].word : outside
                let clusterBefore = i > first ? own[i - 1].cluster : outside
                let clusterAfter = i + 1 < end ? own[i + 1].cluster : outside
                model.add(SequenceFeatures.pair(0, before, word), to: &sum)
                model.add(SequenceFeatures.pair(1, word, after), to: &sum)
                model.add(SequenceFeatures.pair(2, clusterBefore, cluster), to: &sum)
                model.add(SequenceFeatures.pair(3, cluster, clusterAfter), to: &sum)
                model.add(SequenceFeatures.pair(4, clusterBefore, clusterAfter), to: &sum)
                model.add(SequenceFeatures.pair(5, before, after), to: &sum)
                if i > first {
                    let second = i - 2 >= first ? own[i - 2].cluster : outside
                    model.add(SequenceFeatures.pair(6, second, clusterBefore), to: &sum)
                }
                if i + 1 < end {
                    let second = i + 2 < end ? own[i + 2].cluster : outside
                    model.add(SequenceFeatures.pair(7, clusterAfter, second), to: &sum)
                }
                scores[i] = sum
            }
        }
    }
}
