import JSON
import Language
import Pipeline

/// An SQLite database of articles and mentions, with indexes and a search over titles and texts.
///
/// The index holds the folded words, so that a search finds a word however its alef, yeh or tashkeel were written;
/// what is searched for has to be folded as well, as `load.py` does. Folding is done anywhere, with the encoding.
public struct SQLiteExport: ExportFormat {
    public init() {}

    /// Columns of the tables; lists and structures are JSON in them, and entities are rows of their own.
    static let articles = TableSchema(ArticleTable.schema.columns.filter { $0.name != "entities" })
    static let mentions = MentionTable.schema

    public var isText: Bool { false }

    public var tables: [ExportTable] {
        [ExportTable(Self.articles, name: "articles"), ExportTable(Self.mentions, name: "mentions")]
    }

    public func makeWriter(scratch: String) throws -> (any RowWriter)? { try SQLiteWriter(scratch: scratch) }

    /// An article, its folded title and text, and its mentions: every value is there or not, a text or a number.
    public func encode(_ article: Article, into bytes: inout [UInt8]) -> Int {
        var cells = CellWriter(appendingTo: &bytes)
        defer { cells.give(back: &bytes) }
        for text in [article.id, article.url, article.source, article.outlet, article.title] { cells.optional(text) }
        cells.optional(Self.json { $0.value(article.authors) })
        cells.optional(article.published?.rfc3339)
        cells.optional(article.modified?.rfc3339)
        cells.optional(article.language)
        cells.optional(article.section)
        cells.optional(Self.json { $0.value(article.keywords) })
        cells.optional(article.excerpt)
        cells.optional(article.text)
        cells.optional(article.wordCount)
        cells.optional(article.contentHash?.hex)
        cells.optional(article.duplicate?.of)
        cells.optional(article.duplicate?.kind)
        cells.optional(article.duplicate?.similarity)
        cells.optional(ArticleTable.extra(of: article))
        cells.optional(Self.json { ArticleJSONWriter.append(article.provenance, to: &$0) })
        for text in [article.title ?? "", article.text] {
            Folding.fold(text).withUnsafeBufferPointer { cells.value($0) }
        }
        cells.length(article.entities.count)
        for entity in article.entities { append(entity, to: &cells) }
        return 1
    }

    private func append(_ entity: Entity, to cells: inout CellWriter) {
        cells.optional(entity.start)
        cells.optional(entity.end)
        for text in [entity.text, entity.type, entity.id, entity.name, entity.source, entity.clitic, entity.value] {
            cells.optional(text)
        }
    }

    private static func json(_ value: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        value(&writer)
        return writer.text
    }
}
