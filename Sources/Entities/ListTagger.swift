import Language

/// Decides which of the names that the gazetteer finds in an article are mentions, and of which entity.
///
/// An unambiguous name always is. A name that may also be an ordinary word needs a second cue: the entity's full name
/// elsewhere in the article, a word before it that announces such an entity («مدينة», «اللواء», «قناة»), a neighbour
/// of the same kind joined to it («سرت والجفرة»), or two weaker hints.
struct ListTagger {
    let gazetteer: Gazetteer
    let matcher: NameMatcher

    init(gazetteer: Gazetteer) {
        self.gazetteer = gazetteer
        matcher = NameMatcher(automaton: gazetteer.automaton)
    }

    /// What an article says about the gazetteer's entities before any doubtful name is decided.
    struct Evidence {
        /// Entities that the article calls by an unambiguous name.
        var certain: Set<Int32> = []
        /// Persons by the last word of a full name: token hash to entries, in the order of appearance.
        var surnames: [UInt64: [(entry: Int32, token: Int)]] = [:]
        /// The same by the spelling variant of that word, with that of the first one.
        var variants: [UInt64: [(entry: Int32, first: UInt64?)]] = [:]
        var countries: Set<String> = []
        /// By first token: the end and type of each certain name.
        var places: [Int: (end: Int, type: EntityType)] = [:]
    }

    func tag(_ document: Document, title: Document?) -> (spans: [Span], evidence: Evidence) {
        var evidence = Evidence()
        guard gazetteer.count > 0 else { return ([], evidence) }
        if let title { gather(title, into: &evidence) }
        evidence.places = [:]
        let candidates = gather(document, into: &evidence)
        // What a cue made certain once is certain in the whole article: a second round with that knowledge.
        for span in resolve(candidates, document, evidence) where span.entry >= 0 {
            evidence.certain.insert(span.entry)
        }
        return (resolve(candidates, document, evidence), evidence)
    }

    /// A bare surname that the model found is the person of that surname whose full name the article gives.
    func linked(_ span: Span, _ document: Document, _ evidence: Evidence) -> Span {
        if let entry = only(span, document) {
            var span = span
            span.entry = entry
            return span
        }
        guard span.type == .person else { return span }
        var span = span
        guard span.count == 1, let hash = document.hash(of: span), let holders = evidence.surnames[hash] else {
            if let entry = variant(span, document, evidence) { span.entry = entry }
            return span
        }
        span.entry = holders.last { $0.token < span.first }?.entry ?? holders[0].entry
        return span
    }

    /// The one person whom the article names in full in a listed spelling, and here in another: «أنطونيو غوتيريش» and
    /// «جوتيريس». The skeleton of a name proves nothing; that the article speaks of its holder is the second cue.
    private func variant(_ span: Span, _ document: Document, _ evidence: Evidence) -> Int32? {
        guard !evidence.variants.isEmpty, span.entry < 0,
            Lexicon.shared.flags(document.tokens[span.end - 1].hash).isDisjoint(with: [.givenName, .surnameStart]),
            let key = SpellingVariant.key(document, span.end - 1, letters: span.count == 1 ? span.letters : 0),
            var holders = evidence.variants[key]
        else { return nil }
        if span.count > 1 {
            guard let first = SpellingVariant.key(document, span.first, letters: span.letters) else { return nil }
            holders.removeAll { $0.first != first }
        }
        guard let entry = holders.first?.entry, holders.allSatisfy({ $0.entry == entry }) else { return nil }
        return entry
    }

    /// The one listed entity whose ambiguous name a span is, for a place or a full name: that the model found one of
    /// that type there is the second cue.
    private func only(_ span: Span, _ document: Document) -> Int32? {
        guard span.type == .location || span.type == .person && span.count > 1 else { return nil }
        var matches: [NameMatcher.Match] = []
        matcher.matches(in: document, at: span.first, &matches)
        for match in matches where match.end == span.end && match.reading.letters == span.letters {
            let name = gazetteer.automaton.names[Int(match.name)]
            guard name.next < 0, gazetteer.entries[Int(name.entry)].type == span.type else { continue }
            return name.entry
        }
        return nil
    }

    private func resolve(_ candidates: [Group], _ document: Document, _ evidence: Evidence) -> [Span] {
        var spans: [Span] = []
        var next = 0
        for group in candidates where group.first >= next {
            for match in group.matches {
                guard let span = decide(match, document, evidence, previous: spans.last) else { continue }
                spans.append(span)
                next = span.end
                break
            }
        }
        return spans
    }

