import Language

/// Reads names that begin with the kind of thing they name and go on with a name, nouns, adjectives or a purpose:
/// «شارع جمال عبد الناصر», «مستشفى ترهونة العام», «الاتحاد الليبي للشطرنج», «محكمة جنايات طرابلس».
///
/// It reads last, over the names that list and model found: a person or place inside such a name is part of it.
struct NamePhraseGrammar {
    private let reader: GrammarReader
    private let document: Document
    private let model: EntityModel?
    private let known: [Span]
    /// By token: the index in `known` of the span that begins there, or -1.
    private let starts: [Int32]
    private let words = NamePhraseWords.shared

    private static let maxTokens = 8

    init(reader: GrammarReader, model: EntityModel?, known: [Span]) {
        self.reader = reader
        document = reader.document
        self.model = model
        self.known = known
        var starts = [Int32](repeating: -1, count: document.tokens.count)
        for (index, span) in known.enumerated() { starts[span.first] = Int32(index) }
        self.starts = starts
    }

    /// Whether a word can be the first of such a name; elsewhere `span(at:)` is asked only where a known name begins.
    static func mayBegin(at word: NewWord) -> Bool {
        word.token.kind == .arabic
            && word.readings.contains {
                !NamePhraseWords.shared[$0.hash].isDisjoint(with: [.place, .organisation, .event])
            }
    }

    func isKnown(_ index: Int) -> Bool { starts[index] >= 0 }

    /// The name that begins at token `index`.
    func span(at index: Int) -> Span? {
        guard document.tokens[index].kind == .arabic, !isVerb(index) else { return nil }
        if starts[index] >= 0, case var club = known[Int(starts[index])], club.type == .organisation, club.count < 3,
            reader.continues(club.end), document.isKey(club.end, "الرياضي")
        {
            // «الوداد الرياضي»
            club.end += 1
            return club
        }
        for reading in document.readings(of: index) {
            let head = words[reading.hash]
            guard !head.isDisjoint(with: [.place, .organisation, .event]), reader.continues(index + 1),
                !isManner(index)
            else { continue }
            let end = head.contains(.definite) ? definite(head, index) : indefinite(head, index)
            guard let end else { continue }
            return Span(
                first: index,
                end: end,
                letters: reading.letters,
                clitics: reading.clitics,
                type: head.contains(.place) ? .location : head.contains(.event) ? .event : .organisation,
                entry: entry(head, index, end),
                source: .grammar
            )
        }
        return nil
    }

    /// «وأدى» has the form of «وادي»; the hamza tells them apart.
    private func isVerb(_ index: Int) -> Bool {
        let start = Int(document.tokens[index].byteStart)
        return document.isKey(index, "وادي") && document.utf8[start + 2] == 0xD8 && document.utf8[start + 3] == 0xA3
    }

    /// «عن طريق»: by way of.
    private func isManner(_ index: Int) -> Bool {
        document.ends(index, with: "طريق")
            && (document.begins(index, with: "بط")
                || document.wordBefore(index).map { document.isKey($0, "عن") } == true)
    }

    /// What has been read of a name behind its head.
    private struct Rest {
        var end: Int
        var definites = 0
        var adjectives = 0
        var hasName = false
        var hasPurpose = false
        /// The name is a foreign one that more foreign words may carry on.
        var isForeign = false
        var hasSubject = false
        /// The noun of an idafa that waits for its second part: «جنايات» in «محكمة جنايات طرابلس».
        var isOpen = false
    }

    private func indefinite(_ head: NamePhraseWords.Role, _ index: Int) -> Int? {
        var rest = Rest(end: index + 1)
        if starts[index] >= 0, case let whole = known[Int(starts[index])], whole.source == .list, whole.count > 1 {
            rest.end = whole.end
            rest.hasName = true
        } else if let end = reader.endOfQuoted(rest.end) {
            rest.end = end
            rest.hasName = true
        }
        while reader.continues(rest.end), rest.end - index < Self.maxTokens, takeNext(head, index, &rest) {}
        guard rest.end > index + 1, !rest.isOpen else { return nil }
        if rest.hasName { return rest.end }
        if head.contains(.action) { return nil }
        if rest.hasPurpose { return rest.end }
        return head.contains(.needsProof)
            ? (rest.hasSubject || rest.definites >= 2 && rest.adjectives >= 1 ? rest.end : nil)
            : (rest.definites > 0 ? rest.end : nil)
    }

