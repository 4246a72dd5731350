import Hashing
import Pipeline

/// One file of a run: written from its start to its end, hashed on the way, flushed to the disk at the end.
final class OutputFile {
    let name: String
    private let path: String
    private var descriptor: Int32
    private var hash = SHA256()
    private var buffer: [UInt8] = []
    private(set) var bytes = 0
    private(set) var rows = 0

    static let bufferBytes = 262_144

    init(name: String, in folder: Folder) throws(RunError) {
        self.name = name
        path = folder.place(name)
        descriptor = try folder.create(name)
    }

    deinit {
        if descriptor >= 0 { FileSystem.abandon(descriptor) }
    }

    func write(_ bytes: [UInt8], rows: Int = 0) throws(RunError) {
        self.rows += rows
        self.bytes += bytes.count
        if buffer.isEmpty, bytes.count >= Self.bufferBytes { return try put(bytes) }
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    /// What the manifest says about the file.
    struct Summary: Sendable {
        let name: String
        var rows: Int
        let bytes: Int
        let sha256: Digest256
        /// What the rows of a list hold; those of an export are told by its stage.
        var schema: TableSchema?
        /// What changed against the last run, where the file goes on from it.
        var changes: Changes?
    }

    /// Articles, not rows.
    struct Changes: Sendable {
        let added: Int
        let updated: Int
    }

    /// Removes a file that is not wanted after all.
    func discard(in folder: Folder) throws(RunError) {
        FileSystem.abandon(descriptor)
        descriptor = -1
        try folder.remove(name)
    }

    func finish() throws(RunError) -> Summary {
        try flush()
        let open = descriptor
        descriptor = -1
        try FileSystem.syncAndClose(open, path)
        return Summary(name: name, rows: rows, bytes: bytes, sha256: hash.finish())
    }

    private func flush() throws(RunError) {
        try put(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: [UInt8]) throws(RunError) {
        try bytes.withUnsafeBufferPointer { buffer throws(RunError) in
            hash.update(UnsafeRawBufferPointer(buffer))
            try FileSystem.write(UnsafeRawBufferPointer(buffer), to: descriptor, path)
        }
    }
}
