/// Bytes that lie elsewhere, on a disk as a rule, and never change: read piece by piece, from any thread.
public protocol StoredBytes: Sendable {
    /// What messages call them.
    var name: String { get }
    /// How many there are.
    var size: Int { get }

    /// Fills the buffer with what stands from `offset` on, or throws.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws
}

extension StoredBytes {
    func bytes(at offset: Int, count: Int) throws -> [UInt8] { try words(at: offset, count: count) }

    /// Little-endian numbers.
    func words<Word: FixedWidthInteger>(at offset: Int, count: Int) throws -> [Word] {
        let size = MemoryLayout<Word>.size
        guard offset >= 0, count >= 0, offset <= self.size, count <= (self.size - offset) / size else {
            throw MemoryFileError.damaged
        }
        var words = [Word](repeating: 0, count: count)
        try words.withUnsafeMutableBytes { try read(at: offset, into: $0) }
        return Word(littleEndian: 1) == 1 ? words : words.map { Word(littleEndian: $0) }
    }
}

/// Why a file that earlier runs left is of no use.
public struct MemoryFileError: Error, Sendable, Equatable {
    /// What is wrong with it, lower case.
    public let message: String
    /// How to go on; nil when the file is simply broken.
    public let hint: String?

    static let damaged = MemoryFileError(message: "is damaged", hint: nil)

    static func ~= (pattern: MemoryFileError, error: any Error) -> Bool { error as? MemoryFileError == pattern }
}

/// Writes a file from its start to its end, in large pieces.
final class FileBuilder {
    private let sink: ([UInt8]) throws -> Void
    private var buffer: [UInt8] = []
    private(set) var offset = 0

    init(_ sink: @escaping ([UInt8]) throws -> Void) {
        self.sink = sink
        buffer.reserveCapacity(Self.pieceBytes + 4096)
    }

    private static let pieceBytes = 65_536

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        buffer.append(contentsOf: bytes)
        offset += bytes.count
        if buffer.count >= Self.pieceBytes { try flush() }
    }

    func append(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(append) }

    func append<Word: FixedWidthInteger>(_ word: Word) throws {
        try withUnsafeBytes(of: word.littleEndian, append)
    }

    func flush() throws {
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
