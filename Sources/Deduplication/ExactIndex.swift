import Hashing

/// Remembers who held a content first: the position of the earliest article for each ``contentHash(of:)``.
///
/// It keeps the first 16 bytes of a hash, so 2^64 articles would have to pass before two of them met by chance.
/// Cost: about 40 bytes of memory a content and one cache miss a question.
public struct ExactIndex: Sendable {
    private struct Key: Equatable {
        var low: UInt64 = 0
        var high: UInt64 = 0
    }

    // Open addressing in flat arrays; a position of `free` marks an empty slot.
    private static let free = UInt32.max
    private var keys: [Key] = []
    private var positions: [UInt32] = []

    /// How many different contents are held.
    public private(set) var count = 0

    public init() {}

    /// Bytes in use; the room for growth beside them is not counted.
    var byteCount: Int { count * (MemoryLayout<Key>.stride + MemoryLayout<UInt32>.stride) }

    /// The position that held `hash` first; nil when nobody did, and then `position` holds it from now on.
    public mutating func holder(of hash: Digest256, orInsert position: Int) -> Int? {
        if count >= keys.count / 4 * 3 { grow() }
        let key = Self.key(hash)
        let slot = slot(of: key)
        if positions[slot] != Self.free { return Int(positions[slot]) }
        keys[slot] = key
        positions[slot] = UInt32(truncatingIfNeeded: position)
        count += 1
        return nil
    }

    /// The position that held `hash` first.
    public func holder(of hash: Digest256) -> Int? {
        if keys.isEmpty { return nil }
        let slot = slot(of: Self.key(hash))
        return positions[slot] == Self.free ? nil : Int(positions[slot])
    }

    private static func key(_ hash: Digest256) -> Key {
        hash.withBytes { bytes in
            Key(
                low: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)),
                high: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    private func slot(of key: Key) -> Int {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while positions[slot] != Self.free, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = (keys: keys, positions: positions)
        let size = max(64, old.keys.count * 2)
        keys = [Key](repeating: Key(), count: size)
        positions = [UInt32](repeating: Self.free, count: size)
        for (key, position) in zip(old.keys, old.positions) where position != Self.free {
            let slot = slot(of: key)
            keys[slot] = key
            positions[slot] = position
        }
    }
}
