import Hashing
import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of an input from its start to its end, decompressed on the way.
///
/// One owner reads it. It hashes what lies on disk while it reads. Memory: two buffers, whatever the size.
final class ByteStream: @unchecked Sendable {
    static let standardInput = DiskPath("-")
    /// More than this many bytes out of one byte in is taken for an attack once 64 MiB have come out (a text of
    /// one repeated letter reaches 1,030:1 in gzip; real news stay under 20:1).
    static let maxRatio = 1000
    static let pieceBytes = 262_144

    private let path: String
    private let size: Int?
    private let descriptor: Int32
    private var decompressor: Decompressor?
    /// Bytes of the standard input that were read to tell how it is packed.
    private var head: [UInt8] = []
    private var isUntold: Bool
    private var bytesOnDisk = 0
    private var hash = SHA256()
    private var produced = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - path: as the manifest lists it.
    ///   - size: bytes on disk, where they are known.
    init(path: String, file: DiskPath, compression: Compression, size: Int? = nil) throws(ArticleError) {
        self.path = path
        self.size = size
        // O_NONBLOCK, so that a FIFO put in a file's place after the listing cannot hang the run.
        descriptor = file == Self.standardInput ? 0 : file.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        decompressor = Decompressor.make(compression)
        isUntold = descriptor == 0
        guard descriptor >= 0 else { throw unreadable(errno) }
    }

    deinit {
        if descriptor > 0 { close(descriptor) }
    }

    /// Fills part of `target`; 0 at the end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int {
        if isUntold { try tellCompression() }
        guard let decompressor else { return try readDisk(into: target) }
        while true {
            if decompressor.isDamaged {
                throw fault("corrupt_\(decompressor.name)", "the \(decompressor.name) stream is damaged")
            }
            if decompressor.needsInput {
                let count = try decompressor.fill { buffer throws(ArticleError) in try self.readDisk(into: buffer) }
                if count == 0 {
                    if decompressor.isAtBoundary { return 0 }
                    throw fault("truncated_\(decompressor.name)", "the \(decompressor.name) stream ends too early")
                }
            }
            let count = decompressor.decode(into: target)
            produced += count
            if produced > 67_108_864, produced / Self.maxRatio > bytesOnDisk {
                throw fault(
                    "decompression_bomb",
                    "\(bytesOnDisk) bytes unpack to more than \(Self.maxRatio) times as many"
                )
            }
            if count > 0 { return count }
        }
    }

    /// Some bytes; none at the end.
    func read(atMost limit: Int) throws(ArticleError) -> [UInt8] { try bytes(atMost: limit, read) }

    private func bytes(
        atMost limit: Int,
        _ read: (UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int
    ) throws(ArticleError) -> [UInt8] {
        var failure: ArticleError?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            do throws(ArticleError) {
                count = try read(UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// All bytes, at most `limit`.
    func readAll(limit: Int) throws(ArticleError) -> [UInt8] {
        // One byte more than the file has, so that the first read meets its end.
        let pieceBytes = decompressor == nil ? min(Self.pieceBytes, size.map { $0 + 1 } ?? .max) : Self.pieceBytes
        var bytes: [UInt8] = []
        while true {
            let piece = try read(atMost: max(pieceBytes, 64))
            if piece.isEmpty { return bytes }
            guard bytes.count + piece.count <= limit else {
                throw ArticleError(
                    code: "record_too_large",
                    message: "the file is larger than maxRecordBytes (\(limit) bytes)",
                    offset: limit
                )
            }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        }
    }

    /// The input as the manifest lists it, nil when the disk failed; to be asked for once, when nothing more will be
    /// read.
    ///
    /// What damage kept from being unpacked is read for the hash alone.
    func finished() -> FinishedInput? {
        var rest = [UInt8](repeating: 0, count: isAtEnd ? 0 : Self.pieceBytes)
        while !isAtEnd {
            let count = rest.withUnsafeMutableBufferPointer {
                try? self.readDisk(into: UnsafeMutableRawBufferPointer($0))
            }
            if count == nil { return nil }
        }
        return FinishedInput(path: path, size: bytesOnDisk, sha256: hash.finish())
    }

    /// The standard input has no name that tells.
    private func tellCompression() throws(ArticleError) {
        isUntold = false
        while head.count < 4 {
            let piece = try bytes(atMost: 4, readDescriptor)
            if piece.isEmpty { break }
            head += piece
        }
        decompressor = Decompressor.make(Compression.sniffed(from: head))
    }

    private func readDisk(into target: UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int {
        guard !head.isEmpty else { return try readDescriptor(into: target) }
        let count = min(head.count, target.count)
        target.copyBytes(from: head[..<count])
        head.removeFirst(count)
        return count
    }

    private func readDescriptor(into target: UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int {
        while true {
            let count = systemRead(descriptor, target.baseAddress, target.count)
            if count >= 0 {
                bytesOnDisk += count
                isAtEnd = count == 0
                hash.update(UnsafeRawBufferPointer(rebasing: target[0..<count]))
                return count
            }
            switch errno {
            case EINTR: continue
            // Whoever opened the standard input may have set it not to block.
            case EAGAIN where descriptor == 0:
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&ready, 1, -1)
            default: throw unreadable(errno)
            }
        }
    }

    private func fault(_ code: String, _ message: String) -> ArticleError {
        ArticleError(code: code, message: message, offset: produced)
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func unreadable(_ code: Int32) -> ArticleError {
    ArticleError(code: "unreadable", message: "cannot be read: " + String(cString: strerror(code)))
}
