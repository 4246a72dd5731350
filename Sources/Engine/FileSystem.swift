#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file system calls of publishing: each one checked, each failure named with its path and exit code.
///
/// Everything that a run writes goes through here, so that there is one place to make them fail or stop.
enum FileSystem {
    // MARK: Looking

    /// Names in a folder, sorted by their bytes; empty when there is no such folder.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Where a symbolic link leads; nil when there is none.
    static func linkTarget(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { target -> Int in
            guard let start = target.baseAddress else { return -1 }
            return readlink(path, start.assumingMemoryBound(to: CChar.self), target.count)
        }
        return count < 0 ? nil : String(decoding: buffer[0..<count], as: UTF8.self)
    }

    /// The path without links, `.` and `..`; the path itself where nothing is there.
    static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    // MARK: Changing

    /// Creates a folder and those above it.
    static func makeFolders(_ path: String) throws(RunError) {
        if isFolder(path) { return }
        if let parent = parent(of: path), parent != path { try makeFolders(parent) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure("create the folder", path, creating: true) }
    }

    static func makeFolder(_ path: String) throws(RunError) {
        guard mkdir(path, 0o777) == 0 else { throw failure("create the folder", path, creating: true) }
    }

    static func create(_ path: String) throws(RunError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("create", path, creating: true) }
        return descriptor
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws(RunError) {
        var done = 0
        while done < bytes.count {
            let count = systemWrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write \(bytes.count - done) bytes to", path)
            }
            done += count
        }
    }

    static func syncAndClose(_ descriptor: Int32, _ path: String) throws(RunError) {
        let synced = fsync(descriptor)
        let code = errno
        let closed = close(descriptor)
        if synced != 0 {
            errno = code
            throw failure("flush", path)
        }
        guard closed == 0 else { throw failure("close", path) }
    }

    /// Makes the names in a folder last.
    static func syncFolder(_ path: String) throws(RunError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open the folder", path) }
        try syncAndClose(descriptor, path)
    }

    static func move(_ from: String, to target: String) throws(RunError) {
        guard rename(from, target) == 0 else { throw failure("rename to", target) }
    }

    /// Points a symbolic link somewhere, in one step for whoever looks at it.
    static func switchLink(_ path: String, to target: String) throws(RunError) {
        let temporary = path + ".new"
        unlink(temporary)
        guard symlink(target, temporary) == 0 else { throw failure("create the link", temporary, creating: true) }
        try move(temporary, to: path)
    }

    static func remove(_ path: String) throws(RunError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    /// Removes a folder and what is in it; links are removed, not followed.
    static func removeTree(_ path: String) throws(RunError) {
        for name in names(in: path) {
            let child = path + "/" + name
            if isFolder(child) { try removeTree(child) } else { try remove(child) }
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw failure("remove the folder", path) }
    }

    /// An exclusive lock that dies with this process.
    static func lock(_ path: String) throws(RunError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("create", path, creating: true) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK {
                throw RunError(.locked, "another run is writing to this output (it holds \(path))", hint: "wait for it, or look for it with: fuser \(path)")
            }
            errno = code
            throw failure("lock", path)
        }
        return descriptor
    }

    static func unlock(_ descriptor: Int32) {
        close(descriptor)
    }

    private static func parent(of path: String) -> String? {
        guard let slash = path.utf8.dropLast().lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex else { return nil }
        return String(path[..<slash])
    }

    private static func failure(_ operation: String, _ path: String, creating: Bool = false) -> RunError {
        let reason = String(cString: strerror(errno))
        switch errno {
        case EACCES, EPERM: return RunError(creating ? .cannotCreate : .permission, "cannot \(operation) \(path): \(reason)")
        case EROFS, ENOTDIR, EEXIST, ENOENT, ELOOP, ENAMETOOLONG:
            return RunError(.cannotCreate, "cannot \(operation) \(path): \(reason)")
        default: return RunError(.ioError, "cannot \(operation) \(path): \(reason)")
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
