import JSON
import Pipeline

/// A file of a run, or the files of an export by their common name, and what they hold.
struct DescribedFile: Sendable {
    let name: String
    let tables: [ExportTable]
}

/// `schema.json` of a run: JSON Schema (2020-12) of a row of each of its files.
///
/// `$defs` holds a schema for each file, or for all files of an export that is cut into many; of a database, one for
/// each of its tables.
struct SchemaFile {
    static let name = "schema.json"

    let files: [DescribedFile]

    var bytes: [UInt8] {
        var writer = JSONWriter(pretty: true)
        writer.object { w in
            w.key("$schema")
            w.value("https://json-schema.org/draft/2020-12/schema")
            w.key("description")
            w.value("One row of each file of this run, by the file's name; a name with {placeholders} is that of many.")
            w.key("$defs")
            w.object { w in
                for file in files {
                    for table in file.tables {
                        w.key(table.name.map { "\(file.name)/\($0)" } ?? file.name)
                        w.object { Self.append(table.schema.columns, to: &$0) }
                    }
                }
            }
        }
        writer.newline()
        return writer.bytes
    }

    private static func append(_ columns: [TableSchema.Column], to writer: inout JSONWriter) {
        writer.key("type")
        writer.value("object")
        writer.key("properties")
        writer.object { w in
            for column in columns {
                w.key(column.name)
                w.object { w in
                    append(column.kind, isOptional: column.isOptional, to: &w)
                    if !column.summary.isEmpty {
                        w.key("description")
                        w.value(column.summary)
                    }
                }
            }
        }
        writer.key("required")
        writer.value(columns.map(\.name))
        writer.key("additionalProperties")
        writer.value(false)
    }

    private static func append(_ kind: TableSchema.Kind, isOptional: Bool, to writer: inout JSONWriter) {
        if isOptional {
            // Keywords for objects and lists say nothing of a null.
            switch kind {
            case .structure, .list:
                writer.key("anyOf")
                writer.array { w in
                    w.object { append(kind, isOptional: false, to: &$0) }
                    w.object { w in
                        w.key("type")
                        w.value("null")
                    }
                }
                return
            case .text, .count, .number, .time, .object: break
            }
        }
        switch kind {
        case .text: type("string", isOptional, &writer)
        case .time:
            type("string", isOptional, &writer)
            writer.key("format")
            writer.value("date-time")
        case .count, .number: type("integer", isOptional, &writer)
        case .object: type("object", isOptional, &writer)
        case .list(let element):
            type("array", isOptional, &writer)
            writer.key("items")
            writer.object { append(element, isOptional: false, to: &$0) }
        case .structure(let columns): append(columns, to: &writer)
        }
    }

    private static func type(_ name: String, _ isOptional: Bool, _ writer: inout JSONWriter) {
        writer.key("type")
        if isOptional { writer.value([name, "null"]) } else { writer.value(name) }
    }
}
