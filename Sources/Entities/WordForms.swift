import Language

/// What is known of a form of a word wherever it stands.
struct WordForm {
    /// What the lexicon says of it, by the whole form or else by the form behind its clitics.
    var flags: WordFlags = []
    /// What may begin at it.
    var begins: Beginnings = []
    /// Its first grammar word, whole or behind its clitics.
    var grammar = GrammarReader.Reading()
    fileprivate var firstReading: UInt32 = 0
    fileprivate var readingCount: UInt32 = 0
}

/// What may begin at a word, or right behind it: where a bit is missing no grammar has to look.
struct Beginnings: OptionSet {
    let rawValue: UInt16

    /// A name of the gazetteer.
    static let listedName = Beginnings(rawValue: 1 << 0)
    static let organisation = Beginnings(rawValue: 1 << 1)
    /// A date or a number.
    static let quantity = Beginnings(rawValue: 1 << 2)
    static let namePhrase = Beginnings(rawValue: 1 << 3)
    /// A person's name behind it.
    static let personNext = Beginnings(rawValue: 1 << 4)
    static let latinPhrase = Beginnings(rawValue: 1 << 5)
    /// A work's name in quotation marks behind it.
    static let workNext = Beginnings(rawValue: 1 << 6)
}

/// The forms of words that a worker has met, each looked up once and kept for the articles to come.
///
/// Words follow Zipf's law: a few thousand forms make up nearly all of a day's news. What is kept
/// is bounded by ``TaggerMemories``, and depends on the word alone, never on what came before it.
final class WordForms {
    static let maxCount = 1 << 15

    private let automaton: NameAutomaton
    // One article is tagged at a time, and no form is added while another is being read.
    @exclusivity(unchecked) private var numbers = HashTable(capacity: 1 << 12)
    @exclusivity(unchecked) private(set) var forms: [WordForm] = []
    @exclusivity(unchecked) private var readings: [CliticReading] = []

    init(automaton: NameAutomaton) { self.automaton = automaton }

    var isFull: Bool { forms.count > Self.maxCount }

    /// The number of a token's form among `forms`.
    @inline(__always)
    func number(of token: Token, keys: UnsafePointer<UInt8>) -> Int {
        // Capitals and kind make another form of the same key.
        let key = token.hash ^ UInt64(token.capitals.rawValue) << 62 ^ UInt64(token.kind.rawValue) << 60
        let number = Int(numbers[key])
        return number > 0 ? number - 1 : add(token, key, keys)
    }

    /// The ways to read a form, the whole word first; those of a sign are none.
    @inline(__always)
    func readings(of number: Int) -> Readings {
        let form = forms[number]
        return Readings(forms: self, range: Int(form.firstReading)..<Int(form.firstReading + form.readingCount))
    }

    /// The readings of one form.
    struct Readings: RandomAccessCollection {
        fileprivate let forms: WordForms
        fileprivate let range: Range<Int>

        var startIndex: Int { range.lowerBound }
        var endIndex: Int { range.upperBound }
        subscript(index: Int) -> CliticReading { forms.readings[index] }
    }

    @inline(never)
    private func add(_ token: Token, _ key: UInt64, _ keys: UnsafePointer<UInt8>) -> Int {
        var form = WordForm()
        form.firstReading = UInt32(readings.count)
        if token.kind != .sign {
            let lexicon = Lexicon.shared
            let words = GrammarWords.shared
            CliticReader.forEachReading(of: token, keys: keys) { reading in
                readings.append(reading)
                if form.flags.isEmpty { form.flags = lexicon.flags(reading.hash) }
                if form.grammar.word.kind == .none, token.kind != .number {
                    form.grammar = GrammarReader.Reading(
                        word: words[reading.hash],
                        letters: reading.letters,
                        clitics: reading.clitics
                    )
                }
                if automaton.mayStart(reading.hash) { form.begins.insert(.listedName) }
            }
            if form.grammar.word.kind == .none { form.grammar = GrammarReader.Reading() }
        }
        form.readingCount = UInt32(readings.count) - form.firstReading
        let word = NewWord(
            token: token,
            key: UnsafeBufferPointer(start: keys + Int(token.keyStart), count: token.keyCount),
            form: form,
            readings: readings[Int(form.firstReading)...]
        )
        if OrganisationGrammar.mayBegin(at: word) { form.begins.insert(.organisation) }
        if DateGrammar.mayBegin(at: word) || NumberGrammar.mayBegin(at: word) { form.begins.insert(.quantity) }
        if NamePhraseGrammar.mayBegin(at: word) { form.begins.insert(.namePhrase) }
        if LatinPhraseGrammar.mayBegin(at: word) { form.begins.insert(.latinPhrase) }
        if PersonGrammar.mayBegin(behind: word) { form.begins.insert(.personNext) }
        if WorkGrammar.mayBegin(behind: word) { form.begins.insert(.workNext) }
        forms.append(form)
        numbers[key] = UInt32(forms.count)
        return forms.count - 1
    }
}

/// A word that is met for the first time, for the grammars to say whether anything may begin at it.
struct NewWord {
    let token: Token
    let key: UnsafeBufferPointer<UInt8>
    let form: WordForm
    let readings: ArraySlice<CliticReading>

    var text: String { String(decoding: key, as: UTF8.self) }

    func begins(with prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { prefix in key.count >= prefix.count && key.prefix(prefix.count).elementsEqual(prefix) }
    }
}
