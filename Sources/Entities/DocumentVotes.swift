import Language

/// What a first pass found each word of an article to be, so that a second pass may be of one mind with it: who was
/// called by full name once is a person again when only the surname stands there.
package struct DocumentVotes {
    private struct Vote {
        var outside: Int32 = 0
        /// One lane a type.
        var byType = SIMD4<Int32>.zero
        /// How often the word ended a name of several words.
        var ends: Int32 = 0
    }

    private var index: HashTable
    private var votes: [Vote] = []

    package init(capacity: Int = 64) { index = HashTable(capacity: capacity) }

    package mutating func add(_ word: UInt64, _ label: UInt8, times: Int32 = 1) {
        var slot = Int(index[word])
        if slot == 0 {
            votes.append(Vote())
            slot = votes.count
            index[word] = UInt32(slot)
        }
        guard let type = SequenceLabels.type(label) else {
            votes[slot - 1].outside += times
            return
        }
        votes[slot - 1].byType[type] += times
        if SequenceLabels.position(label) == .end { votes[slot - 1].ends += times }
    }

    /// The feature that the other places of a word give it; nil when it stands nowhere else.
    package func feature(_ word: UInt64, own label: UInt8) -> UInt64? {
        let slot = Int(index[word])
        guard slot > 0 else { return nil }
        var vote = votes[slot - 1]
        if let type = SequenceLabels.type(label) {
            vote.byType[type] -= 1
            if SequenceLabels.position(label) == .end { vote.ends -= 1 }
        } else {
            vote.outside -= 1
        }
        var best = 0
        for type in 1..<4 where vote.byType[type] > vote.byType[best] { best = type }
        let count = vote.byType[best]
        if count <= 0 {
            // Once outside says little.
            return vote.outside > 1 ? Self.code(7, 0) : nil
        }
        let share = count > vote.outside ? 2 : 2 * count > vote.outside ? 1 : 0
        return Self.code(best, share * 2 + (vote.ends > 0 ? 1 : 0))
    }

    package static func code(_ type: Int, _ detail: Int) -> UInt64 {
        TokenHash.join(0xD0C, UInt64(type * 8 + detail))
    }

    /// All features there are, for the model's table.
    package static let all: [UInt64] = (0..<8).flatMap { type in (0..<8).map { code(type, $0) } }
}
