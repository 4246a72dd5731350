import Hashing
import JSON
import Language
import Pipeline
import Testing

@testable import Formats

/// What JSON Lines, CSV and the typed formats call the same things.
@Suite struct TableSchemaTests {
    private static let article: Article = {
        var article = Article(
            text: "نص",
            provenance: Provenance(path: "p", offset: 3, sha256: SHA256.hash([]), format: "jsonl")
        )
        article.id = "7"
        article.provenance.removed = [Removal(text: "x", reason: "y")]
        article.entities = [Entity(start: 0, end: 2, text: "نص", type: "MISC", source: "list")]
        article.extra = [ExtraField(key: "k", json: "1e400")]
        return article
    }()

    private func row(_ format: JSONLinesExport) throws -> JSONValue {
        var bytes: [UInt8] = []
        _ = format.encode(Self.article, into: &bytes)
        return try JSONValue(parsing: bytes)
    }

    private func keys(_ kind: TableSchema.Kind) -> [String] {
        switch kind {
        case .structure(let columns): columns.map(\.name)
        case .list(let element): keys(element)
        default: []
        }
    }

    @Test func articlesHaveTheKeysOfJSONLines() throws {
        let row = try row(JSONLinesExport(.articles))
        #expect(row.members?.map(\.key) == ExportRows.articles.schema.columns.map(\.name))
        for column in ExportRows.articles.schema.columns {
            let value = row[column.name]
            let members = value?.elements?.first?.members ?? value?.members
            if column.kind != .object { #expect((members ?? []).map(\.key) == keys(column.kind), "\(column.name)") }
        }
    }

    @Test func mentionsHaveTheKeysOfJSONLines() throws {
        let row = try row(JSONLinesExport(.mentions))
        #expect(row.members?.map(\.key) == ExportRows.mentions.schema.columns.map(\.name))
        #expect(MentionColumns.all == ExportRows.mentions.schema.columns.map(\.name))
    }

    @Test func columnsOfCSVAreColumns() {
        let names = ExportRows.articles.schema.columns.map(\.name)
        #expect(ArticleColumns.all == names.filter(ArticleColumns.all.contains))
        #expect(ArticleColumns.all.allSatisfy(names.contains))
    }

    @Test("as many cells as the schema says", arguments: [ExportRows.articles, .mentions])
    func cellsFollowTheSchema(_ rows: ExportRows) throws {
        var bytes: [UInt8] = []
        #expect(rows.encode(Self.article, into: &bytes) == 1)
        let writer = ParquetWriter(rows.schema)
        var file: [UInt8] = []
        try writer.write(bytes) { file += $0 }
        try writer.finish { file += $0 }
        #expect(!file.isEmpty)
    }
}
