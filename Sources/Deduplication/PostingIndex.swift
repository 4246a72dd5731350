/// From a key to its earliest holders, in order, a fixed number at most.
///
/// Flat arrays of fixed width: 8 bytes a key, and a chunk of holders for the keys that have more than one. A chunk
/// that becomes too small is left to another key.
struct PostingIndex: Sendable {
    private struct Slot {
        var key: UInt32
        /// The only holder, or the place of the chunk with `isChunk` set; `free` for none.
        var value: UInt32
    }

    private static let free = UInt32.max
    private static let isChunk: UInt32 = 1 << 31

    private let limit: Int
    // Words of a chunk of each size: how many holders it has, then the holders.
    private let sizes: [Int]
    private var slots = [Slot](repeating: Slot(key: 0, value: free), count: 1024)
    private var chunks: [UInt32] = []
    private var unused: [[UInt32]]
    private var count = 0

    /// An index that keeps the `limit` earliest holders of each key.
    init(limit: Int) {
        self.limit = max(1, limit)
        sizes = [4, 16].filter { $0 < limit + 1 } + [self.limit + 1]
        unused = sizes.map { _ in [] }
    }

    /// Bytes in use; the room for growth beside them is not counted.
    var byteCount: Int { count * MemoryLayout<Slot>.stride + chunks.count * MemoryLayout<UInt32>.stride }

    /// Calls `body` with the holders of `key`, none perhaps, the earliest first, and makes `holder` one of them unless there are
    /// enough already.
    mutating func visit(_ key: UInt32, adding holder: UInt32, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
        if count * 4 >= slots.count * 3 { grow() }
        let slot = slot(of: key)
        let value = slots[slot].value
        if value == Self.free {
            body(UnsafeBufferPointer(start: nil, count: 0))
            slots[slot] = Slot(key: key, value: holder)
            count += 1
        } else if value & Self.isChunk == 0 {
            withUnsafePointer(to: value) { body(UnsafeBufferPointer(start: $0, count: 1)) }
            if limit > 1 { slots[slot].value = chunk(ofSize: 0, holding: [value, holder]) }
        } else {
            let start = Int(value & ~Self.isChunk)
            let length = Int(chunks[start])
            chunks.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start + 1..<start + 1 + length])) }
            if length < limit { slots[slot].value = append(holder, toChunk: start, of: length) }
        }
    }

    /// Calls `body` with every key and each of its holders, in no order.
    func forEach(_ body: (_ key: UInt32, _ holder: UInt32) -> Void) {
        for slot in slots where slot.value != Self.free {
            if slot.value & Self.isChunk == 0 {
                body(slot.key, slot.value)
            } else {
                let start = Int(slot.value & ~Self.isChunk)
                for holder in chunks[start + 1..<start + 1 + Int(chunks[start])] { body(slot.key, holder) }
            }
        }
    }

    private mutating func append(_ holder: UInt32, toChunk start: Int, of length: Int) -> UInt32 {
        if let full = sizes.firstIndex(of: length + 1) {
            unused[full].append(UInt32(start))
            return chunk(ofSize: full + 1, holding: Array(chunks[start + 1...start + length]) + [holder])
        }
        chunks[start] += 1
        chunks[start + 1 + length] = holder
        return UInt32(start) | Self.isChunk
    }

    private mutating func chunk(ofSize size: Int, holding holders: [UInt32]) -> UInt32 {
        let start: Int
        if let left = unused[size].popLast() {
            start = Int(left)
        } else {
            start = chunks.count
            chunks.append(contentsOf: repeatElement(0, count: sizes[size]))
        }
        chunks[start] = UInt32(holders.count)
        for (k, holder) in holders.enumerated() { chunks[start + 1 + k] = holder }
        return UInt32(start) | Self.isChunk
    }

    private func slot(of key: UInt32) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: UInt64(key) &* 0x9E37_79B9_7F4A_7C15 >> 28) & mask
        while slots[slot].value != Self.free, slots[slot].key != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, value: Self.free), count: old.count * 2)
        for entry in old where entry.value != Self.free { slots[slot(of: entry.key)] = entry }
    }
}
