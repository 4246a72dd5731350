import Language

/// What the sequence tagger sees of one word on its own: hashes of its form, its parts, its clusters and its flags.
///
/// They depend on the word's key and kind alone, so a known word's weights are folded into one row of the model.
package struct TokenFeatures {
    /// A template says what is looked at; each has its own set of neighbours that look at it too.
    package enum Template: Int, CaseIterable, Sendable {
        case word, rest, prefix1, prefix2, prefix3, prefix4, suffix1, suffix2, suffix3, suffix4, shape, flags, cluster0,
            cluster1, cluster2, restCluster, prior, gram, length

        /// Offsets of the positions at which a word of this template counts.
        package var offsets: ClosedRange<Int> {
            switch self {
            case .word, .cluster0, .cluster1, .cluster2, .flags: -2...2
            case .prefix2, .prefix3, .suffix2, .suffix3, .shape, .rest, .restCluster, .prior: -1...1
            default: 0...0
            }
        }
    }

    package var hashes: [(template: Template, hash: UInt64)] = []

    package init(key: UnsafeBufferPointer<UInt8>, kind: Token.Kind, capitals: Token.Capitals, clusters: WordClusters) {
        guard let base = key.baseAddress else { return }
        hashes.reserveCapacity(32)
        let whole = Self.whole(key, kind)
        func add(_ template: Template, _ value: UInt64) {
            hashes.append((template, Self.hash(template, value)))
        }
        add(.word, whole)
        add(.shape, UInt64(kind.rawValue) * 8 + UInt64(capitals.rawValue))
        let lexical = Lexicon.shared.flags(whole)
        var rest = whole
        if kind == .arabic, let (start, hash) = Self.rest(key, lexical) {
            rest = hash
            add(.rest, TokenHash.join(hash, UInt64(start)))
        } else if kind == .arabic || kind == .word {
            add(.rest, TokenHash.join(whole, 0))
        }
        var flags = lexical.isEmpty ? Lexicon.shared.flags(rest) : lexical
        flags.remove(.functionWord)
        var step: UInt64 = 0
        if flags.isDisjoint(with: Self.nameFlags), kind == .arabic {
            let behind = Self.flagsBehindPreposition(key)
            if !behind.isEmpty {
                flags.formUnion(behind)
                step = 32
            }
        }
        var bits = flags.rawValue
        while bits != 0 {
            add(.flags, UInt64(bits.trailingZeroBitCount) + step)
            bits &= bits - 1
        }
        if kind == .arabic || kind == .word {
            addAffixes(base, key.count, add)
            addGrams(base, key.count, add)
        }
        let ids = clusters.ids(whole)
        if ids.known {
            add(.cluster0, UInt64(ids.coarse))
            add(.cluster1, UInt64(ids.middle))
            add(.cluster2, UInt64(ids.fine))
        } else {
            add(.cluster1, 0xFFFF)
            let restIDs = clusters.ids(rest)
            if rest != whole, restIDs.known { add(.restCluster, UInt64(restIDs.middle)) }
        }
    }

    private static let nameFlags: WordFlags = [
        .givenName, .city, .country, .knownSurname, .knownPlace, .knownOrganisation,
    ]

    /// What is known of the word behind و, ب, ل or their like: «بباريس», «لمحفوظ».
    private static func flagsBehindPreposition(_ key: UnsafeBufferPointer<UInt8>) -> WordFlags {
        guard let base = key.baseAddress, key.count >= 8 else { return [] }
        var found: WordFlags = []
        CliticReader.forEachRest(ofArabic: base, count: key.count) { reading in
            if found.isEmpty { found = Lexicon.shared.flags(reading.hash).intersection(nameFlags) }
        }
        return found
    }

    /// Under which hash a word votes for its other places in the article: without clitics and article.
    package static func voteKey(_ key: UnsafeBufferPointer<UInt8>, _ token: Token) -> UInt64 {
        guard token.kind == .arabic else { return token.hash }
        return rest(key, Lexicon.shared.flags(token.hash))?.hash ?? token.hash
    }

    package static func voteKey(_ key: UnsafeBufferPointer<UInt8>, kind: Token.Kind) -> UInt64 {
        let hash = TokenHash.hash(key)
        return kind == .arabic ? rest(key, Lexicon.shared.flags(hash))?.hash ?? hash : hash
    }

    private func addAffixes(_ base: UnsafePointer<UInt8>, _ count: Int, _ add: (Template, UInt64) -> Void) {
        let prefixes: [Template] = [.prefix1, .prefix2, .prefix3, .prefix4]
        let suffixes: [Template] = [.suffix1, .suffix2, .suffix3, .suffix4]
        var front = 0
        var back = count
        for i in 0..<4 {
            guard front < count else { return }
            front += 1
            while front < count, base[front] & 0xC0 == 0x80 { front += 1 }
            back -= 1
            while back > 0, base[back] & 0xC0 == 0x80 { back -= 1 }
            guard front < count else { return }
            add(prefixes[i], TokenHash.hash(base, front))
            add(suffixes[i], TokenHash.hash(base + back, count - back))
        }
    }

    /// Three and four letters from anywhere in the word: transliterated names share them («وفيتش», «نشتا»).
    private func addGrams(_ base: UnsafePointer<UInt8>, _ count: Int, _ add: (Template, UInt64) -> Void) {
        var starts: [Int] = []
        for i in 0..<count where base[i] & 0xC0 != 0x80 { starts.append(i) }
        let letters = starts.count
        starts.append(count)
        add(.length, UInt64(min(letters, 9)))
        for length in 3...4 where letters >= length {
            for i in 0...(letters - length) {
                add(.gram, TokenHash.hash(base + starts[i], starts[i + length] - starts[i]))
            }
        }
    }

    package static func hash(_ template: Template, _ value: UInt64) -> UInt64 {
        TokenHash.join(UInt64(template.rawValue + 1), value)
    }

    /// A word is its key; numbers are alike when they have as many digits.
    package static func whole(_ key: UnsafeBufferPointer<UInt8>, _ kind: Token.Kind) -> UInt64 {
        kind == .number ? TokenHash.join(0x23, UInt64(min(key.count, 6))) : TokenHash.hash(key)
    }

    /// The word without conjunction, preposition and article, and how much was taken off.
    private static func rest(_ key: UnsafeBufferPointer<UInt8>, _ flags: WordFlags) -> (letters: Int, hash: UInt64)? {
        guard flags.isDisjoint(with: [.givenName, .city, .country]), let base = key.baseAddress else { return nil }
        let letters = key.count / 2
        func letter(_ index: Int) -> UInt16 { UInt16(base[2 * index]) << 8 | UInt16(base[2 * index + 1]) }
        var start = 0
        if letters >= 5, letter(0) == 0xD988 { start = 1 }
        let (alef, lam, beh, kaf): (UInt16, UInt16, UInt16, UInt16) = (0xD8A7, 0xD984, 0xD8A8, 0xD983)
        if letters - start >= 5, letter(start) == beh || letter(start) == kaf, letter(start + 1) == alef,
            letter(start + 2) == lam
        {
            start += 3
        } else if letters - start >= 4, letter(start) == alef || letter(start) == lam, letter(start + 1) == lam {
            start += 2
        }
        guard start > 0 else { return nil }
        return (start, TokenHash.hash(base + 2 * start, key.count - 2 * start))
    }
}

/// Clusters of words that stand in like contexts, at three granularities.
package struct WordClusters: Sendable {
    private var table: HashTable

    package init() { table = HashTable() }

    package init(_ entries: [(hash: UInt64, coarse: Int, middle: Int, fine: Int)]) {
        table = HashTable(capacity: entries.count)
        for entry in entries {
            table[entry.hash] = 1 << 31 | UInt32(entry.coarse) << 20 | UInt32(entry.middle) << 11 | UInt32(entry.fine)
        }
    }

    package func ids(_ hash: UInt64) -> (known: Bool, coarse: Int, middle: Int, fine: Int) {
        let value = table[hash]
        return (value != 0, Int(value >> 20 & 0x7FF), Int(value >> 11 & 0x1FF), Int(value & 0x7FF))
    }
}
