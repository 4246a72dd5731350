import Pipeline

/// The physical types of Parquet that are used here (apache/parquet-format, `parquet.thrift`: Type).
enum ParquetType: Int {
    case int32 = 1
    case int64 = 2
    case byteArray = 6
}

/// A column of a Parquet file: a value inside the lists and structures of a row.
struct ParquetLeaf: Sendable {
    let path: [String]
    let type: ParquetType
    /// How many of the values on the path may be missing or repeated (`Dremel` levels: parquet-format, Nested Encoding).
    let maxDefinition: Int
    let maxRepetition: Int
}

extension TableSchema {
    /// The columns of the file, in the order in which a row's cells come.
    var leaves: [ParquetLeaf] {
        var leaves: [ParquetLeaf] = []
        for column in columns { Self.add(column.kind, [column.name], column.isOptional ? 1 : 0, 0, to: &leaves) }
        return leaves
    }

    private static func add(
        _ kind: Kind,
        _ path: [String],
        _ definition: Int,
        _ repetition: Int,
        to leaves: inout [ParquetLeaf]
    ) {
        switch kind {
        case .structure(let columns):
            for column in columns {
                add(
                    column.kind,
                    path + [column.name],
                    definition + (column.isOptional ? 1 : 0),
                    repetition,
                    to: &leaves
                )
            }
        case .list(let element):
            add(element, path + ["list", "element"], definition + 1, repetition + 1, to: &leaves)
        case .text, .object, .count, .number, .time:
            leaves.append(
                ParquetLeaf(
                    path: path,
                    type: kind.physicalType,
                    maxDefinition: definition,
                    maxRepetition: repetition
                )
            )
        }
    }
}

extension TableSchema.Kind {
    var physicalType: ParquetType {
        switch self {
        case .count: .int32
        case .number, .time: .int64
        case .text, .object, .list, .structure: .byteArray
        }
    }

    var leafCount: Int {
        switch self {
        case .structure(let columns): columns.reduce(0) { $0 + $1.kind.leafCount }
        case .list(let element): element.leafCount
        case .text, .object, .count, .number, .time: 1
        }
    }
}
