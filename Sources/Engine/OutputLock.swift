#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The right to change an output folder: one process at a time has it, and it dies with its holder.
final class OutputLock {
    private static let name = ".lock"
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``RunError``; `locked` at once when another process holds the output.
    init(_ output: Folder) throws(RunError) {
        path = output.place(Self.name)
        while true {
            let descriptor = try Self.take(output)
            // Whoever removed the file in between left us a lock that nobody else will ever look at.
            if FileSystem.identity(descriptor) == FileSystem.identity(path) || !output.isInPlace {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
    }

    deinit {
        // A program that is just being started still has a copy of the descriptor, which close alone would leave locked.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether the lock's file still lies where others look for it.
    var isInPlace: Bool {
        FileSystem.identity(path) == FileSystem.identity(descriptor)
    }

    private static func take(_ output: Folder) throws(RunError) -> Int32 {
        let path = output.place(name)
        let descriptor = try output.openFile(name, O_RDWR | O_CREAT)
        let code = FileSystem.attempt(.lock, path) { flock(descriptor, LOCK_EX | LOCK_NB) }
        if code == 0 { return descriptor }
        close(descriptor)
        guard code == EWOULDBLOCK else { throw FileSystem.failure(code, "lock", path) }
        throw RunError(
            .locked,
            "another run is writing to this output (it holds \(path))",
            hint: "wait for it, or look for it with: fuser \(path)"
        )
    }
}
