#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// When the work on a page has to be over, by a clock that nobody sets.
public struct Deadline: Sendable {
    private let seconds: Int
    private let end: UInt64

    public init(seconds: Int) {
        self.seconds = seconds
        end = Self.now() + UInt64(max(0, seconds)) * 1_000_000_000
    }

    public var isOver: Bool { Self.now() > end }

    public func check() throws(PageParseError) {
        if isOver { throw .tooSlow(seconds: seconds) }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
