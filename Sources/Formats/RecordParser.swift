import Charsets
import Hashing
import Pipeline

/// Turns cut records into articles; called by any worker.
public enum RecordParser {
    /// Appends each record's article or failure, in order.
    public static func parse(_ chunk: RecordChunk, into batch: inout IngestedBatch) {
        batch.inputBytes += chunk.bytes.count
        if let finished = chunk.finished { batch.finished.append(finished) }
        batch.reserve(chunk.pieces.count)
        chunk.bytes.withUnsafeBufferPointer { bytes in
            for piece in chunk.pieces {
                switch piece {
                case .failure(let failure): batch.add(failure)
                case .record(let range):
                    parse(
                        UnsafeBufferPointer(rebasing: bytes[range]),
                        at: chunk.offset + range.lowerBound,
                        chunk,
                        into: &batch
                    )
                }
            }
        }
    }

    private static func parse(
        _ record: UnsafeBufferPointer<UInt8>,
        at offset: Int,
        _ chunk: RecordChunk,
        into batch: inout IngestedBatch
    ) {
        do throws(ArticleError) {
            var article =
                if let columns = chunk.columns {
                    try ArticleCSVReader(columns).read(record, path: chunk.file.path, offset: offset)
                } else {
                    try ArticleJSONReader().read(record, path: chunk.file.path, offset: offset)
                }
            if let encoding = chunk.encoding {
                article.provenance.encoding = encoding.name
                article.provenance.encodingFrom = encoding.from
            }
            batch.add(article)
        } catch {
            batch.add(RecordFailure(error, path: chunk.file.path, offset: offset))
        }
    }

    /// Reads a file that is one article: text or a page.
    public static func readWhole(_ file: InputFile, maxRecordBytes: Int, into batch: inout IngestedBatch) {
        do throws(ArticleError) {
            let stream = try file.stream()
            // Listed in the manifest even where it turns out to be no article.
            defer { if let finished = file.finished(stream.finished()) { batch.finished.append(finished) } }
            let bytes = try stream.readAll(limit: maxRecordBytes)
            batch.inputBytes += bytes.count
            if file.format == .text { try refuseArray(bytes) }
            batch.add(article(bytes, file))
        } catch {
            batch.add(RecordFailure(error, path: file.path, offset: error.offset ?? 0, losesInput: true))
        }
    }

    /// A JSON list of articles is no scraped text.
    private static func refuseArray(_ bytes: [UInt8]) throws(ArticleError) {
        let marks = bytes.prefix(256).filter { $0 > 0x20 }.prefix(2)
        guard marks.elementsEqual("[{".utf8) else { return }
        throw ArticleError(
            code: "json_array",
            message: "the file is a JSON list; write one object a line, as jq -c '.[]' does"
        )
    }

    private static func article(_ bytes: [UInt8], _ file: InputFile) -> Article {
        let sha256 = SHA256.hash(bytes)
        var provenance = Provenance(path: file.path, offset: 0, sha256: sha256, format: file.format.rawValue)
        if file.format == .html {
            var article = Article(provenance: provenance)
            article.page = Page(.bytes(bytes))
            return article
        }
        let decoded = bytes.withUnsafeBytes { Charsets.decode($0) }
        provenance.encoding = decoded.encoding
        provenance.encodingFrom = decoded.encodingFrom
        return Article(text: decoded.text, provenance: provenance)
    }
}
