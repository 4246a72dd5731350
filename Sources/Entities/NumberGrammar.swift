import Language

/// Reads numbers in digits and words, with the measure, currency or percentage that follows them.
struct NumberGrammar {
    let reader: GrammarReader

    /// Whether a word or sign can be the first of a number; `span(at:)` is asked nowhere else.
    static func mayBegin(at word: NewWord) -> Bool {
        word.token.kind == .number || isCurrencySign(sign(word.key)) || isPercentSign(sign(word.key))
            || [.ones, .tens, .hundreds, .scale, .half].contains(word.form.grammar.word.kind)
    }

    /// The number, amount or share that begins at token `index`.
    func span(at index: Int) -> Span? {
        if reader.document.tokens[index].kind == .sign { return signedAmount(at: index) }
        guard let (value, after, isDigits) = number(at: index) else { return nil }
        let reading = reader.readings[index]
        let letters = reader.document.tokens[index].kind == .number ? 0 : reading.letters
        let clitics = letters == 0 ? CliticReading.Clitics.none : reading.clitics
        func make(_ type: EntityType, _ end: Int) -> Span {
            Span(
                first: index,
                end: end,
                letters: letters,
                clitics: clitics,
                type: type,
                source: .grammar,
                value: value.text
            )
        }
        if let end = percentEnd(after) { return make(.percent, end) }
        if let end = currencyEnd(after) { return make(.money, end) }
        if reader.word(after).kind == .unit, reader.continues(after) {
            // «متر مكعب»
            let isPower = reader.continues(after + 1) && reader.word(after + 1).kind == .measure
            return make(.number, after + (isPower ? 2 : 1))
        }
        // «واحد», «ثلاث» alone are as often pronouns and titles as numbers.
        guard isDigits || value.mantissa > 2 else { return nil }
        guard !isPartOfCode(index, after) else { return nil }
        return make(.number, after)
    }

    // «$5», «€ 3 million»
    private func signedAmount(at index: Int) -> Span? {
        guard isCurrencySign(index), reader.continues(index + 1), let (value, end, _) = number(at: index + 1),
            reader.document.tokens[index + 1].kind == .number
        else {
            guard isPercentSign(index), reader.continues(index + 1), reader.document.tokens[index + 1].gap == .none,
                let value = reader.digits(index + 1), index == 0 || reader.document.tokens[index - 1].kind != .number
            else { return nil }
            return Span(first: index, end: index + 2, type: .percent, source: .grammar, value: value.text)
        }
        return Span(first: index, end: end, type: .money, source: .grammar, value: value.text)
    }

    /// Digits and number words joined by و, with powers of ten: «5 ملايين و200 ألف», «خمسة وعشرون».
    private func number(at index: Int) -> (value: NumberValue, end: Int, isDigits: Bool)? {
        guard var total = halfOfScale(index) ?? part(at: index, first: true) else { return nil }
        var end = total.end
        if let half = half(behind: total) { return half }
        while reader.continues(end) {
            var next = end
            if reader.word(next).kind == .and { next += 1 }
            guard next > end || reader.joinedWord(next).kind != .none, reader.continues(next),
                let more = part(at: next, first: false), more.rank < total.rank, total.value.add(more.value)
            else { break }
            total.rank = more.rank
            end = more.end
        }
        return (total.value, end, total.isDigits)
    }

    // «نصف مليون»
    private func halfOfScale(_ index: Int) -> Part? {
        guard reader.word(index, allowsClitics: true).kind == .half, reader.continues(index + 1),
            case let scale = reader.word(index + 1), scale.kind == .scale, scale.value > 0,
            var value = NumberValue(tenths: 5), value.scale(byTen: scale.value)
        else { return nil }
        return Part(value: value, end: index + 2, rank: 0, isDigits: false)
    }

    // «ثلاثة ونصف», «مليار ونصف المليار»
    private func half(behind whole: Part) -> (value: NumberValue, end: Int, isDigits: Bool)? {
        guard reader.continues(whole.end), reader.joinedWord(whole.end).kind == .half || isHalf(whole.end),
            var half = NumberValue(tenths: 5)
        else { return nil }
        var value = whole.value
        guard half.scale(byTen: max(0, whole.rank - 3)), value.add(half) else { return nil }
        var end = whole.end + 1
        if reader.continues(end), reader.word(end).kind == .scale || isDefiniteScale(end) { end += 1 }
        return (value, end, whole.isDigits)
    }

