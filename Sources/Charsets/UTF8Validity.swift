/// How far some bytes are UTF-8: one pass, eight bytes at a time through ASCII.
struct UTF8Validity {
    private(set) var sequences = 0
    private(set) var errors = 0

    var isValid: Bool { errors == 0 }

    /// At most one damaged place for each 20 whole sequences.
    var isMostlyUTF8: Bool { sequences >= 20 && errors * 20 <= sequences }

    init(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        let end = bytes.count
        var i = 0
        while i < end {
            while i + 8 <= end, base.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                i += 8
            }
            guard i < end else { break }
            if bytes[i] < 0x80 {
                i += 1
                continue
            }
            let length = Self.sequenceLength(bytes, i)
            if length > 0 { sequences += 1 } else { errors += 1 }
            i += max(length, 1)
            if length == 0 { while i < end, bytes[i] & 0xC0 == 0x80 { i += 1 } }
        }
    }

    /// Bytes of the well-formed sequence at `i` (Unicode 16.0, table 3-7); 0 when there is none.
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ i: Int) -> Int {
        let lead = bytes[i]
        let left = bytes.count - i
        func follows(_ k: Int) -> Bool { bytes[i + k] & 0xC0 == 0x80 }
        switch lead {
        case 0xC2...0xDF: return left >= 2 && follows(1) ? 2 : 0
        case 0xE0...0xEF:
            guard left >= 3, follows(1), follows(2) else { return 0 }
            if lead == 0xE0, bytes[i + 1] < 0xA0 { return 0 }
            if lead == 0xED, bytes[i + 1] > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard left >= 4, follows(1), follows(2), follows(3) else { return 0 }
            if lead == 0xF0, bytes[i + 1] < 0x90 { return 0 }
            if lead == 0xF4, bytes[i + 1] > 0x8F { return 0 }
            return 4
        default: return 0
        }
    }
}