    private func takeNext(_ head: NamePhraseWords.Role, _ index: Int, _ rest: inout Rest) -> Bool {
        let next = rest.end
        let token = document.tokens[next]
        guard token.kind == .arabic || token.kind == .word else { return false }
        if let name = name(at: next) {
            // «مدير مستشفى الخضراء محمد علي»: what follows a whole name is another one.
            let carriesOn = rest.isForeign && name.source == .model && name.type != .person
            guard !rest.hasName || carriesOn, rest.definites == 0 || rest.isOpen,
                !head.contains(.event) || name.type == .location
            else { return false }
            rest.end = name.end
            rest.hasName = true
            rest.isOpen = false
            rest.isForeign = name.source == .model && head.contains(.kind)
            return true
        }
        if let end = purpose(next) {
            guard rest.hasName || rest.adjectives > 0 || rest.definites > 0 && !head.contains(.needsProof),
                !rest.hasPurpose
            else { return false }
            rest.end = end
            rest.hasPurpose = true
            return true
        }
        let role = words[token.hash]
        if next == index + 1, !head.contains(.needsProof), document.begins(next, with: "ال"), isUnseen(next) {
            rest.end += 1
            rest.definites += 1
            return true
        }
        if role.contains(.opening), next == index + 1, reader.continues(next + 1),
            document.tokens[next + 1].kind == .arabic
        {
            rest.end += 2
            rest.hasName = true
            return true
        }
        if isDefinite(next) {
            let isAdjective = role.contains(.adjective) || isNationality(next)
            if next == index + 1, role.contains(.honorific) {
                // «مستشفى الملك فيصل»
                guard self.name(at: next + 1) != nil || isGivenName(next + 1) else { return false }
                rest.end += 1
                rest.isOpen = true
                return true
            }
            guard !role.contains(.common), isAdjective || !(rest.hasName || rest.hasPurpose) && rest.definites < 2
            else { return false }
            rest.end += 1
            rest.definites += 1
            rest.adjectives += isAdjective ? 1 : 0
            if role.contains(.subject), head.contains(.organisation) { rest.hasSubject = true }
            if !isAdjective, isUnseen(next), document.flags(at: next).isEmpty { rest.hasSubject = true }
            rest.isOpen = false
            return true
        }
        if head.contains(.joins), rest.definites > 0, !rest.hasName, isDefinite(next, with: "وال"), starts[next] < 0 {
            rest.end += 1
            rest.definites += 1
            rest.hasPurpose = true
            return true
        }
        if rest.isForeign, role.contains(.tail) {
            rest.end += 1
            return true
        }
        guard !rest.hasName || rest.isForeign && isUnknown(next), rest.definites == 0, !rest.isOpen || isGivenName(next)
        else { return false }
        let mayBeForeign = head.contains(.kind) || !head.contains(.needsProof)
        if mayBeForeign && (isUnknown(next) || token.kind == .word) || !head.contains(.event) && isGivenName(next) {
            rest.end += 1
            rest.hasName = true
            rest.isOpen = false
            rest.isForeign = true
            return true
        }
        guard next == index + 1, isPlainNoun(next), reader.continues(next + 1) else { return false }
        guard
            isDefinite(next + 1) && !words[document.tokens[next + 1].hash].contains(.common)
                || name(at: next + 1) != nil
        else { return false }
        rest.end += 1
        rest.isOpen = true
        return true
    }

    // «الاتحاد الليبي للشطرنج», «المعهد الوطني للإحصاء», «المحكمة العليا»
    private func definite(_ head: NamePhraseWords.Role, _ index: Int) -> Int? {
        var rest = Rest(end: index + 1)
        while reader.continues(rest.end), rest.adjectives < 3, isDefinite(rest.end),
            starts[rest.end] < 0 || isNationality(rest.end) || known[Int(starts[rest.end])].source == .model,
            words[document.tokens[rest.end].hash].contains(.adjective) || isNationality(rest.end)
        {
            rest.end += 1
            rest.adjectives += 1
        }
        guard rest.adjectives > 0, reader.continues(rest.end) || head.contains(.institution) || rest.adjectives > 1
        else {
            return nil
        }
        if reader.continues(rest.end), let end = purpose(rest.end) { return trailing(end) }
        let key = document.list.key(index + 1)
        switch document.list.key(index) {
        case let word where word.hasSuffix("القياده"): return key == "العامه" ? rest.end : nil
        case let word where word.hasSuffix("المستشفي") || word.hasSuffix("الجامعه") || word.hasSuffix("المدرسه"):
            // «المستشفى الأهلي المعمداني»
            if reader.continues(rest.end), isDefinite(rest.end), document.flags(at: rest.end).isEmpty,
                words[document.tokens[rest.end].hash].isEmpty
            {
                return rest.end + 1
            }
        default: break
        }
        // «المحكمة الليبية» may be any.
        guard !(index + 1..<rest.end).allSatisfy(isNationality) else { return nil }
        if head.contains(.institution) { return key == "الحاكم" || key == "الاولي" ? nil : rest.end }
        return rest.adjectives > 1 && (index + 1..<rest.end).contains(where: isNationality) ? rest.end : nil
    }

    /// «للأرصاد الجوية», «لكرة القدم», «لحقوق الإنسان».
    private func purpose(_ index: Int) -> Int? {
        guard document.tokens[index].kind == .arabic, starts[index] < 0 else { return nil }
        let isNamed = words[document.tokens[index].hash].contains(.purpose)
        guard isNamed || document.begins(index, with: "لل") && document.tokens[index].keyCount >= 10,
            document.flags(at: index).isDisjoint(with: .country),
            !Self.isOccasion(document.list.key(index))
        else { return nil }
        var end = index + 1
        if isNamed {
            guard reader.continues(end), isDefinite(end) else { return nil }
            end += 1
        }
        return trailing(end)
    }

