import Hashing

/// 128 bits that stand for an article's id: a million of them take 32 MB, and two share one with a chance of 1e-27.
struct RowKey: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64

    init(_ id: UnsafeRawBufferPointer) {
        first = XXH3.hash64(id)
        second = withUnsafeTemporaryAllocation(byteCount: id.count + 1, alignment: 1) { buffer in
            buffer.copyMemory(from: id)
            buffer[id.count] = 0
            return XXH3.hash64(UnsafeRawBufferPointer(buffer))
        }
    }

    var bytes: [UInt8] {
        [first, second].flatMap { word in withUnsafeBytes(of: word.littleEndian, Array.init) }
    }
}
