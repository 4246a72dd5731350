import Language

/// A trie over token hashes: from a node and the next token's hash to the next node, in one probe.
///
/// All edges of all nodes share one open-addressing table of a ``GazetteerImage``. Keys are 64-bit hashes of node and
/// token; two that collide would need about four thousand million edges.
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

    private let image: GazetteerImage

    init(_ image: GazetteerImage) { self.image = image }

    /// Whether a name may begin with a word; most words of a text start none.
    @inline(__always)
    func mayStart(_ hash: UInt64) -> Bool {
        let word = Int(truncatingIfNeeded: hash >> 6) & (image.layout.startWords - 1)
        let bits = image.base.loadUnaligned(fromByteOffset: image.layout.starts + 8 * word, as: UInt64.self)
        return bits >> (hash & 63) & 1 == 1
    }

    @inline(__always)
    func step(_ node: Node, _ hash: UInt64) -> Node {
        let key = Self.key(node, hash)
        let (keys, slots) = (image.base + image.layout.edgeKeys, image.layout.slots)
        var slot = Self.slot(key, slots)
        for _ in 0..<slots {
            let found = keys.loadUnaligned(fromByteOffset: 8 * slot, as: UInt64.self)
            if found == key {
                return image.base.loadUnaligned(fromByteOffset: image.layout.edgeNodes + 4 * slot, as: Node.self)
            }
            if found == 0 { return Self.none }
            slot = slot + 1 == slots ? 0 : slot + 1
        }
        return Self.none
    }

    /// The index of the first name that ends at a node, or -1.
    @inline(__always)
    func name(at node: Node) -> Int32 {
        image.base.loadUnaligned(fromByteOffset: image.layout.firstNames + 4 * Int(node), as: Int32.self)
    }

    var names: Names { Names(image: image) }

    struct Names {
        fileprivate let image: GazetteerImage

        subscript(index: Int) -> Name {
            precondition(index >= 0 && index < image.layout.names)
            let row = image.base + image.layout.nameRows + 12 * index
            let flags = row.load(fromByteOffset: 9, as: UInt8.self)
            return Name(
                entry: row.loadUnaligned(as: Int32.self),
                tokenCount: row.load(fromByteOffset: 8, as: UInt8.self),
                isAmbiguous: flags & 1 == 1,
                capitals: Token.Capitals(rawValue: flags >> 1) ?? .none,
                next: row.loadUnaligned(fromByteOffset: 4, as: Int32.self)
            )
        }
    }

    static func write(_ name: Name, to row: UnsafeMutableRawPointer) {
        row.storeBytes(of: name.entry, as: Int32.self)
        row.storeBytes(of: name.next, toByteOffset: 4, as: Int32.self)
        row.storeBytes(of: name.tokenCount, toByteOffset: 8, as: UInt8.self)
        row.storeBytes(of: (name.isAmbiguous ? 1 : 0) | name.capitals.rawValue << 1, toByteOffset: 9, as: UInt8.self)
    }

    /// Never 0.
    @inline(__always)
    static func key(_ node: Node, _ hash: UInt64) -> UInt64 { TokenHash.join(UInt64(node), hash) | 1 }

    /// Slots lie in the order of the keys, so any number of them serves.
    @inline(__always)
    static func slot(_ key: UInt64, _ slots: Int) -> Int { Int(key.multipliedFullWidth(by: UInt64(slots)).high) }
}
