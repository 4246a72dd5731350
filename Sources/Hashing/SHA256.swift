#if canImport(CryptoKit)
    import CryptoKit
#else
    import CCrypto
#endif

/// SHA-256 (FIPS 180-4) of bytes, whole or piece by piece.
///
/// Cost: the processor's own instructions where it has them, about 1.6 GB/s.
public struct SHA256 {
    #if canImport(CryptoKit)
        private var state = CryptoKit.SHA256()
    #else
        private var state = SHA256_CTX()
    #endif

    public init() {
        #if !canImport(CryptoKit)
            etl_sha256_init(&state)
        #endif
    }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        #if canImport(CryptoKit)
            state.update(bufferPointer: bytes)
        #else
            etl_sha256_update(&state, bytes.baseAddress, bytes.count)
        #endif
    }

    /// The digest of all that was given; the value can be updated no further.
    public mutating func finish() -> Digest256 {
        #if canImport(CryptoKit)
            return Digest256 { target in state.finalize().withUnsafeBytes { target.copyMemory(from: $0) } }
        #else
            return Digest256 { target in etl_sha256_final(target.baseAddress, &state) }
        #endif
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest256 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    public static func hash(_ bytes: [UInt8]) -> Digest256 {
        bytes.withUnsafeBytes(hash)
    }
}

/// The 32 bytes of a SHA-256.
public struct Digest256: Hashable, Sendable, CustomStringConvertible {
    // Four words in memory order, so that comparing and hashing touch no heap.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    init(_ fill: (UnsafeMutableRawBufferPointer) -> Void) {
        withUnsafeMutableBytes(of: &words, fill)
    }

    /// A digest that was stored; nil unless there are 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.init { $0.copyBytes(from: bytes) }
    }

    /// A digest from its hexadecimal digits.
    public init?(hex: String) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 64, hex.utf8.count == 64 else { return nil }
        self.init(bytes: (0..<32).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) })
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 64) { target in
            withBytes { bytes in
                for i in 0..<32 {
                    target[2 * i] = digits.utf8Start[Int(bytes[i] >> 4)]
                    target[2 * i + 1] = digits.utf8Start[Int(bytes[i] & 15)]
                }
            }
            return 64
        }
    }

    public var description: String { hex }

    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: words, body)
    }

    public static func == (a: Self, b: Self) -> Bool {
        a.words.0 == b.words.0 && a.words.1 == b.words.1 && a.words.2 == b.words.2 && a.words.3 == b.words.3
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }
}
