/// Articles that later ones may be similar to: what is needed to find and to compare them.
///
/// Four sections: pieces (the hash of four words, and a holder's number), names (the hash of a URL or an id, and the
/// article's number), where each article ends, and the articles.
struct WindowFile: ArchivedFile {
    let layout: FileLayout
    private let pieces: SortedTable
    private let names: SortedTable
    private let file: any StoredBytes

    var records: Int { layout.count }

    private static let pieceWidth = 8
    private static let nameWidth = 12

    init(_ file: any StoredBytes, _ layout: FileLayout) throws {
        guard layout.sections.count == 4, layout.sections[2].count == layout.count else {
            throw MemoryFileError.damaged
        }
        self.layout = layout
        self.file = file
        pieces = try SortedTable(file, layout.sections[0])
        names = try SortedTable(file, layout.sections[1])
    }

    /// Adds the holders of a key, the earliest first.
    func addHolders(of key: UInt32, to holders: inout [UInt32], atMost limit: Int) throws {
        try withUnsafeBytes(of: Self.spread(key).bigEndian) { key in
            try pieces.visit(key) { record in
                guard holders.count < limit else { return }
                holders.append(UInt32(bigEndian: record.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
            }
        }
    }

    /// The first article with this URL, or this id.
    func article(named name: UInt64) throws -> UInt32? {
        var found: UInt32?
        try withUnsafeBytes(of: name.bigEndian) { name in
            try names.visit(name) { record in
                found = found ?? UInt32(bigEndian: record.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
            }
        }
        return found
    }

    /// Reads an article by its number.
    func read(_ number: Int, into article: inout StoredArticle) throws {
        let index = number - layout.base
        var ends: (UInt32, UInt32) = (0, 0)
        try withUnsafeMutableBytes(of: &ends) { ends in
            let part = UnsafeMutableRawBufferPointer(rebasing: index == 0 ? ends[4...] : ends[...])
            try file.read(at: layout.sections[2].offset + max(0, index - 1) * 4, into: part)
        }
        let (start, end) = (Int(UInt32(littleEndian: ends.0)) * 2, Int(UInt32(littleEndian: ends.1)) * 2)
        let bytes = layout.sections[3]
        guard start + StoredArticle.headBytes <= end, end <= bytes.count else { throw MemoryFileError.damaged }
        try article.read(file, bytes.offset + start..<bytes.offset + end)
    }

    // MARK: Writing

    /// Writes the articles of a run.
    static func write(_ articles: ArticleStore, _ keys: WindowKeys, _ layout: FileLayout, to file: FileBuilder) throws {
        var layout = layout
        var pieces = SortedTableWriter(width: pieceWidth, count: keys.pieces.count, in: file)
        for piece in keys.pieces.map({ UInt64(spread($0.key)) << 32 | UInt64($0.number) }).sorted() {
            try withUnsafeBytes(of: piece.bigEndian) { try pieces.append($0, to: file) }
        }
        layout.sections.append(try pieces.finish(file))
        var names = SortedTableWriter(width: nameWidth, count: keys.names.count, in: file)
        for name in keys.names.sorted(by: { ($0.name, $0.number) < ($1.name, $1.number) }) {
            var record: (UInt32, UInt32, UInt32) = (
                UInt32(truncatingIfNeeded: name.name >> 32).bigEndian, UInt32(truncatingIfNeeded: name.name).bigEndian,
                name.number.bigEndian
            )
            try withUnsafeBytes(of: &record) { try names.append($0, to: file) }
        }
        layout.sections.append(try names.finish(file))
        layout.count = articles.count
        layout.sections.append(FileLayout.Section(offset: file.offset, count: articles.count, width: 4))
        var end: UInt32 = 0
        for article in 0..<articles.count {
            end += UInt32(articles.withPairs(of: article) { StoredArticle.headBytes / 2 + $0.count })
            try file.append(end)
        }
        let start = file.offset
        for article in 0..<articles.count { try StoredArticle.write(article, of: articles, to: file) }
        layout.sections.append(FileLayout.Section(offset: start, count: file.offset - start))
        try layout.write(to: file)
    }

    /// Makes one file of neighbours, the older first.
    static func merge(_ files: [WindowFile], _ layout: FileLayout, to file: FileBuilder) throws {
        var layout = layout
        let limit = Int(layout.rule.maxCandidates)
        layout.sections = [
            try mergePieces(files.map(\.pieces), atMost: limit, to: file), try mergeNames(files.map(\.names), to: file),
        ]
        layout.count = files.reduce(0) { $0 + $1.layout.count }
        layout.sections.append(FileLayout.Section(offset: file.offset, count: layout.count, width: 4))
        var base: UInt32 = 0
        for source in files {
            try source.forEachPart(of: 2) { part in
                for offset in stride(from: 0, to: part.count, by: 4) {
                    try file.append(
                        base + UInt32(littleEndian: part.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                    )
                }
            }
            base += UInt32(source.layout.sections[3].count / 2)
        }
        let start = file.offset
        for source in files { try source.forEachPart(of: 3) { try file.append($0) } }
        layout.sections.append(FileLayout.Section(offset: start, count: file.offset - start))
        try layout.write(to: file)
    }

    /// Of each key the earliest holders alone are ever looked at.
    private static func mergePieces(_ tables: [SortedTable], atMost limit: Int, to file: FileBuilder) throws
        -> FileLayout.Section
    {
        var writer = SortedTableWriter(width: pieceWidth, count: tables.reduce(0) { $0 + $1.section.count }, in: file)
        var last: UInt32?
        var holders = 0
        try SortedTable.merge(tables, keyWidth: pieceWidth) { _, record in
            let key = record.loadUnaligned(as: UInt32.self)
            holders = key == last ? holders + 1 : 1
            last = key
            if holders <= limit { try writer.append(record, to: file) }
        }
        return try writer.finish(file)
    }

    private static func mergeNames(_ tables: [SortedTable], to file: FileBuilder) throws -> FileLayout.Section {
        var writer = SortedTableWriter(width: nameWidth, count: tables.reduce(0) { $0 + $1.section.count }, in: file)
        try SortedTable.merge(tables, keyWidth: nameWidth) { _, record in try writer.append(record, to: file) }
        return try writer.finish(file)
    }

    private func forEachPart(of section: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let section = layout.sections[section]
        let size = section.count * section.width
        for offset in stride(from: 0, to: size, by: 65_536) {
            let part = try file.bytes(at: section.offset + offset, count: min(65_536, size - offset))
            try part.withUnsafeBytes(body)
        }
    }

    /// The keys are the smallest hashes of their texts; a table wants them all over the range.
    private static func spread(_ key: UInt32) -> UInt32 { key &* 0x9E37_79B1 }
}

/// By what the articles of a run are found.
struct WindowKeys: Sendable {
    var pieces: [(key: UInt32, number: UInt32)] = []
    var names: [(name: UInt64, number: UInt32)] = []
}

/// An article of an earlier run; the room for its pairs serves one after the other.
struct StoredArticle: Sendable {
    /// Of the kept article that it goes back to.
    private(set) var position = 0
    private(set) var title = TitleWords("")
    // The head, then the pairs, as they lie in the file.
    private var words: [UInt16] = []

    static let headBytes = 4 + TitleWords.byteCount

    mutating func read(_ file: any StoredBytes, _ range: Range<Int>) throws {
        let count = (range.count - Self.headBytes) / 2
        let half = Self.headBytes / 2
        words.removeAll(keepingCapacity: true)
        words.append(contentsOf: repeatElement(0, count: half + count))
        try words.withUnsafeMutableBytes { try file.read(at: range.lowerBound, into: $0) }
        words.withUnsafeBytes { bytes in
            position = Int(UInt32(littleEndian: bytes.load(as: UInt32.self)))
            title = TitleWords(bytes: UnsafeRawBufferPointer(rebasing: bytes[4..<Self.headBytes]))
        }
    }

    /// Hashes of neighbouring words, as ``Signature`` has them.
    func withPairs<Result>(_ body: (UnsafeBufferPointer<UInt16>) throws -> Result) rethrows -> Result {
        try words.withUnsafeBufferPointer {
            try body(UnsafeBufferPointer(rebasing: $0[min($0.count, Self.headBytes / 2)...]))
        }
    }

    static func write(_ article: Int, of articles: ArticleStore, to file: FileBuilder) throws {
        try file.append(UInt32(articles.position(of: article)))
        try articles.titles[article].withBytes { try file.append($0) }
        try articles.withPairs(of: article) { try file.append(UnsafeRawBufferPointer($0)) }
    }
}
