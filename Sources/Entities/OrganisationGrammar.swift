import Language

/// Reads names that are built by rule: «وزارة الخارجية الروسية», «الجيش المصري», «حزب النور», «قمة باريس».
struct OrganisationGrammar {
    let reader: GrammarReader
    private let document: Document
    private static let words = NameWords()

    init(reader: GrammarReader) {
        self.reader = reader
        document = reader.document
    }

    /// Whether a word can be the first of such a name; `span(at:)` is asked nowhere else.
    static func mayBegin(at word: NewWord) -> Bool {
        word.token.kind == .arabic && word.readings.contains { !words[$0.hash].isEmpty }
    }

    /// Whether a word begins such names: it is no part of another's name then.
    static func isHead(_ hash: UInt64) -> Bool {
        !words[hash].isDisjoint(with: [.national, .office, .ministry, .council])
    }

    func span(at index: Int) -> Span? {
        let token = document.tokens[index]
        guard token.kind == .arabic else { return nil }
        for reading in document.readings(of: index) {
            let head = Self.words[reading.hash]
            guard !head.isEmpty, let (end, type) = read(head, index) else { continue }
            return Span(
                first: index,
                end: end,
                letters: reading.letters,
                clitics: reading.clitics,
                type: type,
                source: .grammar
            )
        }
        return nil
    }

    private func read(_ head: NameWords.Head, _ index: Int) -> (end: Int, type: EntityType)? {
        let next = index + 1
        guard reader.continues(next) else { return nil }
        if head.contains(.ministry) { return ministry(next).map { ($0, .organisation) } }
        if head.contains(.office), !isAfterMinister(index), isFeminineNationality(next) {
            return (next + 1, .organisation)
        }
        if head.contains(.national), let end = national(next) { return (end, .organisation) }
        if head.contains(.government), let end = government(next) { return (end, .organisation) }
        if head.contains(.movement), Self.words[document.tokens[next].hash].contains(.movementName) {
            return (adjectives(next + 1), .organisation)
        }
        if head.contains(.forces), document.isKey(next, "المسلحه") {
            return isNationality(next + 1) && reader.continues(next + 1) ? (next + 2, .organisation) : nil
        }
        if head.contains(.council), let end = council(next) { return (end, .organisation) }
        if head.contains(.quoted), let end = reader.endOfQuoted(next) { return (trailing(end), .organisation) }
        if head.contains(.named) {
            // «وكالة أنباء "سبوتنيك" الروسية»
            let name = document.isKey(next, "انباء") && reader.continues(next + 1) ? next + 1 : next
            if let end = reader.endOfQuoted(name) { return (trailing(end), .organisation) }
            if let end = definite(next, limit: 3) {
                return (document.ends(index, with: "حزب") ? joined(end) : end, .organisation)
            }
            // «جامعة عمر المختار»
            if head.contains(.placed), document.flags(at: next).contains(.givenName), reader.continues(next + 1),
                document.tokens[next + 1].kind == .arabic
            {
                return (next + 2, .organisation)
            }
            if head.contains(.placed), isPlace(next) { return (next + 1, .organisation) }
        }
        if head.contains(.event) {
            if let end = reader.endOfQuoted(next) { return (end, .event) }
            if isPlace(next), reader.continues(next) { return (occasion(next + 1), .event) }
        }
        if head.contains(.contest), let end = contest(next) { return (end, .event) }
        return nil
    }

    // «وزارة الدفاع التركية», «وزارة الخارجية», «وزارة الداخلية في حكومة الوفاق» ends at its first noun.
    private func ministry(_ index: Int) -> Int? {
        guard isDefinite(index) || document.flags(at: index).contains(.portfolio) else { return nil }
        var end = index + 1
        // «وزارة الشؤون الدينية», «وزارة الحكم المحلي»
        if Self.words[document.tokens[index].hash].contains(.broad), reader.continues(end), isDefinite(end),
            !isNationality(end),
            document.ends(end, with: "يه") || document.ends(end, with: "ي")
                || NamePhraseWords.shared[document.tokens[end].hash].contains(.adjective)
        {
            end += 1
        }
        while reader.continues(end), end - index < 5, isDefinite(end, with: "وال") {
            end += 1
            // «والبحث العلمي», «والحماية المدنية»
            if reader.continues(end), !isNationality(end),
                NamePhraseWords.shared[document.tokens[end].hash].contains(.adjective)
            {
                end += 1
            }
        }
        if reader.continues(end), isNationality(end) { end += 1 }
        return end
    }

