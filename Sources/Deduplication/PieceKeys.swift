/// Pieces of four words, sampled by their hashes so that similar texts keep the same ones: bottom-k sampling
/// (Broder, "On the resemblance and containment of documents", 1997), some of the whole text and some of its lead.
enum PieceKeys {
    static let length = 4
    static let ofWhole = 16
    static let ofLead = 6
    static let leadWords = 32

    static func sample(of words: UnsafeBufferPointer<UInt32>) -> [UInt32] {
        let count = words.count - length + 1
        guard count > 0 else { return [] }
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { pieces in
            var (first, second) = (pair(words, 0), pair(words, 1))
            for i in 0..<count {
                let third = pair(words, i + 2)
                pieces[i] = UInt32(truncatingIfNeeded: (first ^ third << 1) &* 0xBF58_476D_1CE4_E5B9 >> 32)
                (first, second) = (second, third)
            }
            var keys = smallest(ofWhole, of: UnsafeBufferPointer(pieces))
            for key in smallest(ofLead, of: UnsafeBufferPointer(rebasing: pieces[..<min(leadWords, count)]))
            where !keys.contains(key) { keys.append(key) }
            return keys
        }
    }

    private static func pair(_ words: UnsafeBufferPointer<UInt32>, _ i: Int) -> UInt64 {
        let mixed = (UInt64(words[i]) << 32 | UInt64(words[i + 1])) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 31
    }

    /// The `count` smallest distinct hashes, in order.
    private static func smallest(_ count: Int, of hashes: UnsafeBufferPointer<UInt32>) -> [UInt32] {
        // A limit that lets half as many more pass than are wanted is seldom too low.
        let share = UInt64(count * 3 / 2 + 8) << 32 / UInt64(hashes.count)
        var limit = UInt32(clamping: share)
        while true {
            var kept: [UInt32] = []
            kept.reserveCapacity(count * 2 + 16)
            for hash in hashes where hash <= limit { kept.append(hash) }
            kept.sort()
            var distinct = 0
            for hash in kept where distinct == 0 || kept[distinct - 1] != hash {
                kept[distinct] = hash
                distinct += 1
            }
            if distinct >= count || limit == .max {
                kept.removeLast(kept.count - min(distinct, count))
                return kept
            }
            limit = .max
        }
    }
}
