import Hashing

/// What was decided on an article, under the hash of its content: 28 bytes.
struct ContentRecord: Sendable, Equatable {
    /// 12 bytes: among a billion contents two meet by chance with a probability of one in 10^11.
    struct Key: Sendable, Equatable, Comparable {
        /// In the order of the bytes.
        var high: UInt64
        var low: UInt32

        init(_ hash: Digest256) {
            (high, low) = hash.withBytes {
                (
                    UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                    UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
                )
            }
        }

        static func < (left: Key, right: Key) -> Bool { (left.high, left.low) < (right.high, right.low) }
    }

    enum Kind: UInt8, Sendable {
        case unique, exact, near, truncated, expanded, samePage, revision
    }

    var key: Key
    /// Of the kept article that stands for the content.
    var position: UInt32
    /// Of the kept article that this one is linked to, or repeats; else as `position`.
    var linked: UInt32
    /// Some bits of the article's id: the same article read again is told from another one with the same content.
    var id: UInt32
    /// Per mille.
    var similarity: UInt16
    var kind: Kind
    /// Whether the story tells what it is contained in, or contains.
    var isContained = false

    static let width = 28
    static let keyWidth = 12

    func write(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try withUnsafeTemporaryAllocation(byteCount: Self.width, alignment: 8) { bytes in
            bytes.storeBytes(of: key.high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: key.low.bigEndian, toByteOffset: 8, as: UInt32.self)
            bytes.storeBytes(of: position.littleEndian, toByteOffset: 12, as: UInt32.self)
            bytes.storeBytes(of: linked.littleEndian, toByteOffset: 16, as: UInt32.self)
            bytes.storeBytes(of: id.littleEndian, toByteOffset: 20, as: UInt32.self)
            bytes.storeBytes(of: similarity.littleEndian, toByteOffset: 24, as: UInt16.self)
            bytes.storeBytes(of: kind.rawValue, toByteOffset: 26, as: UInt8.self)
            bytes.storeBytes(of: isContained ? 1 : 0, toByteOffset: 27, as: UInt8.self)
            try body(UnsafeRawBufferPointer(bytes))
        }
    }

    fileprivate init?(key: Key, _ bytes: UnsafeRawBufferPointer) {
        func word(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        guard let kind = Kind(rawValue: bytes[26]) else { return nil }
        self.init(
            key: key,
            position: word(12),
            linked: word(16),
            id: word(20),
            similarity: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt16.self)),
            kind: kind,
            isContained: bytes[27] == 1
        )
    }

    init(
        key: Key,
        position: UInt32,
        linked: UInt32,
        id: UInt32,
        similarity: UInt16,
        kind: Kind,
        isContained: Bool = false
    ) {
        self.isContained = isContained
        self.key = key
        self.position = position
        self.linked = linked
        self.id = id
        self.similarity = similarity
        self.kind = kind
    }
}

/// The contents that runs have decided on; kept for ever.
struct ContentFile: ArchivedFile {
    let layout: FileLayout
    private let table: SortedTable

    init(_ file: any StoredBytes, _ layout: FileLayout) throws {
        guard layout.sections.count == 1 else { throw MemoryFileError.damaged }
        self.layout = layout
        table = try SortedTable(file, layout.sections[0])
    }

    func record(of key: ContentRecord.Key) throws -> ContentRecord? {
        var found: ContentRecord?
        try withUnsafeTemporaryAllocation(byteCount: ContentRecord.keyWidth, alignment: 8) { bytes in
            bytes.storeBytes(of: key.high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: key.low.bigEndian, toByteOffset: 8, as: UInt32.self)
            try table.visit(UnsafeRawBufferPointer(bytes)) { found = ContentRecord(key: key, $0) }
        }
        return found
    }

    /// Writes records in any order; of one key the first counts.
    static func write(_ records: [ContentRecord], _ layout: FileLayout, to file: FileBuilder) throws {
        var layout = layout
        var writer = SortedTableWriter(width: ContentRecord.width, count: records.count, in: file)
        var last: ContentRecord.Key?
        for record in records.enumerated().sorted(by: { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) })
            .map(\.element)
        where record.key != last {
            last = record.key
            try record.write { try writer.append($0, to: file) }
        }
        layout.count = records.count
        layout.sections = [try writer.finish(file)]
        try layout.write(to: file)
    }

    static func merge(_ files: [ContentFile], _ layout: FileLayout, to file: FileBuilder) throws {
        var layout = layout
        let count = files.reduce(0) { $0 + $1.layout.sections[0].count }
        var writer = SortedTableWriter(width: ContentRecord.width, count: count, in: file)
        try SortedTable.merge(files.map(\.table), keyWidth: ContentRecord.width) { _, record in
            try writer.append(record, to: file)
        }
        layout.sections = [try writer.finish(file)]
        try layout.write(to: file)
    }
}
