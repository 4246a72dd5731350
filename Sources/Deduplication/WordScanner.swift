/// Cuts folded text into words and gives each a number: 31 bits of hash, the lowest bit set for numbers.
struct WordScanner {
    /// Bytes that must be readable, and are spaces, behind the folded text.
    static let padding = 8

    private static let spaces: UInt64 = 0x2020_2020_2020_2020
    private static let lows: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Writes the words of `folded`, at most `words.count`, and returns how many there are.
    static func scan(
        _ folded: UnsafeRawBufferPointer,
        into words: UnsafeMutableBufferPointer<UInt32>
    ) -> Int {
        var count = 0
        var offset = 0
        let end = folded.count - padding
        while offset < end, count < words.count {
            let isNumber = folded[offset] &- 0x30 < 10
            var hash = multiplier
            // Eight bytes at a time: the first byte that equals a space becomes the first with its high bit set
            // (Warren, Hacker's Delight, 2nd edition, section 6-1).
            while true {
                let bytes = UInt64(littleEndian: folded.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let difference = bytes ^ spaces
                let hit = (difference &- lows) & ~difference & highs
                if hit == 0 {
                    hash = mix(hash, bytes)
                    offset += 8
                } else {
                    let bits = UInt64(hit.trailingZeroBitCount & ~7)
                    hash = mix(hash, bytes & ((1 << bits) &- 1))
                    offset += Int(bits / 8) + 1
                    break
                }
            }
            words[count] = UInt32(truncatingIfNeeded: hash >> 32) & ~1 | (isNumber ? 1 : 0)
            count += 1
        }
        return count
    }

    static func mix(_ hash: UInt64, _ bytes: UInt64) -> UInt64 {
        let product = (hash ^ bytes) &* multiplier
        return (product ^ product >> 29) &* 0xBF58_476D_1CE4_E5B9
    }
}
