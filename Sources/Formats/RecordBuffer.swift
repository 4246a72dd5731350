import Charsets
import Pipeline

/// The bytes of a stream that were read and not yet cut, as UTF-8.
struct RecordBuffer {
    /// Bytes a chunk aims at: large enough that handing it over costs nothing, small enough for the cache.
    static let chunkBytes = 262_144

    /// Bytes that decide the encoding, unless the stream has fewer.
    private static let headBytes = 4096

    private let stream: ByteStream
    private let candidates: StreamDecoder.Candidates
    private var isBegun = false
    private var decoder: StreamDecoder?
    private(set) var bytes: [UInt8] = []
    /// Byte of the input, unpacked and decoded, at which `bytes` starts.
    private(set) var offset = 0
    private(set) var isAtEnd = false
    /// What ended the stream early.
    private(set) var error: ArticleError?

    init(_ stream: ByteStream, candidates: StreamDecoder.Candidates) {
        self.stream = stream
        self.candidates = candidates
    }

    /// What the input was decoded from; nil when it was taken as it is.
    var encoding: (name: String, from: String)? { decoder.map { ($0.encoding, $0.encodingFrom) } }

    /// Reads more; false at the end or after an error.
    mutating func fill() -> Bool {
        guard !isAtEnd else { return false }
        var piece = read()
        if !isBegun {
            isBegun = true
            while !isAtEnd, piece.count < Self.headBytes { piece += read() }
            decoder = piece.withUnsafeBytes { StreamDecoder(head: $0, candidates: candidates) }
        }
        if let decoder { piece = piece.withUnsafeBytes { decoder.decode($0, isLast: isAtEnd) } }
        if bytes.isEmpty { bytes = piece } else { bytes += piece }
        return !piece.isEmpty || !isAtEnd
    }

    private mutating func read() -> [UInt8] {
        do throws(ArticleError) {
            let piece = try stream.read(atMost: Self.chunkBytes)
            isAtEnd = piece.isEmpty
            return piece
        } catch {
            self.error = error
            isAtEnd = true
            return []
        }
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
