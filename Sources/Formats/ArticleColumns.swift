import JSON
import Pipeline

/// The columns of a table of articles: the scalar fields, and `extra.NAME` for a field of the input.
public enum ArticleColumns {
    public static let all = [
        "id", "url", "source", "outlet", "title", "authors", "published", "modified", "language", "section", "keywords",
        "excerpt", "text", "word_count", "content_hash", "duplicate_of", "duplicate_kind", "duplicate_similarity",
    ]
    /// Further columns that can be asked for.
    public static let optional = ["path", "offset", "encoding"]

    public static func isColumn(_ name: String) -> Bool {
        all.contains(name) || optional.contains(name) || name.hasPrefix("extra.")
    }

    /// Appends one row. Lists are joined by `; `.
    public static func append(_ article: Article, columns: [String], to writer: inout CSVWriter) {
        for column in columns {
            switch column {
            case "id": writer.cell(article.id)
            case "url": writer.cell(article.url)
            case "source": writer.cell(article.source)
            case "outlet": writer.cell(article.outlet)
            case "title": writer.cell(article.title)
            case "authors": writer.cell(article.authors.joined(separator: "; "))
            case "published": writer.cell(article.published?.rfc3339)
            case "modified": writer.cell(article.modified?.rfc3339)
            case "language": writer.cell(article.language)
            case "section": writer.cell(article.section)
            case "keywords": writer.cell(article.keywords.joined(separator: "; "))
            case "excerpt": writer.cell(article.excerpt)
            case "text": writer.cell(article.text)
            case "word_count": writer.cell(article.wordCount)
            case "content_hash": writer.cell(article.contentHash?.hex)
            case "duplicate_of": writer.cell(article.duplicate?.of)
            case "duplicate_kind": writer.cell(article.duplicate?.kind)
            case "duplicate_similarity": writer.cell(article.duplicate?.similarity)
            case "path": writer.cell(article.provenance.path)
            case "offset": writer.cell(article.provenance.offset)
            case "encoding": writer.cell(article.provenance.encoding)
            default: writer.cell(extra(String(column.dropFirst("extra.".count)), of: article))
            }
        }
        writer.endRow()
    }

    private static func extra(_ key: String, of article: Article) -> String? {
        guard let json = article.extra.first(where: { $0.key == key })?.json else { return nil }
        guard json.utf8.first == UInt8(ascii: "\"") else { return json == "null" ? nil : json }
        return (try? JSONValue(parsing: json))?.string
    }
}
