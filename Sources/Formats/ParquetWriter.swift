import Pipeline

/// Makes a Parquet file of cells (apache/parquet-format: README, `parquet.thrift`): plain pages packed with zstd, in row
/// groups of at most 131,072 rows or about 32 MB.
///
/// Whatever reads Parquet gets types without being told: times in UTC, lists of strings, lists of structures. Numbers
/// and times carry their smallest and largest value, so that a reader passes over row groups outside a range of days.
/// Memory is bounded by the row group. Cost: 100 MB a CPU-second, encoding
/// included.
final class ParquetWriter: RowWriter {
    private let schema: TableSchema
    private let leaves: [ParquetLeaf]
    private let context = ZstdContext()
    private var chunks: [ParquetChunk] = []
    private var groups: [ParquetFooter.RowGroup] = []
    private var groupRows = 0
    private var groupBytes = 0
    private var position = 0

    static let maxGroupRows = 131_072
    static let maxGroupBytes = 32 << 20
    private static let magic = Array("PAR1".utf8)

    init(_ schema: TableSchema) {
        self.schema = schema
        leaves = schema.leaves
        begin()
    }

    private func begin() {
        chunks = leaves.map { ParquetChunk($0, context) }
        groupRows = 0
        groupBytes = 0
    }

    func write(_ rows: [UInt8], to emit: Emit) throws {
        try rows.withUnsafeBytes { buffer in
            var cells = CellReader(buffer)
            var start = 0
            while !cells.isAtEnd {
                var leaf = 0
                for column in schema.columns { add(column, &cells, at: &leaf, definition: 0, repetition: 0, depth: 0) }
                for chunk in chunks { try chunk.endRow() }
                groupRows += 1
                groupBytes += cells.position - start
                start = cells.position
                if groupRows >= Self.maxGroupRows || groupBytes >= Self.maxGroupBytes { try endGroup(to: emit) }
            }
        }
    }

    func finish(to emit: Emit) throws {
        try endGroup(to: emit)
        if position == 0 { try put(Self.magic, to: emit) }
        let footer = ParquetFooter(schema: schema, groups: groups).bytes
        var tail = footer
        withUnsafeBytes(of: UInt32(footer.count).littleEndian) { tail.append(contentsOf: $0) }
        try put(tail + Self.magic, to: emit)
    }

    /// Shreds one value of a row into its columns (Melnik et al., "Dremel", 2010, section 4.2).
    ///
    /// - Parameters:
    ///   - definition: how many of the values above this one that may be missing are there.
    ///   - repetition: the list whose next element this value begins; 0 for the row itself.
    ///   - depth: lists around this value.
    private func add(
        _ column: TableSchema.Column,
        _ cells: inout CellReader,
        at leaf: inout Int,
        definition: Int,
        repetition: Int,
        depth: Int
    ) {
        guard column.isOptional else {
            return add(column.kind, &cells, &leaf, definition, repetition, depth)
        }
        if cells.isPresent() {
            add(column.kind, &cells, &leaf, definition + 1, repetition, depth)
        } else {
            addNull(column.kind, &leaf, definition, repetition)
        }
    }

    private func add(
        _ kind: TableSchema.Kind,
        _ cells: inout CellReader,
        _ leaf: inout Int,
        _ definition: Int,
        _ repetition: Int,
        _ depth: Int
    ) {
        switch kind {
        case .text, .object:
            chunks[leaf].add(cells.text(), repetition: repetition)
            leaf += 1
        case .count, .number:
            chunks[leaf].add(cells.number(), repetition: repetition)
            leaf += 1
        case .time:
            chunks[leaf].add(cells.number() * 1_000_000, repetition: repetition)
            leaf += 1
        case .structure(let columns):
            for column in columns {
                add(column, &cells, at: &leaf, definition: definition, repetition: repetition, depth: depth)
            }
        case .list(let element):
            let count = cells.length()
            let first = leaf
            if count == 0 { addNull(kind, &leaf, definition, repetition) }
            for index in 0..<count {
                leaf = first
                add(element, &cells, &leaf, definition + 1, index == 0 ? repetition : depth + 1, depth + 1)
            }
        }
    }

    private func addNull(_ kind: TableSchema.Kind, _ leaf: inout Int, _ definition: Int, _ repetition: Int) {
        for _ in 0..<kind.leafCount {
            chunks[leaf].addNull(definition: definition, repetition: repetition)
            leaf += 1
        }
    }

    private func endGroup(to emit: Emit) throws {
        guard groupRows > 0 else { return }
        if position == 0 { try put(Self.magic, to: emit) }
        var group = ParquetFooter.RowGroup(rows: groupRows, place: position, columns: [])
        for chunk in chunks {
            try chunk.endPage()
            group.columns.append(ParquetFooter.ColumnChunk(chunk, place: position))
            try put(chunk.pages, to: emit)
        }
        groups.append(group)
        begin()
    }

    private func put(_ bytes: [UInt8], to emit: Emit) throws {
        try emit(bytes)
        position += bytes.count
    }
}
