import Hashing
import JSON
import Language
import Testing

@testable import Formats
@testable import Pipeline

struct ArticleJSONWriterTests {
    @Test("every key is there, in its order, null when unknown")
    func empty() {
        var writer = JSONWriter()
        ArticleJSONWriter.append(
            Article(provenance: Provenance(path: "p", offset: 3, sha256: SHA256.hash([]), format: "text")),
            to: &writer
        )
        #expect(
            writer.text
                == #"{"id":null,"url":null,"source":null,"outlet":null,"title":null,"authors":[],"published":null,"modified":null,"#
                + #""language":null,"section":null,"keywords":[],"excerpt":null,"text":"","word_count":null,"content_hash":null,"#
                + #""duplicate_of":null,"duplicate_kind":null,"duplicate_similarity":null,"entities":[],"extra":{},"provenance":{"#
                + #""path":"p","offset":3,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","format":"text","#
                + #""encoding":"utf-8","encoding_from":"declared","published":null,"removed":null}}"# + "\n"
        )
    }

    @Test("what is known is written as the outputs have it")
    func full() throws {
        var article = Article(
            text: "ليبيا",
            provenance: Provenance(path: "p", offset: 0, sha256: SHA256.hash([]), format: "jsonl")
        )
        article.published = Timestamp(year: 2020, month: 7, day: 8)
        article.wordCount = 1
        article.duplicate = Duplicate(of: "a", kind: "near", similarity: 93)
        article.entities = [
            Entity(start: 0, end: 5, text: "ليبيا", type: "LOC", source: "list", clitic: "و", value: nil)
        ]
        article.extra = [ExtraField(key: "k\"", json: "1e400")]
        article.provenance.removed = [Removal(text: "x", reason: "share")]
        var writer = JSONWriter()
        ArticleJSONWriter.append(article, to: &writer)
        let json = try JSONValue(parsing: writer.bytes)
        #expect(json["published"]?.string == "2020-07-08T00:00:00Z")
        #expect(json["duplicate_similarity"]?.integer == 93)
        #expect(
            json["entities"]?.elements?.first?.members?.map(\.key) == [
                "start", "end", "text", "type", "id", "name", "source", "clitic", "value",
            ]
        )
        #expect(json["extra"]?.members?.first?.key == "k\"")
        #expect(json["provenance"]?["removed"]?.elements?.first?["reason"]?.string == "share")
    }
}
