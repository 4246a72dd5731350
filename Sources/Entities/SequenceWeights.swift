import Language

/// What a sequence model makes of each form of a word, kept by one worker from article to article.
final class SequenceWeights {
    struct Word {
        typealias Rows = (SIMD16<Int16>, SIMD16<Int16>, SIMD16<Int16>, SIMD16<Int16>, SIMD16<Int16>)

        /// Its scores for the words at offsets -2 … 2 from which it is seen.
        var rows: Rows = (.zero, .zero, .zero, .zero, .zero)
        var word: UInt64
        var cluster: UInt64
        /// By pair of ``SequenceFeatures``, the part of the hash that this word decides as the first of the two.
        var opened: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
        /// Words with one number vote for each other.
        var vote: Int32 = -1

        init(word: UInt64, cluster: UInt64) {
            self.word = word
            self.cluster = cluster
            opened = (
                SequenceFeatures.opened(0, word), SequenceFeatures.opened(1, word),
                SequenceFeatures.opened(2, cluster), SequenceFeatures.opened(3, cluster),
                SequenceFeatures.opened(4, cluster), SequenceFeatures.opened(5, word),
                SequenceFeatures.opened(6, cluster), SequenceFeatures.opened(7, cluster)
            )
        }
    }

    /// A feature that may have weights, and the place of the scores that they belong to.
    struct Hit {
        var feature: UInt64
        var place: Int
    }

    /// The words that have been looked up, in the order of that.
    @exclusivity(unchecked) private(set) var words: [Word] = []
    /// By number of a form: one more than the place in `words`.
    @exclusivity(unchecked) private var places: [Int32] = []
    @exclusivity(unchecked) private var voters = HashTable(capacity: 1 << 12)
    /// By vote number; all are empty between two articles.
    @exclusivity(unchecked) var votes: [WordVotes] = []
    @exclusivity(unchecked) var hits: [Hit] = []

    /// The place in `words` of a form; `look` is asked for a word that is new, and for the key of its votes.
    @inline(__always)
    func place(of form: Int, _ look: () -> (Word, vote: UInt64)) -> Int {
        if form < places.count, places[form] > 0 { return Int(places[form]) - 1 }
        return add(form, look)
    }

    @inline(never)
    private func add(_ form: Int, _ look: () -> (Word, vote: UInt64)) -> Int {
        var (word, vote) = look()
        if voters[vote] == 0 {
            votes.append(WordVotes())
            voters[vote] = UInt32(votes.count)
        }
        word.vote = Int32(voters[vote]) - 1
        words.append(word)
        while places.count <= form { places.append(0) }
        places[form] = Int32(words.count)
        return words.count - 1
    }
}
