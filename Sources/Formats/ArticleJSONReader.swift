import Hashing
import JSON
import Pipeline

/// One article from one JSON object.
///
/// `html` is a page, `html_b64` a page's raw bytes, else `text` is scraped text, left as it is. Fields that an
/// article has are taken over; what has no place goes to `extra` as it was written. A key that stands twice is an
/// error: there is no telling which one is meant.
/// Cost: 1–2 µs for a small record, else the validation and copy of its strings.
public struct ArticleJSONReader: Sendable {
    public init() {}

    /// - Parameters:
    ///   - line: one object, without its line end.
    ///   - offset: byte of the input at which it starts.
    public func read(_ line: UnsafeBufferPointer<UInt8>, path: String, offset: Int) throws(ArticleError) -> Article {
        let sha256 = SHA256.hash(UnsafeRawBufferPointer(line))
        var record = Record(
            article: Article(
                provenance: Provenance(
                    path: path,
                    offset: offset,
                    sha256: sha256,
                    format: "jsonl",
                    encodingFrom: "format"
                )
            )
        )
        do throws(JSONError) {
            var reader = JSONReader(line)
            try reader.readObject { key, reader throws(JSONError) in try record.readMember(key, &reader) }
            try reader.expectEnd()
        } catch {
            let code = error.kind == .encoding ? "invalid_utf8" : "invalid_json"
            throw ArticleError(code: code, message: error.message, offset: offset + error.offset)
        }
        record.article.page = try record.page.page(offset: offset)
        return record.article
    }
}

/// An article while its members are read.
private struct Record {
    var article: Article
    var page = PageFields()
    /// The names of fields that were met, by their place in the table of names.
    private var met: UInt64 = 0
    private var extraKeys: Set<String> = []

    init(article: Article) {
        self.article = article
    }

    mutating func readMember(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        guard let name = ArticleField.name(key) else { return try readExtra(key, &reader) }
        guard met & name.bit == 0 else { throw repeated(key, reader) }
        met |= name.bit
        let field = name.field
        let place = reader.keyRange.lowerBound
        switch (field, try reader.peek()) {
        case (_, .null): try reader.readNull()
        case (.derived, _): try reader.skipValue()
        case (.extra, .object):
            try reader.readObject { key, reader throws(JSONError) in try readExtra(key, &reader) }
        case (.authors, .array) where article.authors.isEmpty: try readList(key, \.authors, &reader, Self.name)
        case (.keywords, .array) where article.keywords.isEmpty: try readList(key, \.keywords, &reader, Self.name)
        case (.entities, .array): try readList(key, \.entities, &reader, Entity.init)
        case (_, .string):
            let value = try reader.readString()
            if !page.set(field, value), !article.set(field, value) { try add(key, value.json, at: place) }
        case (.id, .number): article.id = try reader.readNumber()
        case (.published, .number), (.modified, .number):
            let digits = try reader.readNumber()
            if field == .published { article.provenance.published = digits }
            if !article.setTime(field, unix: Double(digits) ?? .infinity) { try add(key, digits, at: place) }
        default: try readExtra(key, &reader)
        }
    }

    private mutating func readExtra(_ key: String, _ reader: inout JSONReader) throws(JSONError) {
        let place = reader.keyRange.lowerBound
        try add(key, ExtraField.json(as: try reader.skipValue()), at: place)
    }

    private mutating func add(_ key: String, _ json: String, at place: Int) throws(JSONError) {
        // Equal strings may differ in their normal form; only equal bytes are one key.
        if !extraKeys.insert(key).inserted, article.extra.contains(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
            throw JSONError("the key \"\(key)\" stands twice", at: place)
        }
        article.extra.append(ExtraField(key: key, json: json))
    }

    /// Reads a list of what `make` understands; where it does not understand all of it, `extra` keeps the whole.
    private mutating func readList<Element>(
        _ key: String,
        _ list: WritableKeyPath<Article, [Element]>,
        _ reader: inout JSONReader,
        _ make: (JSONValue) -> Element?
    ) throws(JSONError) {
        var again = reader
        var isWhole = true
        try reader.readArray { reader throws(JSONError) in
            let value = try reader.readValue()
            if let element = make(value) {
                article[keyPath: list].append(element)
            } else if !value.isNull {
                isWhole = false
            }
        }
        if !isWhole { try readExtra(key, &again) }
    }

    /// A name of a list: a string, a number as it was written, or the name of an object, as Schema.org's authors are.
    private static func name(_ value: JSONValue) -> String? {
        switch value.content {
        case .string(let name): name
        case .number(let digits): digits
        default: value["name"]?.string
        }
    }

    private func repeated(_ key: String, _ reader: JSONReader) -> JSONError {
        JSONError("the key \"\(key)\" stands twice", at: reader.keyRange.lowerBound)
    }
}

extension Entity {
    fileprivate init?(_ value: JSONValue) {
        guard let start = value["start"]?.integer, let end = value["end"]?.integer, 0 <= start, start <= end,
            let text = value["text"]?.string, let type = value["type"]?.string
        else { return nil }
        self.init(
            start: start,
            end: end,
            text: text,
            type: type,
            id: value["id"]?.string,
            name: value["name"]?.string,
            source: value["source"]?.string ?? "input",
            clitic: value["clitic"]?.string,
            value: value["value"]?.string
        )
    }
}

extension ExtraField {
    /// JSON text as it was written; written anew where it holds what a line of JSON Lines should not: a line end, a
    /// line separator, an escaped surrogate that may lack its other half.
    fileprivate static func json(as bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard needsRewriting(bytes), let value = try? JSONValue(parsing: Array(bytes), leniently: true) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }

    private static func needsRewriting(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var i = 0
        while i < bytes.count {
            switch bytes[i] {
            case 0x0A, 0x0D: return true
            case 0xE2 where i + 2 < bytes.count && bytes[i + 1] == 0x80 && bytes[i + 2] & 0xFE == 0xA8: return true
            case UInt8(ascii: "\\"):
                if i + 3 < bytes.count, bytes[i + 1] == UInt8(ascii: "u"), bytes[i + 2] | 0x20 == UInt8(ascii: "d") {
                    return true
                }
                i += 1
            default: break
            }
            i += 1
        }
        return false
    }
}
