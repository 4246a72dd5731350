import Hashing
import JSON
import Language
import Testing

@testable import Pipeline

struct ConditionTests {
    private func article() -> Article {
        let provenance = Provenance(path: "in/a.jsonl", offset: 0, sha256: SHA256.hash([]), format: "jsonl")
        var article = Article(text: "ثلاث كلمات هنا", provenance: provenance)
        article.url = "https://example.org/sport/1"
        article.title = "خبر"
        article.language = "ar"
        article.keywords = ["ليبيا", "طرابلس"]
        article.published = Timestamp(year: 2020, month: 7, day: 8, hour: 12)
        article.entities = [Entity(start: 0, end: 1, text: "x", type: "LOC", id: "Q1016", source: "list")]
        return article
    }

    private func holds(_ json: String) throws -> Bool {
        var article = article()
        return try Condition(option: JSONValue(parsing: json)).matches(&article)
    }

    @Test(
        "conditions that an article meets",
        arguments: [
            "{}", #"{"language":"ar"}"#, #"{"language":["fa","ar"]}"#, #"{"language":{"is":"ar"}}"#,
            #"{"language":{"not":"fa"}}"#,
            #"{"language":{"not":["fa","ur"]}}"#, #"{"title":{"contains":"خب"}}"#, #"{"title":{"contains":""}}"#,
            #"{"url":{"matches":"*/sport/*"}}"#, #"{"keywords":"ليبيا"}"#, #"{"keywords":{"matches":"طر*"}}"#,
            #"{"entities":"Q1016"}"#, #"{"path":{"matches":"in/*"}}"#, #"{"format":"jsonl"}"#,
            #"{"section":{"exists":false}}"#,
            #"{"title":{"exists":true}}"#, #"{"word_count":{"min":3,"max":3}}"#,
            #"{"published":{"from":"2020-07-08"}}"#,
            #"{"published":{"before":"2020-07-08T12:00:01Z"}}"#, #"{"published":{"exists":true}}"#,
            #"{"modified":{"exists":false}}"#,
            #"{"not":{"section":"رياضة"}}"#, #"{"any":[{"language":"fa"},{"title":"خبر"}]}"#,
            #"{"language":"ar","title":"خبر"}"#,
            #"{"not":{"not":{"language":"ar"}}}"#, #"{"authors":{"exists":false}}"#,
        ]
    )
    func met(json: String) throws {
        #expect(try holds(json))
    }

    @Test(
        "conditions that it does not meet; what is unknown fails every comparison",
        arguments: [
            #"{"language":"AR"}"#, #"{"language":{"is":"ar","not":"ar"}}"#, #"{"section":{"not":"رياضة"}}"#,
            #"{"section":{"contains":""}}"#,
            #"{"section":{"matches":"*"}}"#, #"{"section":{"exists":true}}"#, #"{"keywords":{"not":"ليبيا"}}"#,
            #"{"authors":{"not":"x"}}"#,
            #"{"word_count":{"min":4}}"#, #"{"word_count":{"max":2}}"#,
            #"{"published":{"before":"2020-07-08T12:00:00Z"}}"#,
            #"{"published":{"from":"2020-07-09"}}"#, #"{"modified":{"before":"2030-01-01"}}"#,
            #"{"language":"ar","title":"x"}"#,
            #"{"any":[{"language":"fa"},{"title":"x"}]}"#, #"{"not":{"language":"ar"}}"#, #"{"not":{}}"#,
            #"{"url":{"matches":"sport"}}"#,
        ]
    )
    func unmet(json: String) throws {
        #expect(try !holds(json))
    }

    @Test(
        "each mistake in a condition has its words",
        arguments: [
            ("1", "expected a condition such as { \"language\": \"ar\" }, found a number", nil),
            (#"{"languag":"ar"}"#, "unknown field \"languag\"", "did you mean \"language\"?"),
            (
                #"{"xyzzy":"ar"}"#, "unknown field \"xyzzy\"",
                "fields: any, authors, entities, excerpt, format, id, keywords, language, modified, not, outlet, path, published, section, source, text, title, url, word_count"
            ),
            (#"{"title":{"contain":"x"}}"#, "unknown comparison \"contain\" for title", "did you mean \"contains\"?"),
            (
                #"{"title":{"min":1}}"#, "unknown comparison \"min\" for title",
                "one of: is, not, contains, matches, exists"
            ),
            (#"{"title":{}}"#, "an empty comparison", nil),
            (#"{"title":[]}"#, "an empty list, which no article meets", nil),
            (#"{"any":[]}"#, "an empty list, which no article meets", nil),
            (#"{"title":7}"#, "expected a list of strings, found a number", nil),
            (#"{"word_count":3}"#, "expected { min, max } for word_count, found a number", nil),
            (#"{"published":"2020"}"#, "expected { from, before, exists } for published, found a string", nil),
            (
                #"{"published":{"from":"soon"}}"#, "expected a date such as \"2020-07-08\" or \"2020-07-08T14:30:00Z\"",
                nil
            ),
            (#"{"word_count":{"min":"3"}}"#, "expected a whole number, found a string", nil),
            (#"{"any":{"title":"x"}}"#, "expected a list of conditions, found an object", nil),
        ] as [(String, String, String?)]
    )
    func mistakes(json: String, message: String, hint: String?) throws {
        let error = try #require(throws: OptionError.self) { _ = try Condition(option: JSONValue(parsing: json)) }
        #expect(error.message == message)
        #expect(error.hint == hint)
    }

    @Test("row 18: a pattern against a long text ends")
    func pathological() throws {
        var article = article()
        article.text = String(repeating: "a", count: 200_000)
        let pattern = String(repeating: "a*", count: 50) + "b"
        #expect(try !Condition(option: JSONValue(parsing: "{\"text\":{\"matches\":\"\(pattern)\"}}")).matches(&article))
    }
}
