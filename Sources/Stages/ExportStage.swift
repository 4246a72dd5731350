import Formats
import Pipeline

/// Writes articles, or their mentions, to a file of the run.
public struct ExportStage: Sink {
    static let file = StageOption<String>(
        required: "file",
        "Name inside the run; its suffix, `.jsonl` or `.csv`, is the format; `.gz` or `.zst` behind it packs the file."
    )
    static let rows = StageOption<ExportRows>("rows", .articles, "One row an article, or one row a mention.")
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

    public let file: String
    private let format: any ExportFormat
    private let compression: Compression

    public init(_ options: StageOptions) throws(StageProblem) {
        file = options[Self.file]
        compression = Compression.named(by: file)
        let rows = options[Self.rows]
        let name = Compression.strip(file).lowercased()
        if name.hasSuffix(".csv") {
            let columns = try Self.columns(options, rows)
            format = CSVExport(rows, columns: columns, excel: options[Self.excel])
            return
        }
        guard name.hasSuffix(".jsonl") else {
            throw StageProblem("\"\(file)\" has no suffix of a format", option: "file", hint: "use .jsonl or .csv")
        }
        if options.isGiven("columns") {
            throw StageProblem("\"columns\" is for CSV; JSON Lines always have every key", option: "columns")
        }
        format = JSONLinesExport(rows)
    }

    /// The columns that are asked for; all of them when none are.
    private static func columns(_ options: StageOptions, _ rows: ExportRows) throws(StageProblem) -> [String] {
        let known = rows == .articles ? ArticleColumns.all : MentionColumns.all
        let columns = options[Self.columns] ?? known
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
        return columns
    }

    public var header: [UInt8] { format.header }

    public func encode(_ article: inout Article, into bytes: inout [UInt8]) -> Int {
        article.identify()
        return format.encode(article, into: &bytes)
    }

    public func makeWriter(scratch: String) throws -> (any RowWriter)? {
        try format.makeWriter(scratch: scratch) ?? CompressingWriter(compression)
    }
}
