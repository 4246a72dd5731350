/// Memory that grows and is used again for the next page; its owner frees it.
///
/// An `Array` behind a class property is checked for uniqueness and bounds at every append; a page appends a hundred
/// thousand times.
@frozen
public struct GrowingBuffer<Element: BitwiseCopyable> {
    @usableFromInline var storage: UnsafeMutablePointer<Element>
    @usableFromInline var length = 0
    @usableFromInline var capacity: Int

    @inlinable public var base: UnsafeMutablePointer<Element> { storage }
    @inlinable public var count: Int { length }

    @inlinable
    public init(capacity: Int) {
        self.capacity = capacity
        storage = .allocate(capacity: capacity)
    }

    public func deallocate() { storage.deallocate() }

    @inlinable @inline(__always)
    public subscript(_ index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    @inlinable @inline(__always)
    public mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        base[count] = element
        length &+= 1
    }

    @inlinable @inline(__always)
    public mutating func append(_ source: UnsafePointer<Element>, _ length: Int) {
        if capacity &- count < length { grow(to: count + length) }
        (base + count).update(from: source, count: length)
        self.length &+= length
    }

    @inlinable
    public mutating func append(_ literal: StaticString) where Element == UInt8 {
        append(literal.utf8Start, literal.utf8CodeUnitCount)
    }

    @inlinable
    public mutating func truncate(to length: Int) { self.length = length }

    @inlinable
    public mutating func reserve(_ minimum: Int) {
        if capacity < minimum { grow(to: minimum) }
    }

    /// Empties the buffer; memory beyond `keeping` elements, left by one huge page, is given back.
    @inlinable
    public mutating func removeAll(keeping: Int = 1 << 20) {
        length = 0
        if capacity > keeping {
            storage.deallocate()
            capacity = keeping
            storage = .allocate(capacity: capacity)
        }
    }

    @inline(never)
    @usableFromInline
    mutating func grow(to minimum: Int) {
        let larger = max(minimum, capacity * 2)
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        storage.deallocate()
        storage = moved
        capacity = larger
    }
}
