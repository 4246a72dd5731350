import Hashing
import JSON
import Pipeline

/// One article from one row of CSV, by the names of its columns.
///
/// The columns are those of JSON Lines; lists are separated by `;`, and an empty cell is unknown.
struct ArticleCSVReader {
    private let columns: CSVColumns

    init(_ columns: CSVColumns) {
        self.columns = columns
    }

    func read(_ row: UnsafeBufferPointer<UInt8>, path: String, offset: Int) throws(ArticleError) -> Article {
        let cells: [String]
        do throws(CSVRow.InvalidUTF8) {
            cells = try CSVRow.fields(row, delimiter: columns.delimiter)
        } catch {
            throw ArticleError(code: "invalid_utf8", message: "the row is no UTF-8", offset: offset + error.offset)
        }
        guard cells.count == columns.all.count else {
            throw ArticleError(
                code: "ragged_row",
                message: "\(cells.count) fields, expected \(columns.all.count) as in the header",
                offset: offset
            )
        }
        let sha256 = SHA256.hash(UnsafeRawBufferPointer(row))
        var article = Article(
            provenance: Provenance(path: path, offset: offset, sha256: sha256, format: "csv", encodingFrom: "format")
        )
        var page = PageFields()
        for (column, cell) in zip(columns.all, cells) where !cell.isEmpty {
            if column.field == .derived || page.set(column.field, cell) { continue }
            if let field = column.field, article.set(field, cell) { continue }
            article.extra.append(ExtraField(key: column.key, json: cell.json))
        }
        article.page = try page.page(offset: offset)
        return article
    }
}
