import Pipeline

/// The long table of mentions, with types.
enum MentionTable {
    static let schema = TableSchema(
        [.init("article_id", .text, "The article.")]
            + ArticleTable.entity.map { column in
                column.name == "id"
                    ? .init("entity_id", column.kind, optional: column.isOptional, column.summary) : column
            }
    )

    static func append(_ entity: Entity, of article: Article, to cells: inout CellWriter) {
        cells.value(article.id ?? "")
        ArticleTable.append(entity, to: &cells)
    }
}

extension ExportRows {
    /// The table that the rows make.
    public var schema: TableSchema {
        switch self {
        case .articles: ArticleTable.schema
        case .mentions: MentionTable.schema
        }
    }

    /// Appends the article's rows as cells of ``schema``; returns how many.
    func encode(_ article: Article, into bytes: inout [UInt8]) -> Int {
        var cells = CellWriter(appendingTo: &bytes)
        defer { cells.give(back: &bytes) }
        switch self {
        case .articles:
            ArticleTable.append(article, to: &cells)
            return 1
        case .mentions:
            for entity in article.entities { MentionTable.append(entity, of: article, to: &cells) }
            return article.entities.count
        }
    }
}
