/// A page as flat columns: nodes in document order, each with its parent and the end of its subtree.
///
/// Nodes are numbered in pre-order, so the subtree of `n` is `n ..< end(of: n)`, a walk over a page is a loop over
/// numbers, and no walk recurses. All texts and attribute values are slices of one buffer. The memory is used again for
/// the next page: everything read from a tree is gone with the next parse. A value inside the builder, not an object: the
/// checks of exclusive access to an object's properties cost as much as the appends.
struct PageTree {
    var tags = GrowingBuffer<UInt8>(capacity: 1 << 14)
    var parents = GrowingBuffer<Int32>(capacity: 1 << 14)
    var ends = GrowingBuffer<Int32>(capacity: 1 << 14)
    /// First byte of a text, or first attribute of an element.
    var starts = GrowingBuffer<Int32>(capacity: 1 << 14)
    /// Bytes of a text, or number of attributes of an element.
    var counts = GrowingBuffer<Int32>(capacity: 1 << 14)
    var attributeNames = GrowingBuffer<UInt8>(capacity: 1 << 13)
    var attributeStarts = GrowingBuffer<Int32>(capacity: 1 << 13)
    var attributeCounts = GrowingBuffer<Int32>(capacity: 1 << 13)
    var bytes = GrowingBuffer<UInt8>(capacity: 1 << 17)

    func deallocate() {
        tags.deallocate()
        parents.deallocate()
        ends.deallocate()
        starts.deallocate()
        counts.deallocate()
        attributeNames.deallocate()
        attributeStarts.deallocate()
        attributeCounts.deallocate()
        bytes.deallocate()
    }

    mutating func removeAll() {
        tags.removeAll()
        parents.removeAll()
        ends.removeAll()
        starts.removeAll()
        counts.removeAll()
        attributeNames.removeAll()
        attributeStarts.removeAll()
        attributeCounts.removeAll()
        bytes.removeAll(keeping: 4 << 20)
    }

    var count: Int { tags.count }

    /// The columns as they stand; valid until the next parse.
    var nodes: PageNodes {
        PageNodes(
            count: tags.count,
            tags: tags.base,
            parents: parents.base,
            ends: ends.base,
            starts: starts.base,
            counts: counts.base,
            attributeNames: attributeNames.base,
            attributeStarts: attributeStarts.base,
            attributeCounts: attributeCounts.base,
            bytes: bytes.base
        )
    }
}
