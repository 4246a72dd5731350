/// What the rows of an exported file are made of: the one declaration that typed files, `schema.json` and `load.py`
/// are made from.
public struct TableSchema: Sendable, Equatable {
    public let columns: [Column]

    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// A named value of a row, or of a structure in a row.
    public struct Column: Sendable, Equatable {
        public let name: String
        public let kind: Kind
        /// Whether the value may be unknown.
        public let isOptional: Bool
        /// One sentence for whoever reads the file.
        public let summary: String

        public init(_ name: String, _ kind: Kind, optional: Bool = false, _ summary: String) {
            self.name = name
            self.kind = kind
            isOptional = optional
            self.summary = summary
        }
    }

    /// What a value is.
    public indirect enum Kind: Sendable, Equatable {
        case text
        /// A whole number below 2^31, as counts are.
        case count
        /// A whole number below 2^63.
        case number
        /// A moment in UTC.
        case time
        /// An object of JSON whose keys are not known beforehand.
        case object
        case list(Kind)
        case structure([Column])
    }
}

/// A table of an exported file.
public struct ExportTable: Sendable {
    /// Nil when the file is the table; a database holds several.
    public let name: String?
    public let schema: TableSchema

    public init(_ schema: TableSchema, name: String? = nil) {
        self.name = name
        self.schema = schema
    }
}
