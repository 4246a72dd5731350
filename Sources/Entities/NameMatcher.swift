import Language

/// Finds every name of the gazetteer that begins at a token, under each reading of its clitics.
struct NameMatcher {
    static let maxTokens = 24

    /// One name found: the tokens it covers and how the first one was read.
    struct Match {
        var first: Int
        var end: Int
        var reading: CliticReading
        /// Index into the automaton's names; further entities with that name hang on it.
        var name: Int32
    }

    let automaton: NameAutomaton

    /// Names that begin at token `index`, the longest first; of equal length the whole word before a clitic reading.
    func matches(in document: Document, at index: Int, _ found: inout [Match]) {
        found.removeAll(keepingCapacity: true)
        guard document.begins[index].contains(.listedName) else { return }
        for reading in document.readings(of: index) where automaton.mayStart(reading.hash) {
            walk(document, index, reading, &found)
        }
        guard found.count > 1 else { return }
        found.sort { a, b in a.end != b.end ? a.end > b.end : a.reading.letters < b.reading.letters }
    }

    private func walk(_ document: Document, _ index: Int, _ reading: CliticReading, _ found: inout [Match]) {
        let tokens = document.list.tokens
        var node = automaton.step(NameAutomaton.root, reading.hash)
        var end = index + 1
        var openQuotes = 0
        while node != NameAutomaton.none {
            let name = automaton.name(at: node)
            if name >= 0, let closed = balancedEnd(document, end, openQuotes),
                fitsCapitals(document.list.tokens[index], automaton.names[Int(name)])
            {
                found.append(Match(first: index, end: closed, reading: reading, name: name))
            }
            // Quotation marks inside a name are passed over: وكالة "تاس" الروسية.
            while end < tokens.count, Self.isQuote(document.list, tokens[end]), !tokens[end].startsLine {
                openQuotes += 1
                end += 1
            }
            guard end < tokens.count, !tokens[end].startsLine, end - index < 2 * Self.maxTokens else { return }
            node = automaton.step(node, tokens[end].hash)
            end += 1
        }
    }

    /// The end of a span whose quotation marks come in pairs; one that closes right behind it belongs to it.
    private func balancedEnd(_ document: Document, _ end: Int, _ quotes: Int) -> Int? {
        if quotes % 2 == 0 { return end }
        let tokens = document.list.tokens
        guard end < tokens.count, Self.isQuote(document.list, tokens[end]), !tokens[end].startsLine else { return nil }
        return end + 1
    }

    /// A Latin name in capitals («AP», «RT») is only itself in capitals, one with a capital only with one.
    private func fitsCapitals(_ token: Token, _ name: NameAutomaton.Name) -> Bool {
        switch name.capitals {
        case .none: true
        case .first: token.capitals != .none
        case .all: name.tokenCount > 1 ? token.capitals != .none : token.capitals == .all
        }
    }

    static func isQuote(_ list: TokenList, _ token: Token) -> Bool {
        guard token.kind == .sign else { return false }
        let count = token.keyCount
        let start = Int(token.keyStart)
        switch count {
        case 1: return list.keys[start] == 0x22
        case 2: return list.keys[start] == 0xC2 && (list.keys[start + 1] == 0xAB || list.keys[start + 1] == 0xBB)
        case 3:
            // U+201C to U+201F, the curly double quotation marks
            return list.keys[start] == 0xE2 && list.keys[start + 1] == 0x80
                && (0x9C...0x9F).contains(list.keys[start + 2])
        default: return false
        }
    }
}
