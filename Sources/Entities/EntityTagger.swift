import Language

/// What a tagger looks for and reports.
public struct TaggerOptions: Sendable {
    /// The types to report; nil for all.
    public var types: Set<String>?
    /// Whether mentions carry the gazetteer's ids and names.
    public var link: Bool
    /// How probable a mention has to be at least; what list and grammar find is certain, what the model finds between 0
    /// and 1.
    public var minScore: Double
    /// The sequence model that finds in Arabic texts what no list knows; nil for lists and grammar alone.
    public var model: EntityModel?
    /// The same for texts in Latin letters.
    public var latinModel: EntityModel?

    public init(
        types: Set<String>? = nil,
        link: Bool = true,
        minScore: Double = 0,
        model: EntityModel? = .bundled,
        latinModel: EntityModel? = .bundledLatin
    ) {
        self.types = types
        self.link = link
        self.minScore = minScore
        self.model = model
        self.latinModel = latinModel
    }
}

/// Finds the entities that an article names.
///
/// Make one for a run and use it from any thread. Cost: linear in the text, independent of the gazetteer's size.
public struct EntityTagger: Sendable {
    private let options: TaggerOptions
    private let list: ListTagger
    private let arabic: SequenceTagger?
    private let latin: SequenceTagger?
    private let types: Set<EntityType>?
    private let memories: TaggerMemories

    public init(gazetteer: Gazetteer, options: TaggerOptions = .init()) {
        self.options = options
        list = ListTagger(gazetteer: gazetteer)
        memories = TaggerMemories(automaton: gazetteer.automaton)
        arabic = options.model.map(SequenceTagger.init)
        latin = options.latinModel.map(SequenceTagger.init)
        types = options.types.map { Set($0.compactMap(EntityType.init(rawValue:))) }
    }

    /// The mentions of a text in the order of their start; none overlaps another.
    ///
    /// - Parameters:
    ///   - title: read for cues, never searched for mentions.
    ///   - language: a BCP 47 code; nil when unknown.
    ///   - published: what relative dates count from.
    public func tag(
        _ text: String,
        title: String? = nil,
        language: String? = nil,
        published: Timestamp? = nil
    ) -> [Mention] {
        var text = text
        var title = title ?? ""
        let memory = memories.take()
        defer { memories.putBack(memory) }
        return text.withUTF8 { body in
            title.withUTF8 { head in
                let document = Document(utf8: body, words: memory.words)
                let heading = head.isEmpty ? nil : Document(utf8: head, words: memory.words)
                let spans = spans(document, title: heading, published, memory)
                return spans.filter { types?.contains($0.type) ?? true && $0.score >= options.minScore }.map {
                    document.mention(of: $0, gazetteer: list.gazetteer, isLinked: options.link)
                }
            }
        }
    }