    // «مجلس النواب الأمريكي», «مجلس الوزراء»
    private func council(_ index: Int) -> Int? {
        guard Self.words[document.tokens[index].hash].contains(.chamber) else { return nil }
        let end = document.isKey(index, "الامن") ? adjectives(index + 1) : index + 1
        return reader.continues(end) && isNationality(end) ? end + 1 : end
    }

    // «الجيش المصري», «الجيش الوطني الليبي»
    private func national(_ index: Int) -> Int? {
        let end = adjectives(index)
        // «مدير الاستخبارات الوطنية الأمريكي»: the director is.
        if end > index, reader.continues(end), isNationality(end),
            document.ends(end, with: "ه") == document.ends(end - 1, with: "ه")
        {
            return end + 1
        }
        if end > index, document.ends(index - 1, with: "الجيش") { return end }
        return isNationality(index) ? index + 1 : nil
    }

    // «حكومة الوفاق الوطني», «حكومة الوحدة»
    private func government(_ index: Int) -> Int? {
        guard Self.words[document.tokens[index].hash].contains(.union) else { return nil }
        return adjectives(index + 1)
    }

    private func adjectives(_ index: Int) -> Int {
        var end = index
        while reader.continues(end), end - index < 2, document.tokens[end].kind == .arabic,
            NamePhraseWords.shared[document.tokens[end].hash].contains(.adjective)
        {
            end += 1
        }
        return end
    }

    // «مهرجان مسقط السينمائي», «مهرجان طرابلس للإبداع», «معرض القاهرة الدولي للكتاب»
    private func occasion(_ index: Int) -> Int {
        let end = adjectives(index)
        guard reader.continues(end), document.begins(end, with: "لل"), document.tokens[end].keyCount >= 10,
            document.flags(at: end).isDisjoint(with: [.country, .nationality]),
            !NamePhraseGrammar.isOccasion(document.list.key(end))
        else { return end }
        return adjectives(end + 1)
    }

    // «كأس العالم 2022», «دوري أبطال أوروبا»
    private func contest(_ index: Int) -> Int? {
        var end = index
        while reader.continues(end), end - index < 3 {
            let flags = document.flags(at: end)
            guard
                isDefinite(end) || flags.contains(.country)
                    || Self.words[document.tokens[end].hash].contains(.contestWord)
            else { break }
            end += 1
        }
        return end > index ? end : nil
    }

    /// A run of words with the article, and what such names end in.
    private func definite(_ index: Int, limit: Int) -> Int? {
        var end = index
        while reader.continues(end), end - index < limit, isDefinite(end) { end += 1 }
        return end > index ? trailing(end) : nil
    }

    // «حزب السلام والازدهار»
    private func joined(_ index: Int) -> Int {
        guard reader.continues(index), document.begins(index, with: "وال"),
            let noun = document.readings(of: index).first(where: { $0.clitics == .waw })?.hash, !Self.isHead(noun),
            NamePhraseWords.shared[noun].isDisjoint(with: [.definite, .adjective]), Lexicon.shared.flags(noun).isEmpty
        else { return index }
        return trailing(index + 1)
    }

    private func trailing(_ index: Int) -> Int {
        var end = index
        if reader.continues(end), isNationality(end) { end += 1 }
        if reader.continues(end), document.isKey(end, "للانباء") { end += 1 }
        return end
    }

    private func isDefinite(_ index: Int, with article: StaticString = "ال") -> Bool {
        guard document.tokens.indices.contains(index), document.tokens[index].kind == .arabic else { return false }
        guard document.begins(index, with: article),
            document.tokens[index].keyCount >= 6 + article.utf8CodeUnitCount
        else { return false }
        let flags = document.flags(at: index)
        return flags.isDisjoint(with: [.functionWord, .personTitle]) && reader.word(index).kind != .shift
            && reader.word(index).kind != .weekday && reader.word(index).kind != .relativeDay
    }

    private func isNationality(_ index: Int) -> Bool {
        guard document.flags(at: index).contains(.nationality) else { return false }
        return document.begins(index, with: "ال")
    }

    private func isFeminineNationality(_ index: Int) -> Bool {
        isNationality(index) && document.ends(index, with: "ه")
    }

    private func isPlace(_ index: Int) -> Bool {
        guard document.tokens.indices.contains(index) else { return false }
        let flags = Lexicon.shared.flags(document.tokens[index].hash)
        if !flags.isDisjoint(with: [.city, .country]) { return true }
        // The wider list holds parts of names too; those with the article are ordinary words as often.
        return flags.contains(.knownPlace) && !document.begins(index, with: "ال")
    }

