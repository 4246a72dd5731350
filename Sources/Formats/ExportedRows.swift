import JSON
import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds rows, and whose they are, in files that this program has written.
public enum ExportedRows: Sendable {
    /// The id is the first member of each line.
    case jsonLines
    /// The id is one of the columns.
    case csv(column: Int, guardsFormulas: Bool)

    /// An article's id as its rows hold it.
    public func key(of id: String?) -> [UInt8] {
        switch self {
        case .jsonLines:
            var writer = JSONWriter()
            writer.value(id)
            return writer.bytes
        case .csv(_, let guardsFormulas):
            var writer = CSVWriter(guardsFormulas: guardsFormulas)
            writer.cell(id)
            return writer.bytes
        }
    }

    /// The row that starts at `start`; nil when it goes on behind the end of the bytes.
    public func row(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> ExportedRow? {
        switch self {
        case .jsonLines: Self.line(in: bytes, from: start)
        case .csv(let column, _): Self.record(in: bytes, from: start, column)
        }
    }

    private static func line(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> ExportedRow? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let feed = memchr(base + start, 0x0A, bytes.count - start)
        else { return nil }
        let end = UnsafeRawPointer(feed) - UnsafeRawPointer(base) + 1
        // {"id":"…"  or  {"article_id":"…"
        var position = start
        while position < end, bytes[position] != UInt8(ascii: ":") { position += 1 }
        let first = position + 1
        position += 2
        while position < end, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return ExportedRow(end: end, key: min(first, end)..<max(min(first, end), min(position + 1, end)))
    }

    private static func record(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ column: Int) -> ExportedRow? {
        var position = start
        var cell = 0
        var cellStart = start
        var key = start..<start
        var isQuoted = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x22 {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ",") || byte == 0x0A {
                let isEnd = byte == 0x0A
                // A row ends with CR LF.
                if cell == column { key = cellStart..<max(cellStart, isEnd ? position - 1 : position) }
                if isEnd { return ExportedRow(end: position + 1, key: key) }
                cell += 1
                cellStart = position + 1
            }
            position += 1
        }
        return nil
    }
}
