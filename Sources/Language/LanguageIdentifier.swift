/// Tells the language of a text from its script, its function words and its letters.
///
/// Use it on articles and teasers: some twenty words are enough; of a long text 640 bytes at the beginning and as
/// many in the middle are looked at. It counts in integers and asks no locale, so the same text has the same
/// answer everywhere. Cost: a few microseconds a text.
public enum LanguageIdentifier {
    /// The ISO 639-1 code of the language (`ar`, `fa`, `en` …), or nil when there is too little text to tell.
    public static func identify(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { identify($0) }
    }

    /// The same for UTF-8 bytes.
    public static func identify(_ utf8: UnsafeBufferPointer<UInt8>) -> String? {
        var evidence = LanguageEvidence()
        let window = 640
        if utf8.count <= 2 * window {
            evidence.add(utf8)
        } else {
            evidence.add(cut(utf8, 0..<window))
            evidence.add(cut(utf8, utf8.count / 2..<utf8.count / 2 + window))
        }
        return evidence.language
    }

    /// The range without the parts of sequences at its ends.
    private static func cut(_ utf8: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (range.lowerBound, min(range.upperBound, utf8.count))
        while start < end, utf8[start] & 0xC0 == 0x80 { start += 1 }
        while end > start, end < utf8.count, utf8[end] & 0xC0 == 0x80 { end -= 1 }
        return UnsafeBufferPointer(rebasing: utf8[start..<end])
    }
}

/// What speaks for which language in the pieces of one text.
private struct LanguageEvidence {
    private let table = LanguageTable.shared
    private var letters = [Int32](repeating: 0, count: WritingSystem.count)
    private var scores = [Int32](repeating: 0, count: LanguageTable.maxLanguages)
    private var words = 0

    /// Texts with fewer letters have no language.
    private static let minLetters = 14
    /// Points without which a function word or two may be chance.
    private static let minScore = 8

    mutating func add(_ utf8: UnsafeBufferPointer<UInt8>) {
        countLetters(utf8)
        var folded: [UInt8] = []
        Folding.fold(utf8, into: &folded)
        folded.withUnsafeBufferPointer { countWords($0) }
    }

    private mutating func countLetters(_ utf8: UnsafeBufferPointer<UInt8>) {
        var i = 0
        while i < utf8.count {
            let byte = utf8[i]
            if byte < 0x80 {
                letters[WritingSystem.latin] += (byte | 0x20) &- 0x61 < 26 ? 1 : 0
                i += 1
                continue
            }
            let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            var scalar = UInt32(byte) & (0x7F >> UInt32(length))
            for k in 1..<length { scalar = scalar << 6 | UInt32(i + k < utf8.count ? utf8[i + k] & 0x3F : 0) }
            i += length
            guard let system = table.system(of: scalar) else { continue }
            letters[system] += 1
            let hints = table.languages(hintedBy: scalar)
            if hints != 0 { credit(hints, points: hints & (hints - 1) == 0 ? 2 : 1) }
        }
    }

    private mutating func countWords(_ folded: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while start < folded.count {
            var hash = LanguageTable.emptyHash
            var end = start
            while end < folded.count, folded[end] != 0x20 {
                LanguageTable.mix(&hash, folded[end])
                end += 1
            }
            words += 1
            // Initials and what is left of "it's" say nothing.
            let languages = end - start > 1 ? table.languages(withWord: hash) : 0
            if languages != 0 { credit(languages, points: Self.points(languages.nonzeroBitCount)) }
            start = end + 1
        }
    }

    /// A word says the more the fewer languages have it.
    private static func points(_ languages: Int) -> Int32 {
        switch languages {
        case 1: 7
        case 2: 5
        case 3, 4: 4
        default: 3
        }
    }

    private mutating func credit(_ languages: UInt64, points: Int32) {
        var rest = languages
        while rest != 0 {
            scores[rest.trailingZeroBitCount] += points
            rest &= rest - 1
        }
    }

    var language: String? {
        var main = 0
        for system in 1..<WritingSystem.count where letters[system] > letters[main] { main = system }
        guard letters[main] >= (WritingSystem.isDense(main) ? Self.minLetters / 4 : Self.minLetters) else { return nil }
        if let only = WritingSystem.onlyLanguage(main, kana: letters[WritingSystem.kana]) { return only }
        var best: Int?
        for language in table.languages(in: main) where scores[language] > best.map({ scores[$0] }) ?? 0 {
            best = language
        }
        // The other languages of the Arabic script show their own letters in every few words.
        if main == WritingSystem.arabic, best.map({ table.codes[$0] == "ar" }) ?? true { return "ar" }
        // One function word in twenty is far less than any of the languages has.
        guard let best, scores[best] >= Self.minScore, Int(scores[best]) >= words / 3 else { return nil }
        return table.codes[best]
    }
}
