import Language

/// The phrases with which pages surround their articles, in the languages of the pipeline, found by whole folded
/// lines or by their first words; never inside a line.
///
/// The tables are text (`ChromePhrasesArabic.swift` and its neighbours say how to read them), put into one hash table
/// at the first use. Cost: the folding of a line's first 96 bytes and one probe, for most lines.
struct ChromePhrases: @unchecked Sendable {
    struct Match: Equatable {
        var reason: ChromeReason
        /// Whether the line is chrome wherever it stands; else only beside other chrome or outside the body.
        var isCertain: Bool
        /// The line is a phrase, a colon and something that belongs to it: «اقرأ أيضا: …», `Photo: …`.
        var hasText: Bool
        var words: Int
    }

    static let shared = ChromePhrases([
        ChromePhrasesArabic.table, ChromePhrasesEnglish.table, ChromePhrasesEuropean.table, ChromePhrasesAsian.table,
        ChromePhrasesFurther.table,
    ])

    /// How many bytes of a line are folded to find a phrase.
    static let reach = 96
    /// How many bytes show whether a phrase may begin there.
    static let firstWordReach = 32

    private struct Entry {
        var hash: UInt64
        var reason: ChromeReason
        var isCertain: Bool
        var isPrefix: Bool
        var isLabel: Bool
    }

    // The table lives as long as the process and is never written again: pointers save the loop the closures.
    private let slots: UnsafePointer<Entry?>
    private let slotMask: Int
    /// One bit for each first word of a phrase, by its hash: most lines of a body stop here.
    private let firstWords: UnsafePointer<UInt64>
    private static let firstWordBits = 1 << 16

    private init(_ tables: [StaticString]) {
        var entries: [Entry] = []
        var words = [UInt64](repeating: 0, count: Self.firstWordBits / 64)
        for table in tables {
            ChromePhraseReader(table).forEach { phrase, reason, isCertain, isPrefix in
                let folded = Folding.fold(phrase)
                guard !folded.isEmpty else { return }
                var hash = LineHash()
                var isFirst = true
                for byte in folded {
                    if byte == 0x20, isFirst {
                        isFirst = false
                        Self.set(hash.value, in: &words)
                    }
                    hash.add(byte)
                }
                if isFirst { Self.set(hash.value, in: &words) }
                entries.append(
                    Entry(
                        hash: hash.value,
                        reason: reason,
                        isCertain: isCertain,
                        isPrefix: isPrefix,
                        isLabel: reason.takesText
                    )
                )
            }
        }
        var capacity = 64
        while capacity < entries.count * 3 { capacity *= 2 }
        var table = [Entry?](repeating: nil, count: capacity)
        for entry in entries { Self.insert(entry, into: &table) }
        slotMask = capacity - 1
        slots = Self.keep(table)
        firstWords = Self.keep(words)
    }

    /// The phrase that a line is or begins with.
    ///
    /// - Parameters:
    ///   - folded: the line's first ``reach`` bytes, folded.
    ///   - isWhole: the line has no more than these.
    ///   - wordsBeforeColon: how many words stand before the first colon, 0 when there is none.
    func match(_ folded: UnsafeBufferPointer<UInt8>, isWhole: Bool, wordsBeforeColon: Int) -> Match? {
        var hash = LineHash()
        var words = 0
        var best: Match?
        var index = 0
        while index <= folded.count {
            let isEnd = index == folded.count
            if isEnd || folded[index] == 0x20 {
                guard !isEnd || isWhole || best == nil || words > 0 else { break }
                words += 1
                if words == 1, !contains(firstWord: hash.value) { return nil }
                if isEnd, !isWhole { break }
                if let entry = entry(hash.value) {
                    let isAll = isEnd && isWhole
                    let hasText = !isAll && entry.isLabel && words == wordsBeforeColon
                    if isAll || entry.isPrefix || hasText {
                        best = Match(
                            reason: entry.reason,
                            isCertain: entry.isCertain,
                            hasText: hasText,
                            words: words
                        )
                    }
                }
                if isEnd { break }
            }
            hash.add(folded[index])
            index += 1
        }
        return best
    }

    /// Whether the first word of a folded beginning is the first of any phrase.
    func mayBegin(_ folded: UnsafeBufferPointer<UInt8>) -> Bool {
        var hash = LineHash()
        for byte in folded {
            if byte == 0x20 { return contains(firstWord: hash.value) }
            hash.add(byte)
        }
        return true
    }

    private func contains(firstWord hash: UInt64) -> Bool {
        let bit = Int(truncatingIfNeeded: hash & UInt64(Self.firstWordBits - 1))
        return firstWords[bit >> 6] >> UInt64(bit & 63) & 1 == 1
    }

    private func entry(_ hash: UInt64) -> Entry? {
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while let entry = slots[slot] {
            if entry.hash == hash { return entry }
            slot = (slot + 1) & slotMask
        }
        return nil
    }

    private static func insert(_ entry: Entry, into table: inout [Entry?]) {
        var slot = Int(truncatingIfNeeded: entry.hash) & (table.count - 1)
        while let other = table[slot] {
            if other.hash == entry.hash {
                // The same phrase twice: as a prefix it is a whole line too, and the first table's reason stands.
                table[slot]?.isPrefix = other.isPrefix || entry.isPrefix
                return
            }
            slot = (slot + 1) & (table.count - 1)
        }
        table[slot] = entry
    }

    private static func set(_ hash: UInt64, in words: inout [UInt64]) {
        let bit = Int(truncatingIfNeeded: hash & UInt64(firstWordBits - 1))
        words[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    private static func keep<Element>(_ array: [Element]) -> UnsafePointer<Element> {
        let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(1, array.count))
        _ = copy.initialize(from: array)
        return UnsafePointer(copy.baseAddress ?? UnsafeMutablePointer.allocate(capacity: 1))
    }
}

/// The hash by which folded lines are told apart: FNV-1a, 64 bits, finished so that its low bits can be used.
struct LineHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    var value: UInt64 {
        let mixed = (state ^ state >> 32) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 29
    }

    static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = LineHash()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }
}

/// Reads a table of phrases.
///
/// A line is a reason's code, `!` (chrome wherever it stands) or `?` (only beside other chrome or outside the body),
/// and phrases between `|`. A phrase that ends in `…` is the beginning of a line, any other the whole of it.
struct ChromePhraseReader {
    private let table: StaticString

    init(_ table: StaticString) {
        self.table = table
    }

    func forEach(_ body: (_ phrase: String, _ reason: ChromeReason, _ isCertain: Bool, _ isPrefix: Bool) -> Void) {
        let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        for line in bytes.split(separator: 0x0A) {
            guard let space = line.firstIndex(of: 0x20), space > line.startIndex,
                let reason = ChromeReason(rawValue: String(decoding: line[line.startIndex..<space - 1], as: UTF8.self))
            else { continue }
            let isCertain = line[space - 1] == UInt8(ascii: "!")
            for phrase in line[space...].split(separator: UInt8(ascii: "|")) {
                let isPrefix = Self.endsInEllipsis(phrase)
                body(String(decoding: phrase, as: UTF8.self), reason, isCertain, isPrefix)
            }
        }
    }

    private static func endsInEllipsis(_ phrase: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var phrase = phrase
        while phrase.last == 0x20 { phrase.removeLast() }
        return phrase.suffix(3).elementsEqual("…".utf8)
    }
}
