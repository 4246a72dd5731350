import Markup

/// Hashes of the words of a text and of its pairs of neighbouring words, to ask how much of another text is in it.
struct WordSet {
    private var bits: [UInt64]
    private(set) var count = 0
    private static let slots = 1 << 16

    init(_ text: String) {
        bits = [UInt64](repeating: 0, count: Self.slots / 64)
        var text = text
        text.withUTF8 { bytes in
            Self.forEachPair(bytes) { word, pair in
                insert(word)
                insert(pair)
                count += 1
            }
        }
    }

    /// The share of the text's word pairs that this text has too; a single word is asked for itself.
    func share(of bytes: UnsafeBufferPointer<UInt8>) -> Float {
        var asked = 0, found = 0
        Self.forEachPair(bytes) { _, pair in
            asked += 1
            if contains(pair) { found += 1 }
        }
        return asked == 0 ? 0 : Float(found) / Float(asked)
    }

    private mutating func insert(_ hash: UInt64) {
        let slot = Int(truncatingIfNeeded: hash >> 40) & (Self.slots - 1)
        bits[slot >> 6] |= 1 << UInt64(slot & 63)
    }

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
        let slot = Int(truncatingIfNeeded: hash >> 40) & (Self.slots - 1)
        return bits[slot >> 6] & (1 << UInt64(slot & 63)) != 0
    }

    /// Calls `body` with the hash of each word and of it with the word before; for the first word both are its own.
    private static func forEachPair(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64, UInt64) -> Void) {
        var previous: UInt64 = 0
        forEachWord(bytes) { word in
            body(word, pair(previous, word))
            previous = word
        }
    }

    /// The hash of a word with the word before it; 0 stands for no word.
    @inline(__always)
    static func pair(_ previous: UInt64, _ word: UInt64) -> UInt64 {
        previous == 0 ? word : (previous &* 31 ^ word) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Runs of letters and digits, ASCII in lower case; each ideograph is a word.
    static func forEachWord(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
        var hash: UInt64 = 0
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            let isIdeograph = byte >= 0xE3 && byte <= 0xE9
            let isPunctuation = byte == 0xE2 || (byte == 0xC2 && i + 1 < bytes.count && bytes[i + 1] < 0xC0)
            if lower &- 0x61 < 26 || lower &- 0x30 < 10 || (byte >= 0x80 && !isPunctuation && !isIdeograph) {
                hash = ((hash == 0 ? 0xCBF2_9CE4_8422_2325 : hash) ^ UInt64(lower)) &* 0x100_0000_01B3
                i += 1
                continue
            }
            if hash != 0 { body(mixed(hash)) }
            hash = 0
            if isIdeograph, i + 2 < bytes.count {
                let code = UInt64(byte) << 16 | UInt64(bytes[i + 1]) << 8 | UInt64(bytes[i + 2])
                body(mixed(code))
                i += 3
            } else {
                i += isPunctuation ? (byte == 0xE2 ? 3 : 2) : 1
            }
        }
        if hash != 0 { body(mixed(hash)) }
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64) -> UInt64 {
        let x = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return (x ^ (x >> 32)) | 1
    }
}
