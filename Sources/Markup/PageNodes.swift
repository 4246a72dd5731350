/// A parsed page as flat columns: nodes in document order, each with its parent and the end of its subtree.
///
/// A walk over a page is a loop over numbers; no walk recurses. A view: it is valid until the parser's next page.
@frozen
public struct PageNodes {
    public let count: Int
    @usableFromInline let tags: UnsafePointer<UInt8>
    @usableFromInline let parents: UnsafePointer<Int32>
    @usableFromInline let ends: UnsafePointer<Int32>
    @usableFromInline let starts: UnsafePointer<Int32>
    @usableFromInline let counts: UnsafePointer<Int32>
    @usableFromInline let attributeNames: UnsafePointer<UInt8>
    @usableFromInline let attributeStarts: UnsafePointer<Int32>
    @usableFromInline let attributeCounts: UnsafePointer<Int32>
    @usableFromInline let bytes: UnsafePointer<UInt8>

    @inlinable @inline(__always)
    public func tag(_ node: Int) -> Tag { Tag(rawValue: tags[node]) ?? .other }

    /// -1 for a node outside every element.
    @inlinable @inline(__always)
    public func parent(_ node: Int) -> Int { Int(parents[node]) }

    /// The first node behind the subtree of `node`.
    @inlinable @inline(__always)
    public func end(of node: Int) -> Int { Int(ends[node]) }

    @inlinable @inline(__always)
    public func isText(_ node: Int) -> Bool { tags[node] == 0 }

    /// The bytes of a text node; empty for an element.
    @inlinable @inline(__always)
    public func text(_ node: Int) -> UnsafeBufferPointer<UInt8> {
        guard tags[node] == 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: bytes + Int(starts[node]), count: Int(counts[node]))
    }

    /// The value of an element's attribute; nil when it has none.
    @inlinable
    public func attribute(_ attribute: Attribute, of node: Int) -> UnsafeBufferPointer<UInt8>? {
        guard tags[node] != 0 else { return nil }
        let first = Int(starts[node])
        for k in first..<first + Int(counts[node]) where attributeNames[k] == attribute.rawValue {
            return UnsafeBufferPointer(start: bytes + Int(attributeStarts[k]), count: Int(attributeCounts[k]))
        }
        return nil
    }

    /// Calls `body` with every attribute of an element, in the order written.
    @inlinable @inline(__always)
    public func forEachAttribute(of node: Int, _ body: (Attribute, UnsafeBufferPointer<UInt8>) -> Void) {
        guard tags[node] != 0 else { return }
        let first = Int(starts[node])
        for k in first..<first + Int(counts[node]) {
            guard let name = Attribute(rawValue: attributeNames[k]) else { continue }
            body(name, UnsafeBufferPointer(start: bytes + Int(attributeStarts[k]), count: Int(attributeCounts[k])))
        }
    }
}
