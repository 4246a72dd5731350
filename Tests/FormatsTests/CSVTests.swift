import Hashing
import Testing

@testable import Formats
@testable import Pipeline

struct CSVTests {
    private func row(_ cells: [String?]) -> String {
        var writer = CSVWriter()
        for cell in cells { writer.cell(cell) }
        writer.endRow()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        "cells are quoted where RFC 4180 asks for it",
        arguments: [
            (["a", "b"], "a,b"), (["", nil], ","), (["a,b"], "\"a,b\""), (["say \"x\""], "\"say \"\"x\"\"\""),
            (["a\nb"], "\"a\nb\""), (["a\rb"], "\"a\rb\""),
            ([" a"], "\" a\""), (["a "], "\"a \""), (["a;b\tc"], "a;b\tc"), ([nil], "\"\""), ([""], "\"\""),
            ([nil, nil, nil], ",,"),
        ] as [([String?], String)]
    )
    func quoted(cells: [String?], expected: String) {
        #expect(row(cells) == expected + "\r\n")
    }

    @Test("a table of one column keeps its empty cells")
    func oneColumn() throws {
        let folder = try TestFolder()
        let batch = ingest([try folder.input("a.csv", row(["id"]) + row(["1"]) + row([nil]) + row(["3"]))])
        #expect(batch.articles.map(\.article.id) == ["1", nil, "3"])
    }

    @Test("comma, semicolon and tab are told by the header", arguments: [",", ";", "\t"])
    func delimiters(delimiter: String) throws {
        let folder = try TestFolder()
        let text = [["id", "\"a,;\tb\"", "title"], ["1", "x", "\"t\(delimiter)u\""]].map {
            $0.joined(separator: delimiter)
        }.joined(separator: "\n")
        let article = try #require(ingest([try folder.input("a.csv", text)]).articles.first?.article)
        #expect(article.id == "1" && article.title == "t\(delimiter)u" && article.extra.map(\.key) == ["a,;\tb"])
    }

    @Test("the header may span lines, repeat names and leave some out")
    func header() throws {
        let folder = try TestFolder()
        let batch = ingest([try folder.input("a.csv", "id,\"two\nlines\",x,x,,extra.x,title,title\n1,a,b,c,d,e,f,g\n")])
        let article = try #require(batch.articles.first?.article)
        #expect(article.extra.map(\.key) == ["two\nlines", "x", "x.2", "column_5", "x.3", "title.2"])
        #expect(article.title == "f")
    }

    @Test("a quote that is not closed in the header does not take the rows with it")
    func openHeader() throws {
        let folder = try TestFolder()
        #expect(outcomes([try folder.input("a.csv", "id,\"text\n1,a\n2,b\n")]) == ["kept 1", "kept 2"])
    }

    @Test("a header that is no UTF-8 is one entry, not one a row")
    func invalidHeader() throws {
        let folder = try TestFolder()
        let bytes = Array("id,".utf8) + [0xE4, 0xD5] + Array("\n1,2\n3,4\n".utf8)
        #expect(outcomes([try folder.input("a.csv", bytes)]) == ["invalid_utf8 @3"])
    }

    @Test("pages and lists come from cells too")
    func cells() throws {
        let folder = try TestFolder()
        let article = try #require(
            ingest([
                try folder.input(
                    "a.csv",
                    "html_b64,charset,authors,published,word_count\nPGI+,windows-1256,A; B,1594218600,9\n"
                )
            ]).articles.first?.article
        )
        #expect(article.page?.declaredEncoding == "windows-1256")
        #expect(
            article.authors == ["A", "B"] && article.published?.rfc3339 == "2020-07-08T14:30:00Z"
                && article.wordCount == nil
        )
    }

    @Test("columns of the input's own fields")
    func extraColumns() {
        var article = Article(provenance: Provenance(path: "p", offset: 4, sha256: SHA256.hash([]), format: "csv"))
        article.extra = [
            ExtraField(key: "s", json: "\"a\\nb\""), ExtraField(key: "n", json: "1e400"),
            ExtraField(key: "z", json: "null"),
        ]
        var writer = CSVWriter()
        ArticleColumns.append(
            article,
            columns: ["extra.s", "extra.n", "extra.z", "extra.none", "path", "offset"],
            to: &writer
        )
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "\"a\nb\",1e400,,,p,4\r\n")
        #expect(
            ArticleColumns.isColumn("extra.s") && ArticleColumns.isColumn("title") && !ArticleColumns.isColumn("nope")
        )
    }
}
