import Language

/// The first eight telling words of a title as hashes: neither numbers nor words of under four letters.
struct TitleWords: Sendable {
    private var hashes = SIMD8<UInt16>(repeating: 0)

    init(_ title: String) {
        var count = 0
        for word in Folding.fold(title).split(separator: 0x20) where count < hashes.scalarCount {
            guard let first = word.first, first &- 0x30 >= 10, word.count > (first < 0x80 ? 3 : 7) else { continue }
            // FNV-1a, 32 bits, folded to 16 (http://www.isthe.com/chongo/tech/comp/fnv); 0 stands for no word.
            let hash = word.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
            hashes[count] = UInt16(truncatingIfNeeded: hash ^ hash >> 16) | 1
            count += 1
        }
    }

    static let byteCount = 16

    /// As ``withBytes(_:)`` gave them.
    init(bytes: UnsafeRawBufferPointer) {
        for k in 0..<hashes.scalarCount {
            hashes[k] = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * k, as: UInt16.self))
        }
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        var little = hashes
        for k in 0..<hashes.scalarCount { little[k] = hashes[k].littleEndian }
        return try withUnsafeBytes(of: little, body)
    }

    /// How many of the words of the one with fewer the other has.
    func shared(with other: TitleWords) -> Share {
        var (shared, count, otherCount) = (0, 0, 0)
        for k in 0..<hashes.scalarCount {
            otherCount += other.hashes[k] == 0 ? 0 : 1
            guard hashes[k] != 0 else { continue }
            count += 1
            shared += any(other.hashes .== hashes[k]) ? 1 : 0
        }
        return Share(of: min(shared, otherCount), in: min(count, otherCount))
    }
}
