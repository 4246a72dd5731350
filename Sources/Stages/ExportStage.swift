import Formats
import JSON
import Pipeline

/// Writes articles, or their mentions, to a file of the run.
public struct ExportStage: Sink {
    static let file = StageOption<String>(
        required: "file",
        "Name inside the run; its suffix, `.jsonl` or `.csv`, is the format."
    )
    static let rows = StageOption<Rows>("rows", .articles, "One row an article, or one row a mention.")
    static let columns = StageOption<[String]?>(
        "columns",
        nil,
        "The columns of a CSV file, in this order; `extra.NAME` is a field of the input. All scalar fields when left out."
    )
    static let excel = StageOption(
        "excel",
        false,
        "For Excel: a byte order mark, and an apostrophe before cells that it would take for formulas."
    )

    public static let reference = StageReference(
        name: "export",
        summary: "Writes articles or mentions as JSON Lines or CSV.",
        discussion: """
            Articles pass on: a chain may export in the middle and several times at its end.

            JSON Lines have every key in every row, always in the same order, `null` when unknown: `id`, `url`, `source`, \
            `outlet`, `title`, `authors`, `published`, `modified`, `language`, `section`, `keywords`, `excerpt`, `text`, \
            `word_count`, `content_hash`, `duplicate_of`, `duplicate_kind`, `duplicate_similarity`, `entities`, `extra`, \
            `provenance`. Times are RFC 3339 in UTC. CSV (RFC 4180) has the scalar columns; lists are joined by `; `.

            `"rows": "mentions"` writes the long table: `article_id`, `start`, `end`, `text`, `type`, `entity_id`, `name`, \
            `source`, `clitic`, `value`.
            """,
        options: [file.erased, rows.erased, columns.erased, excel.erased]
    )

    enum Rows: String, ChoiceOption {
        case articles, mentions
    }

    public let file: String
    private let isCSV: Bool
    private let rows: Rows
    private let columns: [String]
    private let excel: Bool

    public init(_ options: StageOptions) throws(StageProblem) {
        file = options[Self.file]
        rows = options[Self.rows]
        excel = options[Self.excel]
        let lower = file.lowercased()
        isCSV = lower.hasSuffix(".csv")
        guard isCSV || lower.hasSuffix(".jsonl") else {
            throw StageProblem("\"\(file)\" has no suffix of a format", option: "file", hint: "use .jsonl or .csv")
        }
        let known = rows == .articles ? ArticleColumns.all : MentionColumns.all
        columns = options[Self.columns] ?? known
        if !isCSV, options.isGiven("columns") {
            throw StageProblem("\"columns\" is for CSV; JSON Lines always have every key", option: "columns")
        }
        for (index, column) in columns.enumerated()
        where !known.contains(column) && !(rows == .articles && ArticleColumns.isColumn(column)) {
            let all = rows == .articles ? known + ArticleColumns.optional : known
            throw StageProblem(
                "unknown column \"\(column)\"",
                option: "columns",
                element: index,
                hint: suggestion(for: column, among: all) ?? "columns: " + all.joined(separator: ", ")
            )
        }
    }

    public var header: [UInt8] {
        guard isCSV else { return [] }
        var writer = CSVWriter()
        for column in columns { writer.cell(column) }
        writer.endRow()
        return (excel ? [0xEF, 0xBB, 0xBF] : []) + writer.bytes
    }

    public func encode(_ article: inout Article, into bytes: inout [UInt8]) -> Int {
        article.identify()
        return isCSV ? encodeCSV(article, into: &bytes) : encodeJSON(article, into: &bytes)
    }

    private func encodeJSON(_ article: Article, into bytes: inout [UInt8]) -> Int {
        var writer = JSONWriter(appendingTo: &bytes)
        defer { writer.give(back: &bytes) }
        guard rows == .mentions else {
            ArticleJSONWriter.append(article, to: &writer)
            return 1
        }
        for entity in article.entities { MentionColumns.append(entity, of: article, to: &writer) }
        return article.entities.count
    }

    private func encodeCSV(_ article: Article, into bytes: inout [UInt8]) -> Int {
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
