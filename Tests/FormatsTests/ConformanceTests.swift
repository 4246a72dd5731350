import Hashing
import JSON
import Language
import Testing

@testable import Formats
@testable import Pipeline

/// What every format that is both read and written has to do.
struct ConformanceTests {
    enum Kind: CaseIterable { case jsonl, csv }

    static let cases = Kind.allCases.flatMap { kind in Packing.allCases.map { (kind, $0) } }

    private static let texts = [
        "نص عربي، بفاصلة", "line\nline\r\nline\rline", "\"quoted\", and 'so'", " spaces around ", "\u{0}\u{1}\u{7F}",
        "\u{2028}\u{2029}\u{85}",
        "\u{200C}می‌خواهم\u{202E}", "\u{FEFF}mark", "😀\u{FFFE}", "=1+1", "-5", "a;b\tc", "x",
    ]

    private static func article(_ index: Int) -> Article {
        let provenance = Provenance(path: "in", offset: 0, sha256: SHA256.hash([]), format: "text")
        var article = Article(text: texts[index % texts.count], provenance: provenance)
        article.id = "id-\(index)"
        article.url = index % 2 == 0 ? "https://example.org/\(index)" : nil
        article.title = texts[(index + 3) % texts.count]
        article.authors = index % 3 == 0 ? ["أحمد", "Léa"] : []
        article.published = index % 4 == 0 ? Timestamp(seconds: 1_500_000_000 + Int64(index) * 1_000_003) : nil
        article.language = "ar"
        article.keywords = ["one", "two words"]
        article.excerpt = texts[(index + 5) % texts.count]
        return article
    }

    private static func write(_ articles: [Article], as kind: Kind) -> [UInt8] {
        switch kind {
        case .jsonl:
            var writer = JSONWriter()
            for article in articles { ArticleJSONWriter.append(article, to: &writer) }
            return writer.bytes
        case .csv:
            var writer = CSVWriter()
            for column in ArticleColumns.all { writer.cell(column) }
            writer.endRow()
            for article in articles { ArticleColumns.append(article, columns: ArticleColumns.all, to: &writer) }
            return writer.bytes
        }
    }

    @Test("what is written is read back, packed or not, in batches of 1, 3 and all", arguments: cases)
    func roundTrip(kind: Kind, packing: Packing) throws {
        let folder = try TestFolder()
        let articles = (0..<40).map(Self.article)
        let file = try folder.input("a.\(kind)" + packing.suffix, packing.pack(Self.write(articles, as: kind)))
        for size in [1, 3, 1000] {
            let batch = ingest([file], batch: size)
            #expect(batch.failures.isEmpty)
            #expect(batch.articles.count == articles.count)
            for (read, written) in zip(batch.articles.map(\.article), articles) {
                #expect(read.id == written.id && read.url == written.url && read.language == written.language)
                #expect(read.text.unicodeScalars.elementsEqual(written.text.unicodeScalars))
                #expect(read.title.map { Array($0.utf8) } == written.title.map { Array($0.utf8) })
                #expect(
                    read.excerpt == written.excerpt && read.authors == written.authors
                        && read.keywords == written.keywords
                )
                #expect(read.published == written.published)
                #expect(read.extra.isEmpty)
            }
        }
    }

    @Test("the bytes at a record's offset start the record and have its SHA-256", arguments: cases)
    func offsets(kind: Kind, packing: Packing) throws {
        let folder = try TestFolder()
        let bytes = [0xEF, 0xBB, 0xBF] + Self.write((0..<20).map(Self.article), as: kind)
        let file = try folder.input("a.\(kind)" + packing.suffix, packing.pack(bytes))
        let batch = ingest([file], batch: 3)
        #expect(batch.articles.count == 20)
        let ends = batch.articles.dropFirst().map(\.article.provenance.offset) + [bytes.count]
        for (article, end) in zip(batch.articles.map(\.article), ends) {
            var record = bytes[article.provenance.offset..<end]
            while record.last == 0x0A || record.last == 0x0D { record.removeLast() }
            #expect(SHA256.hash(Array(record)) == article.provenance.sha256)
        }
    }

    @Test("rows survive pieces of any size", arguments: Kind.allCases)
    func pieces(kind: Kind) throws {
        let folder = try TestFolder()
        // Rows of many lengths, so that a piece of the stream ends at every kind of place in a row.
        let articles = (0..<900).map { index in
            var article = Self.article(index)
            article.text += String(repeating: "\"\r\n", count: index)
            return article
        }
        let file = try folder.input("a.\(kind)", Self.write(articles, as: kind))
        let batch = ingest([file])
        #expect(batch.failures.isEmpty)
        #expect(batch.articles.map { Array($0.article.text.utf8) } == articles.map { Array($0.text.utf8) })
    }

    @Test("the manifest gets the bytes on disk", arguments: cases)
    func finished(kind: Kind, packing: Packing) throws {
        let folder = try TestFolder()
        let packed = packing.pack(Self.write((0..<5).map(Self.article), as: kind))
        let batch = ingest([try folder.input("a.\(kind)" + packing.suffix, packed)], batch: 1)
        #expect(batch.finished.map(\.size) == [packed.count])
        #expect(batch.finished.map(\.sha256) == [SHA256.hash(packed)])
    }

    @Test("an empty file, and one with nothing but a byte order mark and blank lines, hold no record", arguments: cases)
    func empty(kind: Kind, packing: Packing) throws {
        let folder = try TestFolder()
        for content in ["", "\u{FEFF}", "\n", "\u{FEFF}\r\n \t\r\n"] {
            let file = try folder.input("a.\(kind)" + packing.suffix, packing.pack(Array(content.utf8)))
            let batch = ingest([file])
            #expect(batch.articles.isEmpty && batch.failures.isEmpty)
            #expect(batch.finished.count == 1)
        }
    }
}
