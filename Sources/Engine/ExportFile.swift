import Pipeline

/// A sink's file: its rows as they come, or what the sink's writer makes of them.
final class ExportFile {
    private let file: OutputFile
    private let writer: (any RowWriter)?
    private let folder: Folder
    private let scratch: String
    private let tables: [ExportTable]

    init(_ sink: any Sink, in folder: Folder) throws(RunError) {
        file = try OutputFile(name: sink.file, in: folder)
        scratch = ".\(sink.file).scratch"
        self.folder = folder
        tables = sink.tables
        writer = try Self.explaining(folder.place(sink.file)) { [scratch] in
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
        var summary = try file.finish()
        summary.tables = tables
        return summary
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
