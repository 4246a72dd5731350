import Hashing
import Language

/// A compiled gazetteer as one run of bytes, in memory or mapped from a file: nothing of it is parsed or copied, and
/// what no mention asks for is never read again after its checksum.
///
/// | part | bytes | what |
/// |---|---|---|
/// | header | 64 | `etl-gaz1`, XXH3 of all that follows, ``Gazetteer/fingerprint``, then the numbers of the parts as UInt32 |
/// | starts | 8 × words | one bit for the hash of each name's first word |
/// | edge keys | 8 × slots | open addressing in the order of the keys; 0 is empty |
/// | edge nodes | 4 × slots | |
/// | first names | 4 × nodes | index of the first name that ends at a node, or -1 |
/// | names | 12 × names | entry, next name or -1 (Int32), tokens, flags (UInt8), 0 |
/// | entries | 4 × entries | where the record lies among the records |
/// | records | | type (UInt8), then country, id and name, each as its length (UInt32) and UTF-8 |
///
/// Numbers are those of the machine: an image is kept for its own machine alone.
final class GazetteerImage: Sendable {
    struct Layout {
        static let headerCount = 64
        var startWords = 0
        var slots = 0
        var nodes = 0
        var names = 0
        var entries = 0
        var recordBytes = 0

        var starts: Int { Self.headerCount }
        var edgeKeys: Int { starts + 8 * startWords }
        var edgeNodes: Int { edgeKeys + 8 * slots }
        var firstNames: Int { edgeNodes + 4 * slots }
        var nameRows: Int { firstNames + 4 * nodes }
        var entryRows: Int { nameRows + 12 * names }
        var records: Int { entryRows + 4 * entries }
        var count: Int { records + recordBytes }
    }

    private static let magic = UInt64(0x6574_6C2D_6761_7A31)

    // Never written once the image is made, and there for as long as it is.
    nonisolated(unsafe) let base: UnsafeRawPointer
    let layout: Layout
    private let release: @Sendable () -> Void

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: layout.count) }

    /// - Parameter release: called once, when the bytes are no longer needed; not when nil is returned.
    /// - Returns: nil unless the bytes are a whole image that this version of the program wrote.
    init?(_ bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
        guard bytes.count >= Layout.headerCount, let base = bytes.baseAddress,
            base.loadUnaligned(as: UInt64.self) == Self.magic,
            base.loadUnaligned(fromByteOffset: 16, as: UInt64.self) == Gazetteer.fingerprint
        else { return nil }
        func number(_ index: Int) -> Int {
            Int(base.loadUnaligned(fromByteOffset: 24 + 4 * index, as: UInt32.self))
        }
        let layout = Layout(
            startWords: number(0),
            slots: number(1),
            nodes: number(2),
            names: number(3),
            entries: number(4),
            recordBytes: number(5)
        )
        guard layout.count == bytes.count, layout.startWords.nonzeroBitCount == 1, layout.slots > 0,
            base.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == Self.checksum(bytes)
        else { return nil }
        self.base = base
        self.layout = layout
        self.release = release
    }

    deinit { release() }

    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        XXH3.hash64(UnsafeRawBufferPointer(rebasing: bytes[16...]))
    }

    /// Makes an image: `fill` is given zeroed bytes to write the parts to.
    init(_ layout: Layout, fill: (UnsafeMutableRawPointer) -> Void) {
        let base = UnsafeMutableRawPointer.allocate(byteCount: layout.count, alignment: 64)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: layout.count)
        base.storeBytes(of: Self.magic, as: UInt64.self)
        base.storeBytes(of: Gazetteer.fingerprint, toByteOffset: 16, as: UInt64.self)
        let numbers = [
            layout.startWords, layout.slots, layout.nodes, layout.names, layout.entries, layout.recordBytes,
        ]
        for (index, number) in numbers.enumerated() {
            base.storeBytes(of: UInt32(number), toByteOffset: 24 + 4 * index, as: UInt32.self)
        }
        fill(base)
        let bytes = UnsafeRawBufferPointer(start: base, count: layout.count)
        base.storeBytes(of: Self.checksum(bytes), toByteOffset: 8, as: UInt64.self)
        nonisolated(unsafe) let owned = base
        self.base = UnsafeRawPointer(base)
        self.layout = layout
        release = { owned.deallocate() }
    }
}
