import Hashing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `<output>/.state/run.journal`: a header with the key, then records, each with a head of its own.
///
/// ```
/// "etlJrnl1"  length  key … XXH3 of the key
/// section  batch  articles  length  XXH3 of the record  XXH3 of this head    six words of eight bytes
/// record …
/// ```
/// It is only ever added to, and never flushed: what a killed process has written stays, and what a power cut takes or
/// leaves half written is told by the hashes.
struct JournalFile {
    static let name = "run.journal"
    static let magic = Array("etlJrnl1".utf8)
    private static let headBytes = 48

    struct Place: Hashable {
        let section: Int
        let batch: Int
    }

    struct Record {
        let offset: Int
        let count: Int
        let articles: Int
    }

    /// What was found under the name.
    enum Found {
        case nothing
        /// Something that no run has left.
        case foreign
        /// A journal without a whole header: of a run that was killed when it had just begun it.
        case torn
        case journal(JournalFile, JournalKey)
    }

    private(set) var records: [Place: Record] = [:]
    private(set) var size: Int
    let path: String
    let descriptor: Int32

    // MARK: Reading

    /// - Throws: ``RunError`` when there is a journal that cannot be opened.
    static func find(in folder: Folder) throws(RunError) -> Found {
        let path = folder.place(name)
        guard FileSystem.exists(path) else { return .nothing }
        guard FileSystem.isFile(path) else { return .foreign }
        var file = JournalFile(path: path, descriptor: try folder.openFile(name, O_RDWR | O_NOFOLLOW), size: 0)
        let head = file.bytes(at: 0, min(FileSystem.size(file.descriptor), 16)) ?? []
        // A power cut may leave nothing but zeros of it.
        guard head.starts(with: magic.prefix(head.count)) || head.allSatisfy({ $0 == 0 }) else {
            file.close()
            return .foreign
        }
        guard let key = file.readKey(head) else {
            file.close()
            return .torn
        }
        return .journal(file, key)
    }

    private init(path: String, descriptor: Int32, size: Int) {
        self.path = path
        self.descriptor = descriptor
        self.size = size
    }

    private mutating func readKey(_ head: [UInt8]) -> JournalKey? {
        guard head.count == 16, let count = Int(exactly: Self.word(head, 1)), count < 1 << 20,
            let body = bytes(at: 16, count + 8),
            Self.hash(body[..<count]) == Self.word(body, at: count)
        else { return nil }
        size = 16 + count + 8
        return body.withUnsafeBytes { bytes in
            var decoder = ByteDecoder(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
            return try? JournalKey(from: &decoder)
        }
    }

    /// Finds the whole records, and cuts off what is behind the last of them.
    mutating func scan() throws(RunError) {
        let end = FileSystem.size(descriptor)
        while let head = bytes(at: size, Self.headBytes), Self.word(head, 5) == Self.hash(head[..<40]),
            let count = Int(exactly: Self.word(head, 3)), count <= end - size - Self.headBytes
        {
            let offset = size + Self.headBytes
            // One that was damaged costs its own batch alone.
            if let record = bytes(at: offset, count), Self.hash(record[...]) == Self.word(head, 4) {
                let place = Place(
                    section: Int(truncatingIfNeeded: Self.word(head, 0)),
                    batch: Int(truncatingIfNeeded: Self.word(head, 1))
                )
                let articles = Int(truncatingIfNeeded: Self.word(head, 2))
                records[place] = Record(offset: offset, count: count, articles: articles)
            }
            size = offset + count
        }
        if size < end { try truncate(to: size) }
        lseek(descriptor, off_t(size), SEEK_SET)
    }

    /// Records of an interrupted run: how many articles they stand for. A section that is further along has no more.
    var articles: Int {
        let sections = Dictionary(grouping: records, by: \.key.section)
        return sections.values.map { $0.reduce(0) { $0 + $1.value.articles } }.max() ?? 0
    }

    /// - Returns: nil when they are not there.
    func bytes(at offset: Int, _ count: Int) -> [UInt8]? {
        guard count >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try? bytes.withUnsafeMutableBytes { buffer throws(RunError) in
            try FileSystem.fill(buffer, from: descriptor, at: offset, path)
        }
        return filled == count ? bytes : nil
    }

    // MARK: Writing

    /// Begins a journal where there is none.
    static func create(in folder: Folder, _ key: JournalKey) throws(RunError) -> JournalFile {
        let path = folder.place(name)
        var file = JournalFile(path: path, descriptor: try folder.openFile(name, O_RDWR | O_CREAT | O_EXCL), size: 0)
        var body = ByteEncoder()
        key.encode(into: &body)
        var header = ByteEncoder()
        header.put(raw: magic[...])
        header.put(word: UInt64(body.bytes.count))
        header.put(raw: body.bytes[...])
        header.put(word: hash(body.bytes[...]))
        do throws(RunError) {
            try file.append(header.bytes)
        } catch {
            file.close()
            try? folder.remove(name)
            throw error
        }
        return file
    }

    static func head(_ record: [UInt8], _ place: Place, articles: Int) -> [UInt8] {
        var head = ByteEncoder()
        for number in [place.section, place.batch, articles, record.count] { head.put(word: UInt64(number)) }
        head.put(word: hash(record[...]))
        head.put(word: hash(head.bytes[...]))
        return head.bytes
    }

    mutating func append(_ bytes: [UInt8]) throws(RunError) {
        try bytes.withUnsafeBufferPointer { buffer throws(RunError) in
            try FileSystem.write(UnsafeRawBufferPointer(buffer), to: descriptor, path)
        }
        size += bytes.count
    }

    /// Gives the space back at once, whoever still has the file open.
    func truncate(to size: Int) throws(RunError) {
        let code = FileSystem.attempt(.truncate, path) { ftruncate(descriptor, off_t(size)) }
        guard code == 0 else { throw FileSystem.failure(code, "truncate", path) }
    }

    func close() { FileSystem.abandon(descriptor) }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.withUnsafeBytes(XXH3.hash64) }

    private static func word(_ bytes: [UInt8], _ index: Int) -> UInt64 { word(bytes, at: index * 8) }

    private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }
}
