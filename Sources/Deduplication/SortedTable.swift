#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Records of one width in the order of their bytes, in a file: those that begin with a key are found with one read.
///
/// The keys are hashes, so the first bits of one tell where in the file it stands: a directory has for each value of
/// these bits the first record. Some more bits tell whether there can be one: a bitmap that spares most reads for what
/// is not there. Both are kept in memory, about a byte a record.
struct SortedTable: Sendable {
    let section: FileLayout.Section
    private let file: any StoredBytes
    private let directory: [UInt32]
    private let occupied: [UInt64]

    /// Records that a value of the directory's bits has on average, at least.
    fileprivate static let recordsPerBucket = 16
    /// How many more bits of a key the bitmap goes by: 128 places for 16 to 32 records.
    fileprivate static let placeBits = 7
    fileprivate static let maxBits = 25

    init(_ file: any StoredBytes, _ section: FileLayout.Section) throws {
        let end = section.offset + section.count * section.width
        guard (0...Self.maxBits).contains(section.bits), section.width >= 4 else { throw MemoryFileError.damaged }
        directory = try file.words(at: end, count: (1 << section.bits) + 1)
        occupied = try file.words(at: end + directory.count * 4, count: Self.words(bits: section.bits))
        guard directory.last == UInt32(section.count), zip(directory, directory.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw MemoryFileError.damaged }
        self.section = section
        self.file = file
    }

    /// Calls `body` with each record that begins with the key, in order.
    func visit(_ key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) throws {
        let place = Self.place(key, section.bits)
        guard occupied[place >> 6] >> UInt64(place & 63) & 1 == 1 else { return }
        let bucket = place >> Self.placeBits
        let (start, end) = (Int(directory[bucket]), Int(directory[bucket + 1]))
        guard start < end, let wanted = key.baseAddress else { return }
        let width = section.width
        try withUnsafeTemporaryAllocation(byteCount: (end - start) * width, alignment: 8) { records in
            try file.read(at: section.offset + start * width, into: records)
            for i in 0..<(end - start) {
                let record = UnsafeRawBufferPointer(rebasing: records[(i * width)..<((i + 1) * width)])
                if let found = record.baseAddress, memcmp(found, wanted, key.count) == 0 { body(record) }
            }
        }
    }

    /// The first bits of a key: those of the directory and of the bitmap.
    fileprivate static func place(_ key: UnsafeRawBufferPointer, _ bits: Int) -> Int {
        Int(UInt32(bigEndian: key.loadUnaligned(as: UInt32.self)) >> UInt32(32 - bits - placeBits))
    }

    fileprivate static func words(bits: Int) -> Int { 1 << (bits + placeBits - 6) }

    /// Calls `body` with the records of several tables in one order; of equal keys those of the earlier table first.
    ///
    /// - Parameter keyWidth: how many first bytes of a record are compared.
    static func merge(
        _ tables: [SortedTable],
        keyWidth: Int,
        _ body: (_ table: Int, _ record: UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let cursors = try tables.map { try Cursor($0.file, $0.section) }
        while true {
            var first: Int?
            for k in cursors.indices where !cursors[k].isAtEnd {
                guard let best = first else {
                    first = k
                    continue
                }
                if memcmp(cursors[k].record, cursors[best].record, keyWidth) < 0 { first = k }
            }
            guard let first else { return }
            try body(first, UnsafeRawBufferPointer(start: cursors[first].record, count: tables[first].section.width))
            try cursors[first].advance()
        }
    }

    /// Walks through the records of a table in large reads.
    private final class Cursor {
        private let file: any StoredBytes
        private let section: FileLayout.Section
        private let buffer: UnsafeMutableRawBufferPointer
        private var next = 0
        private var position = 0
        private var filled = 0

        init(_ file: any StoredBytes, _ section: FileLayout.Section) throws {
            self.file = file
            self.section = section
            buffer = .allocate(byteCount: max(1, 65_536 / section.width) * section.width, alignment: 8)
            try fill()
        }

        deinit { buffer.deallocate() }

        var isAtEnd: Bool { position == filled }
        var record: UnsafeRawPointer { UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped + position) }

        func advance() throws {
            position += section.width
            if position == filled { try fill() }
        }

        private func fill() throws {
            let count = min(buffer.count / section.width, section.count - next)
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * section.width)])
            try file.read(at: section.offset + next * section.width, into: piece)
            next += count
            (position, filled) = (0, piece.count)
        }
    }
}

/// Writes a ``SortedTable``: its records in order, its directory and its bitmap.
struct SortedTableWriter {
    private var section: FileLayout.Section
    private var counts: [UInt32]
    private var occupied: [UInt64]

    /// - Parameter count: how many records there will be, at most.
    init(width: Int, count: Int, in file: FileBuilder) {
        let bits = max(0, Int.bitWidth - (count / SortedTable.recordsPerBucket).leadingZeroBitCount - 1)
        section = FileLayout.Section(offset: file.offset, count: 0, width: width, bits: min(SortedTable.maxBits, bits))
        counts = Array(repeating: 0, count: 1 << section.bits)
        occupied = Array(repeating: 0, count: SortedTable.words(bits: section.bits))
    }

    mutating func append(_ record: UnsafeRawBufferPointer, to file: FileBuilder) throws {
        let place = SortedTable.place(record, section.bits)
        counts[place >> SortedTable.placeBits] += 1
        occupied[place >> 6] |= 1 << UInt64(place & 63)
        section.count += 1
        try file.append(record)
    }

    func finish(_ file: FileBuilder) throws -> FileLayout.Section {
        var start: UInt32 = 0
        for count in counts {
            try file.append(start)
            start += count
        }
        try file.append(start)
        for word in occupied { try file.append(word) }
        return section
    }
}
