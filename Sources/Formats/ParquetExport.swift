import Pipeline

/// Parquet: typed columns, for whatever reads data frames.
public struct ParquetExport: ExportFormat {
    private let rows: ExportRows

    public init(_ rows: ExportRows) {
        self.rows = rows
    }

    public var isText: Bool { false }

    public var tables: [ExportTable] { [ExportTable(rows.schema)] }

    public func encode(_ article: Article, into bytes: inout [UInt8]) -> Int {
        rows.encode(article, into: &bytes)
    }

    public func makeWriter(scratch: String) throws -> (any RowWriter)? { ParquetWriter(rows.schema) }
}
