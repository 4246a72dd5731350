import Hashing
import JSON
import Pipeline

/// One article from one JSON object.
///
/// `html` is a page, `html_b64` a page's raw bytes, else `text` is scraped text, left as it is. Fields that an
/// article has are taken over; others go to `extra` as they were written.
/// Cost: 1–2 µs for a small record, else the validation and copy of its strings.
public struct ArticleJSONReader: Sendable {
    public init() {}

    /// - Parameters:
    ///   - line: one object, without its line end.
    ///   - offset: byte of the input at which it starts.
    public func read(_ line: UnsafeBufferPointer<UInt8>, path: String, offset: Int) throws(ArticleError) -> Article {
        let sha256 = SHA256.hash(UnsafeRawBufferPointer(line))
        var article = Article(provenance: Provenance(path: path, offset: offset, sha256: sha256, format: "jsonl", encodingFrom: "format"))
        var page = PageFields()
        do throws(JSONError) {
            var reader = JSONReader(line)
            guard try reader.peek() == .object else {
                throw JSONError("expected an object, found something else", at: reader.offset)
            }
            try reader.readObject { key, reader throws(JSONError) in
                try Self.readMember(key, &reader, into: &article, &page)
            }
            try reader.expectEnd()
        } catch {
            let code = error.message == "invalid UTF-8" ? "invalid_utf8" : "invalid_json"
            throw ArticleError(code: code, message: error.description, offset: offset + error.offset)
        }
        article.page = try page.page(offset: offset)
        return article
    }

    private struct PageFields {
        var html: String?
        var base64: String?
        var encoding: String?

        func page(offset: Int) throws(ArticleError) -> Page? {
            if let base64 {
                guard let bytes = Base64.decode(base64) else {
                    throw ArticleError(code: "invalid_base64", message: "html_b64 is no base64 (RFC 4648)", offset: offset)
                }
                return Page(.bytes(bytes), declaredEncoding: encoding)
            }
            return html.map { Page(.text($0)) }
        }
    }

    private static func readMember(
        _ key: String, _ reader: inout JSONReader, into article: inout Article, _ page: inout PageFields
    ) throws(JSONError) {
        guard let field = ArticleField.named(key) else { return try readExtra(key, &reader, into: &article) }
        let kind = try reader.peek()
        switch (field, kind) {
        case (_, .null): try reader.readNull()
        case (.derived, _): try reader.skipValue()
        case (.html, .string): page.html = try reader.readString()
        case (.htmlBase64, .string): page.base64 = try reader.readString()
        case (.encoding, .string): page.encoding = try reader.readString()
        case (.entities, .array): article.entities = try readEntities(&reader)
        case (.extra, .object):
            try reader.readObject { key, reader throws(JSONError) in try readExtra(key, &reader, into: &article) }
        case (.authors, .array) where article.authors.isEmpty: article.authors = try readStrings(&reader)
        case (.keywords, .array) where article.keywords.isEmpty: article.keywords = try readStrings(&reader)
        case (_, .string):
            let value = try reader.readString()
            if !article.set(field, value) { article.extra.append(ExtraField(key: key, json: value.json)) }
        case (.id, .number): article.id = try reader.readNumber()
        case (.published, .number), (.modified, .number):
            let digits = try reader.readNumber()
            if field == .published { article.provenance.published = digits }
            if !article.setTime(field, seconds: Double(digits) ?? .infinity) {
                article.extra.append(ExtraField(key: key, json: digits))
            }
        default: try readExtra(key, &reader, into: &article)
        }
    }

    private static func readExtra(_ key: String, _ reader: inout JSONReader, into article: inout Article) throws(JSONError) {
        let json = String(decoding: try reader.skipValue(), as: UTF8.self)
        article.extra.append(ExtraField(key: key, json: json))
    }

    private static func readStrings(_ reader: inout JSONReader) throws(JSONError) -> [String] {
        var strings: [String] = []
        try reader.readArray { reader throws(JSONError) in
            if try reader.peek() == .string {
                strings.append(try reader.readString())
            } else {
                // Schema.org's authors are objects with a name.
                let value = try reader.readValue()
                if let name = value["name"]?.string { strings.append(name) }
            }
        }
        return strings
    }

    private static func readEntities(_ reader: inout JSONReader) throws(JSONError) -> [Entity] {
        var entities: [Entity] = []
        try reader.readArray { reader throws(JSONError) in
            let value = try reader.readValue()
            guard let start = value["start"]?.integer, let end = value["end"]?.integer, let text = value["text"]?.string,
                let type = value["type"]?.string
            else { return }
            entities.append(
                Entity(
                    start: start, end: end, text: text, type: type, id: value["id"]?.string, name: value["name"]?.string,
                    source: value["source"]?.string ?? "input", clitic: value["clitic"]?.string, value: value["value"]?.string))
        }
        return entities
    }
}
