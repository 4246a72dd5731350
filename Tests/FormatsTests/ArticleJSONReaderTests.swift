import JSON
import Testing

@testable import Formats
@testable import Pipeline

struct ArticleJSONReaderTests {
    private func read(_ text: String) throws -> Article {
        try Array(text.utf8).withUnsafeBufferPointer { try ArticleJSONReader().read($0, path: "in", offset: 100) }
    }

    @Test("fields are taken over, by their own names and by common ones")
    func fields() throws {
        let article = try read(
            #"{"id":7,"link":"u","source":"s","outlet":"o","headline":"t","author":"A; B","date":"2020-07-08T14:30:00+02:00","#
                + #""lang":"ar","category":"c","tags":["x",2,null],"summary":"e","body":"text","updated_at":"2020-07-09"}"#
        )
        #expect(
            article.id == "7" && article.url == "u" && article.source == "s" && article.outlet == "o"
                && article.title == "t"
        )
        #expect(article.authors == ["A", "B"] && article.keywords == ["x", "2"])
        #expect(
            article.published?.rfc3339 == "2020-07-08T12:30:00Z" && article.modified?.rfc3339 == "2020-07-09T00:00:00Z"
        )
        #expect(article.provenance.published == "2020-07-08T14:30:00+02:00")
        #expect(article.language == "ar" && article.section == "c" && article.excerpt == "e" && article.text == "text")
        #expect(article.extra.isEmpty)
    }

    @Test("what has no place is kept as it was written")
    func extra() throws {
        let article = try read(
            #"{"title":"a","headline":"b","x": {"k" : [1, 2.50]},"n":12345678901234567890,"published":"soon","authors":[{"name":"A"},{"x":1}],"text":5,"extra":{"y":null},"url":""}"#
        )
        let extra = [
            "headline": #""b""#, "x": #"{"k" : [1, 2.50]}"#, "n": "12345678901234567890", "published": #""soon""#,
            "authors": #"[{"name":"A"},{"x":1}]"#, "text": "5", "y": "null",
        ]
        #expect(Dictionary(uniqueKeysWithValues: article.extra.map { ($0.key, $0.json) }) == extra)
        #expect(article.extra.map(\.key) == ["headline", "x", "n", "published", "authors", "text", "y"])
        #expect(article.title == "a" && article.authors == ["A"] && article.published == nil && article.url == nil)
    }

    @Test("what a run derived is derived anew")
    func derived() throws {
        let article = try read(
            #"{"word_count":5,"content_hash":"x","duplicate_of":"y","provenance":{"path":"old"},"text":"a"}"#
        )
        #expect(
            article.wordCount == nil && article.contentHash == nil && article.duplicate == nil && article.extra.isEmpty
        )
        #expect(article.provenance.path == "in" && article.provenance.offset == 100)
    }

    @Test("pages: html is text, html_b64 is bytes and goes first")
    func pages() throws {
        guard case .text(let html)? = try read(#"{"html":"<p>"}"#).page?.content else {
            throw JSONError("no page", at: 0)
        }
        #expect(html == "<p>")
        let page = try #require(try read(#"{"html":"<p>","html_b64":"PGI+","charset":"windows-1256"}"#).page)
        guard case .bytes(let bytes) = page.content else { throw JSONError("no page", at: 0) }
        #expect(bytes == Array("<b>".utf8) && page.declaredEncoding == "windows-1256")
        #expect(throws: ArticleError(code: "invalid_base64", message: "html_b64 is no base64 (RFC 4648)", offset: 100))
        {
            _ = try read(#"{"html_b64":"!"}"#)
        }
        #expect(try read(#"{"html":null,"text":"a"}"#).page == nil)
    }

    @Test("entities of the input are kept; what is none of them is not lost")
    func entities() throws {
        let article = try read(
            #"{"text":"ليبيا","entities":[{"start":0,"end":5,"text":"ليبيا","type":"LOC","id":"Q1016"}]}"#
        )
        #expect(
            article.entities == [Entity(start: 0, end: 5, text: "ليبيا", type: "LOC", id: "Q1016", source: "input")]
        )
        let odd = try read(#"{"entities":[{"start":5,"end":0,"text":"x","type":"LOC"},"y"]}"#)
        #expect(odd.entities.isEmpty && odd.extra.map(\.key) == ["entities"])
    }

    @Test(
        "times: RFC 3339, other text, Unix seconds to nanoseconds",
        arguments: [
            (#""2020-07-08T14:30:00Z""#, "2020-07-08T14:30:00Z"),
            (#""Wed, 08 Jul 2020 14:30:00 +0000""#, "2020-07-08T14:30:00Z"),
            ("1594218600", "2020-07-08T14:30:00Z"), ("1594218600.9", "2020-07-08T14:30:00Z"),
            ("1594218600000", "2020-07-08T14:30:00Z"),
            ("1594218600000000", "2020-07-08T14:30:00Z"), ("1594218600000000000", "2020-07-08T14:30:00Z"),
            (#""1594218600""#, "2020-07-08T14:30:00Z"),
            ("0", nil), ("-99999999999", nil), ("1e400", nil), ("1e30", nil), (#""""#, nil), (#""next week""#, nil),
        ] as [(String, String?)]
    )
    func times(json: String, expected: String?) throws {
        let article = try read("{\"published\":\(json)}")
        #expect(article.published?.rfc3339 == expected)
        #expect(article.extra.map(\.key) == (expected == nil && json != "\"\"" ? ["published"] : []))
    }

    @Test(
        "a mistake has its code, its words and its byte of the input",
        arguments: [
            (#"{"a":1"#, "invalid_json", "the object is not closed", 106),
            (#"["a"]"#, "invalid_json", "expected an object, found \"[\"", 100),
            (#"{"id":"a","id":"b"}"#, "invalid_json", "the key \"id\" stands twice", 110),
            ("{\"a\":\"\t\"}", "invalid_json", "a control character (byte 0x09) inside a string", 106),
            ("", "invalid_json", "expected an object, found the end", 100),
        ]
    )
    func mistakes(text: String, code: String, message: String, offset: Int) {
        #expect(throws: ArticleError(code: code, message: message, offset: offset)) { _ = try read(text) }
    }
}
