#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One end of a pipe that this program holds; closed with the value's owner.
struct Descriptor {
    private(set) var number: Int32

    var isOpen: Bool { number >= 0 }

    mutating func close() {
        guard isOpen else { return }
        closeFile(number)
        number = -1
    }

    /// Reads never wait, writes neither.
    func setNonblocking() {
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }
}

/// A pipe whose ends no other program inherits, as long as programs are started under ``Spawn/lock`` as this is made.
struct Pipe {
    var reading: Descriptor
    var writing: Descriptor

    /// - Throws: ``ProgramFault`` when there are no descriptors left.
    init() throws(ProgramFault) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .notStarted("a pipe cannot be made: \(describe(errno))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = Descriptor(number: ends[0])
        writing = Descriptor(number: ends[1])
    }

    mutating func close() {
        reading.close()
        writing.close()
    }
}

func describe(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Milliseconds of a clock that nobody sets.
func monotonicMilliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
}

private func closeFile(_ number: Int32) {
    #if canImport(Glibc)
        _ = Glibc.close(number)
    #else
        _ = Darwin.close(number)
    #endif
}
