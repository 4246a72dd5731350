import Language

/// Reads a person's name behind a title where the sequence model saw none: «اللاعبة جوهرة بلعيد».
struct PersonGrammar {
    let document: Document
    let model: EntityModel?
    /// By token: whether an organisation's name ends there, and the word before it is a title.
    private let endsOffice: Set<Int>

    init(document: Document, model: EntityModel?, known: [Span]) {
        self.document = document
        self.model = model
        var ends: Set<Int> = []
        for span in known where span.type == .organisation && span.letters <= 1 {
            if span.letters == 1
                || document.wordBefore(span.first).map({ document.flags[$0].contains(.personTitle) }) == true
            {
                ends.insert(span.end)
            }
        }
        endsOffice = ends
    }

    private static let maxTokens = 5
    private static let openings: Set<String> = ["عبد", "ابو", "سيف", "نور", "بن"]
    private static let waits: Set<String> = ["بن", "ابن", "ولد", "ابو", "ابي", "ام", "ال", "عبد", "بنت"]

    /// Whether a name may follow a word; elsewhere `span(at:)` is asked only behind an office.
    static func mayBegin(behind word: NewWord) -> Bool {
        word.token.kind == .arabic && word.begins(with: "ال")
            && (!word.form.flags.isDisjoint(with: [.personTitle, .nationality, .commonAdjective])
                || NamePhraseWords.shared[word.token.hash].contains(.adjective))
    }

    func isBehindOffice(_ index: Int) -> Bool { endsOffice.contains(index) }

    func span(at index: Int) -> Span? {
        guard index > 0, isTitled(index), isFirst(index) else { return nil }
        var end = index + 1
        while end < document.tokens.count, end - index < Self.maxTokens, isNext(end, after: index) { end += 1 }
        // «عبد» and «بن» wait for what follows.
        while end > index + 1, flags(end - 1).contains(.surnameStart), !flags(end - 1).contains(.givenName) { end -= 1 }
        guard end - index > 1 else { return nil }
        return Span(first: index, end: end, type: .person, source: .grammar)
    }

    private func flags(_ index: Int) -> WordFlags { Lexicon.shared.flags(document.tokens[index].hash) }

    private func isTitled(_ index: Int) -> Bool {
        guard !document.tokens[index].startsLine, document.tokens[index - 1].kind == .arabic else { return false }
        // «رئيسة صندوق النقد الدولي كريستين لاغارد»
        if endsOffice.contains(index) { return true }
        guard document.begins(index - 1, with: "ال") else { return false }
        if document.flags[index - 1].contains(.personTitle) { return true }
        // «الرئيس الفرنسي», «النائب العام», «الشاعر الراحل»
        return index > 1 && !document.tokens[index - 1].startsLine && document.flags[index - 2].contains(.personTitle)
            && (document.flags[index - 1].contains(.nationality) || document.flags[index - 1].contains(.commonAdjective)
                || NamePhraseWords.shared[document.tokens[index - 1].hash].contains(.adjective))
    }

    private func isFirst(_ index: Int) -> Bool {
        guard document.tokens[index].kind == .arabic else { return false }
        // «الناطق باسم الجهاز», «صباح الخميس»
        if document.isKey(index, "باسم") || document.isKey(index, "صباح") { return false }
        let flags = flags(index)
        guard !flags.contains(.functionWord) else { return false }
        if flags.contains(.givenName) { return true }
        if NamePhraseWords.shared[document.tokens[index].hash].contains(.opening) {
            return Self.openings.contains(document.list.key(index))
        }
        // A word nobody has seen is a given name when a known surname follows.
        guard !document.begins(index, with: "ال"), !document.begins(index, with: "لل"), isRare(index),
            index + 1 < document.tokens.count
        else { return false }
        return self.flags(index + 1).contains(.knownSurname) || endsOffice.contains(index) && isRare(index + 1)
    }

    private func isNext(_ index: Int, after first: Int) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .arabic, !token.startsLine else { return false }
        let flags = flags(index)
        // «ولد الشيخ», «عبد القادر»: what follows belongs to it whatever it is.
        if index > first, Self.waits.contains(document.list.key(index - 1)) {
            return flags.isDisjoint(with: .functionWord)
        }
        // «آن» has the form of «أن».
        guard flags.isDisjoint(with: [.functionWord, .speechVerb]) else { return false }
        if !flags.isDisjoint(with: [.givenName, .surnameStart, .knownSurname]) { return true }
        guard NamePhraseWords.shared[token.hash].isDisjoint(with: [.afterName, .common, .adjective]) else {
            return false
        }
        // «الصديق الصور»: behind a given name any noun is a surname.
        if self.flags(index - 1).contains(.givenName), document.begins(index, with: "ال"),
            flags.isDisjoint(with: [.personTitle, .commonAdjective, .nationality, .country, .city, .portfolio])
        {
            return index + 1 >= document.tokens.count || !document.begins(index + 1, with: "ال")
        }
        return isRare(index)
    }

    /// A word that is no ordinary one: training saw it hardly ever, under no reading of its clitics.
    private func isRare(_ index: Int) -> Bool {
        guard let model, document.flags[index].isEmpty, document.tokens[index].keyCount >= 6 else { return false }
        return document.readings(of: index).allSatisfy { model.frequency($0.hash) <= 1 }
    }
}
