import Pipeline
import Testing

@testable import Engine

@Suite struct ArticleFieldTests {
    private func bytes(_ article: Article) -> [UInt8] {
        var encoder = ByteEncoder()
        for field in ArticleField.allCases { field.encode(article, into: &encoder) }
        return encoder.bytes
    }

    /// A field that is added to `Article` has to be added here.
    @Test func everyFieldIsThere() {
        var articles = RandomArticles(seed: 1)
        let names = Mirror(reflecting: articles.article()).children.compactMap(\.label)
        #expect(names == ArticleField.allCases.map { "\($0)" })
        #expect(Mirror(reflecting: articles.entity()).children.count == 9)
        #expect(Mirror(reflecting: articles.article().provenance).children.count == 8)
    }

    @Test func randomArticlesComeBack() throws {
        var articles = RandomArticles(seed: 20_201_122)
        for round in 0..<500 {
            let article = articles.article()
            var other = articles.article()
            let encoded = bytes(article)
            try encoded.withUnsafeBytes { buffer in
                var decoder = ByteDecoder(buffer)
                for field in ArticleField.allCases { try field.decode(from: &decoder, into: &other) }
                #expect(decoder.isAtEnd)
            }
            #expect(bytes(other) == encoded, "round \(round)")
            #expect(other.entities == article.entities)
            #expect(other.provenance == article.provenance)
            #expect(other.wordCount == article.wordCount)
        }
    }

    @Test func bytesThatEndTooEarlyAreMalformed() {
        var articles = RandomArticles(seed: 5)
        let encoded = bytes(articles.article())
        for count in encoded.indices {
            #expect(throws: ByteDecoder.Malformed.self) {
                try encoded[..<count].withUnsafeBytes { buffer in
                    var (decoder, article) = (ByteDecoder(buffer), articles.article())
                    for field in ArticleField.allCases { try field.decode(from: &decoder, into: &article) }
                }
            }
        }
    }
}
