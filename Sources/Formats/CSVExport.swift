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

    public var tables: [ExportTable] {
        [ExportTable(TableSchema(columns.map { Self.cell(rows.schema.columns, $0) }))]
    }

    /// A column as a cell can hold it: lists are joined, an empty cell is unknown.
    private static func cell(_ columns: [TableSchema.Column], _ name: String) -> TableSchema.Column {
        guard let column = columns.first(where: { $0.name == name }) else {
            return .init(name, name == "offset" ? .number : .text, optional: true, "As in the input.")
        }
        switch column.kind {
        case .text, .count, .number, .time: return column
        case .list, .object, .structure:
            return .init(name, .text, optional: true, column.summary + " Joined by \"; \".")
        }
    }

    public var exportedRows: ExportedRows? {
        let id = rows == .mentions ? "article_id" : "id"
        return columns.firstIndex(of: id).map { .csv(column: $0, guardsFormulas: excel) }
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
