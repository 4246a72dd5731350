/// Neighbouring words as 16-bit hashes: what two texts are compared by.
///
/// The highest bit is set for a pair with a number in it, so that numbers can be compared by themselves. Fifteen
/// bits of hash let one pair in a hundred of a text of 330 pairs agree by chance; ``Comparison`` takes that off.
enum WordPairs {
    static let number: UInt16 = 0x8000
    /// A text has no more than this many pairs; what follows is not compared.
    static let maxCount = 1024

    static func distinct(in words: UnsafeBufferPointer<UInt32>) -> [UInt16] {
        let capacity = min(max(0, words.count - 1), maxCount)
        return [UInt16](unsafeUninitializedCapacity: capacity) { target, count in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1024) { seen in
                seen.initialize(repeating: 0)
                var i = 1
                while i < words.count, count < capacity {
                    let pair = hash(words[i - 1], words[i])
                    let bit: UInt64 = 1 << UInt64(pair & 63)
                    let isNew = seen[Int(pair >> 6)] & bit == 0
                    seen[Int(pair >> 6)] |= bit
                    target[count] = pair
                    count += isNew ? 1 : 0
                    i += 1
                }
            }
        }
    }

    static func hash(_ first: UInt32, _ second: UInt32) -> UInt16 {
        let mixed = (UInt64(first) << 32 | UInt64(second)) &* 0x9E37_79B9_7F4A_7C15
        let folded = (mixed ^ mixed >> 32) &* 0xBF58_476D_1CE4_E5B9
        return UInt16(truncatingIfNeeded: folded >> 49) | ((first | second) & 1 == 1 ? number : 0)
    }
}
