import Pipeline

/// A file that is to be read.
public struct InputFile: Sendable {
    /// As the definition reaches it: what provenance and messages show.
    public let path: String
    /// As the file system wants it; `-` is the standard input.
    public let file: DiskPath
    public let format: Format
    public let compression: Compression
    /// Bytes on disk; nil for the standard input.
    public let size: Int?
    /// When it was last changed, in nanoseconds since 1970; nil for the standard input.
    public let modified: Int64?

    /// - Parameter format: nil to tell it by the name's suffix, else by the content.
    public init(path: String, file: DiskPath, format: Format?, size: Int?, modified: Int64? = nil) {
        self.modified = modified
        self.path = path
        self.file = file
        self.size = size
        compression = Compression.named(by: path)
        self.format = format ?? Format.named(by: path) ?? Self.sniff(file, compression)
    }

    public init(path: String, file: String, format: Format?, size: Int?) {
        self.init(path: path, file: DiskPath(file), format: format, size: size)
    }

    /// The whole file, decompressed.
    public func bytes(limit: Int) throws(ArticleError) -> [UInt8] {
        try stream().readAll(limit: limit)
    }

    /// The input as a run that has read it notes it: its bytes are read for the hash alone.
    ///
    /// - Returns: nil when it cannot be read.
    public func finished() -> FinishedInput? {
        let stream = try? ByteStream(path: path, file: file, compression: .none, size: size)
        return stream.flatMap { finished($0.finished()) }
    }

    func finished(_ input: FinishedInput?) -> FinishedInput? {
        guard var input else { return nil }
        input.modified = modified
        return input
    }

    func stream() throws(ArticleError) -> ByteStream {
        try ByteStream(path: path, file: file, compression: compression, size: size)
    }

    /// About as many bytes as come out; text packs to a tenth at best.
    var expectedBytes: Int {
        let size = size ?? 0
        return compression == .none ? size : size.multipliedReportingOverflow(by: 10).partialValue
    }

    private static func sniff(_ file: DiskPath, _ compression: Compression) -> Format {
        // The standard input can be read only once.
        guard file != ByteStream.standardInput else { return .jsonl }
        guard let stream = try? ByteStream(path: "", file: file, compression: compression),
            let head = try? stream.read(atMost: 1024)
        else { return .text }
        return Format.sniffed(from: head)
    }
}
