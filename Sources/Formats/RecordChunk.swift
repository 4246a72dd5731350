import Pipeline

/// Some records of one file, cut apart and not yet parsed.
public struct RecordChunk: Sendable {
    enum Piece: Sendable {
        /// Bytes of ``bytes`` that hold one record.
        case record(Range<Int>)
        case failure(RecordFailure)
    }

    let file: InputFile
    var bytes: [UInt8] = []
    /// Byte of the input at which `bytes` starts.
    var offset = 0
    var pieces: [Piece] = []
    var columns: CSVColumns?
    /// Set in the last chunk of a file.
    var finished: FinishedInput?

    init(file: InputFile) {
        self.file = file
    }
}

/// Cuts one file into records, in order, in bounded memory. Parsing is done elsewhere, by any worker.
protocol RecordCutter: Sendable {
    /// nil behind the last record.
    mutating func next(maxRecords: Int) -> RecordChunk?
}

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
        let before = bytes.count
        do throws(ArticleError) {
            var piece = [UInt8](repeating: 0, count: Self.chunkBytes)
            let count = try piece.withUnsafeMutableBufferPointer { target throws(ArticleError) in
                try stream.read(into: UnsafeMutableRawBufferPointer(target))
            }
            isAtEnd = count == 0
            bytes += piece[0..<count]
        } catch {
            self.error = error
            isAtEnd = true
        }
        return bytes.count > before
    }

    /// Takes the first `count` bytes away.
    mutating func take(_ count: Int) -> [UInt8] {
        offset += count
        if count == bytes.count {
            defer { bytes = [] }
            return bytes
        }
        let taken = Array(bytes[0..<count])
        bytes.removeFirst(count)
        return taken
    }

    func finished() -> FinishedInput { stream.finished() }
}
