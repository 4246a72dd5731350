import Formats
import Hashing
import Pipeline

/// The inputs that published runs have read to their end: path, size, time of change and SHA-256.
struct KnownInputs: Sendable {
    private let memory: any Memory

    init(_ memory: any Memory) {
        self.memory = memory
    }

    enum Answer {
        /// New, or changed.
        case unread
        case unchanged
        /// It was touched, or copied back, and holds what it held.
        case sameContent(FinishedInput)
    }

    /// Looks a file up; one of the same size and another time is read for its hash.
    func answer(on file: InputFile) throws -> Answer {
        guard let note = try memory.note(of: Self.key(of: file.path)), let known = KnownInput(note),
            known.size == file.size
        else { return .unread }
        if known.modified == file.modified { return .unchanged }
        guard let found = file.finished(), found.sha256 == known.sha256 else { return .unread }
        return .sameContent(found)
    }

    /// What later runs have to know of an input; nil for a stream, which is new every time.
    static func note(on input: FinishedInput) -> MemoryNote? {
        guard let modified = input.modified else { return nil }
        let known = KnownInput(size: input.size, modified: modified, sha256: input.sha256)
        return MemoryNote(key: key(of: input.path), value: known.bytes)
    }

    private static func key(of path: String) -> [UInt8] { Array(path.utf8) }
}

/// The value of a note: size and time of change as eight bytes each, the smallest first, then the hash.
private struct KnownInput {
    let size: Int
    let modified: Int64
    let sha256: Digest256

    init(size: Int, modified: Int64, sha256: Digest256) {
        self.size = size
        self.modified = modified
        self.sha256 = sha256
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count == 48, let digest = Digest256(bytes: bytes[16...]) else { return nil }
        func number(_ range: Range<Int>) -> Int64 { bytes[range].reversed().reduce(0) { $0 << 8 | Int64($1) } }
        size = Int(number(0..<8))
        modified = number(8..<16)
        sha256 = digest
    }

    var bytes: [UInt8] {
        func bytes(_ number: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
        return bytes(Int64(size)) + bytes(modified) + sha256.withBytes(Array.init)
    }
}
