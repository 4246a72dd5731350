import Pipeline

/// CSV with the columns that are asked for, in their order.
public struct CSVExport: ExportFormat {
    private let rows: ExportRows
    private let columns: [String]
    /// A byte order mark, and formulas guarded.
    private let excel: Bool

    public init(_ rows: ExportRows, columns: [String], excel: Bool) {
        self.rows = rows
        self.columns = columns
        self.excel = excel
    }

    public var header: [UInt8] {
        var writer = CSVWriter()
        for column in columns { writer.cell(column) }
        writer.endRow()
        return (excel ? [0xEF, 0xBB, 0xBF] : []) + writer.bytes
    }

    public func encode(_ article: Article, into bytes: inout [UInt8]) -> Int {
        var writer = CSVWriter(appendingTo: &bytes, guardsFormulas: excel)
        defer { writer.give(back: &bytes) }
        guard rows == .mentions else {
            ArticleColumns.append(article, columns: columns, to: &writer)
            return 1
        }
        for entity in article.entities { MentionColumns.append(entity, of: article, columns: columns, to: &writer) }
        return article.entities.count
    }
}
