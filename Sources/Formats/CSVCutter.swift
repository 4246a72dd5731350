import Pipeline

/// The header row of a CSV file.
struct CSVColumns: Sendable {
    let names: [String]
    let delimiter: UInt8
}

/// Cuts a CSV file (RFC 4180) into rows.
///
/// A quote that is never closed, or is closed by the next stray quote so that the row has a wrong number of fields,
/// costs its own line alone: the rows behind it are read as if it had not been there.
struct CSVCutter: RecordCutter {
    private let file: InputFile
    private let maxRecordBytes: Int
    private var buffer: RecordBuffer
    private var columns: CSVColumns?
    private var isDone = false

    init(file: InputFile, stream: ByteStream, maxRecordBytes: Int) {
        self.file = file
        self.maxRecordBytes = maxRecordBytes
        buffer = RecordBuffer(stream)
    }

    mutating func next(maxRecords: Int) -> RecordChunk? {
        guard !isDone else { return nil }
        if columns == nil { readHeader() }
        var chunk = RecordChunk(file: file)
        chunk.columns = columns
        chunk.offset = buffer.offset
        var cut = 0
        while chunk.pieces.count < maxRecords, cut < RecordBuffer.chunkBytes {
            guard var row = scanRow(from: cut) else {
                isDone = true
                break
            }
            if row.spansLines, row.isOpen || row.fields != columns?.names.count, let line = lineEnd(from: cut) {
                chunk.pieces.append(.failure(failure("ragged_row", "a quote is not closed on its line", at: buffer.offset + cut)))
                row.next = line + 1
            } else if row.end - cut > maxRecordBytes {
                chunk.pieces.append(
                    .failure(failure("record_too_large", "the row is longer than maxRecordBytes (\(maxRecordBytes) bytes)", at: buffer.offset + cut)))
            } else if row.end > cut {
                chunk.pieces.append(.record(cut..<row.end))
            }
            cut = row.next
        }
        if isDone {
            if let error = buffer.error {
                chunk.pieces.append(.failure(RecordFailure(error, path: file.path, offset: buffer.offset + cut)))
            }
            cut = buffer.bytes.count
            chunk.finished = buffer.finished()
        }
        chunk.bytes = buffer.take(cut)
        return chunk
    }

    private func failure(_ code: String, _ message: String, at offset: Int) -> RecordFailure {
        RecordFailure(ArticleError(code: code, message: message), path: file.path, offset: offset)
    }

    private mutating func readHeader() {
        if buffer.fill(), buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { _ = buffer.take(3) }
        guard let row = scanRow(from: 0) else {
            columns = CSVColumns(names: [], delimiter: UInt8(ascii: ","))
            return
        }
        let line = buffer.take(row.next)[0..<row.end]
        let counted = [",", ";", "\t"].map { (Character($0).asciiValue ?? 0) }
            .map { candidate in (candidate, line.count { $0 == candidate }) }
        let delimiter = counted.max { $0.1 < $1.1 }?.0 ?? UInt8(ascii: ",")
        let names = line.withUnsafeBufferPointer { CSVRow.fields($0, delimiter: delimiter) ?? [] }
        columns = CSVColumns(names: names, delimiter: delimiter)
    }

    private struct Row {
        /// Behind the last byte of the row, its line end left out.
        var end: Int
        var next: Int
        var fields: Int
        var spansLines: Bool
        var isOpen: Bool
    }

    /// The row at `start`; nil when no byte is left.
    private mutating func scanRow(from start: Int) -> Row? {
        let delimiter = columns?.delimiter ?? 0
        var i = start
        var fields = 1
        var inQuotes = false
        var isFieldStart = true
        var spansLines = false
        while true {
            if i == buffer.bytes.count {
                let isTooLong = i - start > maxRecordBytes && inQuotes
                if isTooLong || !buffer.fill() {
                    if i == start { return nil }
                    return Row(end: i, next: i, fields: fields, spansLines: spansLines, isOpen: inQuotes)
                }
            }
            let byte = buffer.bytes[i]
            if inQuotes {
                if byte == 0x22 { inQuotes = false } else if byte == 0x0A { spansLines = true }
            } else if byte == 0x22 {
                // A quote after a closing one is an escaped quote; elsewhere inside a bare field it is a character.
                inQuotes = isFieldStart || (i > start && buffer.bytes[i - 1] == 0x22)
            } else if byte == 0x0A {
                let end = i > start && buffer.bytes[i - 1] == 0x0D ? i - 1 : i
                return Row(end: end, next: i + 1, fields: fields, spansLines: spansLines, isOpen: false)
            } else if byte == delimiter {
                fields += 1
                isFieldStart = true
                i += 1
                continue
            }
            isFieldStart = false
            i += 1
        }
    }

    private func lineEnd(from start: Int) -> Int? {
        buffer.bytes[start...].firstIndex(of: 0x0A)
    }
}

/// The fields of one row.
enum CSVRow {
    /// nil when a field is no UTF-8.
    static func fields(_ row: UnsafeBufferPointer<UInt8>, delimiter: UInt8) -> [String]? {
        var fields: [String] = []
        var i = 0
        var field: [UInt8] = []
        while true {
            field.removeAll(keepingCapacity: true)
            if i < row.count, row[i] == 0x22 {
                i += 1
                while i < row.count {
                    if row[i] == 0x22 {
                        i += 1
                        guard i < row.count, row[i] == 0x22 else { break }
                    }
                    field.append(row[i])
                    i += 1
                }
            }
            while i < row.count, row[i] != delimiter {
                field.append(row[i])
                i += 1
            }
            guard let string = String(validating: field, as: UTF8.self) else { return nil }
            fields.append(string)
            if i >= row.count { return fields }
            i += 1
        }
    }
}
