import Language

/// Finds again by surname whom an article has named in full: «قال أنس العابد … وأضاف العابد».
struct SurnameRepeats {
    private let document: Document
    private let model: EntityModel?
    /// The full names in the order of the text, and by the hash of the last word the number of the last such name.
    private var fullNames: [Span] = []
    private var last = HashTable()

    init(document: Document, model: EntityModel?, known: [Span]) {
        self.document = document
        self.model = model
        let names: WordFlags = [.givenName, .surnameStart, .knownSurname]
        for span in known where span.type == .person && span.count > 1 {
            // A full name that no list supports may be none at all.
            guard span.source == .list || !Lexicon.shared.flags(document.hash(of: span) ?? 0).isDisjoint(with: names)
            else { continue }
            fullNames.append(span)
            last[document.tokens[span.end - 1].hash] = UInt32(fullNames.count)
        }
    }

    var isEmpty: Bool { fullNames.isEmpty }

    /// The person whose surname stands alone at `index`; nil when it is rather an ordinary word.
    func span(at index: Int) -> Span? {
        guard !fullNames.isEmpty, document.tokens[index].kind == .arabic else { return nil }
        for reading in document.readings(of: index) {
            guard let full = holder(reading.hash, before: index), isSurname(index, reading) else { continue }
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

    /// The last full name before a token that ends in a word.
    private func holder(_ hash: UInt64, before index: Int) -> Span? {
        let count = Int(last[hash])
        return fullNames[..<count].last { $0.first < index && document.tokens[$0.end - 1].hash == hash }
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
            document.begins(span.first, with: "ال", after: span.letters)
        else { return true }
        let hash = document.hash(of: span) ?? 0
        if Lexicon.shared.flags(hash).contains(.knownSurname) || last[hash] != 0 { return true }
        return document.wordBefore(span.first).map { document.flags(at: $0).contains(.personTitle) } ?? false
    }
}