    struct Group {
        var first: Int
        var matches: [NameMatcher.Match]
    }

    @discardableResult
    private func gather(_ document: Document, into evidence: inout Evidence) -> [Group] {
        var groups: [Group] = []
        var matches: [NameMatcher.Match] = []
        var certainEnd = 0
        for index in document.begins.indices where document.begins[index].contains(.listedName) {
            matcher.matches(in: document, at: index, &matches)
            guard let longest = matches.first else { continue }
            groups.append(Group(first: index, matches: matches))
            guard index >= certainEnd else { continue }
            let name = gazetteer.automaton.names[Int(longest.name)]
            guard !name.isAmbiguous, name.next < 0, isPlausible(longest, document) else { continue }
            certainEnd = longest.end
            note(name, longest, document, &evidence)
        }
        return groups
    }

    private func note(
        _ name: NameAutomaton.Name,
        _ match: NameMatcher.Match,
        _ document: Document,
        _ evidence: inout Evidence
    ) {
        let entry = gazetteer.entries[Int(name.entry)]
        evidence.certain.insert(name.entry)
        evidence.places[match.first] = (match.end, entry.type)
        if let country = entry.country { evidence.countries.insert(country) }
        guard entry.type == .person, match.end - match.first > 1 else { return }
        let surname = document.tokens[match.end - 1].hash
        evidence.surnames[surname, default: []].append((name.entry, match.first))
        guard let variant = SpellingVariant.key(document, match.end - 1) else { return }
        let first = SpellingVariant.key(document, match.first, letters: match.reading.letters)
        evidence.variants[variant, default: []].append((name.entry, first))
    }

    // MARK: Decision

    private func decide(
        _ match: NameMatcher.Match,
        _ document: Document,
        _ evidence: Evidence,
        previous: Span?
    ) -> Span? {
        guard isPlausible(match, document) else { return nil }
        var best: (entry: Int32, score: Int)?
        var isTied = false
        var index = match.name
        while index >= 0 {
            let name = gazetteer.automaton.names[Int(index)]
            index = name.next
            if name.isAmbiguous, gazetteer.entries[Int(name.entry)].type == .organisation, goesOn(match, document) {
                continue
            }
            // A name that is no ordinary word is a mention whoever it is; who it is, the cues say.
            let isOnly = !name.isAmbiguous && best == nil && name.next < 0
            let score =
                isOnly ? 9 : weigh(name, match, document, evidence, previous) + (name.isAmbiguous ? 0 : 9)
            isTied = score == best?.score
            if score > (best?.score ?? 1) { best = (name.entry, score) }
        }
        guard var entry = best?.entry else { return nil }
        let type = gazetteer.entries[Int(entry)].type
        if isTied {
            entry = -1
        } else if type == .person, match.end - match.first == 1 {
            entry = person(entry, match, document, evidence)
        }
        return Span(
            first: match.first,
            end: match.end,
            letters: match.reading.letters,
            clitics: match.reading.clitics,
            type: type,
            entry: entry,
            source: .list
        )
    }

    /// Whether a name is but the beginning of a longer one, or of an ordinary phrase: «الاتحاد» in «الاتحاد الليبي
    /// للشطرنج», «النصر» in «النصر في الحرب».
    private func goesOn(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        let next = match.end
        guard next < document.tokens.count, !document.tokens[next].startsLine else { return false }
        if document.isKey(next, "في") {
            let before = document.wordBefore(match.first).map { document.flags(at: $0) } ?? []
            return match.end - match.first == 1 && !before.contains(.organisationCue)
        }
        if document.begins(next, with: "لل"), document.tokens[next].keyCount >= 10 { return true }
        return document.begins(next, with: "ال")
            && (NamePhraseWords.shared[document.tokens[next].hash].contains(.adjective)
                || document.flags(at: next).contains(.nationality))
    }

