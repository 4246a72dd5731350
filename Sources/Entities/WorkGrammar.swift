import Language

/// Reads works, ships and products that stand in quotation marks behind their kind: «فيلم "رمال من ذهب"».
struct WorkGrammar {
    let document: Document

    private static let maxTokens = 8
    /// Words between the kind and its name: «روايتها الأولى "…"».
    private static let maxGap = 2

    /// Whether a work's name may follow a word.
    static func mayBegin(behind word: NewWord) -> Bool {
        word.token.kind == .arabic && word.readings.contains { WorkWords.shared.holds($0.hash) }
    }

    /// The name behind the kind at token `index`.
    func span(at index: Int) -> Span? {
        guard document.readings(of: index).contains(where: { WorkWords.shared.holds($0.hash) }) else { return nil }
        let tokens = document.tokens
        var open = index + 1
        while open < tokens.count, !tokens[open].startsLine, !document.isQuote(open) {
            guard tokens[open].kind == .arabic,
                document.flags(at: open).isDisjoint(with: [.functionWord, .speechVerb]),
                open - index <= Self.maxGap, !document.isKey(open, "مثل")
            else { return nil }
            open += 1
        }
        guard open + 1 < tokens.count, document.isQuote(open), !tokens[open].startsLine, tokens[open + 1].kind != .sign
        else { return nil }
        var end = open + 1
        while end < tokens.count, !tokens[end].startsLine, end - open <= Self.maxTokens {
            if document.isQuote(end) {
                return end > open + 1 ? Span(first: open + 1, end: end, type: .miscellaneous, source: .grammar) : nil
            }
            end += 1
        }
        return nil
    }
}

/// The kinds of work, bare, with the article and with a possessive: «رواية», «الرواية», «روايته», «روايتها».
struct WorkWords: Sendable {
    static let shared = WorkWords()

    private var table = HashTable(capacity: 1 << 9)

    func holds(_ hash: UInt64) -> Bool { table[hash] != 0 }

    private init() {
        for word in Self.kinds.split(separator: " ") {
            let stem = word.hasSuffix("ة") ? word.dropLast() + "ت" : word
            for form in [String(word), "ال" + word, stem + "ه", stem + "ها", stem + "هما", stem + "هم"] {
                for token in TokenList(form).tokens { table[token.hash] = 1 }
            }
        }
    }

    private static let kinds =
        "فيلم فلم مسلسل رواية كتاب ديوان أغنية مسرحية ألبوم قصيدة لوحة سفينة ناقلة باخرة يخت فرقاطة لعبة تطبيق ملحمة أوبرا"
}
