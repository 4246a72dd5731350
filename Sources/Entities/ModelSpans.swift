import Language

/// Turns the sequence tagger's labels into spans, each with the clitics of its first word split off.
struct ModelSpans {
    let model: EntityModel

    /// Whether a word can begin the full name of which a listed surname is the end: «عائشة القذافي», not «شن حفتر».
    func mayBeGivenName(_ span: Span, _ document: Document) -> Bool {
        let hash = document.hash(of: span) ?? 0
        return !Lexicon.shared.flags(hash).isDisjoint(with: [.givenName, .surnameStart]) || model.frequency(hash) <= 4
    }

    /// - Parameter isScored: whether each span is given its probability; else that is 1.
    func spans(_ reading: SequenceTagger.Reading, _ document: Document, isScored: Bool = false) -> [Span] {
        let labels = reading.labels
        var spans: [Span] = []
        var sentence: (range: Range<Int>, probability: SpanProbability)?
        func probability(_ span: Range<Int>, _ type: Int) -> Double {
            if sentence?.range.contains(span.lowerBound) != true,
                let range = reading.sentences.first(where: { $0.contains(span.lowerBound) })
            {
                sentence = (range, SpanProbability(model: model, sentence: range, scores: reading.scores))
            }
            return sentence?.probability.of(span, type: type) ?? 1
        }
        var i = 0
        while i < labels.count {
            guard let type = SequenceLabels.type(labels[i]) else {
                i += 1
                continue
            }
            var end = i + 1
            if SequenceLabels.position(labels[i]) == .begin {
                while end < labels.count, SequenceLabels.type(labels[end]) == type,
                    let position = SequenceLabels.position(labels[end]), position == .inside || position == .end
                {
                    end += 1
                    if position == .end { break }
                }
            }
            let score = isScored ? probability(i..<end, type) : 1
            for part in parts(i, end, SequenceLabels.types[type], document) {
                if var span = trimmed(part.lowerBound, part.upperBound, SequenceLabels.types[type], document) {
                    span.score = score
                    spans.append(span)
                }
            }
            i = end
        }
        return spans
    }

    /// Names joined by «و» that the model took for one: «أوباما وميركل».
    private func parts(_ first: Int, _ end: Int, _ type: EntityType, _ document: Document) -> [Range<Int>] {
        guard type == .person || type == .location, end - first > 1 else { return [first..<end] }
        var parts: [Range<Int>] = []
        var start = first
        for i in (first + 1)..<end {
            let reading = reading(of: i, document)
            if reading.clitics == .waw {
                parts.append(start..<i)
                start = i
            } else if type == .person, reading.letters > 0, isPlaceOrTeam(reading) {
                // «محمد صلاح لليفربول»
                return parts + [start..<i]
            }
        }
        return parts + [start..<end]
    }

    private func isPlaceOrTeam(_ reading: CliticReading) -> Bool {
        !Lexicon.shared.flags(reading.hash).isDisjoint(with: [.city, .country, .knownOrganisation])
    }

    private func trimmed(_ first: Int, _ end: Int, _ type: EntityType, _ document: Document) -> Span? {
        var (first, end) = (first, end)
        while first < end, document.tokens[first].kind == .sign { first += 1 }
        while end > first, document.tokens[end - 1].kind == .sign { end -= 1 }
        guard first < end else { return nil }
        if document.tokens[first].kind == .word, let span = latin(first, end, type, document) { return span }
        guard document.tokens[first].kind != .word else { return nil }
        if type == .person { (first, end) = name(first, end, document) }
        // «للأنباء» ends the full name of an agency; the training texts leave it out.
        if type == .organisation, end < document.tokens.count, !document.tokens[end].startsLine,
            document.isKey(end, "للانباء")
        {
            end += 1
        }
        guard first < end, document.tokens[first].kind != .number || end - first > 1 else { return nil }
        let reading = reading(of: first, document)
        var type = type
        // «مطار بن غوريون» is no person.
        let head = NamePhraseWords.shared[reading.hash]
        if end - first > 1, type == .person || type == .location,
            head.isDisjoint(with: [.definite, .needsProof, .joins])
        {
            if head.contains(.place) { type = .location } else if head.contains(.organisation) { type = .organisation }
        }
        // The training texts know no events.
        if type == .miscellaneous, end - first > 1,
            NamePhraseWords.shared[reading.hash].contains(.event)
                || Lexicon.shared.flags(reading.hash).contains(.eventHead)
        {
            type = .event
        }
        return Span(
            first: first,
            end: end,
            letters: reading.letters,
            clitics: reading.clitics,
            type: type,
            source: .model
        )
    }

