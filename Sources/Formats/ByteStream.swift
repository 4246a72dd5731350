import CZlib
import CZstd
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
    let path: String
    private(set) var bytesOnDisk = 0
    private let descriptor: Int32
    private var decoder: Decoder?
    private var hash = SHA256()
    private var produced = 0

    /// More than this many bytes out of one byte in is taken for an attack once 64 MiB have come out (a text of
    /// one repeated letter reaches 1,030:1 in gzip; real news stay under 20:1).
    static let maxRatio = 1000
    private static let bufferSize = 262_144

    /// - Parameters:
    ///   - path: for messages; `-` reads the standard input.
    init(path: String, file: String, compression: Compression) throws(ArticleError) {
        self.path = path
        if file == "-" {
            descriptor = 0
        } else {
            // O_NONBLOCK, so that a FIFO put in a file's place after the listing cannot hang the run.
            descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw unreadable(errno) }
        }
        switch compression {
        case .none: decoder = nil
        case .gzip: decoder = GzipDecoder()
        case .zstd: decoder = ZstdDecoder()
        }
    }

    deinit {
        if descriptor > 0 { close(descriptor) }
    }

    /// Fills part of `target`; 0 at the end.
    func read(into target: UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int {
        guard let decoder else { return try readDisk(into: target) }
        while true {
            if decoder.needsInput {
                let count = try decoder.fill { buffer throws(ArticleError) in try self.readDisk(into: buffer) }
                if count == 0 {
                    guard decoder.isAtBoundary else {
                        throw ArticleError(
                            code: "truncated_\(decoder.name)", message: "the \(decoder.name) stream ends in the middle", offset: produced)
                    }
                    return 0
                }
            }
            guard let count = decoder.decode(into: target) else {
                throw ArticleError(
                    code: "corrupt_\(decoder.name)", message: "the \(decoder.name) stream is damaged", offset: produced)
            }
            produced += count
            if produced > 67_108_864, produced > bytesOnDisk * Self.maxRatio {
                throw ArticleError(
                    code: "decompression_bomb",
                    message: "\(bytesOnDisk) bytes unpack to more than \(Self.maxRatio) times as many", offset: produced)
            }
            if count > 0 { return count }
        }
    }

    /// All bytes, at most `limit`.
    func readAll(limit: Int) throws(ArticleError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        while true {
            let count = try buffer.withUnsafeMutableBufferPointer { target throws(ArticleError) in
                try self.read(into: UnsafeMutableRawBufferPointer(target))
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else {
                throw ArticleError(
                    code: "record_too_large", message: "the file is larger than maxRecordBytes (\(limit) bytes)", offset: limit)
            }
            bytes.append(contentsOf: buffer[0..<count])
        }
    }

    /// The input as the manifest lists it; to be asked for at the end.
    func finished() -> FinishedInput {
        FinishedInput(path: path, size: bytesOnDisk, sha256: hash.finish())
    }

    private func readDisk(into target: UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int {
        while true {
            let count = systemRead(descriptor, target.baseAddress, target.count)
            if count >= 0 {
                bytesOnDisk += count
                hash.update(UnsafeRawBufferPointer(rebasing: target[0..<count]))
                return count
            }
            if errno == EINTR { continue }
            throw unreadable(errno)
        }
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func unreadable(_ code: Int32) -> ArticleError {
    ArticleError(code: "unreadable", message: "cannot be read: " + String(cString: strerror(code)))
}

/// A decompressor that is fed and emptied by turns.
private class Decoder {
    let name: String
    fileprivate var input = [UInt8](repeating: 0, count: 131_072)
    fileprivate var position = 0
    fileprivate var available = 0
    /// Nothing was begun that is not ended.
    fileprivate(set) var isAtBoundary = true

    init(name: String) { self.name = name }

    var needsInput: Bool { available == 0 }

    func fill(_ read: (UnsafeMutableRawBufferPointer) throws(ArticleError) -> Int) throws(ArticleError) -> Int {
        position = 0
        available = try input.withUnsafeMutableBufferPointer { buffer throws(ArticleError) in
            try read(UnsafeMutableRawBufferPointer(buffer))
        }
        return available
    }

    /// Bytes put into `target`; nil when the stream is damaged.
    func decode(into target: UnsafeMutableRawBufferPointer) -> Int? { nil }
}

/// RFC 1952, several members after one another; zeros behind the last one are padding.
private final class GzipDecoder: Decoder {
    private var stream = z_stream()

    init() {
        super.init(name: "gzip")
        // 16 + 15: a gzip header, the largest window.
        inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit { inflateEnd(&stream) }

    override func decode(into target: UnsafeMutableRawBufferPointer) -> Int? {
        if isAtBoundary {
            while available > 0, input[position] == 0 {
                position += 1
                available -= 1
            }
            if available == 0 { return 0 }
            inflateReset(&stream)
            isAtBoundary = false
        }
        var status: Int32 = Z_OK
        let written = input.withUnsafeMutableBufferPointer { source -> Int in
            stream.next_in = source.baseAddress.map { $0 + position }
            stream.avail_in = UInt32(available)
            stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
            stream.avail_out = UInt32(clamping: target.count)
            status = inflate(&stream, Z_NO_FLUSH)
            position += available - Int(stream.avail_in)
            available = Int(stream.avail_in)
            return target.count - Int(stream.avail_out)
        }
        switch status {
        case Z_STREAM_END: isAtBoundary = true
        case Z_OK, Z_BUF_ERROR: break
        default: return nil
        }
        return written
    }
}

/// RFC 8878.
private final class ZstdDecoder: Decoder {
    private let context = ZSTD_createDStream()

    init() { super.init(name: "zstd") }

    deinit { ZSTD_freeDStream(context) }

    override func decode(into target: UnsafeMutableRawBufferPointer) -> Int? {
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let status = input.withUnsafeBytes { source -> Int in
            var inBuffer = ZSTD_inBuffer(src: source.baseAddress, size: position + available, pos: position)
            let status = ZSTD_decompressStream(context, &output, &inBuffer)
            available -= inBuffer.pos - position
            position = inBuffer.pos
            return status
        }
        if ZSTD_isError(status) != 0 { return nil }
        isAtBoundary = status == 0
        return output.pos
    }
}
