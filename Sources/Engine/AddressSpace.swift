#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What `ulimit -v` leaves room for.
///
/// Dispatch waits for ever for a thread that the system has no room for, so no more are asked for than there is.
enum AddressSpace {
    /// A worker's stack, and what glibc's malloc reserves for each thread: 64 MiB, twice that for a moment.
    private static let bytesPerWorker: UInt64 = 144 << 20

    /// How many of the wanted workers there is room for; at least one.
    static func workers(_ wanted: Int) -> Int {
        guard let limit else { return wanted }
        return max(1, min(wanted, Int(clamping: limit / bytesPerWorker)))
    }

    private static var limit: UInt64? {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
        #else
            let resource = RLIMIT_AS
        #endif
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(Int64.max) else { return nil }
        return UInt64(limit.rlim_cur)
    }
}
