import JSON
import Pipeline

/// JSON Lines: every key in every row.
public struct JSONLinesExport: ExportFormat {
    private let rows: ExportRows

    public init(_ rows: ExportRows) {
        self.rows = rows
    }

    public var tables: [ExportTable] { [ExportTable(rows.schema)] }

    public var exportedRows: ExportedRows? { .jsonLines }

    public func encode(_ article: Article, into bytes: inout [UInt8]) -> Int {
        var writer = JSONWriter(appendingTo: &bytes)
        defer { writer.give(back: &bytes) }
        guard rows == .mentions else {
            ArticleJSONWriter.append(article, to: &writer)
            return 1
        }
        for entity in article.entities { MentionColumns.append(entity, of: article, to: &writer) }
        return article.entities.count
    }
}
