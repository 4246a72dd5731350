/// One way to read an Arabic token: as a whole, or as one or two one-letter words (و ف ب ل ك) written onto the next.
///
/// Readings are alternatives, in the order in which they should be believed: the whole word first. A definite
/// article that the preposition has swallowed is put back, so «للأمم» is also read as ل and «الأمم».
public struct CliticReading: Sendable, Equatable {
    /// Letters of the key that belong to the clitics.
    public var letters: Int
    public var clitics: Clitics
    /// The hash of the word behind them.
    public var hash: UInt64

    public init(letters: Int, clitics: Clitics, hash: UInt64) {
        self.letters = letters
        self.clitics = clitics
        self.hash = hash
    }

    /// The clitics in front of a word: an optional conjunction and an optional preposition.
    public enum Clitics: UInt8, Sendable, CaseIterable {
        case none, waw, feh, beh, lam, kaf, wawBeh, wawLam, wawKaf, fehBeh, fehLam, fehKaf

        /// As they are written, the first one first.
        public var text: String? {
            switch self {
            case .none: nil
            case .waw: "و"
            case .feh: "ف"
            case .beh: "ب"
            case .lam: "ل"
            case .kaf: "ك"
            case .wawBeh: "وب"
            case .wawLam: "ول"
            case .wawKaf: "وك"
            case .fehBeh: "فب"
            case .fehLam: "فل"
            case .fehKaf: "فك"
            }
        }
    }
}

/// Finds the readings of a token's key.
public enum CliticReader {
    /// Every reading of the token whose rest has at least two letters; at most five.
    @inline(__always)
    public static func forEachReading(
        of token: Token,
        keys: UnsafePointer<UInt8>,
        _ body: (CliticReading) -> Void
    ) {
        body(CliticReading(letters: 0, clitics: .none, hash: token.hash))
        guard token.kind == .arabic else { return }
        forEachRest(ofArabic: keys + Int(token.keyStart), count: token.keyCount, body)
    }

    /// Every reading of an Arabic key but the whole word.
    @inline(__always)
    public static func forEachRest(
        ofArabic base: UnsafePointer<UInt8>,
        count: Int,
        _ body: (CliticReading) -> Void
    ) {
        guard count >= 6, let first = letter(base, 0) else { return }
        switch first {
        case .waw, .feh:
            read(base, count, 1, first == .waw ? .waw : .feh, body)
            guard count >= 8, let second = letter(base, 1) else { return }
            readPreposition(base, count, 2, second, first, body)
        case .beh, .lam, .kaf:
            readPreposition(base, count, 1, first, nil, body)
        }
    }

    private enum Letter { case waw, feh, beh, lam, kaf }

    @inline(__always)
    private static func letter(_ base: UnsafePointer<UInt8>, _ index: Int) -> Letter? {
        switch (base[2 * index], base[2 * index + 1]) {
        case (0xD9, 0x88): .waw
        case (0xD9, 0x81): .feh
        case (0xD8, 0xA8): .beh
        case (0xD9, 0x84): .lam
        case (0xD9, 0x83): .kaf
        default: nil
        }
    }

    @inline(__always)
    private static func readPreposition(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        _ letters: Int,
        _ preposition: Letter,
        _ conjunction: Letter?,
        _ body: (CliticReading) -> Void
    ) {
        let clitics: CliticReading.Clitics
        switch (conjunction, preposition) {
        case (nil, .beh): clitics = .beh
        case (nil, .lam): clitics = .lam
        case (nil, .kaf): clitics = .kaf
        case (.waw?, .beh): clitics = .wawBeh
        case (.waw?, .lam): clitics = .wawLam
        case (.waw?, .kaf): clitics = .wawKaf
        case (.feh?, .beh): clitics = .fehBeh
        case (.feh?, .lam): clitics = .fehLam
        case (.feh?, .kaf): clitics = .fehKaf
        default: return
        }
        read(base, count, letters, clitics, body)
        guard preposition == .lam, count >= 2 * letters + 6, letter(base, letters) == .lam else { return }
        // ل + ال is written لل: the word behind begins with the article again.
        var word = (UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        let rest = count - 2 * letters
        guard rest + 2 <= 64 else { return }
        let hash = withUnsafeMutableBytes(of: &word) { buffer in
            buffer[0] = 0xD8
            buffer[1] = 0xA7
            for i in 0..<rest { buffer[2 + i] = base[2 * letters + i] }
            return TokenHash.hash(UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<(rest + 2)]))
        }
        body(CliticReading(letters: letters, clitics: clitics, hash: hash))
    }

    @inline(__always)
    private static func read(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        _ letters: Int,
        _ clitics: CliticReading.Clitics,
        _ body: (CliticReading) -> Void
    ) {
        guard count - 2 * letters >= 4 else { return }
        body(
            CliticReading(
                letters: letters,
                clitics: clitics,
                hash: TokenHash.hash(base + 2 * letters, count - 2 * letters)
            )
        )
    }
}
