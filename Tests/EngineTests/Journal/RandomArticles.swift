import Hashing
import Language
import Pipeline

/// Seeded articles with every field, each of them unset now and then, in hostile Unicode.
struct RandomArticles {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ z >> 31) % UInt64(bound))
    }

    mutating func text() -> String {
        let pieces = [
            "خبر", "e\u{301}", "é", "\u{0}", "\u{200C}", "🇱🇾", "\u{FEFF}", "\r\n", "\u{202E}", "a\"b", "\u{1F469}",
        ]
        return (0..<number(below: 12)).map { _ in pieces[number(below: pieces.count)] }.joined()
    }

    mutating func maybe<Value>(_ value: Value) -> Value? { number(below: 4) == 0 ? nil : value }
    mutating func texts() -> [String] { (0..<number(below: 4)).map { _ in text() } }
    mutating func any() -> Int { [0, 1, -1, 127, 128, Int.max, Int.min, number(below: 100_000)][number(below: 8)] }
    mutating func digest() -> Digest256 { SHA256.hash(Array(text().utf8)) }
    mutating func removals() -> [Removal] { texts().map { Removal(text: $0, reason: "r\($0.count)") } }

    mutating func entity() -> Entity {
        Entity(
            start: any(),
            end: any(),
            text: text(),
            type: "PER",
            id: maybe(text()),
            name: maybe(text()),
            source: text(),
            clitic: maybe("و"),
            value: maybe(text())
        )
    }

    mutating func article() -> Article {
        var provenance = Provenance(path: text(), offset: any(), sha256: digest(), format: "html")
        provenance.encoding = text()
        provenance.encodingFrom = text()
        provenance.published = maybe(text())
        provenance.removed = maybe(removals())
        var article = Article(text: text(), provenance: provenance)
        (article.id, article.url, article.source) = (maybe(text()), maybe(text()), maybe(text()))
        (article.outlet, article.title, article.authors) = (maybe(text()), maybe(text()), texts())
        article.published = maybe(Timestamp(seconds: Int64(any())))
        article.modified = maybe(Timestamp(seconds: Int64(any())))
        (article.language, article.section, article.keywords) = (maybe("ar"), maybe(text()), texts())
        (article.excerpt, article.wordCount, article.contentHash) = (maybe(text()), maybe(any()), maybe(digest()))
        article.duplicate = maybe(Duplicate(of: text(), kind: "near", similarity: any()))
        article.entities = (0..<number(below: 5)).map { _ in entity() }
        article.extra = texts().map { ExtraField(key: $0, json: "null") }
        let content: Page.Content = number(below: 2) == 0 ? .bytes([0, 255, 10]) : .text(text())
        article.page = maybe(Page(content, declaredEncoding: maybe("windows-1256")))
        article.removed = removals()
        return article
    }

    mutating func slots(_ count: Int) -> [IngestedBatch.PlacedArticle] {
        var batch = IngestedBatch()
        for number in 0..<count {
            // Places of records that could not be read.
            if number % 3 == 2 {
                batch.add(RecordFailure(ArticleError(code: "x", message: ""), path: "", offset: 0))
            }
            batch.add(article())
        }
        return batch.articles
    }
}
