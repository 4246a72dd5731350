#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file of an earlier run, from its start to its end.
final class FileReader {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(RunError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSystem.failure(errno, "open", path) }
    }

    deinit { close(descriptor) }

    /// Some bytes; nil at the end.
    func next() throws(RunError) -> [UInt8]? {
        while true {
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                let got = systemRead(descriptor, buffer.baseAddress, buffer.count)
                if got < 0 { failure = errno }
                count = max(0, got)
            }
            if failure == EINTR { continue }
            guard failure == 0 else { throw FileSystem.failure(failure, "read", path) }
            return bytes.isEmpty ? nil : bytes
        }
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

extension FileSystem {
    /// Fills a buffer from a place in an open file; less than all of it where the file ends before.
    ///
    /// - Returns: how many bytes there were.
    static func fill(_ target: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int, _ path: String)
        throws(RunError) -> Int
    {
        var done = 0
        while done < target.count {
            let count = pread(
                descriptor,
                target.baseAddress.map { $0 + done },
                target.count - done,
                off_t(offset + done)
            )
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno, "read", path) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// Bytes of a file; nil when there is none.
    static func contentSize(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : nil
    }
}
