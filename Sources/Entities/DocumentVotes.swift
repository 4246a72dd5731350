import Language

/// What a first pass found each word of an article to be, so that a second pass may be of one mind with it: who was
/// called by full name once is a person again when only the surname stands there.
package struct DocumentVotes {
    private var index: HashTable
    private var votes: [WordVotes] = []

    package init(capacity: Int = 64) { index = HashTable(capacity: capacity) }

    package mutating func add(_ word: UInt64, _ label: UInt8, times: Int32 = 1) {
        var slot = Int(index[word])
        if slot == 0 {
            votes.append(WordVotes())
            slot = votes.count
            index[word] = UInt32(slot)
        }
        votes[slot - 1].add(label, times: times)
    }

    /// The feature that the other places of a word give it; nil when it stands nowhere else.
    package func feature(_ word: UInt64, own label: UInt8) -> UInt64? {
        let slot = Int(index[word])
        guard slot > 0 else { return nil }
        return votes[slot - 1].outcome(own: label).map { Self.feature(of: $0) }
    }

    package static func feature(of outcome: Int) -> UInt64 { TokenHash.join(0xD0C, UInt64(outcome)) }

    /// All features there are, for the model's table.
    package static let all: [UInt64] = (0..<WordVotes.outcomes).map(feature)
}

/// What the places of one word were found to be.
struct WordVotes {
    /// How many outcomes there are: eight a type, and what is outside.
    static let outcomes = 64

    private var outside: Int32 = 0
    /// One lane a type.
    private var byType = SIMD4<Int32>.zero
    /// How often the word ended a name of several words.
    private var ends: Int32 = 0

    @inline(__always)
    mutating func add(_ label: UInt8, times: Int32 = 1) {
        guard let type = SequenceLabels.type(label) else {
            outside += times
            return
        }
        byType[type] += times
        if SequenceLabels.position(label) == .end { ends += times }
    }

    /// What the other places of the word say of one that was given `label`; nil when they say nothing.
    @inline(__always)
    func outcome(own label: UInt8) -> Int? {
        var others = self
        others.add(label, times: -1)
        var best = 0
        for type in 1..<4 where others.byType[type] > others.byType[best] { best = type }
        let count = others.byType[best]
        if count <= 0 {
            // Once outside says little.
            return others.outside > 1 ? 7 * 8 : nil
        }
        let share = count > others.outside ? 2 : 2 * count > others.outside ? 1 : 0
        return best * 8 + share * 2 + (others.ends > 0 ? 1 : 0)
    }
}
