/// From a key to its earliest holders, in order, a fixed number at most.
///
/// Flat arrays of fixed width: 8 bytes a key and 8 more for each holder beyond the first, some room beside.
struct PostingIndex: Sendable {
    private struct Slot {
        var key: UInt32
        /// The holder, or the number of the list's last link with `isList` set; `free` for none.
        var value: UInt32
    }

    private struct Link {
        var holder: UInt32
        /// The link of the next holder; of the last one, of the first: the list is a ring.
        var next: UInt32
    }

    private static let free = UInt32.max
    private static let isList: UInt32 = 1 << 31

    private var slots = [Slot](repeating: Slot(key: 0, value: free), count: 1024)
    private var links: [Link] = []
    private var count = 0

    /// Calls `body` with the holders of `key`, the earliest first, and makes `holder` one of them unless there
    /// are `limit` already.
    mutating func visit(_ key: UInt32, adding holder: UInt32, limit: Int, _ body: (UInt32) -> Void) {
        if count * 4 >= slots.count * 3 { grow() }
        let slot = slot(of: key)
        let value = slots[slot].value
        if value == Self.free {
            slots[slot] = Slot(key: key, value: holder)
            count += 1
        } else if value & Self.isList == 0 {
            body(value)
            if limit > 1 { startRing(slot, value, holder) }
        } else {
            walkRing(slot, Int(value & ~Self.isList), adding: holder, limit: limit, body)
        }
    }

    private mutating func startRing(_ slot: Int, _ first: UInt32, _ second: UInt32) {
        let start = UInt32(links.count)
        links.append(Link(holder: first, next: start + 1))
        links.append(Link(holder: second, next: start))
        slots[slot].value = (start + 1) | Self.isList
    }

    private mutating func walkRing(
        _ slot: Int, _ last: Int, adding holder: UInt32, limit: Int, _ body: (UInt32) -> Void
    ) {
        let first = Int(links[last].next)
        var link = first
        var length = 0
        repeat {
            body(links[link].holder)
            link = Int(links[link].next)
            length += 1
        } while link != first
        if length < limit {
            links[last].next = UInt32(links.count)
            slots[slot].value = UInt32(links.count) | Self.isList
            links.append(Link(holder: holder, next: UInt32(first)))
        }
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
