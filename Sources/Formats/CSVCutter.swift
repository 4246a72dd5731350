import Pipeline

/// Cuts a CSV file (RFC 4180) into rows.
///
/// A quote that is never closed, or is closed by the next stray quote so that the row has a wrong number of fields,
/// costs its own line alone: the rows behind it are read as if it had not been there. A row longer than the limit
/// costs one quarantine entry and no memory.
struct CSVCutter: RecordCutter {
    private let file: InputFile
    private let maxRecordBytes: Int
    private var buffer: RecordBuffer
    private var columns: CSVColumns?
    private var isDone = false

    init(file: InputFile, stream: ByteStream, maxRecordBytes: Int) {
        self.file = file
        self.maxRecordBytes = maxRecordBytes
        buffer = RecordBuffer(stream, candidates: .all)
    }

    mutating func next(maxRecords: Int) -> RecordChunk? {
        guard !isDone else { return nil }
        var chunk = RecordChunk(file: file)
        if columns == nil, let failure = readHeader() { chunk.pieces.append(.failure(failure)) }
        chunk.columns = columns
        chunk.offset = buffer.offset
        chunk.encoding = buffer.encoding
        var cut = 0
        while !isDone, chunk.pieces.count < maxRecords, cut < RecordBuffer.chunkBytes {
            switch scanRow(from: cut, delimiter: columns?.delimiter ?? 0) {
            case .row(let row): cut = add(row, from: cut, to: &chunk)
            case .tooLong:
                chunk.bytes = buffer.take(cut)
                chunk.pieces.append(.failure(tooLarge(at: buffer.offset)))
                skipLine()
                return chunk
            case .end: isDone = true
            }
        }
        if isDone {
            if let error = buffer.error {
                let place = buffer.offset + cut
                let placed = ArticleError(code: error.code, message: error.message, offset: error.offset ?? place)
                chunk.pieces.append(.failure(RecordFailure(placed, path: file.path, offset: place, losesInput: true)))
            }
            cut = buffer.bytes.count
            chunk.finished = file.finished(buffer.finished())
        }
        chunk.bytes = buffer.take(cut)
        return chunk
    }

    /// Adds what the row is worth; returns where the next one starts.
    private func add(_ row: CSVScan.Row, from start: Int, to chunk: inout RecordChunk) -> Int {
        let offset = buffer.offset + start
        if let second = row.secondLine,
            row.isMalformed || row.fields != columns?.all.count || row.end - start > maxRecordBytes
        {
            chunk.pieces.append(.failure(failure("ragged_row", "a quote is not closed on its line", at: offset)))
            return second
        }
        if row.isMalformed {
            chunk.pieces.append(.failure(failure("ragged_row", "a quote is not closed on its line", at: offset)))
        } else if row.end - start > maxRecordBytes {
            chunk.pieces.append(.failure(tooLarge(at: offset)))
        } else if !isBlank(start..<row.end) {
            chunk.pieces.append(.record(start..<row.end))
        }
        return row.next
    }

    private func isBlank(_ row: Range<Int>) -> Bool {
        buffer.bytes[row].allSatisfy { $0 == 0x20 || $0 == 0x09 && columns?.delimiter != 0x09 }
    }

    /// Reads the first row; returns what is wrong with it, which is the end of the file's reading.
    private mutating func readHeader() -> RecordFailure? {
        buffer.skipByteOrderMark()
        columns = CSVColumns(names: [], delimiter: 0)
        var named: UInt8?
        while case .row(let row) = scanRow(from: 0, delimiter: 0) {
            if let delimiter = namedDelimiter(0..<row.end) { named = delimiter } else if !isBlank(0..<row.end) { break }
            buffer.drop(row.next)
        }
        let start = buffer.offset
        let delimiter = named ?? headerDelimiter()
        guard case .row(let row) = scanRow(from: 0, delimiter: delimiter) else {
            isDone = true
            return nil
        }
        // A quote that is not closed costs the header no more than any other row.
        var header =
            row.isMalformed ? buffer.take(row.secondLine ?? row.next) : Array(buffer.take(row.next).prefix(row.end))
        while header.last == 0x0A || header.last == 0x0D { header.removeLast() }
        do throws(CSVRow.InvalidUTF8) {
            let names = try header.withUnsafeBufferPointer { bytes throws(CSVRow.InvalidUTF8) in
                try CSVRow.fields(bytes, delimiter: delimiter)
            }
            columns = CSVColumns(names: names, delimiter: delimiter)
            return nil
        } catch {
            isDone = true
            let failure = failure("invalid_utf8", "the header row is no UTF-8", at: start + error.offset)
            return RecordFailure(failure.error, path: failure.path, offset: failure.offset, losesInput: true)
        }
    }

    /// The delimiter of a line `sep=;`, which some programs write above the header for Excel.
    private func namedDelimiter(_ row: Range<Int>) -> UInt8? {
        let line = buffer.bytes[row]
        return line.count == 5 && line.starts(with: "sep=".utf8) ? line.last : nil
    }

    /// The delimiter that stands most often in the first line: comma, semicolon or tab.
    private mutating func headerDelimiter() -> UInt8 {
        var scan = CSVScan(start: 0, delimiter: 0)
        var line = 0..<0
        while line.isEmpty {
            let row = buffer.bytes.withUnsafeBufferPointer { scan.row(in: $0, isAtEnd: buffer.isAtEnd) }
            if let row {
                line = 0..<max(1, row.end)
            } else if buffer.bytes.count > maxRecordBytes || !buffer.fill() {
                break
            }
        }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        let counts = candidates.map { candidate in buffer.bytes.prefix(line.upperBound).count { $0 == candidate } }
        let best = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        return candidates[best]
    }

    private enum Scan {
        case row(CSVScan.Row)
        /// One line that goes on beyond the limit.
        case tooLong
        case end
    }

    private mutating func scanRow(from start: Int, delimiter: UInt8) -> Scan {
        let maxFields = columns.map { $0.all.isEmpty ? .max : $0.all.count } ?? .max
        var scan = CSVScan(start: start, delimiter: delimiter, maxFields: maxFields)
        while true {
            let row = buffer.bytes.withUnsafeBufferPointer { scan.row(in: $0, isAtEnd: buffer.isAtEnd) }
            if let row {
                // A row that the stream broke off is lost with what follows it.
                return buffer.error != nil && row.secondLine == nil && row.next == row.end ? .end : .row(row)
            }
            if scan.position - start > maxRecordBytes {
                guard let second = scan.secondLine else { return .tooLong }
                return .row(
                    CSVScan.Row(end: scan.position, next: second, fields: 0, secondLine: second, isMalformed: true)
                )
            }
            if !buffer.fill(), scan.position == start { return .end }
        }
    }

    private mutating func skipLine() {
        while true {
            if let end = buffer.bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) { return buffer.drop(end + 1) }
            buffer.drop(buffer.bytes.count)
            if !buffer.fill() { return }
        }
    }

    private func tooLarge(at offset: Int) -> RecordFailure {
        failure("record_too_large", "the row is longer than maxRecordBytes (\(maxRecordBytes) bytes)", at: offset)
    }

    private func failure(_ code: String, _ message: String, at offset: Int) -> RecordFailure {
        RecordFailure(ArticleError(code: code, message: message), path: file.path, offset: offset)
    }
}
