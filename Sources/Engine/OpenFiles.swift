import Locking

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of the stages' memories that are open at a time.
///
/// A memory of years has more files than a small server lets one program open: they take no more than a quarter of what
/// `ulimit -n` allows, and the one that was not read for the longest time makes room for the next.
final class OpenFiles: @unchecked Sendable {
    private let limit: Int

    // Under the monitor.
    private let monitor = Monitor()
    private var files: [String: OpenFile] = [:]
    private var uses = 0

    private struct OpenFile {
        let descriptor: Int32
        var readers: Int
        var lastUse: Int
    }

    init(limit: Int = OpenFiles.share) { self.limit = limit }

    deinit { for file in files.values { close(file.descriptor) } }

    /// How many are open.
    var count: Int {
        monitor.lock()
        defer { monitor.unlock() }
        return files.count
    }

    /// Hands out a descriptor of the file, which stays open that long.
    func with<Result>(_ path: String, _ body: (Int32) throws(RunError) -> Result) throws(RunError) -> Result {
        let descriptor = try take(path)
        defer { giveBack(path) }
        return try body(descriptor)
    }

    private func take(_ path: String) throws(RunError) -> Int32 {
        monitor.lock()
        defer { monitor.unlock() }
        uses += 1
        if files[path] == nil {
            // Where all are being read, one more is opened: no reader waits for another.
            if files.count >= limit { closeIdle() }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                let code = errno
                if code == ENOENT { throw StateFile.refusal(path, "is missing") }
                throw FileSystem.failure(code, "open", path)
            }
            files[path] = OpenFile(descriptor: descriptor, readers: 0, lastUse: 0)
        }
        files[path]?.readers += 1
        files[path]?.lastUse = uses
        return files[path]?.descriptor ?? -1
    }

    private func giveBack(_ path: String) {
        monitor.lock()
        defer { monitor.unlock() }
        files[path]?.readers -= 1
    }

    private func closeIdle() {
        guard let idle = files.filter({ $0.value.readers == 0 }).min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return
        }
        close(idle.value.descriptor)
        files[idle.key] = nil
    }

    private static var share: Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 16 }
        return Int(clamping: min(limit.rlim_cur / 4, 64))
    }
}
