/// One word, number or sign of a text, with its place in the raw text and the hash of its folded form.
///
/// Places are UTF-8 bytes and Unicode code points of the text that was given, so a slice of it is exact whatever the
/// folding drops. A token's `key` is the folded form (see ``TokenTable``); two tokens with one hash have one key.
public struct Token: Sendable, Equatable {
    public enum Kind: UInt8, Sendable {
        /// Letters of the Arabic script.
        case arabic
        /// Letters of any other script, with the digits that follow them.
        case word
        /// ASCII or Arabic digits, with the separators between them.
        case number
        /// One sign that is neither letter nor digit.
        case sign
    }

    /// What stands between this token and the one before.
    public enum Gap: UInt8, Sendable {
        case none, space, line, paragraph
    }

    public enum Capitals: UInt8, Sendable {
        case none, first, all
    }

    public var byteStart: UInt32
    public var byteEnd: UInt32
    /// Code points from the start of the text.
    public var start: UInt32
    public var end: UInt32
    public var keyStart: UInt32
    public var keyEnd: UInt32
    public var hash: UInt64
    public var kind: Kind
    public var gap: Gap
    public var capitals: Capitals

    public var keyCount: Int { Int(keyEnd - keyStart) }
    public var startsLine: Bool { gap.rawValue >= Gap.line.rawValue }
}

/// A 64-bit hash of a token's key, the same on every platform and in every run.
public enum TokenHash {
    public static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress else { return finish(seed) }
        return hash(base, bytes.count)
    }

    public static func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8(hash)
    }

    @inline(__always)
    public static func hash(_ base: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var state = seed ^ UInt64(truncatingIfNeeded: count) &* prime
        var i = 0
        while i + 8 <= count {
            let word = UInt64(littleEndian: UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self))
            state = mix(state, word)
            i += 8
        }
        return finish(mix(state, tail(base, count)))
    }

    /// The last `count % 8` bytes as a number, in one or two loads that may overlap.
    @inline(__always)
    private static func tail(_ base: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let rest = count & 7
        let bytes = UnsafeRawPointer(base)
        if rest == 0 { return 0 }
        if count >= 8 {
            let last = UInt64(littleEndian: (bytes + (count - 8)).loadUnaligned(as: UInt64.self))
            return last >> UInt64(64 - 8 * rest)
        }
        if rest >= 4 {
            let low = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
            let high = UInt32(littleEndian: (bytes + (rest - 4)).loadUnaligned(as: UInt32.self))
            return UInt64(low) | UInt64(high) << UInt64(8 * (rest - 4))
        }
        if rest == 1 { return UInt64(base[0]) }
        let low = UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self))
        return UInt64(low) | UInt64(base[rest - 1]) << UInt64(8 * (rest - 1))
    }

    /// Joins two hashes where the order matters.
    @inline(__always)
    public static func join(_ a: UInt64, _ b: UInt64) -> UInt64 { close(open(a), b) }

    /// The first half of ``join(_:_:)``, for a hash that is joined to many.
    @inline(__always)
    public static func open(_ a: UInt64) -> UInt64 { a &* prime &+ 0x2545_F491_4F6C_DD1D }

    /// The second half of ``join(_:_:)``.
    @inline(__always)
    public static func close(_ opened: UInt64, _ b: UInt64) -> UInt64 { finish(mix(opened, b)) }

    private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let prime: UInt64 = 0xD6E8_FEB8_6659_FD93

    @inline(__always)
    private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word) &* prime
        return product ^ (product >> 32)
    }

    @inline(__always)
    private static func finish(_ state: UInt64) -> UInt64 {
        let product = state &* 0xFF51_AFD7_ED55_8CCD
        return product ^ (product >> 29)
    }
}
