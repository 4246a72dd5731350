import Language

/// The text of one article while it is tagged: its tokens, what is known of each, and the way back to exact slices.
final class Document {
    let utf8: UnsafeBufferPointer<UInt8>
    let list: TokenList
    /// By token: the number of its form.
    let forms: [Int32]
    /// What the lexicon says of each token, by its whole form or else by the form behind its clitics.
    let flags: [WordFlags]
    /// What may begin at each token.
    let begins: [Beginnings]
    /// Which sequence model's language is that of the text: more Arabic words than others.
    let isMostlyArabic: Bool

    private let words: WordForms

    var tokens: [Token] { list.tokens }

    init(utf8: UnsafeBufferPointer<UInt8>, words: WordForms) {
        self.utf8 = utf8
        self.words = words
        let list = TokenList(utf8: utf8)
        self.list = list
        let count = list.tokens.count
        var forms: [Int32] = []
        var flags: [WordFlags] = []
        var begins: [Beginnings] = []
        forms.reserveCapacity(count)
        flags.reserveCapacity(count)
        begins.reserveCapacity(count)
        var balance = 0
        list.keys.withUnsafeBufferPointer { keys in
            guard let base = keys.baseAddress else { return }
            for token in list.tokens {
                if token.kind == .arabic { balance += 1 } else if token.kind == .word { balance -= 1 }
                let number = words.number(of: token, keys: base)
                forms.append(Int32(truncatingIfNeeded: number))
                let form = words.forms[number]
                flags.append(form.flags)
                begins.append(form.begins)
            }
        }
        self.forms = forms
        self.flags = flags
        self.begins = begins
        isMostlyArabic = balance > 0
    }

    /// The ways to read a token, the whole word first.
    @inline(__always)
    func readings(of index: Int) -> WordForms.Readings { words.readings(of: Int(forms[index])) }

    /// The first grammar word among the readings of a token.
    @inline(__always)
    func grammar(at index: Int) -> GrammarReader.Reading { words.forms[Int(forms[index])].grammar }

    func isQuote(_ index: Int) -> Bool { NameMatcher.isQuote(list, list.tokens[index]) }

    func flags(at index: Int) -> WordFlags {
        flags.indices.contains(index) ? flags[index] : []
    }

    /// The nearest token before `index` that is no quotation mark; nil at the start of a line.
    func wordBefore(_ index: Int) -> Int? {
        var i = index
        while i > 0 {
            if list.tokens[i].startsLine { return nil }
            i -= 1
            if !isQuote(i) { return i }
        }
        return nil
    }

    /// The hash of a span's first word without its clitics.
    func hash(of span: Span) -> UInt64? {
        readings(of: span.first).last { $0.letters == span.letters }?.hash
    }

    /// Whether a token's folded form is the given one.
    @inline(__always)
    func isKey(_ index: Int, _ word: StaticString) -> Bool {
        let token = list.tokens[index]
        return token.keyCount == word.utf8CodeUnitCount && matches(Int(token.keyStart), word)
    }

    /// Whether a token's folded form begins with the given letters, behind `letters` two-byte ones of its clitics.
    @inline(__always)
    func begins(_ index: Int, with prefix: StaticString, after letters: Int = 0) -> Bool {
        let token = list.tokens[index]
        return token.keyCount >= prefix.utf8CodeUnitCount + 2 * letters
            && matches(Int(token.keyStart) + 2 * letters, prefix)
    }

    /// Whether a token's folded form ends in the given letters.
    @inline(__always)
    func ends(_ index: Int, with suffix: StaticString) -> Bool {
        let token = list.tokens[index]
        return token.keyCount >= suffix.utf8CodeUnitCount
            && matches(Int(token.keyEnd) - suffix.utf8CodeUnitCount, suffix)
    }

    @inline(__always)
    private func matches(_ start: Int, _ word: StaticString) -> Bool {
        list.keys.withUnsafeBufferPointer { keys in
            word.withUTF8Buffer { word in
                for i in 0..<word.count where keys[start + i] != word[i] { return false }
                return true
            }
        }
    }

    /// «الحرس الوطني» for «لحرس الوطني», whose article the preposition before it has swallowed; nil for other names.
    private func restored(_ span: Span, _ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        guard span.letters > 0, [.person, .location, .organisation, .event, .miscellaneous].contains(span.type),
            begins(span.first, with: "لل", after: span.letters - 1)
        else { return nil }
        return "ا" + String(decoding: bytes, as: UTF8.self)
    }

    func mention(of span: Span, gazetteer: Gazetteer, isLinked: Bool) -> Mention {
        let first = list.tokens[span.first]
        let last = list.tokens[span.end - 1]
        let prefix = TokenList.prefixLength(of: first, letters: span.letters, in: utf8)
        let bytes = utf8[(Int(first.byteStart) + prefix.bytes)..<Int(last.byteEnd)]
        let entry = isLinked && span.entry >= 0 ? gazetteer.entries[Int(span.entry)] : nil
        return Mention(
            start: Int(first.start) + prefix.scalars,
            end: Int(last.end),
            text: String(decoding: bytes, as: UTF8.self),
            type: span.type.rawValue,
            id: entry?.id,
            name: entry?.name ?? restored(span, bytes),
            source: span.source.rawValue,
            clitic: span.clitics.text,
            value: span.value,
            score: span.score
        )
    }
}

/// A mention as tokens, while the tagger still weighs it against others.
struct Span {
    enum Source: String { case list, grammar, model }

    var first: Int
    /// One past the last token.
    var end: Int
    /// Letters of the first token's clitics.
    var letters = 0
    var clitics = CliticReading.Clitics.none
    var type: EntityType
    var entry: Int32 = -1
    var source: Source
    var value: String?
    /// How probable it is that the model is right, where that was asked for.
    var score = 1.0

    var count: Int { end - first }
}
