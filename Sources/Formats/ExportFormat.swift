import Pipeline

/// What one row of an export is.
public enum ExportRows: String, ChoiceOption {
    case articles, mentions
}

/// How the rows of an export are encoded, and what makes the file out of them.
///
/// A value: it is called from any thread.
public protocol ExportFormat: Sendable {
    /// Bytes before the first row.
    var header: [UInt8] { get }

    /// What the file holds.
    var tables: [ExportTable] { get }

    /// Whether the file is text, which can be packed.
    var isText: Bool { get }

    /// How the rows of a file are found again; nil when they cannot be.
    var exportedRows: ExportedRows? { get }

    /// Appends the article's rows; returns how many.
    func encode(_ article: Article, into bytes: inout [UInt8]) -> Int

    /// What makes the file; nil when the encoded rows are the file.
    func makeWriter(scratch: String) throws -> (any RowWriter)?
}

extension ExportFormat {
    public var header: [UInt8] { [] }

    public var isText: Bool { true }

    public var exportedRows: ExportedRows? { nil }

    public func makeWriter(scratch: String) throws -> (any RowWriter)? { nil }
}
