import JSON
import Pipeline

/// `load.py` of a run: its files as data frames, with the types that ``TableSchema`` declares.
struct LoaderFile {
    static let name = "load.py"

    let files: [DescribedFile]

    var bytes: [UInt8] {
        var tables: [String] = []
        for file in files {
            for table in file.tables {
                let key = table.name.map { "(\(quoted(file.name)), \(quoted($0)))" } ?? quoted(file.name)
                tables.append("    \(key): {\n" + rows(table.schema.columns) + "    },\n")
            }
        }
        let text = LoaderText.text.replacing("TABLES = {}\n", with: "TABLES = {\n\(tables.joined())}\n")
        return Array(text.utf8)
    }

    private func rows(_ columns: [TableSchema.Column]) -> String {
        columns.map { "        \(quoted($0.name)): \(literal($0.kind)),\n" }.joined()
    }

    private func literal(_ kind: TableSchema.Kind) -> String {
        switch kind {
        case .text: "TEXT"
        case .count: "COUNT"
        case .number: "NUMBER"
        case .time: "TIME"
        case .object: "OBJECT"
        case .list(let element): "[\(literal(element))]"
        case .structure(let columns):
            "{" + columns.map { "\(quoted($0.name)): \(literal($0.kind))" }.joined(separator: ", ") + "}"
        }
    }

    /// A string of JSON is one of Python.
    private func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.value(text)
        return writer.text
    }
}
