/// Finds where a run of bytes ends that may stand in a JSON string as they are.
enum PlainRun {
    /// The first byte at or after `from` that is a quote, a backslash or a control character; `end` when there is none.
    ///
    /// - Parameter lineSeparators: also stop at 0xE2, the lead byte of U+2028 and U+2029.
    @inline(__always)
    static func end(in base: UnsafePointer<UInt8>, from: Int, to end: Int, lineSeparators: Bool = false) -> Int {
        var i = from
        // Eight bytes at a time: each test sets the high bit of the bytes it is true of (Mycroft's zero-byte test). A
        // borrow may mark the byte above a true hit, never one below: the first mark is always true.
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        while i + 8 <= end {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            var marks =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word)
            if lineSeparators {
                let lead = word ^ (ones &* 0xE2)
                marks |= (lead &- ones) & ~lead
            }
            let hits = marks & highs
            if hits != 0 { return i + hits.trailingZeroBitCount / 8 }
            i += 8
        }
        while i < end, base[i] != 0x22, base[i] != 0x5C, base[i] >= 0x20, !(lineSeparators && base[i] == 0xE2) {
            i += 1
        }
        return i
    }
}
