import Pipeline

/// What stands at the end of a Parquet file (`parquet.thrift`: FileMetaData): the schema, and where the columns are.
struct ParquetFooter {
    let schema: TableSchema
    let groups: [RowGroup]

    struct RowGroup {
        let rows: Int
        /// Byte of the file at which it starts.
        let place: Int
        var columns: [ColumnChunk]
    }

    struct ColumnChunk {
        let leaf: ParquetLeaf
        let place: Int
        let packedBytes: Int
        let unpackedBytes: Int
        let values: Int
        let nulls: Int
        let range: ClosedRange<Int64>?

        init(_ chunk: ParquetChunk, place: Int) {
            leaf = chunk.leaf
            self.place = place
            packedBytes = chunk.pages.count
            unpackedBytes = chunk.unpackedBytes
            values = chunk.valueCount
            nulls = chunk.nullCount
            range = chunk.range
        }
    }

    var bytes: [UInt8] {
        var thrift = ThriftWriter()
        let elements = SchemaElement.list(of: schema)
        thrift.structure { file in
            file.int32(1, 2)
            file.structures(2, elements) { $0.write(to: &$1) }
            file.int64(3, groups.reduce(0) { $0 + $1.rows })
            file.structures(4, groups) { Self.write($0, to: &$1) }
            file.binary(6, "etl version 1".utf8)
            // ColumnOrder: smallest and largest values are by the order of the type.
            file.structures(7, schema.leaves) { $1.structure(1) { _ in } }
        }
        return thrift.bytes
    }

    private static func write(_ group: RowGroup, to thrift: inout ThriftWriter) {
        thrift.structures(1, group.columns) { column, thrift in
            thrift.int64(2, 0)
            thrift.structure(3) { write(column, to: &$0) }
        }
        thrift.int64(2, group.columns.reduce(0) { $0 + $1.unpackedBytes })
        thrift.int64(3, group.rows)
        thrift.int64(5, group.place)
        thrift.int64(6, group.columns.reduce(0) { $0 + $1.packedBytes })
    }

    /// ColumnMetaData.
    private static func write(_ column: ColumnChunk, to thrift: inout ThriftWriter) {
        thrift.int32(1, column.leaf.type.rawValue)
        thrift.int32s(2, [ParquetEncoding.plain, ParquetEncoding.levels])
        thrift.strings(3, column.leaf.path)
        // CompressionCodec: ZSTD.
        thrift.int32(4, 6)
        thrift.int64(5, column.values)
        thrift.int64(6, column.unpackedBytes)
        thrift.int64(7, column.packedBytes)
        thrift.int64(9, column.place)
        thrift.structure(12) { statistics in
            statistics.int64(3, column.nulls)
            guard let range = column.range else { return }
            statistics.binary(5, plain(range.upperBound, column.leaf.type))
            statistics.binary(6, plain(range.lowerBound, column.leaf.type))
        }
    }

    private static func plain(_ number: Int64, _ type: ParquetType) -> [UInt8] {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        return type == .int32 ? Array(bytes.prefix(4)) : bytes
    }
}

/// `parquet.thrift`: SchemaElement; the tree of the schema, depth first.
private struct SchemaElement {
    enum Repetition: Int {
        case required, optional, repeated
    }

    let name: String
    /// Nil for the root, which has none.
    let repetition: Repetition?
    let children: Int
    let kind: TableSchema.Kind?

    static func list(of schema: TableSchema) -> [SchemaElement] {
        var elements = [SchemaElement(name: "schema", repetition: nil, children: schema.columns.count, kind: nil)]
        for column in schema.columns { add(column, to: &elements) }
        return elements
    }

    private static func add(_ column: TableSchema.Column, to elements: inout [SchemaElement]) {
        let repetition: Repetition = column.isOptional ? .optional : .required
        switch column.kind {
        case .structure(let columns):
            elements.append(Self(name: column.name, repetition: repetition, children: columns.count, kind: nil))
            for column in columns { add(column, to: &elements) }
        case .list(let element):
            // Three levels (parquet-format, LogicalTypes: Lists): the list, the repeated group, the element.
            elements.append(Self(name: column.name, repetition: repetition, children: 1, kind: column.kind))
            elements.append(Self(name: "list", repetition: .repeated, children: 1, kind: nil))
            add(TableSchema.Column("element", element, ""), to: &elements)
        case .text, .object, .count, .number, .time:
            elements.append(Self(name: column.name, repetition: repetition, children: 0, kind: column.kind))
        }
    }

    func write(to thrift: inout ThriftWriter) {
        if children == 0, let kind { thrift.int32(1, kind.physicalType.rawValue) }
        if let repetition { thrift.int32(3, repetition.rawValue) }
        thrift.binary(4, name.utf8)
        if children > 0 { thrift.int32(5, children) }
        // ConvertedType for older readers, LogicalType for the others.
        switch kind {
        case .text, .object:
            thrift.int32(6, 0)
            thrift.structure(10) { $0.structure(1) { _ in } }
        case .list:
            thrift.int32(6, 3)
            thrift.structure(10) { $0.structure(3) { _ in } }
        case .time:
            thrift.int32(6, 10)
            thrift.structure(10) { logical in
                logical.structure(8) { time in
                    time.bool(1, true)
                    time.structure(2) { unit in unit.structure(2) { _ in } }
                }
            }
        case .count, .number, .structure, nil: break
        }
    }
}
