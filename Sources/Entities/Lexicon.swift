import Language

/// What single words say about the words around them: titles, kinds of place, heads of organisations, months …
struct WordFlags: OptionSet, Sendable {
    let rawValue: UInt32

    static let functionWord = WordFlags(rawValue: 1 << 0)
    /// «مدينة», «ميناء»: what follows is a place.
    static let placeCue = WordFlags(rawValue: 1 << 1)
    /// «في», «إلى», «شمال»: what follows may be a place.
    static let placePreposition = WordFlags(rawValue: 1 << 2)
    /// «الرئيس», «اللواء»: what follows is a person.
    static let personTitle = WordFlags(rawValue: 1 << 3)
    /// «قناة», «تنظيم»: what follows names an organisation of that kind.
    static let organisationCue = WordFlags(rawValue: 1 << 4)
    /// «وزارة», «حكومة»: the first word of an organisation's own name.
    static let organisationHead = WordFlags(rawValue: 1 << 5)
    /// «الليبية», «روسي»: an adjective of a country or a group of countries.
    static let nationality = WordFlags(rawValue: 1 << 6)
    static let givenName = WordFlags(rawValue: 1 << 7)
    static let month = WordFlags(rawValue: 1 << 8)
    static let weekday = WordFlags(rawValue: 1 << 9)
    static let numberWord = WordFlags(rawValue: 1 << 10)
    static let country = WordFlags(rawValue: 1 << 11)
    static let city = WordFlags(rawValue: 1 << 12)
    /// «الخارجية», «الدفاع»: what a ministry is for.
    static let portfolio = WordFlags(rawValue: 1 << 13)
    static let surnameStart = WordFlags(rawValue: 1 << 14)
    static let eventHead = WordFlags(rawValue: 1 << 15)
    /// «الكبير», «السادس»: never a surname by itself.
    static let commonAdjective = WordFlags(rawValue: 1 << 16)
    static let speechVerb = WordFlags(rawValue: 1 << 17)
    static let currency = WordFlags(rawValue: 1 << 18)
    static let unit = WordFlags(rawValue: 1 << 19)
    static let knownSurname = WordFlags(rawValue: 1 << 20)
    static let knownOrganisation = WordFlags(rawValue: 1 << 21)
    static let knownPlace = WordFlags(rawValue: 1 << 22)
}

struct Lexicon: Sendable {
    static let shared = Lexicon()

    private var table = HashTable(capacity: 1 << 13)

    @inline(__always)
    func flags(_ hash: UInt64) -> WordFlags { WordFlags(rawValue: table[hash]) }

    private init() {
        add(LexiconWords.functionWords, .functionWord)
        add(LexiconWords.placeCues, .placeCue, withArticle: true)
        add(LexiconWords.placePrepositions, .placePreposition)
        add(LexiconWords.personTitles, .personTitle, withArticle: true)
        add(LexiconWords.organisationCues, .organisationCue, withArticle: true)
        add(LexiconWords.organisationHeads, .organisationHead, withArticle: true)
        add(LexiconWords.portfolios, .portfolio)
        add(LexiconWords.eventHeads, .eventHead)
        add(LexiconWords.givenNames, .givenName)
        add(PersonWords.givenNames, .givenName)
        add(PersonWords.surnames, .knownSurname)
        add(LatinWords.givenNames, .givenName)
        add(LatinWords.personTitles, .personTitle)
        add(LatinWords.placeCues, .placeCue)
        add(LatinWords.placePrepositions, .placePreposition)
        add(LatinWords.organisationHeads, .organisationHead)
        add(LatinWords.speechVerbs, .speechVerb)
        add(LatinWords.countries, .country)
        add(LatinWords.cities, .city)
        add(LexiconWords.surnameStarts, .surnameStart)
        add(LexiconWords.commonAdjectives, .commonAdjective)
        add(LexiconWords.speechVerbs, .speechVerb)
        add(LexiconWords.countries, .country)
        add(LexiconWords.cities, .city)
        add(WorldWords.surnames, .knownSurname)
        add(WorldWords.organisations, .knownOrganisation)
        add(WorldWords.places, .knownPlace)
        for stem in LexiconWords.nationalityStems.split(whereSeparator: \.isWhitespace) {
            for ending in ["", "ة", "ون", "ين", "تين", "ان"] {
                add("\(stem)\(ending) ال\(stem)\(ending)", .nationality)
            }
        }
    }

    private mutating func add(_ words: String, _ flag: WordFlags, withArticle: Bool = false) {
        let list = TokenList(words)
        for token in list.tokens where token.kind != .sign {
            table[token.hash] |= flag.rawValue
            guard withArticle, token.kind == .arabic else { continue }
            table[TokenHash.hash("ال" + list.key(token))] |= flag.rawValue
        }
    }
}
