import Language

/// Reads absolute and relative dates: «الأربعاء 8 يوليو/تموز 2020», «عام 2011», «أمس الخميس», «الأسبوع الماضي».
struct DateGrammar {
    let reader: GrammarReader
    let published: Timestamp?

    /// Whether a word can be the first of a date; `span(at:)` is asked nowhere else.
    static func mayBegin(at word: NewWord) -> Bool {
        word.token.kind == .number || word.form.grammar.word.kind != .none
            || word.token.kind == .word && (shifts[word.text] != nil || articles.contains(word.text))
    }

    /// The date that begins at token `index`.
    func span(at index: Int) -> Span? {
        guard
            reader.document.tokens[index].kind == .number || reader.document.tokens[index].kind == .word
                || front(index).kind != .none,
            let (end, value) = dayPartDate(index) ?? weekdayDate(index) ?? dayDate(index) ?? monthDate(index)
                ?? numeric(index) ?? yearDate(index) ?? relative(index) ?? ago(index) ?? latin(index)
        else { return nil }
        let reading = reader.readings[index]
        return Span(
            first: index,
            end: end,
            letters: reading.letters,
            clitics: reading.letters == 0 ? .none : reading.clitics,
            type: .date,
            source: .grammar,
            value: value
        )
    }

    typealias Found = (end: Int, value: String?)

    func front(_ index: Int) -> GrammarWord { reader.word(index, allowsClitics: true) }

    // «مساء الأربعاء», «فجر اليوم», «ليلة أمس»
    func dayPartDate(_ index: Int) -> Found? {
        guard front(index).kind == .dayPart, reader.continues(index + 1), reader.readings[index + 1].letters == 0 else {
            return nil
        }
        return weekdayDate(index + 1) ?? relativeDay(index + 1) ?? dayDate(index + 1, allowsClitics: false)
    }

    func year(_ index: Int) -> Int? {
        guard reader.document.tokens.indices.contains(index), reader.document.tokens[index].keyCount == 4,
            let value = reader.integer(index, maxDigits: 4), (1000...2199).contains(value)
        else { return nil }
        return value
    }
}

extension Timestamp {
    var isoDay: String? { CalendarDate(self).iso }
}
