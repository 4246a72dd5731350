import Pipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Cuts at line feeds; a carriage return before one belongs to it, and blank lines are no records.
///
/// A line longer than the limit costs one quarantine entry and no memory.
struct LineCutter: RecordCutter {
    private let file: InputFile
    private let maxRecordBytes: Int
    private var buffer: RecordBuffer
    private var isDone = false

    init(file: InputFile, stream: ByteStream, maxRecordBytes: Int) {
        self.file = file
        self.maxRecordBytes = maxRecordBytes
        buffer = RecordBuffer(stream)
    }

    mutating func next(maxRecords: Int) -> RecordChunk? {
        guard !isDone else { return nil }
        var chunk = RecordChunk(file: file)
        chunk.offset = buffer.offset
        var cut = 0
        while chunk.pieces.count < maxRecords, cut < RecordBuffer.chunkBytes {
            if let end = lineEnd(from: cut) {
                add(cut..<end, to: &chunk)
                cut = end + 1
            } else if buffer.bytes.count - cut > maxRecordBytes {
                chunk.bytes = buffer.take(cut)
                chunk.pieces.append(.failure(skipLine()))
                return chunk
            } else if !buffer.fill() {
                finish(&chunk, &cut)
                break
            }
        }
        chunk.bytes = buffer.take(cut)
        return chunk
    }

    private func lineEnd(from start: Int) -> Int? {
        buffer.bytes.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress, let hit = memchr(base + start, 0x0A, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(hit) - base
        }
    }

    private func add(_ line: Range<Int>, to chunk: inout RecordChunk) {
        var line = line
        if !line.isEmpty, buffer.bytes[line.upperBound - 1] == 0x0D { line = line.lowerBound..<line.upperBound - 1 }
        if buffer.bytes[line].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        chunk.pieces.append(.record(line))
    }

    private mutating func finish(_ chunk: inout RecordChunk, _ cut: inout Int) {
        isDone = true
        if let error = buffer.error {
            // What stands before the fault and is no whole line is lost with it.
            let place = buffer.offset + cut
            chunk.pieces.append(
                .failure(
                    RecordFailure(
                        ArticleError(code: error.code, message: error.message, offset: error.offset ?? place), path: file.path,
                        offset: place)))
        } else if cut < buffer.bytes.count {
            add(cut..<buffer.bytes.count, to: &chunk)
        }
        cut = buffer.bytes.count
        chunk.finished = buffer.finished()
    }

    /// Drops the line that the buffer starts with, however long it is.
    private mutating func skipLine() -> RecordFailure {
        let start = buffer.offset
        while true {
            if let end = lineEnd(from: 0) {
                _ = buffer.take(end + 1)
                break
            }
            _ = buffer.take(buffer.bytes.count)
            if !buffer.fill() { break }
        }
        let error = ArticleError(
            code: "record_too_large", message: "the line is longer than maxRecordBytes (\(maxRecordBytes) bytes)")
        return RecordFailure(error, path: file.path, offset: start)
    }
}
