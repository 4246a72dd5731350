import Hashing
import Pipeline

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file of a stage's memory, open for reading.
///
/// It is read, not mapped: a file that was cut short is an error then and no signal, and what is looked at once does not
/// stay in memory.
final class StageFile: MemoryFile {
    let stored: StoredFile
    private let path: String
    private let descriptor: Int32

    var name: String { stored.name }
    var run: Int { stored.run }
    var size: Int { stored.bytes }

    /// - Throws: ``RunError``, `refused` when it is missing or has another size than the state knows.
    init(_ stored: StoredFile, in state: Folder) throws(RunError) {
        self.stored = stored
        path = state.place(stored.stage) + "/" + stored.diskName
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT { throw StateFile.refusal(path, "is missing") }
            throw FileSystem.failure(code, "open", path)
        }
        let bytes = FileSystem.size(descriptor)
        guard bytes == stored.bytes else {
            close(descriptor)
            throw StateFile.refusal(path, "is damaged (\(bytes) bytes, \(stored.bytes) were written)")
        }
    }

    deinit { close(descriptor) }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RunError) {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor,
                buffer.baseAddress.map { $0 + done },
                buffer.count - done,
                off_t(offset + done)
            )
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.failure(errno, "read", path) }
            guard count > 0 else { throw StateFile.refusal(path, "is damaged (it ends at byte \(offset + done))") }
            done += count
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
