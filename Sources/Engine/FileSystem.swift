#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file system calls of publishing: each one checked, each failure named with its path and exit code.
///
/// Everything that a run writes goes through here, so that there is one place to make calls fail or stop.
enum FileSystem {
    // MARK: Folders

    /// Creates a folder and those above it, so that they outlast a power cut.
    static func makeFolders(_ path: String) throws(RunError) {
        if isFolder(path) { return }
        let parent = parent(of: path)
        if let parent { try makeFolders(parent) }
        let code = attempt(.makeFolder, path) { mkdir(path, 0o777) }
        if code == EEXIST { return }
        guard code == 0 else { throw failure(code, "create the folder", path, creating: true) }
        try Folder(parent ?? (path.utf8.first == UInt8(ascii: "/") ? "/" : ".")).sync()
    }

    static func makeFolder(_ path: String) throws(RunError) {
        let code = attempt(.makeFolder, path) { mkdir(path, 0o777) }
        guard code == 0 else { throw failure(code, "create the folder", path, creating: true) }
    }

    /// Removes a folder and what is in it; links are removed, not followed.
    static func removeTree(_ path: String) throws(RunError) {
        for name in try names(in: path) {
            let child = path + "/" + name
            if isFolder(child) { try removeTree(child) } else { try remove(child) }
        }
        let code = attempt(.removeFolder, path) { rmdir(path) }
        guard code == 0 || code == ENOENT else { throw failure(code, "remove the folder", path) }
    }

    // MARK: Files

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws(RunError) {
        #if FAULTS
            if Fault.tears(path) { Fault.tear(bytes, descriptor) }
        #endif
        var done = 0
        while done < bytes.count {
            var count = 0
            let code = attempt(.write, path) {
                count = systemWrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                return count < 0 ? -1 : 0
            }
            if code == EINTR { continue }
            guard code == 0 else { throw failure(code, "write \(bytes.count - done) bytes to", path) }
            done += count
        }
    }

    static func syncAndClose(_ descriptor: Int32, _ path: String) throws(RunError) {
        let synced = attempt(.sync, path) { fsync(descriptor) }
        let closed = attempt(.close, path) { close(descriptor) }
        guard synced == 0 else { throw failure(synced, "flush", path) }
        guard closed == 0 else { throw failure(closed, "close", path) }
    }

    /// Closes a file that nobody will read.
    static func abandon(_ descriptor: Int32) {
        close(descriptor)
    }

    static func move(_ from: String, to target: String) throws(RunError) {
        let code = attempt(.rename, target) { rename(from, target) }
        guard code == 0 else { throw failure(code, "rename to", target) }
    }

    /// Removes a file or link; a missing one is removed already.
    static func remove(_ path: String) throws(RunError) {
        let code = attempt(.remove, path) { unlink(path) }
        guard code == 0 || code == ENOENT else { throw failure(code, "remove", path) }
    }

    // MARK: Failures

    /// Makes one call, or fails in its stead when a test says so; returns 0 or the error's number.
    static func attempt(_ call: Call, _ path: String, _ body: () -> Int32) -> Int32 {
        #if FAULTS
            if let code = Fault.strike(call, path) { return code }
        #endif
        // Read at once: whatever runs between the call and this line may set it anew.
        return body() < 0 ? errno : 0
    }

    /// The calls that change the disk.
    enum Call: String {
        case makeFolder = "mkdir"
        case create, write
        case sync = "fsync"
        case close, rename
        case makeLink = "symlink"
        case link
        case remove = "unlink"
        case truncate
        case removeFolder = "rmdir"
        case lock = "flock"
        /// The transaction of the state.
        case commit
    }

    static func failure(_ code: Int32, _ operation: String, _ path: String, creating: Bool = false) -> RunError {
        let message = "cannot \(operation) \(path): \(String(cString: strerror(code)))"
        switch code {
        case EACCES, EPERM: return RunError(creating ? .cannotCreate : .permission, message)
        case EROFS, ENOTDIR, EEXIST, ENOENT, ELOOP, ENAMETOOLONG: return RunError(.cannotCreate, message)
        default: return RunError(.ioError, message)
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