    private func trailing(_ index: Int) -> Int {
        var end = index
        while reader.continues(end), end - index < 2, isDefinite(end), starts[end] < 0,
            words[document.tokens[end].hash].contains(.adjective) || isNationality(end)
        {
            end += 1
        }
        return end
    }

    /// «للمرة الأولى», «للمشاركة»: what someone does, not what an organisation is for.
    private static func isOccasion(_ key: String) -> Bool {
        switch key {
        case "للمره", "للمشاركه", "للحوار", "للمطالبه", "للتعبير", "للحصول", "للتوصل", "للتحقيق", "للوصول", "للقيام",
            "للبحث", "للتفاوض", "للضغط", "للقاء", "للتاكيد", "للحد", "للرد", "للخروج", "للعوده", "للحفاظ", "للعمل",
            "للمساعده":
            true
        default: false
        }
    }

    // MARK: Words

    /// The name that list or model found to begin at a token, when no clitic parts it from the word before.
    private func name(at index: Int) -> Span? {
        guard reader.continues(index), starts[index] >= 0, case var span = known[Int(starts[index])],
            [.person, .location, .organisation, .miscellaneous].contains(span.type)
        else { return nil }
        guard span.letters > 0 else { return span }
        // «ملعب لوسيل»: right behind its head a foreign name begins with no preposition.
        guard span.source == .model, span.letters == 1, span.clitics != .waw, let model,
            model.frequency(document.hash(of: span) ?? 0) <= 2
        else { return nil }
        span.letters = 0
        span.clitics = .none
        return span
    }

    private func isDefinite(_ index: Int, with article: StaticString = "ال") -> Bool {
        guard document.tokens[index].kind == .arabic, document.begins(index, with: article),
            document.tokens[index].keyCount >= 6 + article.utf8CodeUnitCount
        else { return false }
        if words[document.tokens[index].hash].contains(.adjective) { return true }
        let kind = reader.word(index).kind
        return document.flags(at: index).isDisjoint(with: [.functionWord, .speechVerb])
            && (article.utf8CodeUnitCount == 4
                ? document.flags(at: index).isDisjoint(with: .personTitle)
                    || words[document.tokens[index].hash].contains(.honorific) : true)
            && kind != .shift && kind != .weekday && kind != .relativeDay && kind != .ordinal
    }

    private func isNationality(_ index: Int) -> Bool {
        document.flags(at: index).contains(.nationality) && document.begins(index, with: "ال")
    }

    private func isGivenName(_ index: Int) -> Bool {
        reader.continues(index) && Lexicon.shared.flags(document.tokens[index].hash).contains(.givenName)
    }

    private func isUnseen(_ index: Int) -> Bool {
        guard let model else { return false }
        let token = document.tokens[index]
        guard model.frequency(token.hash) == 0, token.keyCount > 4 else { return false }
        let rest = document.list.keys.withUnsafeBufferPointer { keys in
            TokenHash.hash(UnsafeBufferPointer(rebasing: keys[(Int(token.keyStart) + 4)..<Int(token.keyEnd)]))
        }
        return model.frequency(rest) == 0
    }

    /// A word that neither lexicon nor model has ever seen: behind a head, a foreign name.
    private func isUnknown(_ index: Int) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .arabic, token.keyCount >= 6, let model else { return false }
        guard !document.begins(index, with: "ال"), !document.begins(index, with: "لل"),
            document.flags(at: index).isEmpty,
            document.readings(of: index).allSatisfy({ model.frequency($0.hash) == 0 })
        else { return false }
        // «ستنظم», «يعتزم»: rather a verb.
        return !document.ends(index, with: "يه") && !document.begins(index, with: "سي")
            && !document.begins(index, with: "ست")
            && !document.begins(index, with: "ي") && !document.begins(index, with: "ت")
    }

    private func isPlainNoun(_ index: Int) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .arabic, token.keyCount >= 6, starts[index] < 0 else { return false }
        return document.flags(at: index).isDisjoint(with: [
            .functionWord, .speechVerb, .placePreposition, .personTitle, .nationality, .numberWord,
        ])
            && reader.word(index, allowsClitics: true).kind == .none && document.readings(of: index).count == 1
    }

    // MARK: Which one

    /// The listed entity that a phrase is another form of: its kind in front («شركة بوينغ»), or «الدولي» behind.
    private func entry(_ head: NamePhraseWords.Role, _ index: Int, _ end: Int) -> Int32 {
        if starts[index] >= 0, case let whole = known[Int(starts[index])], whole.entry >= 0, whole.end <= end {
            // «المجلس الأعلى للدولة الليبي», but not «الاتحاد الليبي للشطرنج»
            if head.contains(.definite), whole.count < 3 { return -1 }
            return (whole.end..<end).allSatisfy { isNationality($0) || document.isKey($0, "الدولي") } ? whole.entry : -1
        }
        guard !head.contains(.definite), head.contains(.kind), let name = name(at: index + 1),
            name.type == .organisation, name.entry >= 0,
            name.end <= end, (name.end..<end).allSatisfy(isNationality)
        else { return -1 }
        return name.entry
    }
}
