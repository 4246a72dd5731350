import Language

/// Reads names that begin with the kind of thing they name and go on with a name, nouns, adjectives or a purpose:
/// «شارع جمال عبد الناصر», «مستشفى ترهونة العام», «الاتحاد الليبي للشطرنج», «محكمة جنايات طرابلس».
///
/// It reads last, over the names that list and model found: a person or place inside such a name is part of it.
struct NamePhraseGrammar {
    let reader: GrammarReader
    let document: Document
    let model: EntityModel?
    let known: [Span]
    /// By token: the index in `known` of the span that begins there, or -1.
    let starts: [Int32]
    let words = NamePhraseWords.shared

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
                !NamePhraseWords.shared[$0.hash].isDisjoint(with: [.place, .organisation, .event, .numbered])
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
            if head.contains(.numbered), let end = numbered(index) {
                return Span(
                    first: index,
                    end: end,
                    letters: reading.letters,
                    clitics: reading.clitics,
                    type: .organisation,
                    entry: starts[index] >= 0 && known[Int(starts[index])].end == end
                        ? known[Int(starts[index])].entry : -1,
                    source: .grammar
                )
            }
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
    struct Rest {
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
        // «حركة العدل والمساواة» where the model saw a name begin, but not «حركة البيع والشراء».
        let isSeen = rest.hasPurpose && starts[index] >= 0 && known[Int(starts[index])].type == .organisation
        if head.contains(.action), !isSeen { return nil }
        if rest.hasPurpose { return rest.end }
        return head.contains(.needsProof)
            ? (rest.hasSubject || rest.definites >= 2 && rest.adjectives >= 1 ? rest.end : nil)
            : (rest.definites > 0 ? rest.end : nil)
    }

    private func takeNext(_ head: NamePhraseWords.Role, _ index: Int, _ rest: inout Rest) -> Bool {
        let next = rest.end
        let token = document.tokens[next]
        guard token.kind == .arabic || token.kind == .word else { return false }
        let role = words[token.hash]
        if let name = name(at: next) {
            // «مدير مستشفى الخضراء محمد علي»: what follows a whole name is another one.
            let carriesOn = rest.isForeign && name.source == .model && name.type != .person
            guard !rest.hasName || carriesOn, rest.definites == 0 || rest.isOpen,
                !head.contains(.event) || name.type == .location
                    || isSummit(index) && name.type == .organisation && name.source == .list
            else { return false }
            rest.end = name.end
            rest.hasName = true
            rest.isOpen = false
            rest.isForeign = name.source == .model && head.contains(.kind)
            return true
        }
        if head.contains(.event), rest.hasName, isDefinite(next), role.contains(.adjective) {
            // «مهرجان مسقط السينمائي»
            rest.end += 1
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
        if head.contains(.joins), rest.definites > 0, !rest.hasName, starts[next] < 0, isJoined(next) {
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
}
