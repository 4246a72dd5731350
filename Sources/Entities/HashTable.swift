/// A map from token hashes to small values in two flat arrays: one probe, no hasher with a seed of its own.
struct HashTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt32]
    private var count = 0

    init(capacity: Int = 64) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        values = [UInt32](repeating: 0, count: size)
    }

    /// The value of a key; 0 when it has none.
    @inline(__always)
    subscript(key: UInt64) -> UInt32 {
        get {
            let mask = keys.count - 1
            let wanted = key == 0 ? 1 : key
            return keys.withUnsafeBufferPointer { keys in
                var slot = Int(truncatingIfNeeded: wanted) & mask
                while keys[slot] != 0 {
                    if keys[slot] == wanted { return values[slot] }
                    slot = (slot + 1) & mask
                }
                return 0
            }
        }
        set {
            if (count + 1) * 2 > keys.count { grow() }
            place(key == 0 ? 1 : key, newValue)
        }
    }

    private mutating func place(_ key: UInt64, _ value: UInt32) {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        if keys[slot] == 0 { count += 1 }
        keys[slot] = key
        values[slot] = value
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        values = [UInt32](repeating: 0, count: oldKeys.count * 2)
        count = 0
        for (key, value) in zip(oldKeys, oldValues) where key != 0 { place(key, value) }
    }
}
