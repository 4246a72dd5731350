import Language

/// A trie over token hashes: from a node and the next token's hash to the next node, in one probe.
///
/// All edges of all nodes share one open-addressing table, so a million names take about 60 MB and building is one
/// pass. Keys are 64-bit hashes of node and token; two that collide would need about four thousand million edges.
struct NameAutomaton: Sendable {
    typealias Node = UInt32
    static let root: Node = 1
    static let none: Node = 0

    /// One name that ends at a node; several entities may share it.
    struct Name: Sendable {
        var entry: Int32
        var tokenCount: UInt8
        var isAmbiguous: Bool
        var capitals: Token.Capitals
        /// Index of the next name with the same tokens, or -1.
        var next: Int32
    }

    private(set) var names: [Name] = []
    private var edgeKeys: [UInt64] = []
    private var edgeNodes: [Node] = []
    private var edgeCount = 0
    private var mask = 0
    /// By node: the first name that ends there, or -1.
    private var firstName: [Int32] = [-1, -1]
    // Most words of a text start no name: one bit of a table that stays in the cache says so.
    private var starts = [UInt64](repeating: 0, count: 1 << 12)

    init() { grow(to: 1 << 10) }

    mutating func insert(_ hashes: [UInt64], entry: Int32, isAmbiguous: Bool, capitals: Token.Capitals) {
        guard let first = hashes.first else { return }
        starts[Int(first >> 6) & 0xFFF] |= 1 << (first & 63)
        var node = Self.root
        for hash in hashes { node = addStep(node, hash) }
        // In the order of insertion: the first entity that claims a name comes first.
        var last = firstName[Int(node)]
        while last >= 0 {
            if names[Int(last)].entry == entry { return }
            guard names[Int(last)].next >= 0 else { break }
            last = names[Int(last)].next
        }
        if last >= 0 { names[Int(last)].next = Int32(names.count) } else { firstName[Int(node)] = Int32(names.count) }
        names.append(
            Name(
                entry: entry,
                tokenCount: UInt8(min(hashes.count, 255)),
                isAmbiguous: isAmbiguous,
                capitals: capitals,
                next: -1
            )
        )
    }

    @inline(__always)
    func mayStart(_ hash: UInt64) -> Bool { starts[Int(hash >> 6) & 0xFFF] >> (hash & 63) & 1 == 1 }

    @inline(__always)
    func step(_ node: Node, _ hash: UInt64) -> Node {
        let key = Self.key(node, hash)
        var slot = Int(truncatingIfNeeded: key) & mask
        while edgeKeys[slot] != 0 {
            if edgeKeys[slot] == key { return edgeNodes[slot] }
            slot = (slot + 1) & mask
        }
        return Self.none
    }

    /// The index of the first name that ends at a node, or -1.
    @inline(__always)
    func name(at node: Node) -> Int32 { firstName[Int(node)] }

    private mutating func addStep(_ node: Node, _ hash: UInt64) -> Node {
        let next = step(node, hash)
        if next != Self.none { return next }
        if (edgeCount + 1) * 2 > edgeKeys.count { grow(to: edgeKeys.count * 2) }
        let added = Node(firstName.count)
        firstName.append(-1)
        place(Self.key(node, hash), added)
        edgeCount += 1
        return added
    }

    private mutating func grow(to capacity: Int) {
        let (keys, nodes) = (edgeKeys, edgeNodes)
        edgeKeys = [UInt64](repeating: 0, count: capacity)
        edgeNodes = [Node](repeating: 0, count: capacity)
        mask = capacity - 1
        for (key, node) in zip(keys, nodes) where key != 0 { place(key, node) }
    }

    private mutating func place(_ key: UInt64, _ node: Node) {
        var slot = Int(truncatingIfNeeded: key) & mask
        while edgeKeys[slot] != 0 { slot = (slot + 1) & mask }
        edgeKeys[slot] = key
        edgeNodes[slot] = node
    }

    @inline(__always)
    private static func key(_ node: Node, _ hash: UInt64) -> UInt64 { TokenHash.join(UInt64(node), hash) | 1 << 63 }
}
