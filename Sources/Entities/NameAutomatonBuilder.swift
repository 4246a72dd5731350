import Language

/// The trie of names while it grows; ``GazetteerBuilder`` writes it out once it is whole.
struct NameAutomatonBuilder {
    private typealias Node = NameAutomaton.Node

    private var names: [NameAutomaton.Name] = []
    private var edgeKeys = [UInt64](repeating: 0, count: 1 << 10)
    private var edgeNodes = [NameAutomaton.Node](repeating: 0, count: 1 << 10)
    private var edgeCount = 0
    /// By node: the first name that ends there, or -1.
    private var firstNames: [Int32] = [-1, -1]
    private var firstWords: [UInt64] = []

    mutating func insert(_ hashes: [UInt64], entry: Int32, isAmbiguous: Bool, capitals: Token.Capitals) {
        guard let first = hashes.first else { return }
        firstWords.append(first)
        var node = NameAutomaton.root
        for hash in hashes { node = addStep(node, hash) }
        // In the order of insertion: the first entity that claims a name comes first.
        var last = firstNames[Int(node)]
        while last >= 0 {
            if names[Int(last)].entry == entry { return }
            guard names[Int(last)].next >= 0 else { break }
            last = names[Int(last)].next
        }
        if last >= 0 { names[Int(last)].next = Int32(names.count) } else { firstNames[Int(node)] = Int32(names.count) }
        names.append(
            NameAutomaton.Name(
                entry: entry,
                tokenCount: UInt8(min(hashes.count, 255)),
                isAmbiguous: isAmbiguous,
                capitals: capitals,
                next: -1
            )
        )
    }

    /// The parts of a layout that hold names.
    func measure(_ layout: inout GazetteerImage.Layout) {
        layout.startWords = 1 << 12
        while layout.startWords * 8 < firstWords.count { layout.startWords *= 2 }
        layout.slots = max(16, edgeCount * 3 / 2)
        layout.nodes = firstNames.count
        layout.names = names.count
    }

    func write(_ layout: GazetteerImage.Layout, to base: UnsafeMutableRawPointer) {
        let starts = (base + layout.starts).assumingMemoryBound(to: UInt64.self)
        for first in firstWords {
            starts[Int(truncatingIfNeeded: first >> 6) & (layout.startWords - 1)] |= 1 << (first & 63)
        }
        for (key, node) in zip(edgeKeys, edgeNodes) where key != 0 {
            var slot = NameAutomaton.slot(key, layout.slots)
            while base.loadUnaligned(fromByteOffset: layout.edgeKeys + 8 * slot, as: UInt64.self) != 0 {
                slot = slot + 1 == layout.slots ? 0 : slot + 1
            }
            base.storeBytes(of: key, toByteOffset: layout.edgeKeys + 8 * slot, as: UInt64.self)
            base.storeBytes(of: node, toByteOffset: layout.edgeNodes + 4 * slot, as: NameAutomaton.Node.self)
        }
        for (node, name) in firstNames.enumerated() {
            base.storeBytes(of: name, toByteOffset: layout.firstNames + 4 * node, as: Int32.self)
        }
        for (index, name) in names.enumerated() {
            NameAutomaton.write(name, to: base + layout.nameRows + 12 * index)
        }
    }

    private mutating func addStep(_ node: NameAutomaton.Node, _ hash: UInt64) -> NameAutomaton.Node {
        let key = NameAutomaton.key(node, hash)
        let slot = slot(of: key)
        if edgeKeys[slot] == key { return edgeNodes[slot] }
        let added = NameAutomaton.Node(firstNames.count)
        firstNames.append(-1)
        edgeKeys[slot] = key
        edgeNodes[slot] = added
        edgeCount += 1
        if edgeCount * 2 > edgeKeys.count { grow() }
        return added
    }

    /// The slot that holds a key, or the free one where it belongs.
    private func slot(of key: UInt64) -> Int {
        let mask = edgeKeys.count - 1
        var slot = Int(truncatingIfNeeded: key >> 1) & mask
        while edgeKeys[slot] != 0, edgeKeys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (keys, nodes) = (edgeKeys, edgeNodes)
        edgeKeys = [UInt64](repeating: 0, count: keys.count * 2)
        edgeNodes = [NameAutomaton.Node](repeating: 0, count: keys.count * 2)
        for (key, node) in zip(keys, nodes) where key != 0 {
            let slot = slot(of: key)
            edgeKeys[slot] = key
            edgeNodes[slot] = node
        }
    }
}