    private func isAfterMinister(_ index: Int) -> Bool {
        guard index > 0, reader.continues(index) else { return false }
        return NameWords.isMinister(document.list.key(index - 1))
    }
}

/// The words that names built by rule begin with, by the way they go on.
struct NameWords {
    struct Head: OptionSet {
        let rawValue: UInt32
        static let ministry = Head(rawValue: 1)
        /// «الخارجية»: an office when a feminine nationality follows.
        static let office = Head(rawValue: 2)
        /// «الجيش», «الحكومة»: with a nationality.
        static let national = Head(rawValue: 4)
        static let forces = Head(rawValue: 8)
        static let council = Head(rawValue: 16)
        static let chamber = Head(rawValue: 32)
        /// «حزب», «صحيفة»: with a definite or quoted name.
        static let named = Head(rawValue: 64)
        static let placed = Head(rawValue: 128)
        static let event = Head(rawValue: 256)
        static let contest = Head(rawValue: 512)
        static let contestWord = Head(rawValue: 1024)
        /// «حركة», «تنظيم»: ordinary nouns too («حركة السير»), so only a quoted name makes them one.
        static let quoted = Head(rawValue: 2048)
        /// «حكومة»: with «الوفاق» and its like.
        static let government = Head(rawValue: 4096)
        static let union = Head(rawValue: 8192)
        /// «تنظيم»: with «القاعدة» and its like.
        static let movement = Head(rawValue: 16384)
        static let movementName = Head(rawValue: 32768)
        /// «الشؤون»: a ministry's matter that waits for its adjective.
        static let broad = Head(rawValue: 65536)
    }

    private var table = HashTable(capacity: 512)

    subscript(hash: UInt64) -> Head { Head(rawValue: table[hash]) }

    init() {
        add("وزارة", .ministry)
        add("الخارجية الداخلية الدفاع الخزانة الرئاسة", .office)
        add(
            """
            الحكومة الجيش البرلمان الرئاسة الشرطة الاستخبارات المخابرات الكونغرس الكونجرس البحرية القوات السفارة القنصلية
            السلطات الدبلوماسية
            """,
            .national
        )
        table[TokenHash.hash("القوات")] = Head.forces.rawValue
        table[TokenHash.hash("السلطات")] = 0
        table[TokenHash.hash("الدبلوماسيه")] = 0
        add("القوات قوات", .forces)
        add("مجلس", .council)
        add("النواب الدولة الشيوخ الوزراء الشعب الشورى العموم اللوردات الأمة الدوما الأمن الاتحاد", .chamber)
        add(
            "حزب صحيفة جريدة مجلة قناة جامعة نادي منظمة كتيبة مصرف بنك وكالة",
            .named
        )
        add("حركة مؤسسة جمعية شركة تنظيم موقع شبكة مجموعة جماعة ميليشيا معهد", .quoted)
        add("جامعة مصرف بنك نادي بلدية", .placed)
        add("قمة مؤتمر اتفاق اتفاقية معركة إعلان مهرجان معرض محادثات معاهدة عملية", .event)
        add("كأس دوري بطولة مونديال أولمبياد", .contest)
        add("أبطال أمم كأس", .contestWord)
        add(
            """
            الشؤون الموارد الثروة الأشغال العلاقات الحكم التعليم التربية التنمية التخطيط الطيران الإنتاج الصحة الدفاع التضامن
            التكوين الحماية الأمن الخدمة
            """,
            .broad
        )
        add("حكومة", .government)
        add("الوفاق الوحدة الإنقاذ التوافق الاستقرار", .union)
        add("تنظيم جماعة", .movement)
        add("القاعدة الدولة الإخوان الجهاد", .movementName)
        table[TokenHash.hash("محادثات")] = 0
    }

    private mutating func add(_ words: String, _ head: Head) {
        for token in TokenList(words).tokens { table[token.hash] |= head.rawValue }
    }

    static func isMinister(_ key: String) -> Bool {
        switch key.hasPrefix("و") && key != "وزير" && key != "وزيره" && key != "وزراء" && key != "وزيري"
            ? String(key.dropFirst()) : key
        {
        case "وزير", "وزيره", "وزراء", "وزيري", "وزيرا", "لوزير", "لوزيره": true
        default: false
        }
    }
}
