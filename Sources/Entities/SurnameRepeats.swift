import Language

/// Finds again by surname whom an article has named in full: «قال أنس العابد … وأضاف العابد».
struct SurnameRepeats {
    private let document: Document
    private let model: EntityModel?
    /// By hash of a full name's last word: the full names, in the order of the text.
    private var holders: [UInt64: [Span]] = [:]

    init(document: Document, model: EntityModel?, known: [Span]) {
        self.document = document
        self.model = model
        for span in known where span.type == .person && span.count > 1 {
            holders[document.tokens[span.end - 1].hash, default: []].append(span)
        }
    }

    /// The person whose surname stands alone at `index`; nil when it is rather an ordinary word.
    func span(at index: Int) -> Span? {
        guard !holders.isEmpty, document.tokens[index].kind == .arabic else { return nil }
        for reading in document.readings(of: index) {
            guard let full = holders[reading.hash]?.last(where: { $0.first < index }), isSurname(index, reading) else {
                continue
            }
            return Span(
                first: index,
                end: index + 1,
                letters: reading.letters,
                clitics: reading.clitics,
                type: .person,
                entry: full.entry,
                source: full.source == .list ? .list : .grammar
            )
        }
        return nil
    }

    /// A rare word is a surname wherever it stands; a common one behind a verb of speech or a title.
    private func isSurname(_ index: Int, _ reading: CliticReading) -> Bool {
        let flags = Lexicon.shared.flags(reading.hash)
        guard flags.isDisjoint(with: [.country, .city, .nationality, .functionWord]) else { return false }
        if let before = document.wordBefore(index),
            !document.flags(at: before).isDisjoint(with: [.speechVerb, .personTitle])
        {
            return true
        }
        return flags.isDisjoint(with: [.givenName, .surnameStart])
            && (model?.frequency(reading.hash) ?? 0) <= 4
    }

    /// Whether a lone word that the model took for a person is one: with the article it may be any noun
    /// («المتنبئ»), unless lists, a title or a full name vouch for it.
    func vouches(for span: Span) -> Bool {
        guard span.count == 1, span.type == .person, span.source == .model, span.entry < 0,
            document.list.key(span.first).dropFirst(span.letters).hasPrefix("ال")
        else { return true }
        let hash = document.hash(of: span) ?? 0
        if Lexicon.shared.flags(hash).contains(.knownSurname) || holders[hash] != nil { return true }
        return document.wordBefore(span.first).map { document.flags(at: $0).contains(.personTitle) } ?? false
    }
}
