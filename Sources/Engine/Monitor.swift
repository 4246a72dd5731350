#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A lock with a condition to wait for.
///
/// Over `pthread_mutex_t`: `Synchronization.Mutex` gives false reports under ThreadSanitizer on Linux.
final class Monitor: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func lock() { pthread_mutex_lock(mutex) }
    func unlock() { pthread_mutex_unlock(mutex) }

    /// Releases the lock until something is announced; to be called while holding it.
    func wait() { pthread_cond_wait(condition, mutex) }
    func announce() { pthread_cond_broadcast(condition) }
}

/// Nanoseconds of a clock that nobody sets.
func monotonicNanoseconds() -> UInt64 {
    nanoseconds(of: CLOCK_MONOTONIC)
}

#if canImport(Glibc)
    private func nanoseconds(of clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }
#else
    private func nanoseconds(of clock: clockid_t) -> UInt64 {
        clock_gettime_nsec_np(clock)
    }
#endif
