/// A map from token hashes to small values in one flat array: one probe, no hasher with a seed of its own.
struct HashTable: Sendable {
    private struct Slot {
        /// 0 when the slot is free.
        var key: UInt64 = 0
        var value: UInt32 = 0
    }

    private var slots: [Slot]
    private var count = 0

    init(capacity: Int = 64) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = [Slot](repeating: Slot(), count: size)
    }

    /// The value of a key; 0 when it has none.
    @inline(__always)
    subscript(key: UInt64) -> UInt32 {
        get {
            let wanted = key == 0 ? 1 : key
            return slots.withUnsafeBufferPointer { slots in
                let mask = slots.count - 1
                var slot = Int(truncatingIfNeeded: wanted) & mask
                while slots[slot].key != 0 {
                    if slots[slot].key == wanted { return slots[slot].value }
                    slot = (slot + 1) & mask
                }
                return 0
            }
        }
        set {
            if (count + 1) * 2 > slots.count { grow() }
            place(key == 0 ? 1 : key, newValue)
        }
    }

    private mutating func place(_ key: UInt64, _ value: UInt32) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & mask }
        if slots[slot].key == 0 { count += 1 }
        slots[slot] = Slot(key: key, value: value)
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        count = 0
        for slot in old where slot.key != 0 { place(slot.key, slot.value) }
    }
}