    private func isHalf(_ index: Int) -> Bool {
        reader.document.isKey(index, "ونصف") || reader.document.isKey(index, "ونصفا")
    }

    private func isDefiniteScale(_ index: Int) -> Bool {
        ["المليون", "المليار", "الالف"].contains(reader.document.list.key(index))
    }

    private struct Part {
        var value: NumberValue
        var end: Int
        /// Only smaller parts may follow: millions, thousands, hundreds, tens, ones.
        var rank: Int
        var isDigits: Bool
    }

    private func part(at index: Int, first: Bool, scales: Bool = true) -> Part? {
        var value: NumberValue
        var end = index + 1
        var rank: Int
        var isDigits = false
        if let (joined, last) = spaced(index) {
            value = joined
            rank = 3
            isDigits = true
            end = last
        } else if let digits = reader.digits(index) {
            value = digits
            rank = 3
            isDigits = true
        } else {
            let word =
                first
                ? reader.word(index, allowsClitics: true)
                : reader.joinedWord(index).kind != .none ? reader.joinedWord(index) : reader.word(index)
            switch word.kind {
            case .ones:
                value = NumberValue(word.value)
                rank = 1
                // «خمسة عشر»
                if reader.continues(end), reader.word(end) == GrammarWord(.ones, 10), word.value < 10 {
                    value = NumberValue(word.value + 10)
                    end += 1
                } else if reader.continues(end), reader.joinedWord(end).kind == .tens {
                    value = NumberValue(word.value + reader.joinedWord(end).value)
                    end += 1
                } else if reader.continues(end), reader.word(end) == GrammarWord(.hundreds, 100) {
                    value = NumberValue(word.value * 100)
                    rank = 3
                    end += 1
                }
            case .tens:
                value = NumberValue(word.value)
                rank = 2
            case .hundreds:
                value = NumberValue(word.value)
                rank = 3
            case .scale:
                // «six mille»: the number before it is in words that are not read here.
                guard reader.document.tokens[index].kind == .arabic, !isPlural(index) else { return nil }
                value = NumberValue(word.value < 0 ? 2 : 1)
                guard value.scale(byTen: abs(word.value)) else { return nil }
                return Part(value: value, end: end, rank: abs(word.value) + 3, isDigits: false)
            default: return nil
            }
        }
        // A smaller part before a power of ten belongs to it: «مئة وخمسين ألف».
        if !isDigits, reader.continues(end),
            reader.joinedWord(end).kind == .tens || reader.joinedWord(end).kind == .ones,
            rank == 3, let more = part(at: end, first: false, scales: false), more.rank < 3, value.add(more.value)
        {
            end = more.end
        }
        while scales, reader.continues(end), case let word = reader.word(end), word.kind == .scale, word.value > 0 {
            guard value.scale(byTen: word.value) else { return nil }
            rank = max(rank, 3 + word.value)
            end += 1
        }
        return Part(value: value, end: end, rank: rank, isDigits: isDigits)
    }

    /// «11 300»: the thousands parted by spaces, as French papers write them.
    private func spaced(_ index: Int) -> (NumberValue, Int)? {
        guard !reader.document.isMostlyArabic, var value = reader.integer(index, maxDigits: 3), value > 0 else {
            return nil
        }
        var end = index + 1
        while reader.continues(end), reader.document.tokens[end].gap == .space,
            reader.document.tokens[end].keyCount == 3,
            let more = reader.integer(end, maxDigits: 3), value < 1_000_000_000
        {
            value = value * 1000 + more
            end += 1
        }
        return end > index + 1 ? (NumberValue(value), end) : nil
    }

    private func isScore(_ index: Int) -> Bool { reader.integer(index, maxDigits: 2).map { $0 < 13 } ?? false }

    private func isMeasured(_ index: Int) -> Bool {
        guard reader.continues(index) else { return false }
        return [.unit, .currency, .percent, .scale].contains(reader.word(index).kind) || percentEnd(index) != nil
    }

    /// «الآلاف», «ملايين»: many, nobody knows how many.
    private func isPlural(_ index: Int) -> Bool {
        let key = reader.document.list.key(index)
        return ["الاف", "ملايين", "مليارات", "تريليونات"].contains(where: key.hasSuffix)
    }

