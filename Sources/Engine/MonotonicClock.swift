#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
