#if FAULTS
    import Locking

    #if canImport(Glibc)
        import Glibc
    #else
        import Darwin
    #endif

    /// Lets a test break the n-th file system call of a run. Compiled into debug builds only.
    ///
    /// `ETL_FAULT` holds one of
    /// - `kill:N`   SIGKILL instead of call N
    /// - `tear:N`   half of the bytes of call N, a write, then SIGKILL
    /// - `stop:N`   SIGSTOP before call N
    /// - `fail:N:ENOSPC`  call N fails
    /// - `full:N`   from call N on the disk is full: nothing can be created or written, only removed
    ///
    /// `ETL_JOURNAL_AFTER` holds the seconds after which a run begins its journal; with 0 it keeps each batch at once.
    ///
    /// `ETL_FAULT_TRACE` names a file that receives a line `number call path` for each call.
    enum Fault {
        private enum Kind {
            case kill, tear, stop
            case fail(Int32)
            case full
        }

        private struct Order: Sendable {
            let kind: Kind
            let call: Int
        }

        private static let order: Order? = variable("ETL_FAULT").flatMap(parse)
        private static let trace: Int32? = variable("ETL_FAULT_TRACE").map {
            open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        }
        static let journalAfterSeconds: Double? = variable("ETL_JOURNAL_AFTER").flatMap { Double($0) }
        private static let isActive = order != nil || trace != nil
        private static let monitor = Monitor()
        nonisolated(unsafe) private static var calls = 0

        /// Counts a call; returns the error that it has to fail with.
        static func strike(_ call: FileSystem.Call, _ path: String) -> Int32? {
            guard isActive else { return nil }
            monitor.lock()
            defer { monitor.unlock() }
            calls += 1
            note(call, path)
            guard let order else { return nil }
            switch order.kind {
            case .full where calls >= order.call: return needsSpace(call) ? ENOSPC : nil
            case .fail(let code) where calls == order.call: return code
            case .kill where calls == order.call: end()
            case .stop where calls == order.call: raise(SIGSTOP)
            default: break
            }
            return nil
        }

        /// Whether the write that comes next is to be torn.
        static func tears(_ path: String) -> Bool {
            guard case .tear = order?.kind else { return false }
            monitor.lock()
            defer { monitor.unlock() }
            return calls + 1 == order?.call
        }

        static func tear(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32) -> Never {
            _ = write(descriptor, bytes.baseAddress, bytes.count / 2)
            end()
        }

        private static func end() -> Never {
            kill(getpid(), SIGKILL)
            while true { pause() }
        }

        private static func needsSpace(_ call: FileSystem.Call) -> Bool {
            switch call {
            case .makeFolder, .create, .write, .sync, .makeLink, .link, .commit: true
            case .close, .rename, .remove, .removeFolder, .lock, .truncate: false
            }
        }

        private static func note(_ call: FileSystem.Call, _ path: String) {
            guard let trace else { return }
            let line = Array("\(calls) \(call.rawValue) \(path)\n".utf8)
            _ = write(trace, line, line.count)
        }

        private static func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }
        }

        private static func parse(_ text: String) -> Order? {
            let parts = text.split(separator: ":")
            guard parts.count >= 2, let call = Int(parts[1]) else { return nil }
            switch parts[0] {
            case "kill": return Order(kind: .kill, call: call)
            case "tear": return Order(kind: .tear, call: call)
            case "stop": return Order(kind: .stop, call: call)
            case "full": return Order(kind: .full, call: call)
            case "fail": return Order(kind: .fail(parts.count > 2 ? errors[String(parts[2])] ?? EIO : EIO), call: call)
            default: return nil
            }
        }

        private static let errors = [
            "ENOSPC": ENOSPC, "EIO": EIO, "EDQUOT": EDQUOT, "EROFS": EROFS, "EACCES": EACCES, "EMFILE": EMFILE,
        ]
    }
#endif