    private func percentEnd(_ index: Int) -> Int? {
        guard reader.continues(index) else { return nil }
        if isPercentSign(index) { return index + 1 }
        if reader.word(index, allowsClitics: true).kind == .percent { return index + 1 }
        if reader.word(index).kind == .temporalPreposition, reader.continues(index + 1),
            reader.document.isKey(index, "في"), reader.word(index + 1).kind == .percent
        {
            return index + 2
        }
        return nil
    }

    private func currencyEnd(_ index: Int) -> Int? {
        guard reader.continues(index) else { return nil }
        if isCurrencySign(index) { return index + 1 }
        // «2 milliards de dollars»
        if ["de", "d"].contains(reader.document.list.key(index)), reader.continues(index + 1) {
            let noun = reader.isSign(index + 1, UInt8(ascii: "'")) ? index + 2 : index + 1
            return reader.continues(noun) && reader.word(noun).kind == .currency ? noun + 1 : nil
        }
        guard reader.word(index).kind == .currency else { return nil }
        let next = index + 1
        return reader.continues(next) && reader.document.flags(at: next).contains(.nationality)
            && reader.readings[next].letters == 0
            ? next + 1 : next
    }

    private func isPercentSign(_ index: Int) -> Bool { Self.isPercentSign(sign(index)) }

    private func isCurrencySign(_ index: Int) -> Bool { Self.isCurrencySign(sign(index)) }

    // % and ٪
    private static func isPercentSign(_ sign: Int) -> Bool { sign == 0x25 || sign == 0xD9AA }

    // $ £ ¥ €
    private static func isCurrencySign(_ sign: Int) -> Bool {
        sign == 0x24 || sign == 0xC2A3 || sign == 0xC2A5 || sign == 0xE282AC
    }

    /// The UTF-8 bytes of a sign as one number; 0 for other tokens.
    private func sign(_ index: Int) -> Int {
        guard reader.document.list.tokens.indices.contains(index) else { return 0 }
        let token = reader.document.list.tokens[index]
        guard token.kind == .sign else { return 0 }
        return Self.sign(reader.document.list.keys[Int(token.keyStart)..<Int(token.keyEnd)])
    }

    private static func sign(_ key: some Collection<UInt8>) -> Int {
        key.count <= 4 ? key.reduce(0) { $0 << 8 | Int($1) } : 0
    }

    /// Times, telephone numbers and ratios are no numbers: «10:30», «5+5», «021-333».
    private func isPartOfCode(_ index: Int, _ end: Int) -> Bool {
        let tokens = reader.document.tokens
        func glues(_ i: Int) -> Bool {
            for sign in [UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "_")]
            where reader.isSign(i, sign) { return true }
            return false
        }
        // «20-dinar», «1960s», «5th»
        if end < tokens.count, tokens[end].gap == .none, tokens[end].kind == .word { return true }
        if end + 1 < tokens.count, reader.isSign(end, UInt8(ascii: "-")), tokens[end].gap == .none,
            tokens[end + 1].gap == .none, tokens[end + 1].kind == .word
        {
            return true
        }
        if let before = reader.document.wordBefore(index), reader.document.isKey(before, "الساعه") { return true }
        if end + 1 < tokens.count, glues(end), tokens[end].gap == .none, tokens[end + 1].gap == .none,
            tokens[end + 1].kind == .number
        {
            return true
        }
        // «كوفيد-19», «2-1»
        if index >= 2, reader.isSign(index - 1, UInt8(ascii: "-")), tokens[index].gap == .none,
            tokens[index - 1].gap == .none
        {
            if tokens[index - 2].kind != .number { return true }
            if isScore(index - 2), isScore(index), !isMeasured(end) { return true }
        }
        if end == index + 1, end + 1 < tokens.count, reader.isSign(end, UInt8(ascii: "-")), tokens[end].gap == .none,
            tokens[end + 1].gap == .none, isScore(index), isScore(end + 1), !isMeasured(end + 2)
        {
            return true
        }
        return index >= 2 && glues(index - 1) && tokens[index].gap == .none && tokens[index - 1].gap == .none
            && tokens[index - 2].kind == .number
    }
}
