/// Ids of short ASCII names, found by their first eight bytes and length in lower case.
struct NameTable: Sendable {
    private var keys: [UInt64]
    private var ids: [UInt8]
    private let mask: Int

    static let tags = NameTable(Tag.allCases.dropFirst(3).map { ($0.rawValue, "\($0)") })
    static let attributes = NameTable(Attribute.allCases.map { ($0.rawValue, $0.written) })
    static let missing: UInt8 = 255

    init(_ names: [(id: UInt8, name: String)]) {
        let capacity = 512
        mask = capacity - 1
        keys = [UInt64](repeating: 0, count: capacity)
        ids = [UInt8](repeating: Self.missing, count: capacity)
        for (id, name) in names {
            let bytes = Array(name.utf8)
            let key = bytes.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { Self.key($0, buffer.count) } ?? 0
            }
            var slot = Self.slot(key, mask)
            while keys[slot] != 0 { slot = (slot + 1) & mask }
            keys[slot] = key
            ids[slot] = id
        }
    }

    /// ``missing`` for a name that is not in the table.
    @inline(__always)
    func id(_ name: UnsafePointer<UInt8>, _ length: Int) -> UInt8 {
        let key = Self.key(name, length)
        return keys.withUnsafeBufferPointer { keys in
            var slot = Self.slot(key, mask)
            while keys[slot] != 0 {
                if keys[slot] == key { return ids[slot] }
                slot = (slot &+ 1) & mask
            }
            return Self.missing
        }
    }

    @inline(__always)
    private static func key(_ name: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
        var key: UInt64 = 0
        for i in 0..<min(length, 7) { key = key << 8 | UInt64(lower(name[i])) }
        // The last byte and the length tell longer names apart.
        return key << 8 ^ UInt64(length) ^ (length > 7 ? UInt64(lower(name[length - 1])) << 56 : 0)
    }

    @inline(__always)
    private static func slot(_ key: UInt64, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 52) & mask
    }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}