    /// The sum of the cues for an ambiguous name; two are enough.
    private func weigh(
        _ name: NameAutomaton.Name,
        _ match: NameMatcher.Match,
        _ document: Document,
        _ evidence: Evidence,
        _ previous: Span?
    ) -> Int {
        let entry = gazetteer.entries[Int(name.entry)]
        var score = evidence.certain.contains(name.entry) ? 2 : 0
        if match.end - match.first > 1 { score += 1 }
        let before = document.wordBefore(match.first)
        let flags = before.map { document.flags(at: $0) } ?? []
        switch entry.type {
        case .location:
            if flags.contains(.placeCue) { score += 2 }
            // A bare adjective never follows a preposition, a definite one may: «في مالي», but «في الخمس سنوات».
            let weight = hasArticle(match, document) ? 1 : 2
            if flags.contains(.placePreposition) || isPreposition(match.reading.clitics) { score += weight }
            if isJoined(match, to: previous, document), previous?.type == .location { score += 2 }
            if isJoinedToNext(match, document, evidence) { score += 2 }
            if isFollowedByTime(match, document) { score -= 2 }
            if isFollowedByNationality(match, document) { score += 1 }
        case .person:
            if flags.contains(.personTitle) { score += 2 }
            if let before, flags.contains(.nationality),
                document.wordBefore(before).map({ document.flags(at: $0).contains(.personTitle) }) == true
            {
                score += 2
            }
        case .organisation:
            if flags.contains(.organisationCue) { score += 2 }
        default: break
        }
        if let country = entry.country, evidence.countries.contains(country) { score += 1 }
        if isQuoted(match, document) { score += 1 }
        return score
    }

    /// Whom a surname alone means here: the last person of that surname whose full name came before, else the first
    /// one that comes after, else the one that the list itself gives.
    private func person(
        _ listed: Int32,
        _ match: NameMatcher.Match,
        _ document: Document,
        _ evidence: Evidence
    ) -> Int32 {
        guard let holders = evidence.surnames[document.tokens[match.first].hash] else { return listed }
        if holders.contains(where: { $0.entry == listed }) { return listed }
        return holders.last { $0.token < match.first }?.entry ?? holders[0].entry
    }

    /// «أربعين موظفا ليبيا»: behind a counted noun in the accusative the country is an adjective.
    private func isCountedAdjective(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        guard match.end - match.first == 1, match.reading.letters == 0, document.ends(match.first, with: "يا"),
            let noun = document.wordBefore(match.first), document.ends(noun, with: "ا"),
            document.flags(at: noun).isEmpty, let number = document.wordBefore(noun)
        else { return false }
        let kind = GrammarWords.shared[document.tokens[number].hash].kind
        return document.tokens[number].kind == .number || kind == .tens || kind == .scale || kind == .ones
    }

    /// A clitic reading is not believed where the whole word is a name's own word: وليد is not و and ليد.
    private func isPlausible(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        // «وزير الخارجية الروسية» is a title: the minister, not the ministry.
        if document.flags(at: match.first).contains(.portfolio), match.first > 0,
            !document.tokens[match.first].startsLine, NameWords.isMinister(document.list.key(match.first - 1))
        {
            return false
        }
        if isCountedAdjective(match, document) { return false }
        guard match.reading.letters > 0, match.end - match.first == 1 else { return true }
        return Lexicon.shared.flags(document.tokens[match.first].hash).isDisjoint(with: [.givenName, .functionWord])
    }

    private func isPreposition(_ clitics: CliticReading.Clitics) -> Bool {
        switch clitics {
        case .beh, .lam, .wawBeh, .wawLam, .fehBeh, .fehLam: true
        default: false
        }
    }

    private func isJoined(_ match: NameMatcher.Match, to previous: Span?, _ document: Document) -> Bool {
        guard let previous, previous.end <= match.first else { return false }
        if previous.end == match.first { return match.reading.clitics == .waw }
        guard match.first - previous.end == 1 else { return false }
        switch document.list.key(previous.end) {
        case "-", "،", ",", "/", "–", "و": return true
        default: return false
        }
    }

    private func isJoinedToNext(_ match: NameMatcher.Match, _ document: Document, _ evidence: Evidence) -> Bool {
        let next = match.end
        guard next < document.tokens.count, !document.tokens[next].startsLine else { return false }
        if evidence.places[next]?.type == .location {
            return document.begins(next, with: "و")
        }
        switch document.list.key(next) {
        case "-", "،", "/", "–": return evidence.places[next + 1]?.type == .location
        default: return false
        }
    }

    private func isFollowedByTime(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        let flags = document.flags(at: match.end)
        return flags.contains(.unit) || flags.contains(.numberWord)
    }

    private func hasArticle(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        document.begins(match.first, with: "ال", after: match.reading.letters)
            || document.begins(match.first, with: "ل", after: match.reading.letters)
    }

    private func isFollowedByNationality(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        document.flags(at: match.end).contains(.nationality) && !document.tokens[match.end].startsLine
    }

    private func isQuoted(_ match: NameMatcher.Match, _ document: Document) -> Bool {
        guard match.first > 0, match.end < document.tokens.count else { return false }
        return document.isQuote(match.first - 1) && document.isQuote(match.end)
    }
}
