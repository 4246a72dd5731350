#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A lock with a condition to wait for.
///
/// Use it for what two threads change and for nothing longer than that. Over `pthread_mutex_t`: `Synchronization.Mutex` gives false reports under ThreadSanitizer on Linux.
public final class Monitor: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    public init() {
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

    /// Waits until nobody else holds it.
    public func lock() { pthread_mutex_lock(mutex) }
    /// Lets the next one have it.
    public func unlock() { pthread_mutex_unlock(mutex) }

    /// Releases the lock until something is announced; to be called while holding it.
    public func wait() { pthread_cond_wait(condition, mutex) }
    /// Wakes all who wait.
    public func announce() { pthread_cond_broadcast(condition) }
}
