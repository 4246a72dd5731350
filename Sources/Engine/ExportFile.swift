import Pipeline

/// A sink's file: its rows as they come, or what the sink's writer makes of them.
final class ExportFile {
    private let file: OutputFile
    private let writer: (any RowWriter)?
    private let folder: Folder
    private let scratch: String

    var rows: Int { file.rows }

    /// - Parameter name: below the run directory; the sink's own when left out.
    init(_ sink: any Sink, name: String? = nil, in folder: Folder) throws(RunError) {
        let name = name ?? sink.file
        file = try OutputFile(name: name, in: folder)
        scratch = Self.scratch(beside: name)
        self.folder = folder
        writer = try Self.explaining(folder.place(name)) { [scratch] in
            try sink.makeWriter(scratch: folder.place(scratch))
        }
        try write(sink.header, rows: 0)
    }

    func write(_ bytes: [UInt8], rows: Int) throws(RunError) {
        guard let writer else { return try file.write(bytes, rows: rows) }
        try file.write([], rows: rows)
        try Self.explaining(folder.place(file.name)) { try writer.write(bytes) { try file.write($0) } }
    }

    func finish() throws(RunError) -> OutputFile.Summary {
        if let writer {
            try Self.explaining(folder.place(file.name)) { try writer.finish { try file.write($0) } }
            try folder.remove(scratch)
        }
        return try file.finish()
    }

    /// Removes a file that is not wanted after all.
    func discard() throws(RunError) {
        if writer != nil { try folder.remove(scratch) }
        try file.discard(in: folder)
    }

    private static func scratch(beside name: String) -> String {
        let names = name.split(separator: "/")
        return names.dropLast().map { $0 + "/" }.joined() + ".\(names.last ?? "").scratch"
    }

    private static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws(RunError) -> Value {
        do {
            return try body()
        } catch let error as RunError {
            throw error
        } catch {
            throw RunError(.ioError, "cannot write \(path): \(error)")
        }
    }
}
