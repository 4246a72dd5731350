/// Stories by their positions, kept for ever. One that later runs add to is written anew: the newest file counts.
///
/// Two sections: a position and where its story begins, in the order of a table; and the stories in the same order.
struct StoryFile: ArchivedFile {
    let layout: FileLayout
    private let table: SortedTable
    private let file: any StoredBytes

    private static let width = 12

    init(_ file: any StoredBytes, _ layout: FileLayout) throws {
        guard layout.sections.count == 2 else { throw MemoryFileError.damaged }
        self.layout = layout
        self.file = file
        table = try SortedTable(file, layout.sections[0])
    }

    func story(at position: Int) throws -> Story? {
        var offset: UInt64?
        try withUnsafeBytes(of: Self.spread(position).bigEndian) { key in
            try table.visit(key) { offset = Self.offset(of: $0) }
        }
        guard let offset else { return nil }
        let start = layout.sections[1].offset + Int(offset)
        let count = try file.bytes(at: start, count: 4).withUnsafeBytes {
            UInt32(littleEndian: $0.load(as: UInt32.self))
        }
        return try Story(bytes: file.bytes(at: start + 4, count: Int(count)))
    }

    static func write(_ stories: [(position: Int, story: Story)], _ layout: FileLayout, to file: FileBuilder) throws {
        let sorted = stories.map { (key: spread($0.position), bytes: $0.story.bytes) }.sorted { $0.key < $1.key }
        var places = Places(count: stories.count)
        for story in sorted { places.add(story.key, bytes: story.bytes.count) }
        var layout = layout
        layout.sections = [try places.write(to: file)]
        let start = file.offset
        for story in sorted {
            try file.append(UInt32(story.bytes.count))
            try file.append(story.bytes)
        }
        layout.sections.append(FileLayout.Section(offset: start, count: file.offset - start))
        try layout.write(to: file)
    }

    /// Makes one file of neighbours, the older first. Of a position the newest story stays.
    static func merge(_ files: [StoryFile], _ layout: FileLayout, to file: FileBuilder) throws {
        let newestFirst = Array(files.reversed())
        var kept: [(source: Int, offset: Int, count: Int)] = []
        let readers = newestFirst.map { PieceReader($0.file, from: $0.layout.sections[1].offset) }
        var places = Places(count: files.reduce(0) { $0 + $1.layout.sections[0].count })
        var last: UInt32?
        try SortedTable.merge(newestFirst.map(\.table), keyWidth: 4) { source, record in
            let key = UInt32(bigEndian: record.loadUnaligned(as: UInt32.self))
            if key == last { return }
            last = key
            let offset = Int(offset(of: record))
            let count = try readers[source].word(at: offset)
            places.add(key, bytes: Int(count))
            kept.append((source, offset, Int(count) + 4))
        }
        var layout = layout
        layout.sections = [try places.write(to: file)]
        let start = file.offset
        for story in kept { try readers[story.source].copy(at: story.offset, count: story.count, to: file) }
        layout.sections.append(FileLayout.Section(offset: start, count: file.offset - start))
        try layout.write(to: file)
    }

    private static func offset(of record: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(bigEndian: record.loadUnaligned(fromByteOffset: 4, as: UInt64.self))
    }

    /// Positions stand side by side; a table wants its keys all over the range.
    private static func spread(_ position: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: position) &* 0x9E37_79B1
    }

    /// Where stories begin that follow one another.
    private struct Places {
        private var entries: [(key: UInt32, offset: UInt64)] = []
        private var end: UInt64 = 0

        init(count: Int) { entries.reserveCapacity(count) }

        mutating func add(_ key: UInt32, bytes: Int) {
            entries.append((key, end))
            end += UInt64(bytes) + 4
        }

        func write(to file: FileBuilder) throws -> FileLayout.Section {
            var writer = SortedTableWriter(width: StoryFile.width, count: entries.count, in: file)
            try withUnsafeTemporaryAllocation(byteCount: StoryFile.width, alignment: 8) { record in
                for entry in entries {
                    record.storeBytes(of: entry.key.bigEndian, as: UInt32.self)
                    record.storeBytes(of: entry.offset.bigEndian, toByteOffset: 4, as: UInt64.self)
                    try writer.append(UnsafeRawBufferPointer(record), to: file)
                }
            }
            return try writer.finish(file)
        }
    }
}

/// Reads small pieces that mostly follow one another.
private final class PieceReader {
    private let file: any StoredBytes
    private let start: Int
    private var buffer: [UInt8] = []
    private var offset = 0

    init(_ file: any StoredBytes, from start: Int) {
        self.file = file
        self.start = start
    }

    func word(at offset: Int) throws -> UInt32 {
        try load(offset, 4)
        return buffer.withUnsafeBytes {
            UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset - self.offset, as: UInt32.self))
        }
    }

    func copy(at offset: Int, count: Int, to target: FileBuilder) throws {
        try load(offset, count)
        try buffer.withUnsafeBytes {
            try target.append(UnsafeRawBufferPointer(rebasing: $0[offset - self.offset..<offset - self.offset + count]))
        }
    }

    private func load(_ wanted: Int, _ count: Int) throws {
        if wanted >= offset, wanted + count <= offset + buffer.count { return }
        offset = wanted
        buffer = try file.bytes(at: start + wanted, count: max(count, min(65_536, file.size - start - wanted)))
    }
}