    /// A name in Latin letters: from capital to capital, without article or title, of the type its kind says.
    private func latin(_ first: Int, _ end: Int, _ type: EntityType, _ document: Document) -> Span? {
        func isCapital(_ index: Int) -> Bool {
            document.tokens[index].capitals != .none || document.tokens[index].kind == .number
        }
        var (first, end, type) = (first, end, type)
        let opens: WordFlags = type == .person ? [.functionWord, .personTitle] : .functionWord
        while first < end, !isCapital(first) || !document.flags(at: first).isDisjoint(with: opens) { first += 1 }
        while end > first, !isCapital(end - 1) { end -= 1 }
        // «Daniel avait touché la Grèce»: an English model takes French verbs for parts of names.
        if type == .person, let low = (first..<end).first(where: { !isCapital($0) && document.tokens[$0].keyCount > 3 })
        {
            end = low
        }
        guard first < end, document.tokens[first].kind == .word else { return nil }
        let flags = document.flags(at: first)
        if end - first == 1, !flags.isDisjoint(with: [.country, .city]) { type = .location }
        if end - first > 1, let kind = LatinHeads.shared.kind(document.tokens[end - 1].hash) { type = kind }
        return Span(first: first, end: end, type: type, source: .model)
    }

    /// A person's name without what the model took along: «محمد صلاح هدفين», «عمر جهان عن عمر», «الملقب بحميدتي».
    private func name(_ first: Int, _ end: Int, _ document: Document) -> (Int, Int) {
        var (first, end) = (first, end)
        let words = NamePhraseWords.shared
        while first + 1 < end, words[document.tokens[first].hash].contains(.afterName) { first += 1 }
        // «ميليشيات حفتر»: people behind a person are none of the name.
        while first + 1 < end, Lexicon.shared.flags(document.tokens[first].hash) == .organisationCue,
            words[document.tokens[first].hash].isEmpty
        {
            first += 1
        }
        for i in (first + 1)..<max(end, first + 1) {
            let flags = Lexicon.shared.flags(document.tokens[i].hash)
            if words[document.tokens[i].hash].contains(.afterName)
                || !flags.isDisjoint(with: [.functionWord, .speechVerb])
                    && flags.isDisjoint(with: [.surnameStart, .givenName, .knownSurname])
            {
                end = i
                break
            }
        }
        // «أمل محمود أغنيتها»: no surname of six letters ends in a pronoun.
        while end - first > 1, isPossessive(end - 1, document) { end -= 1 }
        // «عمر جهان سيفتتح»
        if end - first > (document.begins(first, with: "ال") ? 1 : 2),
            document.begins(end - 1, with: "سي") || document.begins(end - 1, with: "ست"),
            model.frequency(document.tokens[end - 1].hash) == 0
        {
            end -= 1
        }
        return (first, end)
    }

    private func isPossessive(_ index: Int, _ document: Document) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .arabic, token.keyCount >= 10, Lexicon.shared.flags(token.hash).isEmpty else {
            return false
        }
        return document.ends(index, with: "ها") || document.ends(index, with: "هما")
            || document.ends(index, with: "تهم") || document.ends(index, with: "ته")
    }

    /// How a name's first word is to be read: «وليد» whole, «وبوتين» and «لباريس» split.
    ///
    /// A word that the lexicon knows decides; else the more frequent one in the texts of the model; else «و» is
    /// taken off a word that nobody has seen, since few names begin with it, and every other letter is left on.
    private func reading(of index: Int, _ document: Document) -> CliticReading {
        let token = document.tokens[index]
        let whole = CliticReading(letters: 0, clitics: .none, hash: token.hash)
        let names: WordFlags = [.givenName, .city, .country, .knownSurname, .knownPlace, .knownOrganisation]
        guard token.kind == .arabic, Lexicon.shared.flags(token.hash).isDisjoint(with: names) else { return whole }
        // «للأمم»: no name begins with the article behind a preposition but under that preposition.
        if document.begins(index, with: "لل"),
            let split = document.readings(of: index).first(where: { $0.letters == 1 })
        {
            return split
        }
        let frequency = model.frequency(token.hash)
        var best = whole
        var bestRank = 0
        for reading in document.readings(of: index) where reading.letters > 0 {
            let rank = rank(reading, frequency, names)
            if rank > bestRank {
                best = reading
                bestRank = rank
            }
        }
        return best
    }

    private func rank(_ reading: CliticReading, _ frequency: Int, _ names: WordFlags) -> Int {
        if !Lexicon.shared.flags(reading.hash).isDisjoint(with: names) { return 100 }
        let rest = model.frequency(reading.hash)
        // Logarithms to the base of two: at least twice, for a preposition four times as frequent.
        let margin = reading.clitics == .waw ? 1 : 2
        if rest >= frequency + margin { return 10 + rest }
        return frequency == 0 && rest == 0 && reading.clitics == .waw ? 1 : 0
    }
}
