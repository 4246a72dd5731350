import CZlib
import CZstd
import Foundation
import Pipeline

@testable import Formats

/// A folder of its own for each test, removed with it.
final class TestFolder {
    let path = NSTemporaryDirectory() + "formats-tests-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func add(_ name: String, _ bytes: [UInt8]) throws {
        let file = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Writes a file and says how it is to be read.
    func input(_ name: String, _ bytes: [UInt8], format: Format? = nil) throws -> InputFile {
        try add(name, bytes)
        return InputFile(path: name, file: path + "/" + name, format: format, size: bytes.count)
    }

    func input(_ name: String, _ text: String, format: Format? = nil) throws -> InputFile {
        try input(name, Array(text.utf8), format: format)
    }
}

/// What became of each record, in order: `kept ID-OR-TEXT` or `CODE @OFFSET`.
func outcomes(_ files: [InputFile], batch size: Int = 256, maxRecordBytes: Int = 1 << 26) -> [String] {
    let batch = ingest(files, batch: size, maxRecordBytes: maxRecordBytes)
    let kept = batch.articles.map { ($0.position, "kept " + ($0.article.id ?? $0.article.text)) }
    let failed = batch.failures.map {
        ($0.position, "\($0.failure.error.code) @\($0.failure.error.offset ?? $0.failure.offset)")
    }
    return (kept + failed).sorted { $0.0 < $1.0 }.map(\.1)
}

func ingest(_ files: [InputFile], batch size: Int = 256, maxRecordBytes: Int = 1 << 26) -> IngestedBatch {
    var reader = RecordReader(files: files, maxRecordBytes: maxRecordBytes)
    var batch = IngestedBatch()
    while let chunk = reader.next(maxRecords: size) { reader.read(chunk, into: &batch) }
    return batch
}

enum Packing: CaseIterable {
    case none, gzip, zstd

    var suffix: String {
        switch self {
        case .none: ""
        case .gzip: ".gz"
        case .zstd: ".zst"
        }
    }

    func pack(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .none: bytes
        case .gzip: Self.gzipped(bytes)
        case .zstd: Self.zstandard([bytes])
        }
    }

    static func gzipped(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream,
            6,
            Z_DEFLATED,
            16 + 15,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        defer { deflateEnd(&stream) }
        var input = bytes
        return [UInt8](unsafeUninitializedCapacity: bytes.count + 1024) { output, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
            }
            count = output.count - Int(stream.avail_out)
        }
    }

    /// One frame whose blocks end where the pieces end.
    static func zstandard(_ pieces: [[UInt8]], checksum: Bool = false) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, checksum ? 1 : 0)
        let capacity = pieces.reduce(1024) { $0 + $1.count + 1024 }
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            for (index, piece) in pieces.enumerated() {
                piece.withUnsafeBytes { source in
                    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                    _ = ZSTD_compressStream2(
                        context,
                        &target,
                        &input,
                        index == pieces.count - 1 ? ZSTD_e_end : ZSTD_e_flush
                    )
                }
            }
            count = target.pos
        }
    }
}
