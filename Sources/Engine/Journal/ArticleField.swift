import Language
import Pipeline

/// The fields of an article as the journal keeps them: exactly, byte by byte.
enum ArticleField: Int, CaseIterable {
    case id, url, source, outlet, title, authors, published, modified, language, section, keywords, excerpt, text
    case wordCount, contentHash, duplicate, entities, extra, provenance, page, removed

    func encode(_ article: borrowing Article, into encoder: inout ByteEncoder) {
        switch self {
        case .id: encoder.put(article.id)
        case .url: encoder.put(article.url)
        case .source: encoder.put(article.source)
        case .outlet: encoder.put(article.outlet)
        case .title: encoder.put(article.title)
        case .authors: encoder.put(article.authors) { $0.put($1) }
        case .published: encoder.put(article.published.map { Int($0.seconds) })
        case .modified: encoder.put(article.modified.map { Int($0.seconds) })
        case .language: encoder.put(article.language)
        case .section: encoder.put(article.section)
        case .keywords: encoder.put(article.keywords) { $0.put($1) }
        case .excerpt: encoder.put(article.excerpt)
        case .text: encoder.put(article.text)
        case .wordCount: encoder.put(article.wordCount)
        case .contentHash: encoder.put(article.contentHash) { $0.put($1) }
        case .duplicate: encoder.put(article.duplicate) { $0.put($1) }
        case .entities: encoder.put(article.entities) { $0.put($1) }
        case .extra: encoder.put(article.extra) { $0.put($1) }
        case .provenance: encoder.put(article.provenance)
        case .page: encoder.put(article.page) { $0.put($1) }
        case .removed: encoder.put(article.removed) { $0.put($1) }
        }
    }

    func decode(from decoder: inout ByteDecoder, into article: inout Article) throws(ByteDecoder.Malformed) {
        switch self {
        case .id: article.id = try decoder.optionalText()
        case .url: article.url = try decoder.optionalText()
        case .source: article.source = try decoder.optionalText()
        case .outlet: article.outlet = try decoder.optionalText()
        case .title: article.title = try decoder.optionalText()
        case .authors: article.authors = try decoder.texts()
        case .published: article.published = try decoder.timestamp()
        case .modified: article.modified = try decoder.timestamp()
        case .language: article.language = try decoder.optionalText()
        case .section: article.section = try decoder.optionalText()
        case .keywords: article.keywords = try decoder.texts()
        case .excerpt: article.excerpt = try decoder.optionalText()
        case .text:
            // A new text forgets these; whether they changed is said by fields of their own.
            let (words, hash) = (article.wordCount, article.contentHash)
            article.text = try decoder.text()
            (article.wordCount, article.contentHash) = (words, hash)
        case .wordCount: article.wordCount = try decoder.optionalNumber()
        case .contentHash:
            article.contentHash = try decoder.optional { (d: inout ByteDecoder) throws(Malformed) in try d.digest() }
        case .duplicate: article.duplicate = try decoder.duplicate()
        case .entities:
            article.entities = try decoder.list { (d: inout ByteDecoder) throws(Malformed) in try d.entity() }
        case .extra: article.extra = try decoder.list { (d: inout ByteDecoder) throws(Malformed) in try d.extraField() }
        case .provenance: article.provenance = try decoder.provenance()
        case .page: article.page = try decoder.optional { (d: inout ByteDecoder) throws(Malformed) in try d.page() }
        case .removed: article.removed = try decoder.removals()
        }
    }

    private typealias Malformed = ByteDecoder.Malformed
}

extension ByteEncoder {
    mutating func put(_ duplicate: Duplicate) {
        put(duplicate.of)
        put(duplicate.kind)
        put(duplicate.similarity)
    }

    fileprivate mutating func put(_ entity: Entity) {
        put(entity.start)
        put(entity.end)
        put(entity.text)
        put(entity.type)
        put(entity.id)
        put(entity.name)
        put(entity.source)
        put(entity.clitic)
        put(entity.value)
    }

    fileprivate mutating func put(_ field: ExtraField) {
        put(field.key)
        put(field.json)
    }

    fileprivate mutating func put(_ removal: Removal) {
        put(removal.text)
        put(removal.reason)
    }

    fileprivate mutating func put(_ provenance: Provenance) {
        put(provenance.path)
        put(provenance.offset)
        put(provenance.sha256)
        put(provenance.format)
        put(provenance.encoding)
        put(provenance.encodingFrom)
        put(provenance.published)
        put(provenance.removed) { $0.put($1) { $0.put($1) } }
    }

    fileprivate mutating func put(_ page: Page) {
        switch page.content {
        case .bytes(let bytes):
            put(0)
            put(bytes)
        case .text(let text):
            put(1)
            put(text)
        }
        put(page.declaredEncoding)
    }
}

extension ByteDecoder {
    fileprivate mutating func texts() throws(Malformed) -> [String] {
        try list { (decoder: inout Self) throws(Malformed) in try decoder.text() }
    }

    fileprivate mutating func timestamp() throws(Malformed) -> Timestamp? {
        try optionalNumber().map { Timestamp(seconds: Int64($0)) }
    }

    mutating func duplicate() throws(Malformed) -> Duplicate? {
        try optional { (decoder: inout Self) throws(Malformed) in
            Duplicate(of: try decoder.text(), kind: try decoder.text(), similarity: try decoder.number())
        }
    }

    fileprivate mutating func entity() throws(Malformed) -> Entity {
        Entity(
            start: try number(),
            end: try number(),
            text: try text(),
            type: try text(),
            id: try optionalText(),
            name: try optionalText(),
            source: try text(),
            clitic: try optionalText(),
            value: try optionalText()
        )
    }

    fileprivate mutating func extraField() throws(Malformed) -> ExtraField {
        ExtraField(key: try text(), json: try text())
    }

    fileprivate mutating func removals() throws(Malformed) -> [Removal] {
        try list { (decoder: inout Self) throws(Malformed) in
            Removal(text: try decoder.text(), reason: try decoder.text())
        }
    }

    fileprivate mutating func provenance() throws(Malformed) -> Provenance {
        var provenance = Provenance(
            path: try text(),
            offset: try number(),
            sha256: try digest(),
            format: try text(),
            encoding: try text(),
            encodingFrom: try text()
        )
        provenance.published = try optionalText()
        provenance.removed = try optional { (decoder: inout Self) throws(Malformed) in try decoder.removals() }
        return provenance
    }

    fileprivate mutating func page() throws(Malformed) -> Page {
        let content: Page.Content =
            switch try number() {
            case 0: .bytes(try content())
            case 1: .text(try text())
            default: throw Malformed()
            }
        return Page(content, declaredEncoding: try optionalText())
    }
}
