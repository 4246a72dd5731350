/// What the words of a block say, found in one pass over them.
struct LineWords {
    /// The kinds of its words that chrome is made of, those of its first two words, and how many such words it has.
    private(set) var kinds: UInt16 = 0
    private(set) var firstKinds: UInt16 = 0
    private(set) var chromeWords: Int32 = 0
    /// The topic's words in it.
    private(set) var topic: UInt64 = 0
    /// The shares of its word pairs that the page's title, excerpt and stated body have too; -1 where there is none.
    private(set) var inTitle: Float = -1
    private(set) var inExcerpt: Float = -1
    private(set) var inBody: Float = -1

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ hints: PageHints) {
        var place = 0, title = 0, excerpt = 0, body = 0
        var previous: UInt64 = 0
        WordSet.forEachWord(bytes) { word in
            let kind = ChromeWord.table.kinds(of: word)
            if kind != 0 {
                kinds |= kind
                if place < 2 { firstKinds |= kind }
                chromeWords += 1
            }
            topic |= hints.topic.bit(of: word)
            let pair = WordSet.pair(previous, word)
            if let set = hints.title, set.contains(pair) { title += 1 }
            if let set = hints.excerpt, set.contains(pair) { excerpt += 1 }
            if let set = hints.articleBody, set.contains(pair) { body += 1 }
            previous = word
            place += 1
        }
        let count = Float(max(place, 1))
        if hints.title != nil { inTitle = Float(title) / count }
        if hints.excerpt != nil { inExcerpt = Float(excerpt) / count }
        if hints.articleBody != nil { inBody = Float(body) / count }
        guard bytes.count > Self.longestLine else { return }
        // In a long paragraph such words are part of the prose.
        (kinds, firstKinds, chromeWords) = (0, 0, 0)
    }

    private static let longestLine = 1200
}
