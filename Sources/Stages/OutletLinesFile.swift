import Extraction
import Hashing
import Pipeline

/// A file of ``OutletMemory``. All numbers are little-endian.
///
/// ```
/// 7 words of 8 bytes   magic, version, version of the keys, start of the first and the last run in seconds since 1970,
///                      how many articles, how many lines
/// articles             8 bytes each, ascending
/// lines                8 bytes each, ascending, then 4 bytes each for the numbers of their articles
/// hash                 XXH3 of all before it
/// ```
struct OutletLinesFile: Sendable {
    /// Its place among the memory's files.
    let index: Int
    /// When the first and the last run began that it is of.
    let first: Int64
    let last: Int64
    private let file: any MemoryFile
    private let articleCount: Int
    private let lineCount: Int

    private static let magic: Int64 = 0x6574_6C2D_6C69_6E65
    private static let version: Int64 = 1
    private static let headerBytes = 7 * 8

    init(_ file: any MemoryFile, at index: Int) throws {
        self.file = file
        self.index = index
        let header: [Int64] = try Self.words(file, at: 0, count: 7)
        guard header[0] == Self.magic else { throw Self.damaged(file) }
        guard header[1] == Self.version, header[2] == Int64(OutletLineCounts.version) else {
            throw MemoryError(
                "was written by \(header[1] > Self.version ? "a newer" : "another version of") etl in \(Self.name(file))",
                hint:
                    "nothing was changed; go back to that etl, or begin the memory anew: etl state DEFINITION --rebuild"
            )
        }
        (first, last) = (header[3], header[4])
        let (articles, lines) = (header[5], header[6])
        guard first <= last, (0...Int64(file.size)).contains(articles), (0...Int64(file.size)).contains(lines),
            Int64(Self.headerBytes) + articles * 8 + lines * 12 + 8 == file.size
        else { throw Self.damaged(file) }
        (articleCount, lineCount) = (Int(articles), Int(lines))
    }

    func articles() throws -> [UInt64] {
        try Self.words(file, at: Self.headerBytes, count: articleCount)
    }

    /// Reads the whole file, and so knows whether it is as it was written.
    func lines() throws -> [OutletLineCounts.Line] {
        var bytes = [UInt8](repeating: 0, count: file.size)
        try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        return try bytes.withUnsafeBytes { bytes in
            let hash = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
            guard XXH3.hash64(UnsafeRawBufferPointer(rebasing: bytes.dropLast(8))) == hash else {
                throw Self.damaged(file)
            }
            let keys = Self.headerBytes + articleCount * 8
            return (0..<lineCount).map { line in
                let key = bytes.loadUnaligned(fromByteOffset: keys + line * 8, as: UInt64.self)
                let articles = bytes.loadUnaligned(fromByteOffset: keys + lineCount * 8 + line * 4, as: UInt32.self)
                return .init(key: UInt64(littleEndian: key), articles: UInt32(littleEndian: articles))
            }
        }
    }

    static func bytes(of period: OutletMemory.Period, first: Int64, last: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerBytes + period.articles.count * 8 + period.lines.count * 12 + 8)
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        let counts = [period.articles.count, period.lines.count].map { Int64($0) }
        for word in [magic, version, Int64(OutletLineCounts.version), first, last] + counts { append(word) }
        for article in period.articles { append(article) }
        for line in period.lines { append(line.key) }
        for line in period.lines { append(line.articles) }
        append(bytes.withUnsafeBytes { XXH3.hash64($0) })
        return bytes
    }

    private static func words<Word: FixedWidthInteger>(_ file: any MemoryFile, at offset: Int, count: Int) throws
        -> [Word]
    {
        guard offset + count * MemoryLayout<Word>.size <= file.size else { throw damaged(file) }
        var words = [Word](repeating: 0, count: count)
        try words.withUnsafeMutableBytes { try file.read(at: offset, into: $0) }
        return Word(littleEndian: 1) == 1 ? words : words.map { Word(littleEndian: $0) }
    }

    private static func damaged(_ file: any MemoryFile) -> MemoryError {
        MemoryError("is damaged in \(name(file))")
    }

    private static func name(_ file: any MemoryFile) -> String { "\(file.run)-\(file.name)" }
}
