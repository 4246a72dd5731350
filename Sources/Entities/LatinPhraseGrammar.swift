import Language

/// Reads names in English and French that hold a word for their kind: «Tripoli International Stadium», «University of
/// Tripoli», «université de Tripoli», «Union africaine».
struct LatinPhraseGrammar {
    let reader: GrammarReader
    private let document: Document
    private let words = LatinHeads.shared

    init(reader: GrammarReader) {
        self.reader = reader
        document = reader.document
    }

    /// Whether a word can be the first of such a name; `span(at:)` is asked nowhere else.
    static func mayBegin(at word: NewWord) -> Bool {
        word.token.kind == .word && (word.token.capitals != .none || LatinHeads.shared.kind(word.token.hash) != nil)
    }

    func span(at index: Int) -> Span? {
        guard isCapital(index) || document.tokens[index].kind == .word else { return nil }
        var first = index
        if isCapital(index), words.kind(document.tokens[index].hash) == nil {
            guard !document.tokens[index].startsLine || !isArticle(index) else { return nil }
            // Capitalised words up to the head: «Tripoli International Stadium».
            var head = index + 1
            while head - index < 6, isCapital(head), words.kind(document.tokens[head].hash) == nil { head += 1 }
            guard reader.continues(head), isCapital(head), let type = words.kind(document.tokens[head].hash) else {
                return nil
            }
            if isArticle(index) { first += 1 }
            guard first < head else { return nil }
            return make(first, complement(head + 1) ?? head + 1, type)
        }
        guard let type = words.kind(document.tokens[index].hash), reader.continues(index + 1),
            isCapital(index) || words.isFrench(document.list.key(index))
        else { return nil }
        guard let end = complement(index + 1) ?? adjective(index) else { return nil }
        return make(first, end, type)
    }

    private func make(_ first: Int, _ end: Int, _ type: EntityType) -> Span {
        Span(first: first, end: end, type: type, source: .grammar)
    }

    /// «of Tripoli», «de la Défense», «Al-Wahda» behind a head.
    private func complement(_ index: Int) -> Int? {
        var next = index
        while next - index < 3, reader.continues(next), words.isLink(document.list.key(next)) { next += 1 }
        // A capitalised head needs a link in English; a French one in small letters may stand before the name.
        guard reader.continues(next), isCapital(next), reader.word(next).kind == .none,
            next > index || document.tokens[index - 1].capitals == .none
        else {
            return nil
        }
        while reader.continues(next + 1) {
            if isCapital(next + 1) {
                next += 1
            } else if reader.isSign(next + 1, UInt8(ascii: "-")), isCapital(next + 2),
                document.tokens[next + 2].gap == .none
            {
                next += 2
            } else {
                break
            }
        }
        return next + 1
    }

    // «Union africaine»
    private func adjective(_ index: Int) -> Int? {
        guard isCapital(index), words.isAdjective(document.list.key(index + 1)) else { return nil }
        return index + 2
    }

    private func isCapital(_ index: Int) -> Bool {
        reader.continues(index) || index < document.tokens.count && document.tokens[index].startsLine
            ? document.tokens[index].kind == .word && document.tokens[index].capitals != .none : false
    }

    private func isArticle(_ index: Int) -> Bool { document.flags(at: index).contains(.functionWord) }
}

/// The words that names in English and French are made with.
struct LatinHeads: Sendable {
    static let shared = LatinHeads()

    private var kinds = HashTable(capacity: 256)

    private init() {
        add(
            """
            ministry university company corporation bank council commission committee union agency organisation organization association
            federation institute hospital court brigade party league authority foundation
            ministère université société compagnie banque conseil comité agence fédération institut hôpital tribunal parti ligue fondation
            """,
            .organisation
        )
        add("stadium airport street square avenue bridge stade aéroport rue boulevard port camp", .location)
        add("conference summit cup championship festival accord treaty sommet coupe championnat conférence", .event)
    }

    private mutating func add(_ words: String, _ type: EntityType) {
        let value = UInt32(type == .organisation ? 1 : type == .location ? 2 : 3)
        for token in TokenList(words).tokens { kinds[token.hash] = value }
    }

    func kind(_ hash: UInt64) -> EntityType? {
        switch kinds[hash] {
        case 1: .organisation
        case 2: .location
        case 3: .event
        default: nil
        }
    }

    func isLink(_ key: String) -> Bool {
        switch key {
        case "of", "for", "the", "de", "du", "des", "d", "la", "l", "'", "’", "on": true
        default: false
        }
    }

    /// Heads that French writes small before a name; an English one in small letters is a common noun.
    func isFrench(_ key: String) -> Bool {
        switch key {
        case "universite", "ministere", "hopital", "stade", "aeroport", "rue", "boulevard", "tribunal", "federation",
            "fondation":
            true
        default: false
        }
    }

    func isAdjective(_ key: String) -> Bool {
        switch key {
        case "africaine", "europeenne", "arabe", "libyenne", "libyen", "nationale", "national", "internationale",
            "international",
            "centrale", "generale", "presidentiel", "supreme", "mondiale":
            true
        default: false
        }
    }
}
