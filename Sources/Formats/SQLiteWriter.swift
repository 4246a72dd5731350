import Foundation
import GRDB
import Pipeline

/// Builds an SQLite database beside the file, and gives out its bytes when it is done.
///
/// The same rows give the same bytes: one transaction, whatever the batches; indexes made behind the last row; the
/// search index merged to one piece. There is no journal, as nobody sees the file before it is whole. Memory: a page
/// cache of 32 MB. Cost: 10 MB of text a CPU-second, mentions included.
final class SQLiteWriter: RowWriter {
    private let path: String
    private let queue: DatabaseQueue
    private var insertions: Insertions?
    private var count: Int64 = 0

    private struct Insertions {
        let article: Statement
        let search: Statement
        let mention: Statement
    }

    init(scratch: String) throws {
        path = scratch
        var configuration = Configuration()
        // One transaction from the first row to the last.
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: scratch, configuration: configuration)
        insertions = try queue.writeWithoutTransaction { database in
            try database.execute(sql: Self.settings)
            try database.execute(sql: "BEGIN")
            try database.execute(sql: Self.table("articles", SQLiteExport.articles))
            try database.execute(sql: Self.table("mentions", SQLiteExport.mentions))
            try database.execute(sql: Self.search)
            return Insertions(
                article: try database.makeStatement(sql: Self.insertion("articles", SQLiteExport.articles)),
                search: try database.makeStatement(sql: "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)"),
                mention: try database.makeStatement(sql: Self.insertion("mentions", SQLiteExport.mentions))
            )
        }
    }

    /// GRDB calls into what is gone already when a connection ends with its transaction open: that of a run that failed.
    deinit {
        insertions = nil
        try? queue.writeWithoutTransaction { database in
            guard database.isInsideTransaction else { return }
            // Without a journal a rollback is undefined; nobody will read the file.
            do { try database.execute(sql: "COMMIT") } catch { try database.execute(sql: "ROLLBACK") }
        }
    }

    func write(_ rows: [UInt8], to emit: Emit) throws {
        guard let insertions else { return }
        try queue.writeWithoutTransaction { _ in
            try rows.withUnsafeBytes { buffer in
                var cells = CellReader(buffer)
                while !cells.isAtEnd { try insertRow(&cells, insertions) }
            }
        }
    }

    func finish(to emit: Emit) throws {
        // A database with statements cannot be closed.
        insertions = nil
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "INSERT INTO search (search) VALUES ('optimize')")
            try database.execute(sql: Self.indexes)
            try database.execute(sql: "COMMIT")
        }
        try queue.close()
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { try emit(Array(piece)) }
    }

    private func insertRow(_ cells: inout CellReader, _ insertions: Insertions) throws {
        count += 1
        let article = SQLiteExport.articles.columns.map { Self.value(of: $0.kind, &cells) }
        try insertions.article.execute(arguments: StatementArguments(article))
        let title = Self.string(cells.text())
        let text = Self.string(cells.text())
        try insertions.search.execute(arguments: [count, title, text])
        for _ in 0..<cells.length() {
            let mention = SQLiteExport.mentions.columns.dropFirst().map { Self.value(of: $0.kind, &cells) }
            try insertions.mention.execute(arguments: StatementArguments(article.prefix(1) + mention))
        }
    }

    private static func value(of kind: TableSchema.Kind, _ cells: inout CellReader) -> DatabaseValue {
        guard cells.isPresent() else { return .null }
        switch kind {
        case .count, .number: return cells.number().databaseValue
        case .text, .time, .object, .list, .structure: return string(cells.text()).databaseValue
        }
    }

    private static func string(_ utf8: UnsafeRawBufferPointer) -> String { String(decoding: utf8, as: UTF8.self) }

    // MARK: SQL

    private static let settings = """
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA cache_size = -32768;
        """

    /// Words of folded text are letters and digits between spaces. The index holds no second copy of the texts.
    private static let search = """
        CREATE VIRTUAL TABLE search USING fts5(title, text, content = '', tokenize = 'unicode61 remove_diacritics 0')
        """

    private static let indexes = """
        CREATE INDEX articles_id ON articles (id);
        CREATE INDEX articles_published ON articles (published);
        CREATE INDEX articles_outlet ON articles (outlet, published);
        CREATE INDEX mentions_article ON mentions (article_id);
        CREATE INDEX mentions_entity ON mentions (entity_id);
        CREATE INDEX mentions_name ON mentions (type, name);
        """

    private static func table(_ name: String, _ schema: TableSchema) -> String {
        let columns = schema.columns.map { column in
            let type = column.kind == .count || column.kind == .number ? "INTEGER" : "TEXT"
            return "\"\(column.name)\" \(type)\(column.isOptional ? "" : " NOT NULL")"
        }
        return "CREATE TABLE \(name) (\n  \(columns.joined(separator: ",\n  "))\n)"
    }

    private static func insertion(_ table: String, _ schema: TableSchema) -> String {
        "INSERT INTO \(table) VALUES (\(schema.columns.map { _ in "?" }.joined(separator: ", ")))"
    }
}
