import Hashing
import Pipeline

/// A file of a stage's memory.
///
/// It is read, not mapped: a file that was cut short is an error then and no signal, and what is looked at once does not
/// stay in memory.
final class StageFile: MemoryFile {
    let stored: StoredFile
    private let path: String
    private let files: OpenFiles

    var name: String { stored.name }
    var run: Int { stored.run }
    var size: Int { stored.bytes }

    /// - Throws: ``RunError``, `refused` when it is missing or has another size than the state knows.
    init(_ stored: StoredFile, in state: Folder, _ files: OpenFiles) throws(RunError) {
        self.stored = stored
        self.files = files
        path = state.place(stored.stage) + "/" + stored.diskName
        let bytes = try files.with(path) { FileSystem.size($0) }
        guard bytes == stored.bytes else {
            throw StateFile.refusal(path, "is damaged (\(bytes) bytes, \(stored.bytes) were written)")
        }
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RunError) {
        try files.with(path) { descriptor throws(RunError) in
            let count = try FileSystem.fill(buffer, from: descriptor, at: offset, path)
            guard count == buffer.count else {
                throw StateFile.refusal(path, "is damaged (it ends at byte \(offset + count))")
            }
        }
    }

    /// Reads all of it.
    ///
    /// - Throws: ``RunError``, `refused` when its bytes are not those that were written.
    func check() throws(RunError) {
        var hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: OutputFile.bufferBytes, alignment: 16)
        defer { buffer.deallocate() }
        for offset in stride(from: 0, to: size, by: buffer.count) {
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, size - offset)])
            try read(at: offset, into: part)
            hash.update(UnsafeRawBufferPointer(part))
        }
        guard hash.finish().hex == stored.sha256 else {
            throw StateFile.refusal(path, "is damaged (its checksum is another)")
        }
    }
}
