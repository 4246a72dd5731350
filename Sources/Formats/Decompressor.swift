import CZlib
import CZstd

/// Unpacks a stream piece by piece: it is fed and emptied by turns.
///
/// What comes out before damage is given out before the damage is reported.
class Decompressor {
    let name: String
    /// Nothing was begun that is not ended.
    fileprivate(set) var isAtBoundary = false
    fileprivate(set) var isDamaged = false
    /// Room was too small for what came out: there may be more without more input.
    private var mayHoldOutput = false
    fileprivate var input = [UInt8](repeating: 0, count: 131_072)
    fileprivate var position = 0
    fileprivate var available = 0

    fileprivate init(name: String) { self.name = name }

    static func make(_ compression: Compression) -> Decompressor? {
        switch compression {
        case .none: nil
        case .gzip: GzipDecompressor()
        case .zstd: ZstdDecompressor()
        }
    }

    var needsInput: Bool { available == 0 && !mayHoldOutput }

    func fill<Failure: Error>(_ read: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int) throws(Failure) -> Int {
        position = 0
        available = try input.withUnsafeMutableBufferPointer { buffer throws(Failure) in
            try read(UnsafeMutableRawBufferPointer(buffer))
        }
        return available
    }

    /// Returns how many bytes it put into `target`.
    func decode(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = step(into: target)
        mayHoldOutput = count == target.count
        return count
    }

    fileprivate func step(into target: UnsafeMutableRawBufferPointer) -> Int { 0 }
}

/// RFC 1952, several members after one another; zeros behind the last one are padding.
private final class GzipDecompressor: Decompressor {
    private var stream = z_stream()

    init() {
        super.init(name: "gzip")
        // 16 + 15: a gzip header, the largest window.
        isDamaged = inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) != Z_OK
    }

    deinit { inflateEnd(&stream) }

    override func step(into target: UnsafeMutableRawBufferPointer) -> Int {
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
        default: isDamaged = true
        }
        return written
    }
}

/// RFC 8878, several frames after one another.
private final class ZstdDecompressor: Decompressor {
    private let context = ZSTD_createDStream()
    /// Bytes up to the end of the block that comes next. A call that meets damage gives nothing out, so it is given
    /// one block at a time: what stands before the damage is kept.
    private var wanted = ZSTD_CStreamInSize()

    init() {
        super.init(name: "zstd")
        wanted = ZSTD_initDStream(context)
    }

    deinit { ZSTD_freeDStream(context) }

    override func step(into target: UnsafeMutableRawBufferPointer) -> Int {
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        let status = input.withUnsafeBytes { source -> Int in
            var piece = ZSTD_inBuffer(
                src: source.baseAddress,
                size: position + min(available, max(wanted, 1)),
                pos: position
            )
            let status = ZSTD_decompressStream(context, &output, &piece)
            available -= piece.pos - position
            position = piece.pos
            return status
        }
        if ZSTD_isError(status) != 0 {
            isDamaged = true
        } else {
            isAtBoundary = status == 0
            wanted = status == 0 ? ZSTD_initDStream(context) : status
        }
        return output.pos
    }
}
