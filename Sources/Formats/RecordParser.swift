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
                    parse(UnsafeBufferPointer(rebasing: bytes[range]), at: chunk.offset + range.lowerBound, chunk, into: &batch)
                }
            }
        }
    }

    private static func parse(
        _ record: UnsafeBufferPointer<UInt8>, at offset: Int, _ chunk: RecordChunk, into batch: inout IngestedBatch
    ) {
        do throws(ArticleError) {
            if let columns = chunk.columns {
                batch.add(try csv(record, columns, path: chunk.file.path, offset: offset))
            } else {
                batch.add(try ArticleJSONReader().read(record, path: chunk.file.path, offset: offset))
            }
        } catch {
            batch.add(RecordFailure(error, path: chunk.file.path, offset: offset))
        }
    }

    private static func csv(
        _ row: UnsafeBufferPointer<UInt8>, _ columns: CSVColumns, path: String, offset: Int
    ) throws(ArticleError) -> Article {
        guard let fields = CSVRow.fields(row, delimiter: columns.delimiter) else {
            throw ArticleError(code: "invalid_utf8", message: "the row is no UTF-8", offset: offset)
        }
        guard fields.count == columns.names.count else {
            throw ArticleError(
                code: "ragged_row", message: "\(fields.count) fields, expected \(columns.names.count) as in the header", offset: offset)
        }
        let sha256 = SHA256.hash(UnsafeRawBufferPointer(row))
        var article = Article(provenance: Provenance(path: path, offset: offset, sha256: sha256, format: "csv", encodingFrom: "format"))
        for (name, value) in zip(columns.names, fields) {
            let field = ArticleField.named(name)
            if field == .derived { continue }
            if field == .html, !value.isEmpty {
                article.page = Page(.text(value))
            } else if let field, article.set(field, value) {
                continue
            } else if !value.isEmpty {
                let key = name.hasPrefix("extra.") ? String(name.dropFirst(6)) : name
                article.extra.append(ExtraField(key: key, json: value.json))
            }
        }
        return article
    }

    /// Reads a file that is one article: text or a page.
    public static func readWhole(_ file: InputFile, maxRecordBytes: Int, into batch: inout IngestedBatch) {
        do throws(ArticleError) {
            let stream = try ByteStream(path: file.path, file: file.file, compression: file.compression)
            let bytes = try stream.readAll(limit: maxRecordBytes)
            batch.inputBytes += bytes.count
            batch.finished.append(stream.finished())
            batch.add(article(bytes, file))
        } catch {
            batch.add(RecordFailure(error, path: file.path, offset: error.offset ?? 0))
        }
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
