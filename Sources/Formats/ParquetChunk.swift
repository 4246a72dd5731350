import CZstd

/// The values of one column in one row group: a column chunk (parquet-format, Column chunks).
///
/// Values are gathered to a page of about a megabyte, which is packed at once: what waits for the end of the row group
/// is packed already.
final class ParquetChunk {
    let leaf: ParquetLeaf
    private var values: [UInt8] = []
    private var definitions: [UInt8] = []
    private var repetitions: [UInt8] = []
    private(set) var pages: [UInt8] = []
    private(set) var valueCount = 0
    private(set) var nullCount = 0
    private(set) var unpackedBytes = 0
    /// Of the numbers.
    private(set) var range: ClosedRange<Int64>?
    private let context: ZstdContext

    private static let pageBytes = 1 << 20
    private static let pageValues = 1 << 17

    init(_ leaf: ParquetLeaf, _ context: ZstdContext) {
        self.leaf = leaf
        self.context = context
    }

    /// Bytes of memory in use.
    var memory: Int { values.count + definitions.count + repetitions.count + pages.count }

    func add(_ text: UnsafeRawBufferPointer, repetition: Int) {
        // PLAIN (parquet-format, Encodings): the length in four bytes, little endian, then the bytes.
        withUnsafeBytes(of: UInt32(text.count).littleEndian) { values.append(contentsOf: $0) }
        values.append(contentsOf: text)
        note(leaf.maxDefinition, repetition)
    }

    func add(_ number: Int64, repetition: Int) {
        switch leaf.type {
        case .int32: withUnsafeBytes(of: Int32(clamping: number).littleEndian) { values.append(contentsOf: $0) }
        default: withUnsafeBytes(of: number.littleEndian) { values.append(contentsOf: $0) }
        }
        range = range.map { min($0.lowerBound, number)...max($0.upperBound, number) } ?? number...number
        note(leaf.maxDefinition, repetition)
    }

    /// A value that is missing: `definition` says how far down the path.
    func addNull(definition: Int, repetition: Int) {
        nullCount += 1
        note(definition, repetition)
    }

    private func note(_ definition: Int, _ repetition: Int) {
        valueCount += 1
        if leaf.maxDefinition > 0 { definitions.append(UInt8(definition)) }
        if leaf.maxRepetition > 0 { repetitions.append(UInt8(repetition)) }
        pageValueCount += 1
    }

    private var pageValueCount = 0

    /// Ends the page when it is large enough; called between rows, for a row is in one page.
    func endRow() throws {
        if values.count >= Self.pageBytes || pageValueCount >= Self.pageValues { try endPage() }
    }

    /// Packs the open page and puts it behind the others.
    func endPage() throws {
        guard pageValueCount > 0 else { return }
        // Data pages, version 1: repetition levels, definition levels, values, packed together.
        var page: [UInt8] = []
        page.reserveCapacity(values.count + definitions.count / 4 + 64)
        Self.append(levels: repetitions, max: leaf.maxRepetition, to: &page)
        Self.append(levels: definitions, max: leaf.maxDefinition, to: &page)
        page.append(contentsOf: values)
        let packed = try context.pack(page)
        let header = header(unpacked: page.count, packed: packed.count)
        pages.append(contentsOf: header)
        pages.append(contentsOf: packed)
        unpackedBytes += header.count + page.count
        values.removeAll(keepingCapacity: true)
        definitions.removeAll(keepingCapacity: true)
        repetitions.removeAll(keepingCapacity: true)
        pageValueCount = 0
    }

    /// `parquet.thrift`: PageHeader, DataPageHeader.
    private func header(unpacked: Int, packed: Int) -> [UInt8] {
        var thrift = ThriftWriter()
        thrift.structure { page in
            page.int32(1, 0)
            page.int32(2, unpacked)
            page.int32(3, packed)
            page.structure(5) { data in
                data.int32(1, pageValueCount)
                data.int32(2, ParquetEncoding.plain)
                data.int32(3, ParquetEncoding.levels)
                data.int32(4, ParquetEncoding.levels)
            }
        }
        return thrift.bytes
    }

    /// Levels in the hybrid of run lengths and bit packing (parquet-format, Encodings: RLE = 3), behind their length.
    ///
    /// One run: of equal levels where they are all equal, else packed to bits.
    private static func append(levels: [UInt8], max: Int, to page: inout [UInt8]) {
        guard max > 0, let first = levels.first else { return }
        var run = ThriftWriter()
        var packed: [UInt8] = []
        if levels.allSatisfy({ $0 == first }) {
            run.varint(UInt64(levels.count) << 1)
            packed = [first]
        } else {
            let width = Int.bitWidth - max.leadingZeroBitCount
            let groups = (levels.count + 7) / 8
            run.varint(UInt64(groups) << 1 | 1)
            packed = bits(levels, width: width, count: groups * width)
        }
        withUnsafeBytes(of: UInt32(run.bytes.count + packed.count).littleEndian) { page.append(contentsOf: $0) }
        page.append(contentsOf: run.bytes)
        page.append(contentsOf: packed)
    }

    /// From the lowest bit of the first byte on.
    private static func bits(_ levels: [UInt8], width: Int, count: Int) -> [UInt8] {
        var packed = [UInt8](repeating: 0, count: count)
        var place = 0
        for level in levels {
            let bits = UInt16(level) << UInt16(place & 7)
            packed[place >> 3] |= UInt8(truncatingIfNeeded: bits)
            if bits > 0xFF { packed[place >> 3 + 1] |= UInt8(bits >> 8) }
            place += width
        }
        return packed
    }
}

/// `parquet.thrift`: Encoding.
enum ParquetEncoding {
    static let plain = 0
    static let levels = 3
}

/// Packs pages one by one.
final class ZstdContext {
    private let context = ZSTD_createCCtx()
    private var buffer: [UInt8] = []

    deinit { ZSTD_freeCCtx(context) }

    func pack(_ bytes: [UInt8]) throws -> ArraySlice<UInt8> {
        let bound = ZSTD_compressBound(bytes.count)
        if buffer.count < bound { buffer = [UInt8](repeating: 0, count: bound) }
        let count = buffer.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes {
                ZSTD_compressCCtx(context, target.baseAddress, target.count, $0.baseAddress, $0.count, 3)
            }
        }
        if ZSTD_isError(count) != 0 {
            throw CompressionFailure(library: "zstd", message: String(cString: ZSTD_getErrorName(count)))
        }
        return buffer[..<count]
    }
}
