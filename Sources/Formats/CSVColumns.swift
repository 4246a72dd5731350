/// The header row of a CSV file: what each column is taken for.
struct CSVColumns: Sendable {
    struct Column: Sendable {
        /// The article's field; nil for a column that goes to `extra`.
        let field: ArticleField?
        /// The key in `extra` of a value that the article has no place for; no two columns have the same.
        let key: String
    }

    let all: [Column]
    let delimiter: UInt8

    /// A column without a name is called `column_3`; the second column of one name has `.2` put behind it.
    init(names: [String], delimiter: UInt8) {
        self.delimiter = delimiter
        var uses: [String: Int] = [:]
        all = names.enumerated().map { index, name in
            let name = name.isEmpty ? "column_\(index + 1)" : name
            let key = name.hasPrefix("extra.") ? String(name.dropFirst(6)) : name
            let use = (uses[key] ?? 0) + 1
            uses[key] = use
            return Column(field: ArticleField.named(name), key: use == 1 ? key : "\(key).\(use)")
        }
    }
}