    /// List, then grammar, then model; last what is built from all of them. The order is that of their rank.
    private func spans(_ document: Document, title: Document?, _ published: Timestamp?, _ memory: TaggerMemory)
        -> [Span]
    {
        var merger = SpanMerger(tokenCount: document.tokens.count)
        let listed = list.tag(document, title: title)
        for span in listed.spans { merger.add(span) }
        let reader = GrammarReader(document)
        let dates = DateGrammar(reader: reader, published: published)
        let numbers = NumberGrammar(reader: reader)
        let names = OrganisationGrammar(reader: reader)
        each(document, .organisation, names.span).forEach { merger.add($0) }
        each(document, .quantity) { dates.span(at: $0) ?? numbers.span(at: $0) }.forEach { merger.add($0) }
        let sequence = document.isMostlyArabic ? arabic : latin
        if let sequence {
            let weights = document.isMostlyArabic ? memory.arabic : memory.latin
            let reading = sequence.read(document, known: merger.merged(), weights)
            let names = ModelSpans(model: sequence.model)
            for var span in names.spans(reading, document, isScored: options.minScore > 0) {
                if span.type == .person, isTownLikePerson(span, document) { span.type = .location }
                if span.type == .person, merger.holds(span),
                    !names.mayBeGivenName(span, document) || isPlaceByCue(span, document)
                        || merger.holds(span, .location) && !isNamedLikePerson(span, document)
                {
                    continue
                }
                merger.add(list.linked(span, document, listed.evidence))
            }
        }
        if !document.isMostlyArabic {
            let phrases = LatinPhraseGrammar(reader: reader)
            each(document, .latinPhrase, phrases.span).forEach { merger.replace(with: $0) }
            return merger.merged()
        }
        let phrases = NamePhraseGrammar(reader: reader, model: sequence?.model, known: merger.merged())
        each(
            document,
            where: { document.begins[$0].contains(.namePhrase) || phrases.isKnown($0) },
            phrases.span
        ).forEach { merger.replace(with: $0) }
        let works = WorkGrammar(document: document)
        each(document, .workNext, works.span).forEach { merger.replace(with: $0) }
        let persons = PersonGrammar(document: document, model: sequence?.model, known: merger.merged())
        let titled: (Int) -> Bool = {
            $0 > 0 && document.begins[$0 - 1].contains(.personNext) || persons.isBehindOffice($0)
        }
        for span in each(document, where: titled, persons.span) {
            merger.replace(with: list.linked(span, document, listed.evidence), unless: .list)
        }
        for span in joined(merger.merged(), document) { merger.replace(with: span) }
        let repeats = SurnameRepeats(document: document, model: sequence?.model, known: merger.merged())
        merger.keep(where: repeats.vouches)
        for span in each(document, where: { _ in !repeats.isEmpty }, repeats.span) where !merger.holds(span) {
            merger.add(span)
        }
        return merger.merged()
    }

    /// «في سيدي بوزيد», «ببئر علي»: towns that are called after someone, behind a word that a place follows.
    private func isTownLikePerson(_ span: Span, _ document: Document) -> Bool {
        guard span.count > 1, let hash = document.hash(of: span), NamePhraseWords.shared[hash].contains(.town) else {
            return false
        }
        if span.clitics == .beh || span.clitics == .wawBeh { return true }
        guard let before = document.wordBefore(span.first) else { return false }
        return !document.flags(at: before).isDisjoint(with: [.placeCue, .placePreposition])
    }

    /// Names that the list cut short: «موسى فكي محمد» is whom it knows as «موسى فكي».
    private func joined(_ spans: [Span], _ document: Document) -> [Span] {
        zip(spans, spans.dropFirst()).compactMap { first, second in
            guard first.type == .person, second.type == .person, first.end == second.first, second.letters == 0,
                first.count > 1, second.count == 1, second.source == .model, !document.tokens[second.first].startsLine,
                !Lexicon.shared.flags(document.tokens[second.first].hash).isDisjoint(with: [.givenName, .knownSurname])
            else { return nil }
            var whole = first
            whole.end = second.end
            return whole
        }
    }

    /// «بلدة تراغن أبوبكر»: the place behind its kind is not the beginning of the name that follows.
    private func isPlaceByCue(_ span: Span, _ document: Document) -> Bool {
        document.wordBefore(span.first).map { document.flags(at: $0).contains(.placeCue) } ?? false
    }

    /// «يقصف باخموت» is no person, «عائشة بنغازي» may be one.
    private func isNamedLikePerson(_ span: Span, _ document: Document) -> Bool {
        if !Lexicon.shared.flags(document.hash(of: span) ?? 0).isDisjoint(with: [.givenName, .surnameStart]) {
            return true
        }
        return document.wordBefore(span.first).map { document.flags(at: $0).contains(.personTitle) } ?? false
    }

    private func each(_ document: Document, _ beginning: Beginnings, _ read: (Int) -> Span?) -> [Span] {
        each(document, where: { document.begins[$0].contains(beginning) }, read)
    }

    /// What a grammar reads from left to right, each span behind the one before, where one may begin.
    private func each(_ document: Document, where mayBegin: (Int) -> Bool, _ read: (Int) -> Span?) -> [Span] {
        var spans: [Span] = []
        var index = 0
        while index < document.begins.count {
            guard mayBegin(index) else {
                assert(read(index) == nil, "a grammar reads what it says cannot begin there")
                index += 1
                continue
            }
            guard let span = read(index) else {
                index += 1
                continue
            }
            spans.append(span)
            index = span.end
        }
        return spans
    }
}
