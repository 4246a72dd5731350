import Formats
import Pipeline

/// Writes articles, or their mentions, to a file of the run.
public struct ExportStage: GrowingSink {
    static let file = StageOption<String>(
        required: "file",
        "Name inside the run; its suffix is the format: `.jsonl`, `.csv` (also packed: `.gz`, `.zst`), `.parquet` or `.sqlite`."
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

    static let mode = StageOption<ExportMode>(
        "mode",
        .replace,
        "`append` keeps the rows of earlier runs; an article that comes again is replaced in its place."
    )

    public static let reference = StageReference(
        name: "export",
        summary: "Writes articles or mentions as JSON Lines, CSV, Parquet or SQLite.",
        discussion: """
            Articles pass on: a chain may export in the middle and several times at its end.

            JSON Lines have every key in every row, always in the same order, `null` when unknown: `id`, `url`, `source`, \
            `outlet`, `title`, `authors`, `published`, `modified`, `language`, `section`, `keywords`, `excerpt`, `text`, \
            `word_count`, `content_hash`, `duplicate_of`, `duplicate_kind`, `duplicate_similarity`, `entities`, `extra`, \
            `provenance`. Times are RFC 3339 in UTC. CSV (RFC 4180) has the scalar columns; lists are joined by `; `.

            Parquet has the columns of JSON Lines with their types: times in UTC, lists, structures; `extra` is JSON in a \
            string. It is packed with zstd, so it is the smallest and the fastest to load.

            SQLite holds the tables `articles` and `mentions`, indexed, and `search`, a full-text index (FTS5) over folded \
            titles and texts: `SELECT articles.* FROM search JOIN articles ON articles.rowid = search.rowid WHERE search \
            MATCH 'طرابلس' ORDER BY rank`. Folded words have one form of alef, yeh, teh marbuta and kaf, no tashkeel and no \
            capitals, so write «احمد» to find «أحمد» as well; `load.py` folds what is searched for.

            `"rows": "mentions"` writes the long table: `article_id`, `start`, `end`, `text`, `type`, `entity_id`, `name`, \
            `source`, `clitic`, `value`.

            `"mode": "append"` (`.jsonl` and `.csv`) makes the next whole set of the last one: old rows in their order, those \
            of articles that come again (by `id`) replaced in place, new ones behind. What readers see changes in one step all \
            the same; a file in which nothing changes is linked, not copied. The manifest counts `added` and `updated`.

            A name with placeholders cuts an export into files: `articles/{published:yyyy-MM}.jsonl`, `{published:yyyy}`, \
            `{published:yyyy-MM-dd}`, the same of `modified`, `{outlet}`, `{language}`, `{section}`, `{source}`; what an \
            article does not say is `unknown`. In `append` mode only the files that change are written. `load.py` and the `--file` of \
            `etl diff` take the name as it stands here for all of them.
            """,
        options: [file.erased, rows.erased, columns.erased, excel.erased, mode.erased]
    )

    public let file: String
    private let format: any ExportFormat
    private let compression: Compression
    public let mode: ExportMode
    public let partitions: PartitionedName?
    private let rowsName: String
    private let rowsOfFile: ExportedRows?

    public init(_ options: StageOptions) throws(StageProblem) {
        file = options[Self.file]
        compression = Compression.named(by: file)
        format = try Self.format(options, of: Compression.strip(file))
        mode = options[Self.mode]
        rowsName = options[Self.rows].rawValue
        partitions = try PartitionedName(file)
        rowsOfFile = compression == .none ? format.exportedRows : nil
        if mode == .append, rowsOfFile == nil {
            let isCSV = file.lowercased().hasSuffix(".csv")
            throw StageProblem(
                isCSV
                    ? "\"mode\": \"append\" needs a column with the article's id" : "\"\(file)\" cannot be appended to",
                option: "mode",
                hint: isCSV ? "\"id\", or \"article_id\" of mentions" : "use .jsonl or .csv"
            )
        }
        if compression != .none, !format.isText {
            throw StageProblem(
                "\"\(file)\" would be packed twice",
                option: "file",
                hint: "\"\(Compression.strip(file))\" is packed inside"
            )
        }
    }

    private static func format(_ options: StageOptions, of name: String) throws(StageProblem) -> any ExportFormat {
        let rows = options[Self.rows]
        let suffix = name.lowercased().utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .dropFirst().last
        let format: any ExportFormat
        switch suffix.map(String.init) {
        case "csv": return CSVExport(rows, columns: try columns(options, rows), excel: options[excel])
        case "jsonl": format = JSONLinesExport(rows)
        case "parquet": format = ParquetExport(rows)
        case "sqlite":
            if options.isGiven("rows") {
                throw StageProblem("a database holds articles and mentions", option: "rows", hint: "leave it out")
            }
            format = SQLiteExport()
        default:
            let given = options[Self.file]
            throw StageProblem(
                "\"\(given)\" has no suffix of a format",
                option: "file",
                hint: "use .jsonl, .csv, .parquet or .sqlite"
            )
        }
        if options.isGiven("columns") {
            throw StageProblem("\"columns\" is for CSV; the other formats always have all", option: "columns")
        }
        return format
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

    public var tables: [ExportTable] { format.tables }

    public func encode(_ article: inout Article, into bytes: inout [UInt8]) -> Int {
        article.identify()
        return format.encode(article, into: &bytes)
    }

    public func makeWriter(scratch: String) throws -> (any RowWriter)? {
        try format.makeWriter(scratch: scratch) ?? CompressingWriter(compression)
    }

    // MARK: Sets that grow

    public var layout: [UInt8] {
        Array("\(rowsName) \(Compression.strip(file).split(separator: ".").last ?? "") ".utf8) + format.header
    }

    public func key(of article: Article) -> [UInt8] { (rowsOfFile ?? .jsonLines).key(of: article.id) }

    public func row(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> ExportedRow? {
        rowsOfFile?.row(in: bytes, from: start)
    }
}
