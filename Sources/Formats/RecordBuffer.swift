import Pipeline

/// The bytes of a stream that were read and not yet cut.
struct RecordBuffer {
    /// Bytes a chunk aims at: large enough that handing it over costs nothing, small enough for the cache.
    static let chunkBytes = 262_144

    private let stream: ByteStream
    private(set) var bytes: [UInt8] = []
    /// Byte of the input at which `bytes` starts.
    private(set) var offset = 0
    private(set) var isAtEnd = false
    /// What ended the stream early.
    private(set) var error: ArticleError?

    init(_ stream: ByteStream) {
        self.stream = stream
    }

    /// Reads more; false at the end or after an error.
    mutating func fill() -> Bool {
        guard !isAtEnd else { return false }
        do throws(ArticleError) {
            let piece = try stream.read(atMost: Self.chunkBytes)
            isAtEnd = piece.isEmpty
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
        } catch {
            self.error = error
            isAtEnd = true
        }
        return !isAtEnd
    }

    /// Passes over a byte order mark at the start of the input.
    mutating func skipByteOrderMark() {
        while bytes.count < 3, fill() {}
        if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { drop(3) }
    }

    /// Takes the first `count` bytes away.
    mutating func take(_ count: Int) -> [UInt8] {
        if count == bytes.count {
            offset += count
            defer { bytes = [] }
            return bytes
        }
        let taken = Array(bytes[0..<count])
        drop(count)
        return taken
    }

    mutating func drop(_ count: Int) {
        offset += count
        bytes.removeFirst(count)
    }

    func finished() -> FinishedInput? { stream.finished() }
}
