import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Cuts at line feeds; a carriage return before one belongs to it, and blank lines are no records. In a file whose
/// first line ends with a carriage return alone, each one ends a line.
///
/// A line longer than the limit costs one quarantine entry and no memory.
struct LineCutter: RecordCutter {
    private let file: InputFile
    private let maxRecordBytes: Int
    private var buffer: RecordBuffer
    /// nil until the first line was looked at.
    private var endsAtCarriageReturn: Bool?
    private var isDone = false

    init(file: InputFile, stream: ByteStream, maxRecordBytes: Int) {
        self.file = file
        self.maxRecordBytes = maxRecordBytes
        buffer = RecordBuffer(stream, candidates: .wide)
    }

    mutating func next(maxRecords: Int) -> RecordChunk? {
        guard !isDone else { return nil }
        if endsAtCarriageReturn == nil { lookAtFirstLine() }
        var chunk = RecordChunk(file: file)
        chunk.offset = buffer.offset
        chunk.encoding = buffer.encoding
        var cut = 0
        // Up to here there is no line end behind `cut`: a long line is searched once, however often the buffer grows.
        var searched = 0
        while chunk.pieces.count < maxRecords, cut < RecordBuffer.chunkBytes {
            if let end = lineEnd(from: max(cut, searched)) {
                add(cut..<end, to: &chunk)
                cut = end + 1
            } else if buffer.bytes.count - cut > maxRecordBytes {
                chunk.bytes = buffer.take(cut)
                chunk.pieces.append(.failure(tooLarge(at: buffer.offset)))
                skipLine()
                return chunk
            } else {
                searched = buffer.bytes.count
                if !buffer.fill() {
                    finish(&chunk, &cut)
                    break
                }
            }
        }
        chunk.bytes = buffer.take(cut)
        return chunk
    }

    private mutating func lookAtFirstLine() {
        buffer.skipByteOrderMark()
        endsAtCarriageReturn = false
        var searched = 0
        while searched <= maxRecordBytes {
            while let end = buffer.bytes[searched...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
                guard buffer.bytes[end] == 0x0D else { return }
                if end + 1 == buffer.bytes.count, !buffer.fill() { return }
                guard buffer.bytes[end + 1] != 0x0A else { return }
                // Elsewhere than behind an object it is white space of JSON.
                let last = buffer.bytes[..<end].last { $0 != 0x20 && $0 != 0x09 }
                if last == UInt8(ascii: "}") {
                    endsAtCarriageReturn = true
                    return
                }
                searched = end + 1
            }
            searched = buffer.bytes.count
            if !buffer.fill() { return }
        }
    }

    private func lineEnd(from start: Int) -> Int? {
        if endsAtCarriageReturn == true { return buffer.bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } }
        return buffer.bytes.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let hit = memchr(base + start, 0x0A, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(hit) - base
        }
    }

    private func add(_ line: Range<Int>, to chunk: inout RecordChunk) {
        var line = line
        if !line.isEmpty, buffer.bytes[line.upperBound - 1] == 0x0D { line = line.lowerBound..<line.upperBound - 1 }
        // Files that were put together have byte order marks in their middle.
        if buffer.bytes[line].starts(with: [0xEF, 0xBB, 0xBF]) { line = line.lowerBound + 3..<line.upperBound }
        if buffer.bytes[line].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        if line.count > maxRecordBytes {
            chunk.pieces.append(.failure(tooLarge(at: buffer.offset + line.lowerBound)))
        } else {
            chunk.pieces.append(.record(line))
        }
    }

    private mutating func finish(_ chunk: inout RecordChunk, _ cut: inout Int) {
        isDone = true
        if let error = buffer.error {
            // What stands before the fault and is no whole line is lost with it.
            let place = buffer.offset + cut
            let placed = ArticleError(code: error.code, message: error.message, offset: error.offset ?? place)
            chunk.pieces.append(.failure(RecordFailure(placed, path: file.path, offset: place, losesInput: true)))
        } else if cut < buffer.bytes.count {
            add(cut..<buffer.bytes.count, to: &chunk)
        }
        cut = buffer.bytes.count
        chunk.finished = file.finished(buffer.finished())
    }

    /// Drops the line that the buffer starts with, however long it is.
    private mutating func skipLine() {
        while true {
            if let end = lineEnd(from: 0) { return buffer.drop(end + 1) }
            buffer.drop(buffer.bytes.count)
            if !buffer.fill() { return }
        }
    }

    private func tooLarge(at offset: Int) -> RecordFailure {
        let message = "the line is longer than maxRecordBytes (\(maxRecordBytes) bytes)"
        return RecordFailure(ArticleError(code: "record_too_large", message: message), path: file.path, offset: offset)
    }
}
