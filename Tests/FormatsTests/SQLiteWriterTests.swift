import Foundation
import GRDB
import Hashing
import Language
import Pipeline
import Testing

@testable import Formats

@Suite struct SQLiteWriterTests {
    private func article(_ number: Int, title: String?, text: String) -> Article {
        var article = Article(
            text: text,
            provenance: Provenance(path: "p", offset: 0, sha256: SHA256.hash([]), format: "jsonl")
        )
        article.id = "id-\(number)"
        article.title = title
        article.authors = ["أحمد", "b"]
        article.published = Timestamp(seconds: 1_700_000_000)
        article.wordCount = number
        article.entities = [
            Entity(start: 0, end: 3, text: "نصل", type: "MISC", source: "list"),
            Entity(start: 4, end: 6, text: "هو", type: "PER", id: "Q1", name: "هو", source: "model"),
        ]
        return article
    }

    @Test("a run that fails leaves its database as it is", arguments: [0, 1, 300])
    func abandoned(rows: Int) throws {
        let folder = try TestFolder()
        for round in 0..<10 {
            let writer = try SQLiteWriter(scratch: folder.path + "/.scratch-\(round)")
            var bytes: [UInt8] = []
            for number in 0..<rows {
                _ = SQLiteExport().encode(article(number, title: nil, text: "a"), into: &bytes)
            }
            try writer.write(bytes) { _ in }
        }
    }

    /// The file that is made of the articles, `rowsAtATime` in a call.
    private func file(_ articles: [Article], rowsAtATime: Int = 100) throws -> (folder: TestFolder, path: String) {
        let folder = try TestFolder()
        let writer = try SQLiteWriter(scratch: folder.path + "/.scratch")
        var file: [UInt8] = []
        for start in stride(from: 0, to: articles.count, by: rowsAtATime) {
            var bytes: [UInt8] = []
            for article in articles[start..<min(articles.count, start + rowsAtATime)] {
                #expect(SQLiteExport().encode(article, into: &bytes) == 1)
            }
            try writer.write(bytes) { file += $0 }
        }
        try writer.finish { file += $0 }
        try folder.add("a.sqlite", file)
        return (folder, folder.path + "/a.sqlite")
    }

    private func read<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration).read(body)
    }

    @Test func holdsArticlesAndMentions() throws {
        let articles = (0..<3).map { article($0, title: $0 == 1 ? nil : "عنوان", text: "سطر\nثان 'x' \0 \($0)") }
        let (folder, path) = try file(articles)
        defer { withExtendedLifetime(folder) {} }
        try read(path) { database in
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM articles ORDER BY rowid")
            #expect(rows.map { $0["id"] as String } == ["id-0", "id-1", "id-2"])
            #expect(rows.map { $0["title"] as String? } == ["عنوان", nil, "عنوان"])
            #expect(rows[0]["authors"] as String == #"["أحمد","b"]"#)
            #expect(rows[0]["published"] as String == "2023-11-14T22:13:20Z")
            #expect(rows[2]["word_count"] as Int == 2)
            #expect(rows.first.map { Array($0.columnNames) } == SQLiteExport.articles.columns.map(\.name))
            let mentions = try Row.fetchAll(database, sql: "SELECT * FROM mentions WHERE article_id = 'id-1'")
            #expect(mentions.map { $0["text"] as String } == ["نصل", "هو"])
            #expect(mentions.map { $0["entity_id"] as String? } == [nil, "Q1"])
            #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
        }
    }

    @Test(
        "a search finds folded words",
        arguments: [
            ("احمد", [1, 2, 3]), ("\"محمد احمد\"", [3]), ("مدرسه", [2]), ("tripoli", [1]), ("أحمد", []),
            ("title:طرابلس", [3]),
        ]
    )
    func searches(_ words: String, _ found: [Int]) throws {
        let (folder, path) = try file([
            article(1, title: nil, text: "قال أَحْمَد في TRIPOLI"), article(2, title: nil, text: "مدرسة احمد"),
            article(3, title: "طرابلس", text: "محمّد أحمد"),
        ])
        defer { withExtendedLifetime(folder) {} }
        let rows = try read(path) {
            try Int.fetchAll(
                $0,
                sql: "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid",
                arguments: [words]
            )
        }
        #expect(rows == found)
    }

    @Test("the same bytes however the rows are cut into calls")
    func dependsOnTheRowsAlone() throws {
        let articles = (0..<2_000).map { article($0, title: "عنوان \($0)", text: "كلمات كثيرة رقم \($0 * 7919) هنا") }
        let whole = try file(articles, rowsAtATime: articles.count)
        let pieces = try file(articles, rowsAtATime: 7)
        #expect(FileManager.default.contentsEqual(atPath: whole.path, andPath: pieces.path))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: whole.folder.path).sorted() == [".scratch", "a.sqlite"]
        )
    }

    @Test func noRowsMakeADatabaseToo() throws {
        let (folder, path) = try file([])
        defer { withExtendedLifetime(folder) {} }
        #expect(try read(path) { try Int.fetchOne($0, sql: "SELECT count(*) FROM articles") } == 0)
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(throws: (any Error).self) { try SQLiteWriter(scratch: "/nonexistent/folder/a.sqlite") }
    }
}
